from django.db import models
from django.utils import timezone


class DigestEntry(models.Model):
    """A comment that the next daily letter of a following tells. It goes when the letter is written."""

    following = models.ForeignKey(
        "Following", on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    comment = models.ForeignKey("ReaderComment", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["following", "comment"], name="digest_tells_once"),
        ]

    def __str__(self):
        return f"Comment {self.comment_id} for following {self.following_id}"
