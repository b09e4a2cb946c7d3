from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.prepared import prepared
from comments.moderation.guidelines import Guideline


class WordRule(models.Model):
    """A word or phrase that is not published, or that a moderator reads first.

    `pattern` may begin or end a word with `*`, for any letters. `moderation.words` compares.
    """

    class Kind(models.TextChoices):
        BAN = "ban", "not published: the writer is asked to change it"
        SUSPECT = "suspect", "a moderator reads first"

    kind = models.CharField(max_length=7, choices=Kind, default=Kind.SUSPECT)
    pattern = models.CharField(max_length=100)
    folded = models.CharField(max_length=200, editable=False)
    guideline = models.CharField(max_length=12, choices=Guideline, default=Guideline.ADVERTISING)
    note = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pattern"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["folded"], name="word_rule_once"),
        ]

    def __str__(self):
        return self.pattern


class WordListState(models.Model):
    """One row with a mark that every change of the list renews, so that processes know when theirs is old."""

    mark = models.CharField(max_length=32)

    class Meta:
        default_permissions = []

    def __str__(self):
        return self.mark

    @classmethod
    def renew(cls):
        """Call it in the transaction of the change."""
        cls.objects.update_or_create(pk=1, defaults={"mark": uuid4().hex})

    @classmethod
    def present(cls):
        return next((state.mark for state in _state()), "")


@prepared
def _state():
    return WordListState.objects.filter(pk=1)
