"""What the newsroom answered and what it picked: a few above the thread, and all on pages of their own."""

from articles.prepared import prepared
from comments.models import ReaderComment
from comments.threads.answered import tell_whom_they_answer
from comments.threads.page import KeysetPage

HIGHLIGHTS_PER_PAGE = 20
ABOVE_THE_THREAD = 5


def highlights_above(page):
    """Return the newest few of the thread. Costs one query, where the page is not the whole thread."""
    if not page.is_whole:
        return list(_newest(page.article.pk))
    found = [comment for comment in page if comment.is_highlighted]
    return sorted(found, key=lambda comment: -comment.pk)[:ABOVE_THE_THREAD]


class HighlightsPage(KeysetPage):
    """One page of them, the newest first. Costs at most two queries."""

    order, is_flat = "highlights", True

    def __init__(self, article, params=None, *, size=HIGHLIGHTS_PER_PAGE):
        super().__init__(article, params or {}, size=size)
        tell_whom_they_answer(self.comments, always=True)

    @staticmethod
    def rows(article, name, *key):
        sides = {"after": "lt", "from": "lte", "before": "gt"}
        rows = _highlights(article).order_by("-article_id", "-pk")
        rows = rows.reverse() if name == "before" else rows
        return rows.filter(**{f"pk__{sides[name]}": key[0]}) if name else rows


@prepared
def _newest(article):
    return _highlights(article).order_by("-article_id", "-pk")[:ABOVE_THE_THREAD]


def _highlights(article):
    return ReaderComment.objects.filter(article=article).published().highlighted().for_thread()
