from django.db import models

from articles.addresses import path_to
from articles.body import BodyField


class Page(models.Model):
    """A standing text of the newsroom: about us, ethics, privacy, comment guidelines."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=60, unique=True, help_text="The page “about” stands at /about/ itself."
    )
    body = BodyField(blank=True)
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Pages stand in the footer from the lowest number to the highest."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["order", "title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.slug == "about":
            return path_to("articles:about")
        return path_to("articles:page", self.slug)
