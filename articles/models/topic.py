from django.db import models

from articles.addresses import path_to


class Topic(models.Model):
    """What a story is about. Stories that share a topic find each other."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    introduction = models.TextField(
        blank=True, help_text="One or two sentences at the head of the topic's page."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_to("articles:topic", self.slug)
