from django.conf import settings
from django.db import models
from django.utils import timezone


class LogEntry(models.Model):
    """What somebody of the newsroom did, to a story or to another thing of the desk. Only ever added to.

    It outlives what it is about, so the database holds it to no article.
    """

    class Act(models.TextChoices):
        DRAFT = "draft", "began a draft"
        SAVE = "save", "saved the draft"
        SUBMIT = "submit", "submitted for review"
        SEND_BACK = "send_back", "sent back"
        APPROVE = "approve", "approved"
        EMBARGO = "embargo", "set an embargo"
        LIFT_EMBARGO = "lift_embargo", "lifted the embargo"
        SCHEDULE = "schedule", "scheduled"
        CALL_OFF = "call_off", "called off the schedule"
        PUBLISH = "publish", "published"
        STYLE = "style", "published a change of style"
        UPDATE = "update", "updated"
        CLARIFY = "clarify", "clarified"
        CORRECT = "correct", "corrected"
        WITHDRAW = "withdraw", "withdrew"
        ASK_BACK = "ask_back", "asked to bring it back"
        RESTORE = "restore", "brought back"
        MOVE = "move", "changed the address"
        SHARE = "share", "made a preview link"
        REVOKE = "revoke", "revoked a preview link"
        ANSWER = "answer", "answered a report of an error"
        ADD = "add", "added"
        CHANGE = "change", "changed"
        DELETE = "delete", "deleted"

    article = models.ForeignKey(
        "Article", on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="log_entries"
    )
    subject = models.CharField(max_length=300, blank=True)
    version_number = models.PositiveIntegerField(null=True)
    act = models.CharField(max_length=12, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        verbose_name_plural = "log entries"
        indexes = [
            models.Index(fields=["article", "-at"], name="log_of_article"),
            models.Index(fields=["-at", "-id"], name="log_by_time"),
        ]

    def __str__(self):
        return f"{self.by} {self.get_act_display()}"

    @classmethod
    def record(cls, act, by, *, article=None, subject="", version=None, note="", now=None):
        """Add one row. `subject` names what the act is about where that is no story."""
        return cls.objects.create(
            act=act,
            by=by,
            article=article,
            subject=subject[:300],
            version_number=version.number if version else None,
            note=note,
            at=now or timezone.now(),
        )
