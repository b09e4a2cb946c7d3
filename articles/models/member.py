import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models


def check_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError("This is not a time zone such as Europe/Berlin.")


class Member(models.Model):
    """What the desk knows of somebody who works at it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member", editable=False
    )
    time_zone = models.CharField(max_length=64, validators=[check_zone])

    class Meta:
        default_permissions = []

    def __str__(self):
        return str(self.user)
