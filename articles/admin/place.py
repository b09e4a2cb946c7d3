"""Where a story stands: everything on its page that is no word of it."""

import hashlib
import json

from articles.models import Article


def may_change_place(account, article):
    """What goes live at once is an editor's to change while readers see the story, or soon will."""
    if article is None or article.state != Article.State.PUBLISHED:
        return True
    return account.has_perm("articles.publish_article", article)


def mark_of_place(article):
    """Return what tells this place of the story from every other; empty for a new story."""
    if article is None or article.pk is None:
        return ""
    return hashlib.sha256(json.dumps(_place(article)).encode()).hexdigest()[:24]


def described(article):
    """Yield the place in words, for a colleague who changed it too."""
    yield f"address {article.slug}"
    yield f"section {article.section or 'none'}"
    yield f"topics {_names(article.topics.all())}"
    yield f"picture {article.picture or 'none'}"
    yield f"byline {_names(article.bylines.all())}"
    yield f"related stories {_names(article.related_stories.all())}"
    yield "comments open" if article.takes_comments else "comments closed"


def _place(article):
    return [
        article.slug,
        article.section_id,
        article.picture_id,
        article.takes_comments,
        sorted(article.topics.values_list("pk", flat=True)),
        list(article.bylines.values_list("order", "author")),
        list(article.related_stories.values_list("order", "target", "url", "title", "reason")),
    ]


def _names(things):
    return ", ".join(str(thing) for thing in things) or "none"
