"""The pages of a story's thread, found by key: the last costs what the first costs."""

from django.http import Http404
from django.urls import reverse

from comments.models import ReaderComment, places

COMMENTS_PER_PAGE = 50
KEYS = ("before", "after", "from")  # the parameters of a thread's page


class ThreadPage:
    """One page of `article`'s comments in reading order, each with whom it answers.

    `params` is the query of the request; each key is the number of a comment.
    `after` and `before` ask for the page next to a comment, `from` for one that begins with it.
    A comment keeps its place for good, so new replies move no page's beginning.
    `first_before_correction` is where the page comes to words about a story that has been corrected since.
    Costs at most three queries. Raises Http404 for a key that is none of this thread.
    """

    def __init__(self, article, params=None, *, size=COMMENTS_PER_PAGE):
        self._article, self._size = article, size
        self._thread = ReaderComment.objects.filter(article=article).placed()
        self._rows = self._thread.in_reading_order().for_thread()
        params = params or {}
        if "before" in params:
            self._load_before(self._place(params["before"]))
        elif "after" in params:
            self._load(self._rows.filter(place__gt=self._place(params["after"])), has_newer=True)
        elif "from" in params:
            self._load(self._rows.filter(place__gte=self._place(params["from"])), has_newer=True)
        else:
            self._load(self._rows, has_newer=False)
        _tell_whom_they_answer(self.comments)

    def __iter__(self):
        return iter(self.comments)

    def __len__(self):
        return len(self.comments)

    @property
    def older_url(self):
        return self._url("after", self.comments[-1]) if self._has_older else None

    @property
    def newer_url(self):
        return self._url("before", self.comments[0]) if self._has_newer and self.comments else None

    @property
    def first_before_correction(self):
        """The first comment from before the story's newest correction. Threads below it are older still."""
        corrected_at = self._article.corrected_at
        earlier = (comment for comment in self.comments if comment.published_at < corrected_at)
        return next(earlier, None) if corrected_at else None

    def _load(self, rows, *, has_newer):
        rows = list(rows[: self._size + 1])
        self.comments = rows[: self._size]
        self._has_newer, self._has_older = has_newer, len(rows) > self._size

    def _load_before(self, place):
        rows = list(self._rows.filter(place__lt=place).order_by("-article_id", "-place")[: self._size + 1])
        self.comments = rows[: self._size][::-1]
        self._has_newer, self._has_older = len(rows) > self._size, True

    def _place(self, key):
        place = self._thread.numbered(key).values_list("place", flat=True).first()
        if place is None:
            raise Http404("Not a place in this thread.")
        return place

    def _url(self, name, comment):
        return f"{reverse('comments:thread', args=[self._article.slug])}?{name}={comment.pk}"


def address_of(comment, *, size=COMMENTS_PER_PAGE):
    """Return the address where a placed comment stands: the story, or the page of the thread."""
    thread = ReaderComment.objects.filter(article=comment.article_id).placed()
    if thread.filter(place__lt=comment.place)[:size].count() < size:
        page = comment.article.get_absolute_url()
    else:
        first = _first_of_page(thread, comment, size)
        page = f"{reverse('comments:thread', args=[comment.article.slug])}?from={first}"
    return f"{page}#comment-{comment.pk}"


def _first_of_page(thread, comment, size):
    """Return the key of the page's first comment: its thread's first, if that is near enough."""
    thread_place = comment.place[: places.THREAD_DIGITS]
    above = thread.filter(place__gte=thread_place, place__lt=comment.place).in_reading_order()
    keys = list(above.values_list("pk", flat=True)[:size])
    return keys[0] if 0 < len(keys) < size else comment.pk


def _tell_whom_they_answer(comments):
    """Give each comment `answered`: the comment it answers where that is not plain to see, else None."""
    here = {comment.pk: comment for comment in comments}
    wanted = {comment.parent_id for comment in comments if comment.is_reply}
    elsewhere = wanted - here.keys()
    found = ReaderComment.objects.for_thread().in_bulk(elsewhere)
    for comment in comments:
        comment.answered = None
        if comment.level > 1 or (comment.is_reply and comment.parent_id not in here):
            comment.answered = here.get(comment.parent_id) or found.get(comment.parent_id)
