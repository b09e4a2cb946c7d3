"""What tests of preview links do again and again."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from articles.models import PreviewNote
from articles.sharing import acts, tokens
from articles.tests.factories import make_account

DAYS = timedelta(days=3)


def make_link(article, *, by=None, purpose="For our lawyer", ends_at=None, **changes):
    """Return a link and its address."""
    ends_at = ends_at or timezone.now() + DAYS
    link, token = acts.share(article, by or make_account(), purpose=purpose, ends_at=ends_at, **changes)
    return link, reverse("articles:invitation", args=[token])


def make_reading(article, *, now=None, **changes):
    """Return a link that was opened once, and the address where it is read."""
    link, _ = make_link(article, now=now, **changes)
    opening = acts.open_link(link, "192.0.2.0/24", now=now)
    return link, address_of(opening)


def address_of(opening):
    return reverse("articles:reading", args=[tokens.opening_token(opening)])


def make_note(link, words="Is that so?", *, name="Nigar", block="", **changes):
    opening = link.openings.first() or acts.open_link(link, "192.0.2.0/24")
    return acts.leave_note(opening, words=words, name=name, block=block, mark=link.mark, **changes)


def notes_of(link):
    return PreviewNote.objects.filter(opening__link=link)
