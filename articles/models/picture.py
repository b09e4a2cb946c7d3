import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def new_token():
    return secrets.token_urlsafe(16)


def original_path(picture, filename):
    return f"originals/{picture.token}{filename[filename.rfind('.') :]}"


class Picture(models.Model):
    """A photograph or drawing, kept as its stripped original; readers get renditions of it."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    original = models.ImageField(upload_to=original_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(max_length=300, blank=True)
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=120, blank=True)
    focal_x = models.PositiveSmallIntegerField(default=50, validators=PERCENT)
    focal_y = models.PositiveSmallIntegerField(default=50, validators=PERCENT)
    ready_at = models.DateTimeField(null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.alt_text or self.caption or f"Picture {self.pk}"

    def problems(self):
        """Return what is missing for publication, a sentence each."""
        if not self.alt_text.strip():
            yield f"The picture “{self}” has no alt text."
        if not self.credit.strip():
            yield f"The picture “{self}” has no credit."
