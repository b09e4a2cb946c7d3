from django.db import models
from django.utils import timezone


class HubPing(models.Model):
    """A feed, what it last said, and whether the hub has to be told. Only `articles.hub` touches it."""

    path = models.CharField(max_length=300, unique=True)
    digest = models.CharField(max_length=40)  # of the feed's bytes
    changed_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)  # None: nothing has to be told
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(next_attempt_at__isnull=False),
                name="hub_ping_waiting",
            ),
        ]

    def __str__(self):
        return self.path


class HubLook(models.Model):
    """Up to where, in the journal of changes and on the clock, feeds were looked at. One row."""

    next = models.BigIntegerField()  # the first number of the journal that was not known
    at = models.DateTimeField()

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"up to {self.next}, {self.at:%c}"
