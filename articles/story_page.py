"""All that the page of one story shows, for readers and for the preview alike."""

from django.conf import settings

from articles import sources
from articles.addresses import absolute
from articles.home import newest_brief
from articles.kept import showing, subjects
from articles.models import Article
from articles.pictures import body_with_pictures, share_url
from articles.related import related_to
from articles.structured_data import story_graph

LATEST_STORIES = 5


def story_page(article, version, at, pictures=None):
    """Return the context of `articles/story.html`: `article`, loaded by `for_story()`, saying `version`.

    `pictures` are those of its text, for a version that is not in the database.
    """
    pictures = version.pictures.all() if pictures is None else pictures
    related = related_to(article, at)
    picture_url = share_url(article.picture) if article.picture and article.picture.is_complete else None
    latest = _latest(at, without=[article, *(entry.article for entry in related)])
    brief = newest_brief(at)
    _tell_what_shows(article, [*(entry.article for entry in related), *latest, brief])
    corrections = list(article.versions.public(at).with_public_note().newest_first())
    return {
        "article": article,
        "version": version,
        "version_count": (version.number or article.versions.sealed().count() + 1) - article.recalled,
        "body": body_with_pictures(version.body, pictures),
        "sources": sources.for_readers(version.sources),
        "picture_url": picture_url,
        "notes_at_head": [note for note in corrections if not note.note_stands_at_foot],
        "notes_at_foot": [note for note in corrections if note.note_stands_at_foot],
        "related": related,
        "latest": latest,
        "brief": brief if brief != article else None,
        "app_links": settings.APP_LINKS,
        "canonical_url": absolute(article.get_absolute_url()),
        "structured_data": story_graph(article, version, corrections),
    }


def _tell_what_shows(article, others):
    """Topics and authors are shown by name, and a story of the same topic may come to stand beside it."""
    showing.shows(subjects.STORIES, *map(subjects.topic, article.topics.all()))
    showing.shows(*(subjects.author(byline.author) for byline in article.bylines.all()))
    showing.shows_stories([article, *filter(None, others)])
    showing.ends_with(Article.objects.all())


def _latest(at, *, without):
    newest = Article.objects.visible(at).news().newest_first().for_cards()[: LATEST_STORIES + len(without)]
    return [article for article in newest if article not in without][:LATEST_STORIES]
