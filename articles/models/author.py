from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from articles.addresses import path_to

MOST_LINKS = 5
_check_address = URLValidator(schemes=["http", "https"])


def check_links(text):
    """Raise ValidationError with a sentence for each line that is no address, or for too many."""
    problems, lines = [], text.split()
    for line in lines:
        try:
            _check_address(line)
        except ValidationError:
            problems.append(f"“{line[:60]}” is not an address such as https://example.org/leyla.")
    if len(lines) > MOST_LINKS:
        problems.append(f"At most {MOST_LINKS} pages are shown.")
    if problems:
        raise ValidationError(problems)


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
    # The defaults stand in the database too: code that knows no such columns may still add rows.
    expertise = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="What they know best, with commas between: arms control, Russia. Readers see it.",
    )
    email = models.EmailField(
        "public e-mail",
        blank=True,
        default="",
        db_default="",
        help_text="An address at work at which readers may write. Everybody sees it, programs too.",
    )
    links = models.TextField(
        blank=True,
        default="",
        db_default="",
        validators=[check_links],
        help_text=f"Pages of theirs elsewhere, one address a line, at most {MOST_LINKS}.",
    )
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

    @property
    def fields_of_expertise(self):
        return [name for part in self.expertise.split(",") if (name := part.strip())]

    @property
    def pages_elsewhere(self):
        """Return pairs of an address and what it is called: its host."""
        return [(line, urlsplit(line).hostname.removeprefix("www.")) for line in self.links.split()]
