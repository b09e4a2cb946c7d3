"""What search engines read of all that is here: an index, a part for each month, and the news of two days.

A month's part is a stretch of one index, however old the archive is.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Max
from django.db.models.functions import Coalesce, TruncMonth
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import archive
from articles.addresses import absolute
from articles.caching import kept, same_for_everyone
from articles.kept import showing, subjects
from articles.models import Article, Author, Page, Section, Topic
from articles.models.archive_day import bounds
from articles.pictures import share_url_of
from articles.zones import site_zone

MONTH = re.compile(r"(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])")
MOST = 50_000  # addresses in one file (sitemaps.org)
MOST_NEWS, NEWS_FOR = 1_000, timedelta(days=2)
CHANGES_KNOWN_FOR = timedelta(days=60)  # for longer back no part says when it was changed
XML = "application/xml"


@dataclass(frozen=True)
class Address:
    url: str
    changed_at: datetime | None = None
    picture_url: str = ""


@require_safe
@same_for_everyone
@kept()
def index(request):
    """The parts: that of the pages, and one for each month in which a story came out."""
    _shows_every_story()
    showing.shows(subjects.ARCHIVE)
    now = timezone.now()
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    showing.ends(today + timedelta(days=1))
    changed = _changes(now, since=today - CHANGES_KNOWN_FOR)
    parts = [Address(absolute(reverse("articles:sitemap_pages")))]
    for month in archive.months(now):
        url = absolute(reverse("articles:sitemap_month", args=[f"{month.first:%Y-%m}"]))
        parts.append(Address(url, changed.get(month.first)))
    return render(request, "sitemaps/index.xml", {"parts": parts}, content_type=XML)


@require_safe
@same_for_everyone
@kept()
def month(request, month):
    """The stories that came out in one month of the site's calendar, each with its picture."""
    _shows_every_story()
    match = MONTH.fullmatch(month)
    if match is None:
        raise Http404("Not a month.")
    first = date(int(match[1]), int(match[2]), 1)
    begin, end = bounds(first, archive.next_month(first))
    stories = Article.objects.visible().newest_first().select_related("picture")
    stories = stories.filter(published_at__gte=begin, published_at__lt=end)
    addresses = [
        _story(story) for story in stories.only("slug", "changed_at", "published_at", "picture")[:MOST]
    ]
    if not addresses:
        raise Http404("Nothing came out in this month.")
    return render(request, "sitemaps/part.xml", {"addresses": addresses}, content_type=XML)


@require_safe
@same_for_everyone
def pages(request):
    """Everything that is no story: lists, sections, topics, authors, and what the newsroom says of itself."""
    fixed = (
        "articles:home",
        "articles:latest",
        "articles:archive",
        "articles:corrections",
        "articles:transparency",
        "articles:app",
    )
    addresses = [Address(absolute(reverse(name))) for name in fixed]
    listed = (
        Section.objects.all(),
        Page.objects.all(),
        Topic.objects.order_by("pk"),
        Author.objects.order_by("pk"),
    )
    for nouns in listed:
        addresses += [Address(absolute(noun.get_absolute_url())) for noun in nouns[: MOST // 5]]
    return render(request, "sitemaps/part.xml", {"addresses": addresses}, content_type=XML)


@require_safe
@same_for_everyone
@kept()
def news(request):
    """What came out in the last two days, as news search engines want it."""
    _shows_every_story()
    now = timezone.now()
    stories = Article.objects.visible(now).filter(published_at__gt=now - NEWS_FOR).newest_first()
    stories = list(stories.for_cards()[:MOST_NEWS])
    if stories:
        showing.ends(stories[-1].published_at + NEWS_FOR)
    language = settings.LANGUAGE_CODE.partition("-")[0]
    context = {"stories": stories, "site_url": settings.SITE_URL, "language": language}
    return render(request, "sitemaps/news.xml", context, content_type=XML)


def _shows_every_story():
    showing.shows(subjects.EVERY_STORY)
    showing.ends_with(Article.objects.all())


def _story(story):
    return Address(absolute(story.get_absolute_url()), story.last_changed, share_url_of(story))


def _changes(now, since):
    """Return when stories of a month last changed, by month, where that was not before `since`."""
    of_late = Article.objects.visible(now).filter(touched_at__gte=since).order_by()
    new = Article.objects.visible(now).filter(published_at__gte=since).order_by()
    changes = {}
    for stories in (of_late, new):
        by_month = stories.annotate(month=TruncMonth("published_at", tzinfo=site_zone())).values("month")
        for row in by_month.annotate(at=Max(Coalesce(F("changed_at"), F("published_at")))):
            day = date(row["month"].year, row["month"].month, 1)
            changes[day] = max(row["at"], changes.get(day, row["at"]))
    return changes
