from django import template
from django.urls import reverse

from articles.kept import showing
from comments.figures import moderation_figures
from comments.moderation.conversations import may_lead
from comments.threads import part

register = template.Library()


@register.simple_tag(takes_context=True)
def comment_thread(context, article):
    """The first page of a story's thread and the place to write: the same for every reader.

    A preview shows what readers will see, before the story accepts anything.
    """
    if context.get("preview"):
        return part.as_it_will_be(article)
    return showing.part("comments.threads.part.as_it_is", article.pk, article=article)


@register.simple_tag
def thread_feed(article):
    return reverse("comments:feed", args=[article.slug])


@register.simple_tag
def conversation_at_desk(article, account):
    """Return where the account leads the conversation below a story; empty where it may not."""
    if not may_lead(account, article):
        return ""
    return reverse("moderation:conversation", args=[article.pk])


@register.inclusion_tag("comments/figures.html")
def moderation_in_numbers():
    return {"moderation": moderation_figures()}
