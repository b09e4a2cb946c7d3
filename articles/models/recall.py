from django.conf import settings
from django.db import models
from django.utils import timezone


class Recall(models.Model):
    """A sealed version was called off, or replaced, before its hour came: no reader has ever seen it."""

    version = models.OneToOneField("Version", on_delete=models.PROTECT, related_name="recall")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.version}, called off"
