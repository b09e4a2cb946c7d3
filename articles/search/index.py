"""Where are the stories that somebody wishes for? The same answer from SQLite and from PostgreSQL."""

from django.db import connection

from articles.search import postgresql, sqlite


def install(here):
    """Make what the search needs in a database. Changes nothing where it is there."""
    _of(here).install(here)


def places(wish, *, size, newest_first=True, in_headline=False):
    """Return the places of the nearest stories that fulfil a wish, at most `size`, in their order."""
    here = _of(connection)
    return here.places(wish, size=size, newest_first=newest_first, in_headline=in_headline)


def _of(here):
    return sqlite if here.vendor == "sqlite" else postgresql
