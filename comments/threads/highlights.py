"""What the newsroom answered and what it picked: a few above the thread, and all on pages of their own."""

from comments.models import ReaderComment
from comments.threads.answered import tell_whom_they_answer
from comments.threads.page import KeysetPage

HIGHLIGHTS_PER_PAGE = 20
ABOVE_THE_THREAD = 5


def highlights_of(article):
    """Return the newest few. Costs one query."""
    return list(_highlights(article).order_by("-article_id", "-pk")[:ABOVE_THE_THREAD])


class HighlightsPage(KeysetPage):
    """One page of them, the newest first. Costs at most two queries."""

    order, is_flat = "highlights", True

    def __init__(self, article, params=None, *, size=HIGHLIGHTS_PER_PAGE):
        self._rows = _highlights(article).order_by("-article_id", "-pk")
        super().__init__(article, params or {}, size=size)
        tell_whom_they_answer(self.comments, always=True)

    def _ranges(self, name, key):
        sides = {"after": "lt", "from": "lte", "before": "gt"}
        rows = self._rows.reverse() if name == "before" else self._rows
        yield rows.filter(**{f"pk__{sides[name]}": key}) if name else rows


def _highlights(article):
    return ReaderComment.objects.filter(article=article).published().highlighted().for_thread()
