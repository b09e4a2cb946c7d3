from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from articles.models.ledger import Chained
from comments.moderation.guidelines import Guideline


class ModerationActIsFinal(Exception):
    """Somebody tried to change or delete the record of a decision."""


class ModerationAct(Chained):
    """One decision about one comment: who, when, what and why. Only ever added to."""

    class Act(models.TextChoices):
        APPROVE = "approve", "approved"
        REMOVE = "remove", "removed"

    LEDGER_FIELDS = ("comment_id", "act", "reason", "note", "by_id", "at")

    comment = models.ForeignKey("ReaderComment", on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=7, choices=Act)
    reason = models.CharField(max_length=12, choices=Guideline, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.by} {self.get_act_display()}"

    def save(self, **kwargs):
        if not self._state.adding:
            raise ModerationActIsFinal
        with transaction.atomic():
            self.take_place_in_ledger()
            super().save(**kwargs)

    def delete(self, **kwargs):
        raise ModerationActIsFinal
