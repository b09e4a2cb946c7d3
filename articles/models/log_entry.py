from django.conf import settings
from django.db import models
from django.utils import timezone


class LogEntry(models.Model):
    """What somebody of the newsroom did to a story. Only ever added to.

    It outlives a draft that was deleted, so the database holds it to no article.
    """

    class Act(models.TextChoices):
        DRAFT = "draft", "began a draft"
        SUBMIT = "submit", "submitted for review"
        PUBLISH = "publish", "published"
        SCHEDULE = "schedule", "scheduled"
        UPDATE = "update", "updated"
        WITHDRAW = "withdraw", "withdrew"

    article = models.ForeignKey(
        "Article", on_delete=models.DO_NOTHING, db_constraint=False, related_name="log_entries"
    )
    version_number = models.PositiveIntegerField(null=True)
    act = models.CharField(max_length=10, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        verbose_name_plural = "log entries"

    def __str__(self):
        return f"{self.by} {self.get_act_display()}"
