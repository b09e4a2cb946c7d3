from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from articles.models import ErrorReport, PreviewNote
from articles.rights import reports_at_desk

register = template.Library()

COUNTED = 100
NOTES_SHOWN = 20


@register.inclusion_tag("admin/articles/errorreport/waiting.html")
def reports_waiting(account):
    """Say how many reports of errors wait for the account's answer, and how long the oldest has."""
    if not account.has_perm("articles.answer_errorreport"):
        return {}
    waiting = reports_at_desk(account, ErrorReport.objects.waiting().oldest_first())
    received = list(waiting.values_list("created_at", flat=True)[: COUNTED + 1])
    return {
        "count": min(len(received), COUNTED),
        "more": len(received) > COUNTED,
        "longest": timesince(received[0], timezone.now(), depth=1) if received else "",
    }


@register.inclusion_tag("admin/articles/article/shared.html")
def preview_links(article, account):
    """Who outside can read the story, and what they noted; and whether the account may share it."""
    return {
        "article": article,
        "may_share": account.has_perm("articles.change_article", article),
        "links": article.preview_links.alive().count(),
        "notes": PreviewNote.objects.on(article).unresolved()[:NOTES_SHOWN],
    }
