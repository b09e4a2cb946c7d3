from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from .ledger import Chained


class Recall(Chained):
    """A sealed version was called off, or replaced, before its hour came: no reader has ever seen it.

    It stands in a chain as versions do, for it takes one from the public history.
    """

    LEDGER_FIELDS = ("version_id", "by_id", "at")

    version = models.OneToOneField("Version", on_delete=models.PROTECT, related_name="recall")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.version}, called off"

    def save(self, **kwargs):
        with transaction.atomic():
            self.take_place_in_ledger()
            super().save(**kwargs)
