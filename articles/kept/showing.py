"""What a page shows and until when: told while it is made, by whoever puts something on it."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe

from articles.kept import subjects
from articles.models.change import Position

_gathering = ContextVar("gathering", default=None)


@dataclass
class Gathering:
    """What is known of a page, or a part of one, that is being made.

    `position` says up to where what it reads knows the journal of changes; None as long as no
    view has permitted that the page is kept.
    """

    position: Position | None = None
    subjects: set[str] = field(default_factory=set)
    ends_at: datetime | None = None
    parts: list = field(default_factory=list)
    begun_at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class Part:
    """A piece of a page that goes old by itself. `maker` is the dotted path of what makes it from `key`."""

    maker: str
    key: int
    seam: bytes  # stands before and behind it in the page
    gathering: Gathering


@contextmanager
def gathering(position=None):
    gathered = Gathering(position)
    token = _gathering.set(gathered)
    try:
        yield gathered
    finally:
        _gathering.reset(token)


def current():
    """Return what gathers here, or None: then nobody will keep the page."""
    return _gathering.get()


def shows(*shown):
    """Say that the page goes old when one of these subjects changes."""
    if gathered := current():
        gathered.subjects.update(shown)


def shows_stories(articles):
    """Say the same of each of these stories: what its card shows, with how many comments it has."""
    for article in articles:
        shows(subjects.story(article), subjects.count(article))


def ends(*instants):
    """Say that the page is true until the first of these instants at most. None is no end."""
    if gathered := current():
        known = [instant for instant in (gathered.ends_at, *instants) if instant]
        gathered.ends_at = min(known, default=None)


def ends_with(*querysets):
    """Say the same of the next instant at which one of `querysets` changes by itself: see `next_change`.

    Asks them only where a page is made to be kept.
    """
    if gathered := current():
        ends(*(queryset.next_change(gathered.begun_at) for queryset in querysets))


def part(maker, key, **known):
    """Return the HTML that `maker`, a dotted path, makes from `key`.

    On a page that is kept it is made anew by itself. `known` is what the page has loaded already.
    """
    outer = current()
    if outer is None:
        return import_string(maker)(key, **known)
    with gathering(outer.position) as inner:
        html = import_string(maker)(key, **known)
    seam = f"<!--{token_hex(16)}-->"
    outer.parts.append(Part(maker, key, seam.encode(), inner))
    return mark_safe(f"{seam}{html}{seam}")
