"""What the newsroom tells in numbers about itself: how much it got wrong, and how fast it put it right.

A fixed number of queries, each over a range of an index: twelve months, or the
newest hundred. So the page costs the same however old the newsroom is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles.models import Article, ErrorReport, Section, Version
from articles.querysets import CountOf

MONTHS = 12
NEWEST = 100  # over how many of the newest cases a median is taken
Kind, State = Version.Kind, ErrorReport.State


@dataclass(frozen=True)
class Month:
    first_day: date
    stories: int
    corrections: int
    clarifications: int
    withdrawals: int
    reports: int


@dataclass(frozen=True)
class Median:
    """The case in the middle, and among how many."""

    duration: timedelta
    cases: int

    @property
    def in_words(self):
        if not self.minutes:
            return _("less than a minute")
        return timesince(_ANY_INSTANT - self.duration, _ANY_INSTANT)

    @property
    def minutes(self):
        return self.duration // timedelta(minutes=1)


@dataclass(frozen=True)
class Figures:
    months: list[Month]  # the newest first
    reports: dict  # what became of those since the first of these months
    from_report: Median | None
    from_publication: Median | None

    @property
    def since(self):
        return self.months[-1].first_day


_ANY_INSTANT = datetime(2025, 1, 1)
INSTANT = timedelta(microseconds=1)


def figures_at(at):
    """Return the figures of the twelve months that end with the last in which something was published."""
    starts = _month_starts(at)
    reports = ErrorReport.objects.filter(created_at__lte=at)
    return Figures(
        months=_months(at, starts),
        reports=_fates(reports.filter(created_at__gte=starts[0])) if starts else {},
        from_report=_median(_report_to_correction(at)),
        from_publication=_median(_publication_to_correction(at)),
    )


def _month_starts(at):
    """Return the first instants of the months to tell of, and of the one after them, the oldest first."""
    stories, notes = Article.objects.visible(at), Version.objects.public(at).with_public_note()
    published = stories.order_by("published_at").values_list("published_at", flat=True)
    first = published.first()
    if first is None:
        return []
    corrected = notes.order_by("published_at").values_list("published_at", flat=True)
    oldest = _start_of_month(first)
    start = _start_of_month(max(filter(None, [published.last(), corrected.last()])))
    starts = [_start_of_month(start + timedelta(days=32))]
    while start >= oldest and len(starts) <= MONTHS:
        starts.append(start)
        start = _start_of_month(start - timedelta(days=1))
    return starts[::-1]


def _start_of_month(instant):
    day = timezone.localtime(instant).date().replace(day=1)
    return timezone.make_aware(datetime(day.year, day.month, 1))


def _months(at, starts):
    spans = [(start, min(end - INSTANT, at)) for start, end in zip(starts, starts[1:], strict=False)]
    public, gone, reports = Version.objects.public, Article.objects.gone(), ErrorReport.objects
    counted = [
        _by_month(Article.objects.visible, "published_at", spans),
        _by_month(lambda last: public(last).filter(kind=Kind.CORRECTION), "published_at", spans),
        _by_month(lambda last: public(last).filter(kind=Kind.CLARIFICATION), "published_at", spans),
        _by_month(lambda last: gone.filter(withdrawn_at__lte=last), "withdrawn_at", spans),
        _by_month(lambda last: reports.filter(created_at__lte=last), "created_at", spans),
    ]
    rows = zip(spans, *counted, strict=True)
    return [Month(timezone.localtime(start).date(), *counts) for (start, _), *counts in rows][::-1]


def _by_month(until, field, spans):
    """Count in one query the rows of each span; `until` gives those up to an instant, the span's last.

    Each is a stretch of an index by itself: asked row by row for its month, a year takes far longer.
    """
    if not spans:
        return []
    months = (until(last).filter(**{f"{field}__gte": start}) for start, last in spans)
    counts = {f"span_{number}": CountOf(month.order_by().values("pk")) for number, month in enumerate(months)}
    one_row = Section.objects.order_by().annotate(**counts)  # where stories are, a section is
    return list(one_row.values_list(*counts)[:1][0])


def _fates(reports):
    return reports.aggregate(
        received=Count("pk"),
        corrected=Count("pk", filter=Q(state=State.CORRECTED)),
        no_error=Count("pk", filter=Q(state=State.NO_ERROR)),
        waiting=Count("pk", filter=Q(decided_at__isnull=True)),
    )


def _report_to_correction(at):
    answered = ErrorReport.objects.filter(state=State.CORRECTED, decided_at__lte=at).order_by("-decided_at")
    return [
        end - start for start, end in answered.values_list("created_at", "correction__published_at")[:NEWEST]
    ]


def _publication_to_correction(at):
    """How long readers had the wrong version: the last one before that was more than a change of style."""
    earlier = Version.objects.sealed().filter(
        article=OuterRef("article"), number__lt=OuterRef("number"), recall__isnull=True
    )
    wrong = earlier.exclude(kind=Kind.STYLE).order_by("-number").values("published_at")[:1]
    corrections = Version.objects.public(at).filter(kind=Kind.CORRECTION).newest_first()
    times = corrections.annotate(wrong_at=Subquery(wrong)).values_list(F("wrong_at"), "published_at")
    return [end - start for start, end in times[:NEWEST]]


def _median(durations):
    return Median(median(durations), len(durations)) if durations else None
