from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from articles.models.ledger import Chained
from comments.moderation.guidelines import Guideline


class ModerationActIsFinal(Exception):
    """Somebody tried to change or delete the record of a decision."""


class ModerationAct(Chained):
    """One decision about a comment, a person or a thread: who, when, what and why. Only ever added to."""

    class Act(models.TextChoices):
        APPROVE = "approve", "approved"
        REMOVE = "remove", "removed"
        PICK = "pick", "picked"
        UNPICK = "unpick", "took the pick from"
        LED = "led", "traced a correction to"
        UNLED = "unled", "no longer traced a correction to"
        WARN = "warn", "warned"
        SUSPEND = "suspend", "suspended"
        BAN = "ban", "banned"
        LIFT = "lift", "lifted the sanction of"
        NOTE = "note", "noted something about"
        ASK = "ask", "asked a colleague about"
        UPHOLD = "uphold", "upheld the removal of"
        OVERTURN = "overturn", "overturned the removal of"
        COOL = "cool", "took back the heat of"
        RULE = "rule", "changed the rules of"
        UNDO = "undo", "took back a decision about"

    # What decides how a comment stands, so that whoever saw it before has to look again.
    DECISIONS = (Act.APPROVE, Act.REMOVE, Act.PICK, Act.UNPICK, Act.UPHOLD, Act.OVERTURN, Act.UNDO)

    ABOUT_PEOPLE = (Act.WARN, Act.SUSPEND, Act.BAN, Act.LIFT, Act.NOTE)

    LEDGER_FIELDS = (
        "comment_id",
        "act",
        "reason",
        "note",
        "by_id",
        "at",
        "person_id",
        "article_id",
        "undoes_id",
        "before",
    )

    comment = models.ForeignKey("ReaderComment", on_delete=models.PROTECT, null=True, related_name="acts")
    person = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="acts")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    reason = models.CharField(max_length=12, choices=Guideline, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    before = models.JSONField(null=True)  # what stood before, for an undo

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["-at", "-id"], name="moderation_by_time")]

    def __str__(self):
        return f"{self.by} {self.get_act_display()}"

    @property
    def is_about_a_person(self):
        """Or about a network, where there is no person. The comment is why."""
        return self.act in self.ABOUT_PEOPLE

    @property
    def what_was_done(self):
        """A sentence without its full stop, about a comment that is at hand: “Ann removed it”."""
        return f"{self} it".replace("the removal of it", "its removal")

    def save(self, **kwargs):
        if not self._state.adding:
            raise ModerationActIsFinal
        with transaction.atomic():
            self.take_place_in_ledger()
            super().save(**kwargs)

    def delete(self, **kwargs):
        raise ModerationActIsFinal
