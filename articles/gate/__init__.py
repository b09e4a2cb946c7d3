"""The publishing gate: what is looked at before readers may see a draft.

A rule is a small class with a name (`rule.py`); each finding blocks, asks for an
editor's yes, or warns. The same answer stands beside the preview, on the page of
an act, and for good with the version that passed.
"""

from articles.gate.candidate import Candidate
from articles.gate.dates import DatesAfterTheStory, RelativeDates, WrongWeekdays
from articles.gate.duplicates import SameHeadline, SameWords
from articles.gate.embeds import Embeds
from articles.gate.links import DeadLinks
from articles.gate.pictures import PicturesComplete
from articles.gate.place import Byline, SecondPerson, Section
from articles.gate.rule import Finding, Level
from articles.gate.timing import Embargo
from articles.gate.words import Body, Headline, HeadlineLength, Sources, Standfirst, UnfinishedSources

__all__ = ["RULES", "Candidate", "Finding", "Level", "blockers", "findings"]

RULES = [
    Headline(),
    Standfirst(),
    Body(),
    Section(),
    Byline(),
    PicturesComplete(),
    Embeds(),
    Embargo(),
    SecondPerson(),
    Sources(),
    UnfinishedSources(),
    DeadLinks(),
    WrongWeekdays(),
    RelativeDates(),
    DatesAfterTheStory(),
    SameHeadline(),
    SameWords(),
    HeadlineLength(),
]


# What needs no query of its own where a list has loaded bylines and pictures.
QUICK_RULES = [rule for rule in RULES if rule.is_quick]


def blockers(article, *, at):
    """Return what of the obvious keeps the newest words from readers: for lists of many stories."""
    candidate = Candidate(article, None, at)
    return [finding for rule in QUICK_RULES for finding in rule.look_at(candidate)]


def findings(article, *, by, at):
    """Return what the rules find if `by` lets readers see the newest words from the instant `at` on.

    What blocks comes first. A bounded number of queries, whatever the story holds.
    """
    candidate = Candidate(article, by, at)
    found = [finding for rule in RULES for finding in rule.look_at(candidate)]
    return sorted(found, key=lambda finding: list(Level).index(finding.level))
