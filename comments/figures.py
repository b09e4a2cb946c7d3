"""What moderation comes to in numbers, for the page on which the newsroom gives account of itself."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.timesince import timesince

from comments.models import Appeal, ModerationAct
from comments.moderation.guidelines import Guideline

Act = ModerationAct.Act
DAYS = 90
NEWEST = 200  # decisions over which the median is taken


@dataclass(frozen=True)
class Moderation:
    """Of the last ninety days. `by_guideline` pairs each guideline with how many removals named it."""

    days: int
    approved: int
    removed: int
    by_guideline: list
    waited: str  # the median time from the comment to the first decision about one that was held
    waited_cases: int
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
    waits = _waits(standing)
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
        appeals=appeals["all"],
        overturned=appeals["overturned"],
    )


def _waits(acts):
    """How long the newest held comments waited for the act that ended it."""
    decided = acts.filter(act__in=(Act.APPROVE, Act.REMOVE), before__state="held").order_by("-at", "-pk")
    pairs = decided.values_list("at", "comment__submit_date")[:NEWEST]
    return [at - sent for at, sent in pairs if sent and at >= sent]
