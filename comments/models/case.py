from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def most_urgent_first(self):
        return self.order_by("-urgency", "opened_at", "pk")

    def free_for(self, moderator, at=None):
        """Cases that nobody else is looking at."""
        return self.filter(
            Q(leased_by=None) | Q(leased_by=moderator) | Q(leased_until__lte=at or timezone.now())
        )


class Case(models.Model):
    """One card of the queue: what waits for a moderator's decision, with all that is nearly the same."""

    class Origin(models.TextChoices):
        HELD = "held", "held"
        REPORTED = "reported", "reported"
        APPEALED = "appealed", "appealed"

    origin = models.CharField(max_length=8, choices=Origin, default=Origin.HELD)
    urgency = models.PositiveSmallIntegerField(default=0)  # 0 to 100, see moderation/urgency.py
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    leased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    leased_until = models.DateTimeField(null=True)
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the colleague whose view a moderator wants
    question = models.TextField(blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["-urgency", "opened_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="case_in_queue",
            )
        ]

    def __str__(self):
        return f"Case {self.pk}"
