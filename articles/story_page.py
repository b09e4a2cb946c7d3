"""All that the page of one story shows, for readers and for the preview alike."""

from django.conf import settings

from articles import ages, sources
from articles.addresses import absolute, path_to
from articles.embeds import body_with_embeds, body_with_links
from articles.home import newest_brief
from articles.kept import showing, subjects
from articles.lines import line_of
from articles.models import Article, Author, Topic, Version
from articles.pictures import body_with_pictures, body_without_pictures, share_url_of
from articles.prepared import prepared
from articles.related import related_to
from articles.share_links import share_links
from articles.structured_data import story_graph

LATEST_STORIES = 5


def story_page(article, version, at, pictures=None):
    """Return the context of `articles/story.html`: `article`, loaded by `for_story()`, saying `version`.

    `pictures` are those of its text, for a version that is not in the database.
    """
    pictures = version.pictures.all() if pictures is None else pictures
    authors, topics = list(authors_of(article.pk)), list(topics_of(article.pk))
    line = line_of(article, at)
    so_far = line.articles if line else []
    related = related_to(article, topics, at, besides=so_far)
    latest = _latest(at, without=[article, *so_far, *(entry.article for entry in related)])
    brief = newest_brief(at)
    tell_what_shows(article, authors, topics, [*(entry.article for entry in related), *latest, brief])
    showing.shows(*subjects.lines(article), *map(subjects.story, so_far))
    corrections = list(notes_of(article.pk, at)) if article.was_updated else []
    return {
        "article": article,
        "version": version,
        "authors": authors,
        "topics": topics,
        "version_count": (version.number or article.versions.sealed().count() + 1) - article.recalled,
        "body": body_with_embeds(body_with_pictures(version.body, pictures)),
        "sources": sources.for_readers(version.sources),
        "notes_at_head": [note for note in corrections if not note.note_stands_at_foot],
        "notes_at_foot": [note for note in corrections if note.note_stands_at_foot],
        "line": line,
        "related": related,
        "latest": latest,
        "brief": brief if brief != article else None,
        "app_links": settings.APP_LINKS,
        "canonical_url": absolute(article.get_absolute_url()),
        "structured_data": story_graph(article, version, corrections, authors, topics),
    }


def readers_page(article, at):
    """Return the same of a story that readers see, with what is for them alone."""
    showing.ends(ages.next_change(article, at))
    context, version = story_page(article, article.live_version, at), article.live_version
    card = absolute(path_to("articles:share_card", article.slug, version.number))
    return context | {
        "share_picture_url": share_url_of(article) or card,
        "age": ages.warning(article, at),
        "share_links": share_links(context["canonical_url"], version.headline),
        "takes_reports": True,
    }


def text_page(article, at):
    """Return the context of `articles/text_story.html`, which shows the story and what to read next."""
    version = article.live_version
    authors, latest = list(authors_of(article.pk)), _latest(at, without=[article])
    tell_what_shows(article, authors, [], latest)
    showing.ends(ages.next_change(article, at))
    return {
        "article": article,
        "version": version,
        "authors": authors,
        "body": body_with_links(body_without_pictures(version.body, version.pictures.all())),
        "sources": sources.for_readers(version.sources),
        "notes": list(notes_of(article.pk, at)) if article.was_updated else [],
        "age": ages.warning(article, at),
        "latest": latest,
        "canonical_url": absolute(article.get_absolute_url()),
    }


def tell_what_shows(article, authors, topics, others):
    """Topics and authors are shown by name, and a story of the same topic may come to stand beside it."""
    showing.shows(subjects.STORIES, *map(subjects.topic, topics), *map(subjects.author, authors))
    showing.shows_stories([article, *filter(None, others)])
    showing.ends_with(Article.objects.all())


def visible_story(slug, at):
    """Return the story that readers find there at the instant `at`, loaded by `for_story()`, or None."""
    return next(_visible_story(slug, at), None)


def _latest(at, *, without):
    return list(_newest(at, [article.pk for article in without if article]))


@prepared
def _visible_story(slug, at):
    return Article.objects.visible(at).filter(slug=slug).for_story()


@prepared
def authors_of(article):
    return Author.objects.filter(bylines__article=article).order_by("bylines__order", "bylines__pk")


@prepared
def topics_of(article):
    return Topic.objects.filter(articles=article)


@prepared
def notes_of(article, at):
    return Version.objects.filter(article=article).public(at).with_public_note().newest_first()


@prepared
def _newest(at, without):
    newest = Article.objects.visible(at).news().exclude(pk__in=without).newest_first()
    return newest.for_cards()[:LATEST_STORIES]
