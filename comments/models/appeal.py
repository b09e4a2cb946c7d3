from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Appeal(models.Model):
    """A writer's question whether the removal of a comment was right. One for each removal.

    Another moderator than the one who removed it decides.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("the removal stands")
        OVERTURNED = "overturned", _("the comment is back")

    act = models.OneToOneField("ModerationAct", on_delete=models.PROTECT, related_name="appeal")
    comment = models.ForeignKey("ReaderComment", on_delete=models.PROTECT, related_name="appeals")
    words = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, help_text="What the writer reads.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return f"Appeal {self.pk} for comment {self.comment_id}"
