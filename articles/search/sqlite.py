"""The search in SQLite: an FTS5 table that keeps the index and leaves the words to `SearchEntry`."""

from django.db import connection

WORDS = "{headline standfirst body}"

_PLACES = """
    SELECT rowid FROM articles_search WHERE articles_search MATCH %s AND rowid BETWEEN %s AND %s
    ORDER BY rowid {order} LIMIT %s
"""
_COLUMNS = ("headline", "standfirst", "body", "marks")
_NEW = ", ".join(f"NEW.{column}" for column in _COLUMNS)
_OLD = ", ".join(f"OLD.{column}" for column in _COLUMNS)
_NAMES = ", ".join(_COLUMNS)
_ADD = f"INSERT INTO articles_search (rowid, {_NAMES}) VALUES (NEW.place, {_NEW});"
_TAKE = (
    f"INSERT INTO articles_search (articles_search, rowid, {_NAMES}) VALUES ('delete', OLD.place, {_OLD});"
)


def install(here):
    """Make the index and what keeps it in step, where they are not there yet."""
    with here.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles_search'")
        is_new = cursor.fetchone() is None
        cursor.execute(
            f"""
            CREATE VIRTUAL TABLE IF NOT EXISTS articles_search USING fts5(
                {_NAMES}, content = 'articles_searchentry', content_rowid = 'place',
                tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
            )
            """
        )
        for act, statements in (("INSERT", _ADD), ("DELETE", _TAKE), ("UPDATE", _TAKE + _ADD)):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS articles_search_{act.lower()}"
                f" AFTER {act} ON articles_searchentry BEGIN {statements} END"
            )
        if is_new:
            cursor.execute("INSERT INTO articles_search (articles_search) VALUES ('rebuild')")


def places(wish, *, size, newest_first=True, in_headline=False):
    order, query = "DESC" if newest_first else "ASC", expression(wish, in_headline=in_headline)
    with connection.cursor() as cursor:
        cursor.execute(_PLACES.format(order=order), [query, wish.since, wish.until, size])
        return [place for (place,) in cursor.fetchall()]


def expression(wish, *, in_headline=False):
    """Return the wish in the words of FTS5."""
    where = "headline" if in_headline else WORDS
    wanted = [f"{where} : {_phrase(term, wish.by_beginnings)}" for term in wish.wanted]
    parts = [f'marks : "{mark}"' for mark in wish.marks]
    if wanted:
        parts.append("(" + (" OR " if wish.any_term else " AND ").join(wanted) + ")")
    found = " AND ".join(parts or ['marks : "all"'])
    if not wish.unwanted:
        return found
    unwanted = " OR ".join(f"{WORDS} : {_phrase(term)}" for term in wish.unwanted)
    return f"({found}) NOT ({unwanted})"


def _phrase(term, goes_on=False):
    return f'"{" ".join(term)}"' + (" *" if goes_on else "")
