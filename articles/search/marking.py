"""Where in a text stand the words that were looked for? Marked, and cut to what is around them."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from articles.search.folding import WORD, fold_word

BEFORE, LENGTH = 60, 220  # characters of an excerpt: before its first hit, and in all
ELLIPSIS = "…"


def marked(text, wish):
    """Return a text as HTML, with each hit in a `<mark>`."""
    return _html(text, hits(text, wish))


def has_hit(text, wish):
    return next(_found(text, wish), None) is not None


def excerpt(text, wish):
    """Return as HTML what stands around the first hit, or nothing if there is none."""
    text = " ".join(text.split())
    first = next(_found(text, wish), None)
    if first is None:
        return ""
    begin = _at_word(text, first[0] - BEFORE)
    end = text.rfind(" ", first[1], begin + LENGTH) if begin + LENGTH < len(text) else len(text)
    end = end if end > first[1] else first[1]
    cut = text[begin:end]
    before, after = ELLIPSIS if begin else "", ELLIPSIS if end < len(text) else ""
    return mark_safe(f"{before}{marked(cut, wish)}{after}")  # noqa: S308, of what `_html` escaped


def hits(text, wish):
    """Return the hits as pairs of where they begin and end, none within another."""
    return list(_found(text, wish))


def _found(text, wish):
    words = [(match.start(), match.end(), fold_word(match[0])) for match in WORD.finditer(text)]
    end = 0
    for number, (start, _, word) in enumerate(words):
        if start < end:
            continue
        for term in wish.wanted:
            stretch = words[number : number + len(term)]
            if _is(term, [word, *(one for _, _, one in stretch[1:])], wish.by_beginnings):
                end = stretch[-1][1]
                yield start, end
                break


def _is(term, words, by_beginnings):
    """Whether these words are the term; or, by beginnings, the last of them only begins so."""
    if len(words) != len(term) or tuple(words[:-1]) != term[:-1]:
        return False
    return words[-1].startswith(term[-1]) if by_beginnings else words[-1] == term[-1]


def _at_word(text, at):
    """Return where the first word at or after a place begins."""
    return 0 if at <= 0 else text.find(" ", at) + 1


def _html(text, found):
    parts, done = [], 0
    for start, end in found:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308, each part is escaped
