from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

PRESENT_FOR = timedelta(minutes=3)


class PresenceQuerySet(models.QuerySet):
    def now_at(self, article, *, besides=None):
        """Who has had the story open in the last minutes, the latest first."""
        recent = self.filter(article=article, seen_at__gt=timezone.now() - PRESENT_FOR)
        return recent.exclude(user=besides).select_related("user").order_by("-seen_at")

    def names(self, article, *, besides):
        return [str(presence.user) for presence in self.now_at(article, besides=besides)]

    def note(self, article, user):
        self.update_or_create(article=article, user=user, defaults={"seen_at": timezone.now()})


class Presence(models.Model):
    """Somebody has a story open at the desk. The page says so again every minute while it stays open."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="presence_once")]

    def __str__(self):
        return f"{self.user} at {self.article}"
