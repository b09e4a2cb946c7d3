"""Reading a page's rows as they stood at one instant, whatever is committed meanwhile."""

from contextlib import contextmanager

from django.db import connection

from articles.models import Change

_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@contextmanager
def snapshot():
    """Let every query inside see the same state of the database; gives the journal's position in it.

    Past `atomic`, which on SQLite would wait for those who write. Inside nothing may write.
    """
    if connection.in_atomic_block:  # somebody else's transaction; it has a state of its own
        yield Change.objects.position()
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield Change.objects.position()
    finally:
        _end()


def _end():
    """End the transaction; a connection that cannot is closed, so that nobody reads an old state by it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    except Exception:
        connection.close()
