from django.db import models
from django.utils import timezone


class LikenessBand(models.Model):
    """One of a comment's hashes, by which others that say nearly the same are found.

    `moderation/likeness.py` makes and reads them.
    """

    comment = models.ForeignKey(
        "ReaderComment", on_delete=models.CASCADE, related_name="bands", db_index=False
    )
    band = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(fields=["band", "-at"], name="likeness_by_band"),
            models.Index(fields=["at"], name="likeness_by_age"),
        ]

    def __str__(self):
        return f"Band of comment {self.comment_id}"
