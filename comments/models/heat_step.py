from django.conf import settings
from django.db import models
from django.utils import timezone


class HeatStep(models.Model):
    """That a conversation was slowed, held or closed for a while, or set free again. Only ever added to."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="+")
    before = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(  # none: by itself
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["article", "-id"], name="heat_of_story")]

    def __str__(self):
        return f"Heat of story {self.article_id}: {self.step}"
