from django.conf import settings
from django.db import models
from django.utils import timezone


class PersonNote(models.Model):
    """What a moderator tells the others about a person. Readers never see it."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"Note {self.pk}"
