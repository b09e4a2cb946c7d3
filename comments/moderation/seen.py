"""What a moderator saw before they decided. Where something came in between, they look again.

Counted and not timed: words changed, decisions and reports only ever become more, so equal counts
under the lock say that nothing came, whatever the clocks of two servers say.
"""

import re
from typing import NamedTuple

from django.db.models import Count, Max, Sum

from comments.models import ReaderComment

WRITTEN = re.compile(r"[0-9]{1,10}(\.[0-9]{1,10})*")


class Mark(NamedTuple):
    """Of one comment: how often its words were changed, decided about, and reported."""

    times_changed: int
    times_decided: int
    times_reported: int

    def __str__(self):
        return ".".join(map(str, self))


class CaseMark(NamedTuple):
    """Of a case: the last comment that was shown, how many waited up to it, and their marks together."""

    last: int
    size: int
    times_changed: int
    times_decided: int
    times_reported: int

    def __str__(self):
        return ".".join(map(str, self))


def read(kind, text):
    """Return the Mark or CaseMark that a form carries; None where it is none."""
    parts = text.split(".") if WRITTEN.fullmatch(text) else []
    return kind(*map(int, parts)) if len(parts) == len(kind._fields) else None


def mark_of(comment):
    """Return the mark of a comment as it stands now."""
    return marks_of([comment.pk])[comment.pk]


def marks_of(keys):
    """Return the marks of these comments, by key."""
    rows = ReaderComment.objects.filter(pk__in=keys).counting_marks().order_by()
    return {pk: Mark(*counts) for pk, *counts in rows.values_list("pk", *Mark._fields)}


def marks_of_cases(cases, *, up_to=None):
    """Return the marks of the cases in which something waits, by key."""
    waiting = ReaderComment.objects.filter(case__in=cases).waiting()
    if up_to:
        waiting = waiting.filter(pk__lte=up_to)
    sums = {f"all_{name}": Sum(name) for name in Mark._fields}
    measured = waiting.counting_marks().order_by().values("case")
    rows = measured.annotate(last=Max("pk"), size=Count("pk"), **sums)
    return {case: CaseMark(*marks) for case, *marks in rows.values_list("case", "last", "size", *sums)}
