"""The archive by date: its years and months, the days of a month, the stories of a day."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import archive
from articles.addresses import path_to
from articles.caching import kept, same_for_everyone
from articles.kept import showing, subjects
from articles.lists import ON_A_PAGE
from articles.models import Article
from articles.models.archive_day import bounds, day_of_instant
from articles.pagination import KeysetPage, beside
from articles.prepared import prepared
from articles.zones import day_of, weekday_of


@require_safe
@same_for_everyone
@kept()
def index(request):
    showing.shows(subjects.ARCHIVE)
    years = {}
    for month in archive.months(timezone.now()):
        years.setdefault(month.first.year, []).append(month)
    return render(request, "articles/archive.html", {"years": years.items()})


@require_safe
@same_for_everyone
def year(request, year):
    """Lead whoever cut the address of a month short to the year among the others."""
    now, first = timezone.now(), archive.parsed(year, "01")
    if first is None:
        return _no_such_date(request, now)
    if any(month.first.year == first.year for month in archive.months(now)):
        return redirect(f"{path_to('articles:archive')}#year-{first.year}")
    return _nothing_then(request, _said_of_year(first, now), first, now)


@require_safe
@same_for_everyone
@kept()
def month(request, year, month):
    now, first = timezone.now(), archive.parsed(year, month)
    if first is None:
        return _no_such_date(request, now)
    days = archive.days_of(first, now)
    if not days:
        return _nothing_then(request, _said_of_month(first, now), first, now)
    showing.shows(subjects.month(first), subjects.DAYS)
    last = archive.next_month(first) - timedelta(days=1)
    context = {
        "days": days,
        "name": archive.month_name(first),
        "earlier": archive.day_before(first, now),
        "later": archive.day_after(last, now),
    }
    return render(request, "articles/archive_month.html", context)


@require_safe
@same_for_everyone
@kept("before", "after")
def day(request, year, month, day):
    now, asked = timezone.now(), archive.parsed(year, month, day)
    if asked is None:
        return _no_such_date(request, now)
    if asked > day_of_instant(now):
        return _nothing_then(request, _said_of_day(asked, now), asked, now)
    page = _stories_of(asked, request)
    if not page.items and not archive.has_any(asked, now):
        return _nothing_then(request, _said_of_day(asked, now), asked, now)
    showing.shows(subjects.day(asked), subjects.DAYS)
    showing.shows_stories(page)
    context = {
        "page": page,
        "name": day_of(asked),
        "weekday": weekday_of(asked),
        "month": asked,
        "earlier": archive.day_before(asked, now),
        "later": archive.day_after(asked, now),
    }
    return render(request, "articles/archive_day.html", context)


def _stories_of(day, request):
    begin, end = bounds(day)
    last = end - timedelta(microseconds=1)
    if day == day_of_instant(timezone.now()):
        showing.shows(subjects.STORIES)
        showing.ends_with(Article.objects.all())

    def rows(at, *place, **page):
        return _out_between(min(at, last), begin, *place, **page)

    return KeysetPage(rows, request.GET, size=ON_A_PAGE)


def _no_such_date(request, now):
    sentence = _(
        "There is no such date. An address of the archive ends in a year, a month and a day: 2025/04/29."
    )
    return _not_found(request, _("No such date"), sentence, None, now)


def _nothing_then(request, sentence, day, now):
    return _not_found(request, _("Nothing was published then"), sentence, day, now)


def _said_of_year(first, now):
    is_to_come = first > day_of_instant(now)
    said = _("%(year)s is still to come.") if is_to_come else _("Nothing was published in %(year)s.")
    return said % {"year": first.year}


def _said_of_month(first, now):
    is_to_come = first > day_of_instant(now)
    # Translators: a month stands in the nominative: April 2025.
    said = _("%(month)s is still to come.") if is_to_come else _("Nothing was published in %(month)s.")
    return said % {"month": archive.month_name(first)}


def _said_of_day(day, now):
    is_to_come = day > day_of_instant(now)
    # Translators: a day as it stands everywhere: 29 April 2025.
    said = _("%(day)s is still to come.") if is_to_come else _("Nothing was published on %(day)s.")
    return said % {"day": day_of(day)}


def _not_found(request, title, sentence, day, now):
    """Answer 404, with the days around it on which something was published."""
    context = {
        "title": title,
        "sentence": sentence,
        "earlier": day and archive.day_before(day, now),
        "later": day and archive.day_after(day, now),
    }
    return render(request, "articles/archive_nothing.html", context, status=404)


@prepared
def _out_between(at, begin, *place, **page):
    stories = Article.objects.visible(at).filter(published_at__gte=begin).for_cards()
    return beside(stories, *place, **page)
