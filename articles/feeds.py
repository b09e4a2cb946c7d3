from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from articles.addresses import absolute
from articles.caching import kept, same_for_everyone
from articles.kept import showing, subjects
from articles.models import Article, Section, Version

FEED_STORIES = FEED_NOTES = 30


@require_safe
@same_for_everyone
@kept()
def site_feed(request):
    showing.shows(subjects.STORIES)
    return _feed(settings.ORGANISATION_NAME, "/", request.path, Article.objects.news())


@require_safe
@same_for_everyone
@kept()
def section_feed(request, slug):
    section = get_object_or_404(Section, slug=slug)
    showing.shows(subjects.section(section), subjects.FRAME)
    title = f"{section} · {settings.ORGANISATION_NAME}"
    return _feed(title, section.get_absolute_url(), request.path, section.articles.all())


@require_safe
@same_for_everyone
@kept()
def corrections_feed(request):
    title = f"Corrections · {settings.ORGANISATION_NAME}"
    feed = empty_feed(title, reverse("articles:corrections"), request.path)
    notes = Version.objects.public().with_public_note().newest_first()
    showing.shows(subjects.CORRECTIONS, subjects.FRAME)
    showing.ends_with(Article.objects.all())
    for note in notes.select_related("article__live_version", "article__section")[:FEED_NOTES]:
        showing.shows(subjects.story(note.article))
        history = reverse("articles:history", args=[note.article.slug])
        feed.add_item(
            title=f"{note.get_kind_display().capitalize()}: {note.article.headline}",
            link=absolute(f"{history}#version-{note.number}"),
            unique_id=absolute(f"/#version-{note.pk}"),  # stays when the address changes
            description=note.note,
            pubdate=note.published_at,
            updateddate=note.published_at,
            categories=[note.get_kind_display(), note.article.section.name],
        )
    return feed_answer(feed)


def empty_feed(title, link, feed_path):
    return Atom1Feed(
        title=title, link=absolute(link), description="", feed_url=absolute(feed_path), language="en"
    )


def _feed(title, link, feed_path, articles):
    feed = empty_feed(title, link, feed_path)
    showing.ends_with(articles)
    for article in (
        articles.visible().newest_first().for_cards().prefetch_related("bylines__author")[:FEED_STORIES]
    ):
        showing.shows(subjects.story(article), subjects.section(article.section))
        showing.shows(*(subjects.author(byline.author) for byline in article.bylines.all()))
        feed.add_item(
            title=article.headline,
            link=absolute(article.get_absolute_url()),
            unique_id=absolute(f"/#story-{article.pk}"),  # stays when the address changes
            description=article.standfirst,
            author_name=", ".join(byline.author.name for byline in article.bylines.all()),
            pubdate=article.published_at,
            updateddate=article.last_changed,
            categories=[article.section.name],
        )
    return feed_answer(feed)


def feed_answer(feed):
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
