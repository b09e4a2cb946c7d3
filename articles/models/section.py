from django.db import models

from articles.addresses import path_to


class Section(models.Model):
    """A shelf of the newsroom, such as World. Its address outlives its name."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Sections stand in the navigation from the lowest number to the highest."
    )
    is_brief = models.BooleanField(
        "editions of a brief",
        default=False,
        help_text=(
            "Its stories are editions: only the newest is offered to readers, "
            "and none is ever related or latest news."
        ),
    )
    needs_second_person = models.BooleanField(
        "a second pair of eyes",
        default=False,
        help_text="Whoever wrote in a draft cannot publish it; somebody else has to.",
    )

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_to("articles:section", self.slug)
