"""The thread on the page of its story: its first page, and the place to write."""

from django.shortcuts import get_object_or_404

from articles.components import rendered
from articles.kept import showing, subjects
from articles.models import Article
from comments import posting
from comments.models import Thread
from comments.threads import ThreadPage, around


def as_it_is(article_id, article=None):
    """Return the HTML for readers. Raises Http404 where they see no such story."""
    article = article or get_object_or_404(Article.objects.visible(), pk=article_id)
    thread = Thread.objects.shown_below(article)
    tell_what_shows(thread)
    return _html(article, thread, posting.why_closed(thread))


def as_it_will_be(article):
    """Return the HTML for a preview: before the story is out nobody can answer, and afterwards they can."""
    thread = Thread.objects.shown_below(article)
    return _html(article, thread, "" if article.takes_comments else posting.why_closed(thread))


def tell_what_shows(thread):
    showing.shows(subjects.thread(thread.article), subjects.story(thread.article))
    showing.ends_with(thread)


def _html(article, thread, why_closed):
    return rendered("comments/thread.jinja", **around(ThreadPage(article), thread, why_closed))
