import re
from itertools import islice

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.addresses import path_to
from articles.prepared import prepared

NUMBER = re.compile(r"[0-9]{1,10}")


class Page:
    """What every page of a thread has in common: its comments, and the ways to its neighbours."""

    order = ""  # as addresses name it; the newest first need no name
    previous_label, next_label = _("Newer comments"), _("Older comments")
    previous_url = next_url = None
    nothing_here = ""  # what is said of an order that holds nothing, where that is a fact of its own
    is_flat = False  # whether replies stand apart from what they answer
    first_before_correction = None
    is_first = True  # whether it is where the thread begins in this order

    is_whole = False  # whether it is known that the thread has no other page

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

    parts = {}  # of what else, besides the key, the question for the rows is made

    def __init__(self, article, params, *, size):
        super().__init__(article)
        name = next((name for name in ("before", "after", "from") if name in params), None)
        key = self._parse(params[name]) if name else ()
        self.is_first = name is None
        rows = self._take(name, key, size + 1)
        found, has_more = rows[:size], len(rows) > size
        if name == "before":
            found.reverse()
        if found and (has_more if name == "before" else bool(name)):
            self.previous_url = self._url("before", self._key(found[0]))
        if found and (has_more or name == "before"):
            self.next_url = self._url("after", self._key(found[-1]))
        self.comments = found

    @staticmethod
    def rows(article, name, *key):
        """Return what lies on that side of the key, in the order of reading away from it."""
        raise NotImplementedError

    def _take(self, name, key, size):
        found, asked = [], {"kind": type(self), "name": name, "size": size} | self.parts
        for key_of_stretch in self._stretches(key):
            if len(found) < size:
                rows = _rows(self.article.pk, *key_of_stretch, **asked)
                found += islice(rows, size - len(found))
        return found

    def _stretches(self, key):
        """Return the keys of the stretches that make up, one after the other, what lies beyond the key."""
        return [key]

    def _key(self, comment):
        return comment.pk

    def _parse(self, text):
        if not NUMBER.fullmatch(text):
            raise Http404("Not a place in this thread.")
        return (int(text),)


@prepared
def _rows(article, *key, kind, name, size, **parts):
    return kind.rows(article, name, *key, **parts)[:size]
