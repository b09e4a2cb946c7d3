from django.db import models
from django.utils import timezone


class OldAddress(models.Model):
    """Where readers found a story before its address was changed. It leads to the story for good."""

    slug = models.SlugField(max_length=100, unique=True)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="old_addresses")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []
        ordering = ["-at", "-pk"]
        verbose_name_plural = "old addresses"

    def __str__(self):
        return self.slug
