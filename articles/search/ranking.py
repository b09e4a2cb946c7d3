"""Which of the stories that have the words are most about them? The same answer on every database.

Looked at are the newest that have the words, and the newest that have them in their headlines: a bounded
number, however large the archive.
"""

from articles.microseconds import microseconds
from articles.models import SearchEntry
from articles.search import index

CANDIDATES, WITH_HEADLINE = 200, 100
WEIGHTS = {"headline": 6.0, "standfirst": 2.5, "body": 1.0}
ENOUGH = {"headline": 0.2, "standfirst": 0.5, "body": 3.0}  # mentions that make half of the weight
TOGETHER = 0.5  # of the weight, where the terms stand one after the other as they were typed
NEWNESS, HALF_AFTER_DAYS = 2.0, 90
DAY = 86_400_000_000  # microseconds


def best_places(wish, at):
    """Return the places of the candidates, the best first; of equals the newer one."""
    found = set(index.places(wish, size=CANDIDATES))
    if len(found) == CANDIDATES and wish.wanted:
        found.update(index.places(wish, size=WITH_HEADLINE, in_headline=True))
    entries = SearchEntry.objects.filter(place__in=found).defer("marks")
    now = microseconds(at)
    scored = [(score(entry, wish.wanted) + newness(now - entry.place), entry.place) for entry in entries]
    return [place for _, place in sorted(scored, reverse=True)]


def score(entry, terms):
    """Return how much the words of an entry are about the terms: more mentions weigh ever less."""
    total = 0.0
    whole = f" {' '.join(word for term in terms for word in term)} "
    phrases = [f" {' '.join(term)} " for term in terms]
    for name, weight in WEIGHTS.items():
        words = f" {getattr(entry, name)} "
        for phrase in phrases:
            if mentions := words.count(phrase):
                total += weight * mentions / (mentions + ENOUGH[name])
        if len(terms) > 1 and whole in words:
            total += weight * TOGETHER * len(terms)
    return total / max(len(terms), 1)


def newness(age):
    """Return what a story gains by its age in microseconds: half of it after ninety days."""
    return NEWNESS / (1 + max(age, 0) / DAY / HALF_AFTER_DAYS)
