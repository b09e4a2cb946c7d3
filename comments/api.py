"""What programs read of a thread: a page of it as JSON, in each of its orders. See `articles.api`."""

from django.http import Http404
from django.utils import timezone

from articles.addresses import absolute, path_to
from articles.api.endpoint import as_page, endpoint
from articles.api.instants import rfc3339
from articles.api.problems import invalid, no_such_place, story_not_here
from articles.api.shapes import address_of
from articles.caching import kept, same_for_everyone
from articles.story_page import visible_story
from comments import posting
from comments.models import Thread
from comments.threads import KEYS, ORDERS, offered, page_of
from comments.threads.part import tell_what_shows

NEWEST = "newest"  # as the interface calls the order that has no name in the addresses of pages


@endpoint
@same_for_everyone
@kept(*KEYS)
def thread(request, slug):
    article = visible_story(slug, timezone.now())
    if article is None:
        return story_not_here(request, slug, keys=KEYS)
    page, thread = _page(article, request.GET), Thread.objects.shown_below(article)
    tell_what_shows(thread)
    address, why_closed = absolute(request.path), posting.why_closed(thread)
    experts = thread.named_experts if page.is_first else []
    told = {
        "story": {"headline": article.headline, "self": address_of(article)},
        "url": absolute(path_to("comments:thread", article.slug)),
        "mode": thread.mode,
        "title": str(thread.wording.title),
        "comment_count": article.comment_count,
        "is_open": not why_closed,
        "why_closed": why_closed or None,
        "notice": thread.notice() or None,
        "experts": [{"name": expert.name, "line": expert.line} for expert in experts],
        "order": page.order or NEWEST,
        "orders": [_order(name, title, address) for name, title in offered(page, thread)],
        "first_before_correction": getattr(page.first_before_correction, "pk", None),
        "comments": _comments(page, address),
    }
    asked = {"order": page.order} if page.order else {}
    return as_page(told, address, following=_key(page.next_url), previous=_key(page.previous_url), **asked)


def _page(article, params):
    params = {name: params[name] for name in KEYS if name in params}
    if params.get("order") == NEWEST:
        params["order"] = ""
    if params.get("order", "") not in ORDERS:
        names = ", ".join(name or NEWEST for name in ORDERS)
        raise invalid(order=f"This is none of the orders: {names}.")
    try:
        return page_of(article, params)
    except Http404:
        raise no_such_place(params, "before", "after", "from") from None


def _order(name, title, address):
    return {"name": name or NEWEST, "title": title, "self": f"{address}?order={name}" if name else address}


def _key(url):
    """Return the key of a neighbour, from the address of its page: `after=812`."""
    return url and url.rpartition("?")[2].rpartition("&")[2]


def _comments(page, address):
    here = {comment.pk: comment for comment in page}
    return [_comment(comment, page.article, here, address) for comment in page]


def _comment(comment, article, here, address):
    """One comment as its place on the page shows it: of one that is gone, that it was there and why not."""
    told = {
        "id": comment.pk,
        "url": absolute(comment.get_absolute_url()),
        "state": comment.state,
        "level": comment.level,
        "parent": _parent(here.get(comment.parent_id) or comment.answered) if comment.is_reply else None,
        "more_replies": _more(comment.more, address),
    }
    return told | (_words(comment, article) if comment.is_published else NO_WORDS | _why_gone(comment))


def _words(comment, article):
    correction, history = comment.correction, path_to("articles:history", article.slug)
    return {
        "name": comment.user_name,
        "person": comment.person_mark or None,
        "html": comment.html,
        "published": rfc3339(comment.published_at),
        "was_edited": comment.edited_at is not None,
        "respect": comment.respect_count,
        "badge": comment.badge or None,
        "line": (comment.expert.line if comment.expert else "") or None,
        "is_picked": comment.picked_at is not None,
        "led_to_correction": absolute(f"{history}#version-{correction.number}") if correction else None,
        "removed": None,
        "removal_reason": None,
    }


NO_WORDS = dict.fromkeys(
    "name person html published was_edited respect badge line is_picked led_to_correction".split()
)


def _why_gone(comment):
    return {
        "removed": rfc3339(comment.removed_at),
        "removal_reason": comment.get_removal_reason_display() or None,
    }


def _parent(parent):
    return parent and {"id": parent.pk, "name": parent.user_name if parent.is_published else None}


def _more(more, address):
    if not more:
        return None
    return {"count": more.count, "is_exact": more.is_counted, "self": f"{address}?from={more.first.pk}"}
