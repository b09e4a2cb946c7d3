from django.db import models
from django.utils import timezone


class PeriodQuerySet(models.QuerySet):
    """Time is part of the question here too: nothing has to run when something starts or ends."""

    def running(self, at=None):
        at = at or timezone.now()
        return self.filter(starts_at__lte=at).exclude(ends_at__lte=at)

    def to_come(self, at=None):
        return self.filter(starts_at__gt=at or timezone.now())

    def next_change(self, at):
        """The next instant after `at` at which one of these starts or ends; None if there is none."""
        start = models.Min("starts_at", filter=models.Q(starts_at__gt=at))
        end = models.Min("ends_at", filter=models.Q(ends_at__gt=at))
        found = self.order_by().aggregate(start=start, end=end)
        return min(filter(None, found.values()), default=None)

    def over(self, at=None):
        return self.filter(ends_at__lte=at or timezone.now())

    def not_over(self, at=None):
        return self.exclude(ends_at__lte=at or timezone.now())


class Period(models.Model):
    """What holds from one instant to another. A subclass has `ends_at`; with none there, it is open."""

    starts_at = models.DateTimeField("start", default=timezone.now)

    class Meta:
        abstract = True

    def runs_at(self, at):
        return self.starts_at <= at and not self.is_over_at(at)

    def is_over_at(self, at):
        return self.ends_at is not None and self.ends_at <= at
