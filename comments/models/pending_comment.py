import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from articles.prepared import prepared_update
from comments.models.following import Following
from comments.querysets import PendingCommentQuerySet


class PendingComment(models.Model):
    """Words that wait for their writer to open a letter and press a button.

    Once they are stored as a comment the row keeps nothing of them: it is where the letter's link leads on.
    """

    CONFIRMABLE_FOR = timedelta(days=3)
    KEPT_FOR = timedelta(days=14)  # so that who comes late can still copy the words

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    reply_to = models.ForeignKey(
        "ReaderComment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=50)
    email = models.EmailField()
    text = models.TextField()
    wants_corrections = models.BooleanField(default=False, db_default=False)
    follows_replies = models.BooleanField(default=False, db_default=False)
    follows_story = models.BooleanField(default=False, db_default=False)
    pace = models.CharField(
        max_length=5, choices=Following.Pace, default=Following.Pace.NOW, db_default=Following.Pace.NOW
    )
    network = models.CharField(max_length=49, blank=True, db_default="")
    created_at = models.DateTimeField(default=timezone.now)
    stored = models.ForeignKey(
        "ReaderComment", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    badge = ""  # nobody who writes without an account has one

    objects = PendingCommentQuerySet.as_manager()

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(stored__isnull=True), name="pending_unanswered"
            )
        ]

    def __str__(self):
        return f"{self.name}: {self.text[:50]}"

    @property
    def is_reply(self):
        return self.reply_to_id is not None

    @property
    def is_expired(self):
        return timezone.now() - self.created_at > self.CONFIRMABLE_FOR

    @property
    def is_forgotten(self):
        return self.stored_id is None and timezone.now() - self.created_at >= self.KEPT_FOR

    def keep_as(self, comment):
        """Lead on to the comment, which has from now on all that was written and said."""
        self.stored = comment
        self.name = self.email = self.text = self.network = ""
        _keep_as(self.pk, comment.pk)


@prepared_update
def _keep_as(pending, comment):
    nothing = dict.fromkeys(["name", "email", "text", "network"], "")
    return PendingComment.objects.filter(pk=pending), {"stored": comment, **nothing}
