from django.conf import settings
from django.db import models

from articles.addresses import path_to


class Author(models.Model):
    """A name in a byline: a person or a desk, with or without an account here."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120,
        unique=True,
        help_text="The address of the author's page. Do not use a login name: it would tell half of a login.",
    )
    role = models.CharField(max_length=120, blank=True, help_text="For example: Moscow correspondent.")
    biography = models.TextField(blank=True)
    is_desk = models.BooleanField(
        "desk", default=False, help_text="A desk or agency rather than a person: machines are told so."
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name="account",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_to("articles:author", self.slug)
