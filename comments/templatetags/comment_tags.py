from django import template

from comments.threads import ThreadPage

register = template.Library()


@register.inclusion_tag("comments/thread.html")
def comment_thread(article):
    """The first page of a story's thread and the place to write: the same for every reader."""
    return {
        "article": article,
        "page": ThreadPage(article),
        "is_open": article.accepts_comments(),
    }
