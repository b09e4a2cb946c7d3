import re

from django.http import Http404

from articles.addresses import path_to

NUMBER = re.compile(r"[0-9]{1,10}")


class Page:
    """What every page of a thread has in common: its comments, and the ways to its neighbours."""

    order = ""  # as addresses name it; the newest first need no name
    previous_label, next_label = "Newer comments", "Older comments"
    previous_url = next_url = None
    nothing_here = ""  # what is said of an order that holds nothing, where that is a fact of its own
    is_flat = False  # whether replies stand apart from what they answer
    first_before_correction = None
    is_first = True  # whether it is where the thread begins in this order

    def __init__(self, article):
        self.article, self.comments = article, []

    def __iter__(self):
        return iter(self.comments)

    def __len__(self):
        return len(self.comments)

    def _url(self, name, key):
        order = f"order={self.order}&" if self.order else ""
        return f"{path_to('comments:thread', self.article.slug)}?{order}{name}={key}"


class KeysetPage(Page):
    """A page whose neighbours are told apart by a key that says all that their order goes by.

    `after` and `before` ask for the page next to a key, `from` for one that begins there. No
    comment has to be found for it, so a page stays where it is whatever becomes of others.
    Who inherits says what a key is, and which rows lie on either side of it.
    """

    def __init__(self, article, params, *, size):
        super().__init__(article)
        name = next((name for name in ("before", "after", "from") if name in params), None)
        key = self._parse(params[name]) if name else None
        self.is_first = name is None
        rows = self._take(self._ranges(name, key), size + 1)
        found, has_more = rows[:size], len(rows) > size
        if name == "before":
            found.reverse()
        if found and (has_more if name == "before" else bool(name)):
            self.previous_url = self._url("before", self._key(found[0]))
        if found and (has_more or name == "before"):
            self.next_url = self._url("after", self._key(found[-1]))
        self.comments = found

    def _ranges(self, name, key):
        """Yield querysets that make up, one after the other, what lies beyond the key."""
        raise NotImplementedError

    def _take(self, ranges, size):
        rows = []
        for rows_of_range in ranges:
            if len(rows) < size:
                rows += rows_of_range[: size - len(rows)]
        return rows

    def _key(self, comment):
        return comment.pk

    def _parse(self, text):
        if not NUMBER.fullmatch(text):
            raise Http404("Not a place in this thread.")
        return int(text)
