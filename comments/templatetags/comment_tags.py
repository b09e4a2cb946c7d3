from django import template

from comments import posting
from comments.threads import ThreadPage

register = template.Library()


@register.inclusion_tag("comments/thread.html", takes_context=True)
def comment_thread(context, article):
    """The first page of a story's thread and the place to write: the same for every reader.

    A preview shows what readers will see, before the story accepts anything.
    """
    will_be_open = context.get("preview") and article.takes_comments
    why_closed = "" if will_be_open else posting.why_closed(article)
    return {
        "article": article,
        "page": ThreadPage(article),
        "is_open": not why_closed,
        "why_closed": why_closed,
    }
