from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.moderation.guidelines import Guideline


class CommentReport(models.Model):
    """A reader's complaint about a comment. `reporter` is a keyed hash of an account or a network.

    A network is many people's, so it may report a comment more than once; `comments.moderation.reports`
    says what is kept.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", "the comment was removed"
        WRONG = "wrong", "the comment stays"
        MOOT = "moot", "its writer withdrew it"

    comment = models.ForeignKey("ReaderComment", on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(max_length=12, choices=Guideline)
    words = models.TextField(blank=True)
    # Of a notice of illegal content (Digital Services Act, article 16): who gives it, if they want an answer.
    name = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    in_good_faith = models.BooleanField(default=False)
    reporter = models.CharField(max_length=64)
    # 0 to 2: how often this reporter was right before; 0 beside another that waits.
    weight = models.FloatField(default=1)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=5, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["reporter", "outcome"], name="reports_of_reporter"),
            models.Index(fields=["at"], name="reports_by_time"),
        ]

    def __str__(self):
        return f"Report {self.pk} of comment {self.comment_id}"
