"""A thread as it grows, the newest first: what a page of it shows, and where a comment stands in it."""

from django.http import Http404
from django.utils.functional import cached_property

from articles.addresses import path_to
from articles.prepared import prepared
from comments.models import ReaderComment, places
from comments.querysets import KEY
from comments.threads.answered import tell_whom_they_answer
from comments.threads.page import Page

COMMENTS_PER_PAGE = 50


class ThreadPage(Page):
    """One page of `article`'s comments in reading order, each with whom it answers.

    `params` is the query of the request; each key is the number of a comment.
    `after` and `before` ask for the page next to a comment, `from` for one that begins with it.
    A comment keeps its place for good, so new replies move no page's beginning.
    `first_before_correction` is where the page comes to words about a story that has been corrected since.
    Costs at most three queries. Raises Http404 for a key that is none of this thread.
    """

    def __init__(self, article, params=None, *, size=COMMENTS_PER_PAGE):
        super().__init__(article)
        self._size = size
        params = params or {}
        if "before" in params:
            self._load_before(self._place(params["before"]))
        elif "after" in params:
            self._load(_beyond, self._place(params["after"]), side="gt")
        elif "from" in params:
            self._load(_beyond, self._place(params["from"]), side="gte")
        else:
            self._load(_beginning)
            self.is_whole = self.next_url is None
        tell_whom_they_answer(self.comments)

    @cached_property
    def first_before_correction(self):
        """The first comment from before the story's newest correction. Threads below it are older still."""
        corrected_at = self.article.corrected_at
        dated = (comment for comment in self.comments if comment.published_at)
        earlier = (comment for comment in dated if comment.published_at < corrected_at)
        return next(earlier, None) if corrected_at else None

    def _load(self, rows, *place, **side):
        rows = list(rows(self.article.pk, *place, size=self._size + 1, **side))
        self._show(rows[: self._size], has_newer=bool(place), has_older=len(rows) > self._size)

    def _load_before(self, place):
        rows = list(_before(self.article.pk, place, size=self._size + 1))
        self._show(rows[: self._size][::-1], has_newer=len(rows) > self._size, has_older=True)

    def _show(self, comments, *, has_newer, has_older):
        self.comments, self.is_first = comments, not has_newer
        if comments and has_newer:
            self.previous_url = self._url("before", comments[0].pk)
        if comments and has_older:
            self.next_url = self._url("after", comments[-1].pk)

    def _place(self, key):
        found = next(_numbered(self.article.pk, int(key)), None) if KEY.fullmatch(key) else None
        if found is None:
            raise Http404("Not a place in this thread.")
        return found.place


@prepared
def _beginning(article, *, size):
    return _standing(article).in_reading_order().for_thread()[:size]


@prepared
def _beyond(article, place, *, side, size):
    rows = _standing(article).filter(**{f"place__{side}": place})
    return rows.in_reading_order().for_thread()[:size]


@prepared
def _before(article, place, *, size):
    rows = _standing(article).filter(place__lt=place)
    return rows.for_thread().order_by("-article_id", "-place")[:size]


@prepared
def _numbered(article, key):
    return _standing(article).filter(pk=key).only("place")


def _standing(article):
    return ReaderComment.objects.filter(article=article).standing()


def address_of(comment, *, size=COMMENTS_PER_PAGE):
    """Return the address where a comment of the thread stands: the story, or the page of the thread."""
    thread = ReaderComment.objects.filter(article=comment.article_id).standing()
    if thread.filter(place__lt=comment.place)[:size].count() < size:
        page = comment.article.get_absolute_url()
    else:
        first = _first_of_page(thread, comment, size)
        page = f"{path_to('comments:thread', comment.article.slug)}?from={first}"
    return f"{page}#comment-{comment.pk}"


def _first_of_page(thread, comment, size):
    """Return the key of the page's first comment: its thread's first, if that is near enough."""
    thread_place = comment.place[: places.THREAD_DIGITS]
    above = thread.filter(place__gte=thread_place, place__lt=comment.place).in_reading_order()
    keys = list(above.values_list("pk", flat=True)[:size])
    return keys[0] if 0 < len(keys) < size else comment.pk
