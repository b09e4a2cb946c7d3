import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from comments.models.following import Following


class PendingFollowing(models.Model):
    """The wish to follow a story, until whoever reads the mailbox presses a button."""

    KEPT_FOR = timedelta(days=3)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    pace = models.CharField(max_length=5, choices=Following.Pace)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"Wish to follow story {self.article_id}"
