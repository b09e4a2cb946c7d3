from functools import cached_property

from django.utils import timezone

from articles import body as bodies
from articles.models import Version


class Candidate:
    """The newest words of a story, who wants readers to see them, and from when on."""

    def __init__(self, article, by, at):
        self.article, self.by, self.at = article, by, at
        self.version = article.newest_version or Version(article=article)

    @cached_property
    def blocks(self):
        return bodies.split(self.version.body)

    @cached_property
    def texts(self):
        """Every text that dates can stand in, with the id of its block: none for headline and standfirst."""
        heads = [(self.version.headline, ""), (self.version.standfirst, "")]
        return heads + [(block.text, block.attributes.get("id", "")) for block in self.blocks]

    @cached_property
    def pictures(self):
        head = [self.article.picture] if self.article.picture else []
        text = self.version.pictures.all() if self.version.pk else []
        return list(dict.fromkeys([*head, *text]))

    @cached_property
    def day(self):
        """The story's day: that of its first publication, in the site's zone."""
        return timezone.localdate(self.article.published_at or self.at)
