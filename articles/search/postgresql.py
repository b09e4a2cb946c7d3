"""The search in PostgreSQL: a column that the database makes of the words of a `SearchEntry`.

A planner knows the usual words of a column, and takes all others for words that one story in two hundred
has. Looking for the newest, it would read every story for a word that none has. So the newest few are read
first, which is enough for a usual word, and an index finds the others.
"""

from django.db import connection

NEAR = 4000  # stories that are read first
MARK = "§"  # before a mark, so that no word is one
GAP = "0gap0"  # between two columns, so that no phrase reaches from one into the other

_WORDS = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column} || ' {GAP}'), '{weight}')"
    for column, weight in (("headline", "A"), ("standfirst", "B"), ("body", "C"))
)
_MARKS = f"array_to_tsvector(string_to_array('{MARK}' || replace(marks, ' ', ' {MARK}'), ' '))"

_BETWEEN = "place BETWEEN %s AND %s"
_PLACES = f"""
    WITH nearest AS MATERIALIZED (
        SELECT place FROM (
            SELECT place, vector FROM articles_searchentry WHERE {_BETWEEN} ORDER BY place {{order}} LIMIT %s
        ) first WHERE vector @@ %s::tsquery ORDER BY place {{order}} LIMIT %s
    ), all_of_them AS MATERIALIZED (
        SELECT place FROM articles_searchentry
        WHERE (SELECT COUNT(*) FROM nearest) < %s AND vector @@ %s::tsquery AND {_BETWEEN}
    )
    SELECT place FROM nearest UNION SELECT place FROM all_of_them ORDER BY place {{order}} LIMIT %s
"""


def install(here):
    """Make the index, where it is not there yet."""
    with here.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE articles_searchentry ADD COLUMN IF NOT EXISTS"
            f" vector tsvector GENERATED ALWAYS AS (ts_delete({_WORDS}, '{GAP}') || {_MARKS}) STORED"
        )
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS articles_search ON articles_searchentry USING gin (vector)"
        )


def places(wish, *, size, newest_first=True, in_headline=False):
    order, query = "DESC" if newest_first else "ASC", expression(wish, in_headline=in_headline)
    between = [wish.since, wish.until]
    values = [*between, NEAR, query, size, size, query, *between, size]
    with connection.cursor() as cursor:
        cursor.execute(_PLACES.format(order=order), values)
        return [place for (place,) in cursor.fetchall()]


def expression(wish, *, in_headline=False):
    """Return the wish as a `tsquery` is written."""
    where = "A" if in_headline else ""
    wanted = [_phrase(term, where, wish.by_beginnings) for term in wish.wanted]
    parts = [f"'{MARK}{mark}'" for mark in wish.marks]
    if wanted:
        parts.append("(" + (" | " if wish.any_term else " & ").join(wanted) + ")")
    parts += [f"!{_phrase(term)}" for term in wish.unwanted]
    return " & ".join(parts or [f"'{MARK}all'"])


def _phrase(term, where="", goes_on=False):
    labels = [where] * (len(term) - 1) + [where + "*" * goes_on]
    named = (f"'{word}'{':' if label else ''}{label}" for word, label in zip(term, labels, strict=True))
    return f"({' <-> '.join(named)})"
