"""The pages of a story's thread, found by key: the last costs what the first costs."""

from django.http import Http404

from .conversations import MostRespectedPage, OldestPage
from .highlights import HighlightsPage, highlights_of
from .newest import COMMENTS_PER_PAGE, ThreadPage, address_of

KEYS = ("order", "before", "after", "from")  # the parameters of a thread's page
ORDERS = {page.order: page for page in (ThreadPage, OldestPage, MostRespectedPage, HighlightsPage)}


def page_of(article, params):
    """Return the page that a request's query asks for. Raises Http404 for an order or key that is none."""
    order = params.get("order", "")
    if order not in ORDERS:
        raise Http404("Not an order of ours.")
    return ORDERS[order](article, params)


def around(page):
    """Return what stands around the comments of a page: newsroom's replies and picks, where it begins."""
    begins = page.is_first and page.order != HighlightsPage.order
    return {"page": page, "highlights": highlights_of(page.article) if begins else []}


__all__ = ["COMMENTS_PER_PAGE", "KEYS", "ThreadPage", "address_of", "around", "page_of"]
