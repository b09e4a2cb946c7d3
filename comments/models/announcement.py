from django.db import models
from django.utils import timezone


class Announcement(models.Model):
    """The letters that one comment owes to those who follow, and how far they are written.

    Made in the transaction that first shows the comment to readers, and begun anew by one that shows it
    again after that was taken back; `reached` stays. `comments.following` works it off.
    """

    comment = models.OneToOneField("ReaderComment", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reached = models.PositiveBigIntegerField(default=0)  # the last following that has been seen to
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(finished_at__isnull=True), name="announcement_unfinished"
            ),
            models.Index(fields=["finished_at"], name="announcement_by_age"),
        ]

    def __str__(self):
        return f"Announcement of comment {self.comment_id}"
