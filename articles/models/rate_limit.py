from django.db import models


class RateLimit(models.Model):
    """How often something was tried in the window that is running. Only `articles.ratelimit` touches it."""

    key = models.CharField(max_length=64, primary_key=True)  # an HMAC: no address can be read from it
    count = models.PositiveIntegerField()
    ends_ms = models.BigIntegerField(db_index=True)  # Unix time

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.count} until {self.ends_ms}"
