"""What moderation comes to in numbers, for the page on which the newsroom gives account of itself."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from comments.models import Appeal, ModerationAct
from comments.moderation.guidelines import Guideline
from comments.moderation.verdicts import objection_in

Act = ModerationAct.Act
DAYS = 90
NEWEST = 200  # decisions about held comments that are looked at one by one

# For what a step of the chain holds comments, in the order in which readers are told.
HELD_FOR = {
    # Translators: all of these end the sentence “They were held for:”, each with how many.
    "first_timer": _("being among a writer’s first"),
    "rule": _("a rule, or the heat, of the conversation"),
    "words": _("a word on our list of suspect words"),
    "links": _("many links"),
    "likeness": _("nearly the same words as another"),
    "flood": _("coming with many others in a short time"),
    "history": _("earlier removals of their writer"),
    "score": _("likeness to what was removed before"),
    "receivers": _("another check of this newsroom"),
}


@dataclass(frozen=True)
class Moderation:
    """Of the last ninety days. `by_guideline` pairs each guideline with how many removals named it."""

    days: int
    approved: int
    removed: int
    by_guideline: list
    waited: str  # the median time from the comment to the first decision about one that was held
    waited_cases: int
    by_check: list  # of those that waited: for what they were held, how many, and how many were let stand
    appeals: int
    overturned: int


def moderation_figures(now=None):
    """Count. Three queries over ranges of an index; what was taken back does not count."""
    now = now or timezone.now()
    since = now - timedelta(days=DAYS)
    standing = ModerationAct.objects.filter(at__gte=since, undone_by=None).order_by()
    rows = (
        standing.filter(act__in=(Act.APPROVE, Act.REMOVE)).values("act", "reason").annotate(count=Count("pk"))
    )
    counts = {(row["act"], row["reason"]): row["count"] for row in rows}
    removals = {reason: count for (act, reason), count in counts.items() if act == Act.REMOVE}
    decided = _newest_that_waited(standing)
    waits = [at - sent for _, at, sent, _ in decided if sent and at >= sent]
    appeals = Appeal.objects.filter(at__gte=since).aggregate(
        all=Count("pk"), overturned=Count("pk", filter=Q(outcome=Appeal.Outcome.OVERTURNED))
    )
    return Moderation(
        days=DAYS,
        approved=sum(count for (act, _), count in counts.items() if act == Act.APPROVE),
        removed=sum(removals.values()),
        by_guideline=[(label, removals[value]) for value, label in Guideline.choices if removals.get(value)],
        waited=timesince(now - median(waits), now) if waits else "",
        waited_cases=len(waits),
        by_check=_by_check(decided),
        appeals=appeals["all"],
        overturned=appeals["overturned"],
    )


def _newest_that_waited(acts):
    """Return the newest acts that ended a wait: which, when, and the comment's instant and verdicts."""
    decided = acts.filter(act__in=(Act.APPROVE, Act.REMOVE), before__state="held").order_by("-at", "-pk")
    return list(decided.values_list("act", "at", "comment__submit_date", "comment__checks")[:NEWEST])


def _by_check(decided):
    held, let_stand = Counter(), Counter()
    for act, _at, _sent, checks in decided:
        step = objection_in(checks or []).get("step")
        held[step] += 1
        let_stand[step] += act == Act.APPROVE
    return [(told, held[step], let_stand[step]) for step, told in HELD_FOR.items() if held[step]]
