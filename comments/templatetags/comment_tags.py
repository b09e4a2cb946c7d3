from django import template
from django.urls import reverse

from comments import posting
from comments.figures import moderation_figures
from comments.models import Thread
from comments.moderation.conversations import may_lead
from comments.threads import ThreadPage, around

register = template.Library()


@register.inclusion_tag("comments/thread.html", takes_context=True)
def comment_thread(context, article):
    """The first page of a story's thread and the place to write: the same for every reader.

    A preview shows what readers will see, before the story accepts anything.
    """
    will_be_open = context.get("preview") and article.takes_comments
    thread = Thread.objects.with_unanswered().of(article)
    return around(ThreadPage(article), thread, "" if will_be_open else posting.why_closed(thread))


@register.simple_tag
def thread_feed(article):
    return reverse("comments:feed", args=[article.slug])


@register.simple_tag
def conversation_at_desk(article, account):
    """Return where the account leads the conversation below a story; empty where it may not, or none is."""
    if not article.is_visible() or not may_lead(account, article):
        return ""
    return reverse("moderation:conversation", args=[article.pk])


@register.inclusion_tag("comments/figures.html")
def moderation_in_numbers():
    return {"moderation": moderation_figures()}
