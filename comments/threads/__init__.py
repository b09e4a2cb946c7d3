"""The pages of a story's thread, found by key: the last costs what the first costs."""

from django.http import Http404
from django.utils.translation import gettext as _

from articles.microseconds import microseconds

from .conversations import MostRespectedPage, OldestPage, UnansweredPage
from .highlights import HighlightsPage, highlights_above
from .newest import COMMENTS_PER_PAGE, ThreadPage, address_of

KEYS = ("order", "before", "after", "from")  # the parameters of a thread's page
PAGES = (ThreadPage, OldestPage, MostRespectedPage, UnansweredPage, HighlightsPage)
ORDERS = {page.order: page for page in PAGES}


def page_of(article, params):
    """Return the page that a request's query asks for. Raises Http404 for an order or key that is none."""
    order = params.get("order", "")
    if order not in ORDERS:
        raise Http404("Not an order of ours.")
    return ORDERS[order](article, params)


def around(page, thread, why_closed):
    """Return what a page shows with what stands around its comments.

    Where the thread begins that is who answers questions, or what the newsroom answered and picked.
    """
    shows_highlights = page.is_first and not thread.asks_questions and page.order != HighlightsPage.order
    return {
        "article": page.article,
        "page": page,
        "thread": thread,
        "orders": offered(page, thread),
        "experts": thread.named_experts if page.is_first else [],
        "highlights": highlights_above(page) if shows_highlights else [],
        "notice": thread.notice(),
        "is_open": not why_closed,
        "why_closed": why_closed,
        "counted": thread.wording.counted(page.article.comment_count),
        "came": microseconds(newest) if (newest := page.article.newest_comment_at) else 0,
    }


def offered(page, thread):
    """Return the orders that a page offers, each with its name."""
    orders = [("", _("Newest")), ("oldest", _("Oldest")), ("respected", _("Most respected"))]
    if thread.asks_questions:
        unanswered = _("Unanswered (%(count)s)") % {"count": thread.unanswered_count}
        orders.append((UnansweredPage.order, unanswered))
        orders.append((HighlightsPage.order, _("Answers and picks")))
    elif page.order == HighlightsPage.order:
        orders.append((HighlightsPage.order, _("Newsroom and picks")))
    return orders


__all__ = ["COMMENTS_PER_PAGE", "KEYS", "ThreadPage", "address_of", "around", "offered", "page_of"]
