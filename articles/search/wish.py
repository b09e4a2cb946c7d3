"""What somebody looks for: words, phrases in quotes, what may not be there, and where to look."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from articles.search.folding import fold

TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"−": "-", "–": "-"})
MOST_TERMS = 10
SHORTEST_BEGINNING = 2  # letters; what begins with one are too many words to look through
BEGINNINGS = _("No story has exactly these words. These have words that begin so.")
SOME = _("No story has all of these words. These have some.")


@dataclass(frozen=True)
class Wish:
    """A term is a row of folded words that stand one after the other: of one word, or of a phrase."""

    wanted: tuple = ()
    unwanted: tuple = ()
    marks: tuple = ()  # each of which a story must carry: see `entries`
    since: int = 0  # places between which to look, both included
    until: int = 2**63 - 1
    by_beginnings: bool = False  # whether the last word of a term may go on
    any_term: bool = False  # whether one of the wanted terms is enough

    @property
    def looser(self):
        """What to look for where nothing has all of it, each with the sentence that says so."""
        if not self.wanted:
            return []
        looser = []
        if all(len(term[-1]) >= SHORTEST_BEGINNING for term in self.wanted):
            looser.append((BEGINNINGS, replace(self, by_beginnings=True)))
        if len(self.wanted) > 1:
            looser.append((SOME, replace(self, any_term=True)))
        return looser


def read(text):
    """Return the terms that a text asks for, and those that it asks to leave out."""
    wanted, unwanted = [], []
    for minus, phrase, word in TERM.findall(text.translate(QUOTES)):
        if term := tuple(fold(phrase or word).split()):
            (unwanted if minus else wanted).append(term)
    return tuple(dict.fromkeys(wanted))[:MOST_TERMS], tuple(dict.fromkeys(unwanted))[:MOST_TERMS]
