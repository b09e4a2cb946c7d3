"""The search in PostgreSQL: a column that the database makes of the words of a `SearchEntry`."""

FROM, PLACE, MATCHES = "articles_searchentry", "place", "vector @@ to_tsquery('simple', %s)"
WORDS = "ABC"

_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in (("headline", "A"), ("standfirst", "B"), ("body", "C"), ("marks", "D"))
)


def install(connection):
    """Make the index, where it is not there yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE articles_searchentry ADD COLUMN IF NOT EXISTS"
            f" vector tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED"
        )
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS articles_search ON articles_searchentry USING gin (vector)"
        )


def expression(wish, *, in_headline=False):
    """Return the wish in the words of `to_tsquery`."""
    where = "A" if in_headline else WORDS
    wanted = [_phrase(term, where, wish.by_beginnings) for term in wish.wanted]
    parts = [f"{mark}:D" for mark in wish.marks]
    if wanted:
        parts.append("(" + (" | " if wish.any_term else " & ").join(wanted) + ")")
    parts += [f"!{_phrase(term, WORDS)}" for term in wish.unwanted]
    return " & ".join(parts or ["all:D"])


def _phrase(term, where, goes_on=False):
    *words, last = term
    words = [f"{word}:{where}" for word in words]
    return f"({' <-> '.join([*words, last + ':' + where + '*' * goes_on])})"
