"""What feed readers are told: of the site, a section, a topic, an author, and of corrections."""

import re
from contextlib import suppress
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.addresses import absolute
from articles.caching import kept, same_for_everyone
from articles.embeds import body_with_links
from articles.feed_formats import FORMATS
from articles.kept import showing, subjects
from articles.models import Article, Author, AuthorListing, Section, Topic, TopicListing, Version
from articles.pictures import share_url_of
from articles.querysets import ON_CARDS

FEED_STORIES = FEED_NOTES = FEED_GONE = 30
FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
LINK = re.compile(r'(<a href=")([^"]*)')  # as `articles.body` cleans it
ATOM = "xml"


@require_safe
@same_for_everyone
@kept()
def site_feed(request, form=ATOM):
    showing.shows(subjects.STORIES)
    articles = Article.objects.news()
    return _feed(request, form, settings.ORGANISATION_NAME, "/", _newest(articles), gone=articles)


@require_safe
@same_for_everyone
@kept()
def section_feed(request, slug, form=ATOM):
    section = get_object_or_404(Section, slug=slug)
    showing.shows(subjects.section(section), subjects.FRAME)
    articles = section.articles.all()
    return _feed(request, form, *_about(section), _newest(articles), gone=articles)


@require_safe
@same_for_everyone
@kept()
def topic_feed(request, slug, form=ATOM):
    topic = get_object_or_404(Topic, slug=slug)
    showing.shows(subjects.topic(topic))
    listings = TopicListing.objects.filter(topic=topic)
    return _feed(request, form, *_about(topic), _listed(listings), gone=topic.articles.all())


@require_safe
@same_for_everyone
@kept()
def author_feed(request, slug, form=ATOM):
    author = get_object_or_404(Author, slug=slug)
    showing.shows(subjects.author(author))
    listings = AuthorListing.objects.filter(author=author)
    return _feed(request, form, *_about(author), _listed(listings), gone=Article.objects.by(author))


@require_safe
@same_for_everyone
@kept()
def corrections_feed(request, form=ATOM):
    name = _("Corrections")
    title = f"{name} · {settings.ORGANISATION_NAME}"
    feed = empty_feed(title, reverse("articles:corrections"), request.path, form, hub=settings.WEBSUB_HUB)
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


def empty_feed(title, link, feed_path, form=ATOM, **about):
    """Return a feed without items. Raises Http404 for a format that is none of ours."""
    if form not in FORMATS:
        raise Http404("Not a format of our feeds.")
    about |= {"author_name": settings.ORGANISATION_NAME}
    addresses = {"link": absolute(link), "feed_url": absolute(feed_path)}
    about |= {"title": title, "description": title, "subtitle": None, "language": settings.LANGUAGE_CODE}
    return FORMATS[form](**addresses, **about)


def feed_answer(feed):
    answer = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    if feed.feed.get("hub"):  # where subscribers look before they read the feed itself
        answer["Link"] = f'<{feed.feed["hub"]}>; rel="hub", <{feed.feed["feed_url"]}>; rel="self"'
    return answer


def _feed(request, form, title, link, stories, *, gone):
    """Return the feed of these stories. Those of `gone` that readers saw and that were withdrawn are told."""
    showing.ends_with(Article.objects.all())
    withdrawn = gone.gone().order_by("-published_at").only("section", "withdrawn_at")[:FEED_GONE]
    gone = [(_id(article), article.withdrawn_at) for article in withdrawn]
    feed = empty_feed(title, link, request.path, form, gone=gone, hub=settings.WEBSUB_HUB)
    for article in stories:
        authors = [byline.author for byline in article.bylines.all()]
        showing.shows(subjects.story(article), subjects.section(article.section))
        showing.shows(*map(subjects.author, authors))
        feed.add_item(
            title=article.headline,
            link=absolute(article.get_absolute_url()),
            unique_id=_id(article),
            description=article.standfirst,
            author_name=", ".join(author.name for author in authors),
            authors=[author.name for author in authors],
            pubdate=article.published_at,
            updateddate=article.last_changed,
            categories=[article.section.name],
            content=_whole(article) if settings.FEEDS_FULL_TEXT else "",
            picture_url=share_url_of(article),
        )
    return feed_answer(feed)


def _whole(article):
    """Return the text of a story for who reads it elsewhere: without pictures, and with links in full."""
    address = absolute(article.get_absolute_url())

    def in_full(link):
        with suppress(ValueError):  # an address that is none, such as http://[
            return link[1] + urljoin(address, link[2])
        return link[0]

    return LINK.sub(in_full, FIGURE.sub("", body_with_links(article.live_version.body)))


def _about(noun):
    return f"{noun} · {settings.ORGANISATION_NAME}", noun.get_absolute_url()


def _newest(articles):
    return _loaded(articles.visible())


def _listed(listings):
    keys = listings.visible().newest_first().values_list("article", flat=True)[:FEED_STORIES]
    return _loaded(Article.objects.each_visible().filter(pk__in=list(keys)))


def _loaded(stories):
    stories = stories.newest_first().for_cards().prefetch_related("bylines__author")
    if settings.FEEDS_FULL_TEXT:
        stories = stories.only(*ON_CARDS, "live_version__body")
    return stories[:FEED_STORIES]


def _id(article):
    """Return by what feed readers know a story; it stays when the address changes."""
    return absolute(f"/#story-{article.pk}")
