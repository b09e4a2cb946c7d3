"""When did stories come out: in which years and months, on which days, and on which days around a day?

A day is one of the site's own calendar. Of a day that is over its count is taken as it stands; of the present
one only what is out already counts.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.dates import MONTHS

from articles.addresses import path_to
from articles.kept import showing, subjects
from articles.models import ArchiveDay, Article
from articles.models.archive_day import bounds, day_of_instant
from articles.zones import full_day_of

FIRST_YEAR, LAST_YEAR = 1970, 9998  # of which the next month has a date too


@dataclass(frozen=True)
class Span:
    """A day or a month in which stories came out."""

    first: date
    stories: int


@dataclass(frozen=True)
class Group:
    """Stories of a list that came out in one span of time."""

    title: str
    url: str
    key: str  # for machines: 2025-04-29
    articles: list


def months(now):
    """Return the months in which any story came out, the newest first. Two queries, over days not stories."""
    today = day_of_instant(now)
    over = _days().filter(day__lt=today).annotate(month=TruncMonth("day")).values_list("month")
    counts = dict(over.order_by("month").annotate(Sum("stories")))
    if out := _out_today(now):
        this = today.replace(day=1)
        counts[this] = counts.get(this, 0) + out
    return [Span(first, counts[first]) for first in sorted(counts, reverse=True)]


def days_of(first, now):
    """Return the days of a month on which any story came out, the newest first. Two queries."""
    today = day_of_instant(now)
    found = _days().filter(day__gte=first, day__lt=min(next_month(first), today)).order_by("-day")
    spans = [Span(row.day, row.stories) for row in found]
    if first == today.replace(day=1) and (out := _out_today(now)):
        spans.insert(0, Span(today, out))
    return spans


def day_before(day, now):
    """Return the last day before `day` on which any story came out, or None."""
    today = day_of_instant(now)
    if day > today and _out_today(now):
        return today
    return _days().filter(day__lt=min(day, today)).order_by("-day").values_list("day", flat=True).first()


def day_after(day, now):
    """Return the first day after `day` on which any story came out, or None."""
    today = day_of_instant(now)
    found = _days().filter(day__gt=day, day__lt=today).order_by("day").values_list("day", flat=True).first()
    if found is None and day < today and _out_today(now):
        return today
    return found


def has_any(day, now):
    """Whether any story came out on a day."""
    is_today = day == day_of_instant(now)
    return _out_today(now) > 0 if is_today else _days().filter(day=day).exists()


def parsed(year, month, day="01"):
    """Return the day that an address names, of 1970 or later, or None where there is no such day."""
    text = f"{year}-{month}-{day}"
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_name(day):
    return f"{MONTHS[day.month]} {day.year:04}"


def address_of_day(day):
    return path_to("articles:archive_day", f"{day:%Y}", f"{day:%m}", f"{day:%d}")


def address_of_month(day):
    return path_to("articles:archive_month", f"{day:%Y}", f"{day:%m}")


def by_day(articles):
    """Return stories that are newest first as groups, one for each day."""
    days = {}
    for article in articles:
        days.setdefault(day_of_instant(article.published_at), []).append(article)
    return [
        Group(full_day_of(day), address_of_day(day), day.isoformat(), of_day) for day, of_day in days.items()
    ]


def by_month(articles):
    """Return stories that are newest first as groups, one for each month, with no address of their own."""
    months = {}
    for article in articles:
        first = day_of_instant(article.published_at).replace(day=1)
        months.setdefault(first, []).append(article)
    return [
        Group(month_name(first), "", first.isoformat()[:7], of_month) for first, of_month in months.items()
    ]


def _days():
    return ArchiveDay.objects.filter(zone=settings.TIME_ZONE)


def _out_today(now):
    """How many stories came out on this day so far: of one day, so there are few to count."""
    showing.shows(subjects.STORIES)
    showing.ends_with(Article.objects.all())
    begin = bounds(day_of_instant(now))[0]
    return Article.objects.visible(now).filter(published_at__gte=begin).count()
