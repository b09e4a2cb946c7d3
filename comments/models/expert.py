from django.conf import settings
from django.db import models
from django.utils import timezone


class Expert(models.Model):
    """Who answers the questions below one story. The row stays when they no longer do: answers name it."""

    thread = models.ForeignKey("Thread", on_delete=models.PROTECT, related_name="experts", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    line = models.CharField(max_length=120)  # who they are: seismologist at the University of Baku
    named_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="expert_named_once")]

    def __str__(self):
        return f"{self.name}, {self.line}" if self.line else self.name
