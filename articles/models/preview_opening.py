import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

LASTS = timedelta(hours=8)


class PreviewOpening(models.Model):
    """Somebody opened a preview link, and may read on for some hours. Only ever added to.

    The database itself gives no two openings of a link the same number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey("PreviewLink", on_delete=models.PROTECT, related_name="openings")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    network = models.CharField(max_length=50)

    class Meta:
        ordering = ["number"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["link", "number"], name="preview_opening_once")]

    def __str__(self):
        return f"{self.link}, opening {self.number}"

    @property
    def ends_at(self):
        return min(self.at + LASTS, self.link.ends_at)
