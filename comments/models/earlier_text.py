from django.db import models
from django.utils import timezone


class EarlierText(models.Model):
    """The words of a comment before its writer changed them. Moderators read them, nobody else."""

    comment = models.ForeignKey("ReaderComment", on_delete=models.PROTECT, related_name="earlier_texts")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)  # until when they stood

    class Meta:
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return f"Earlier text of comment {self.comment_id}"
