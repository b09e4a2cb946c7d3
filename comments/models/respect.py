from django.db import models
from django.utils import timezone


class Respect(models.Model):
    """One reader's respect for a comment. `giver` is a keyed hash: of an account, or a device's cookie."""

    comment = models.ForeignKey(
        "ReaderComment", on_delete=models.PROTECT, related_name="respects", db_index=False
    )
    giver = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["comment", "giver"], name="comment_respected_once")]

    def __str__(self):
        return f"Respect {self.pk} for comment {self.comment_id}"
