"""Where are the stories that somebody wishes for? The same answer from SQLite and from PostgreSQL.

Places come newest first, and no more than are asked for: an index in the order of time stops there.
"""

from django.db import connection

from articles.search import postgresql, sqlite


def backend(vendor):
    return sqlite if vendor == "sqlite" else postgresql


def install(here):
    """Make what the search needs in a database. Changes nothing where it is there."""
    backend(here.vendor).install(here)


def places(wish, *, size, in_headline=False):
    """Return the places of the newest stories that fulfil a wish, at most `size`, the newest first."""
    return [place for (place,) in _rows(wish, "{place}", "ORDER BY {place} DESC LIMIT %s", size, in_headline)]


def places_after(wish, *, size):
    """Return the places of the oldest stories that fulfil a wish, the oldest first."""
    return [place for (place,) in _rows(wish, "{place}", "ORDER BY {place} LIMIT %s", size)]


def count(wish, *, most):
    """Return how many stories fulfil a wish, counted no further than `most`."""
    sql, params = _select(wish, "1 AS one", "LIMIT %s", most)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) found", params)
        return cursor.fetchone()[0]


def _rows(*about):
    with connection.cursor() as cursor:
        cursor.execute(*_select(*about))
        return cursor.fetchall()


def _select(wish, what, how, size, in_headline=False):
    """Return a SELECT with its values. Only names of ours stand in its text."""
    here = backend(connection.vendor)
    text = f"SELECT {what} FROM {here.FROM} WHERE {here.MATCHES} AND {{place}} BETWEEN %s AND %s {how}"
    values = [here.expression(wish, in_headline=in_headline), wish.since, wish.until, size]
    return text.format(place=here.PLACE), values
