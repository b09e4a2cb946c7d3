from django import template

from comments.threads import ThreadPage

register = template.Library()


@register.inclusion_tag("comments/thread.html", takes_context=True)
def comment_thread(context, article):
    """The first page of a story's thread and the place to write: the same for every reader.

    A preview shows what readers will see, before the story accepts anything.
    """
    will_be_open = context.get("preview") and article.takes_comments
    return {
        "article": article,
        "page": ThreadPage(article),
        "is_open": will_be_open or article.accepts_comments(),
    }
