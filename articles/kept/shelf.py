"""Where pages are kept: in the memory of the process, and where there is a Redis, for all processes."""

import logging
import threading
import time
from collections import OrderedDict, defaultdict

from django.core.cache import cache

from articles.kept.page import LAZY_S, Page
from articles.kept.subjects import is_lazy

CLAIM_S = 5  # so long may one process make a page while the others wait
KEEP_S = 60 * 60 * 24
TRY_AGAIN_S = 5  # for so long nobody asks a Redis that did not answer

logger = logging.getLogger(__name__)


class Shelf:
    """Pages by key, in at most `room` bytes. Those that nobody asked for go first.

    `outer` are caches that stand before us (see `purging`): what goes from here goes from there.
    """

    def __init__(self, room, outer=()):
        self.room, self.outer = room, outer
        self.taken = 0
        self.watch = None
        self._pages = OrderedDict()
        self._keys_by_subject = defaultdict(set)
        self._lock = threading.Lock()

    def get(self, key):
        page = self._pages.get(key)
        if page is not None:
            page.was_used = True
        return page

    def __contains__(self, key):
        return key in self._pages

    def put(self, key, page):
        """Keep a page; it is old at once if something has changed since it was made."""
        with self._lock:
            self._remove(key)
            for piece in page.pieces:
                if self.watch.is_old(piece.subjects, piece.position):
                    page.become_old(is_hard=True)  # nobody knows how hard that was
                for subject in piece.lazy_subjects:
                    if self.watch.is_old({subject}, piece.position):
                        page.end_by(time.time() + LAZY_S, subject)
            self._pages[key] = page
            self.taken += page.size
            for subject in page.subjects:
                self._keys_by_subject[subject].add(key)
            self._make_room()

    def become_old(self, changes):
        """Take note of {subject: [(number, is_hard)]}. None: nobody knows what changed, so all may have."""
        touched = []
        with self._lock:
            if changes is None:
                for page in self._pages.values():
                    page.become_old(is_hard=True)
            for subject, news in (changes or {}).items():
                for key in self._keys_by_subject.get(subject, ()):
                    page = self._pages[key]
                    unknown = [is_hard for number, is_hard in news if not page.knows(subject, number)]
                    if unknown and is_lazy(subject):
                        page.end_by(time.time() + LAZY_S, subject)
                    elif unknown:
                        page.become_old(is_hard=any(unknown))
                        touched.append(page)
        for cache_before_us in self.outer:
            if changes is None:
                cache_before_us.purge_all()
            else:
                cache_before_us.changed([subject for subject in changes if not is_lazy(subject)])
                cache_before_us.purge(touched)

    def remove(self, key):
        with self._lock:
            self._remove(key)

    def __len__(self):
        return len(self._pages)

    def _make_room(self):
        while self.taken > self.room and self._pages:
            key, page = next(iter(self._pages.items()))
            if page.was_used:
                page.was_used = False
                self._pages.move_to_end(key)
            else:
                self._remove(key)

    def _remove(self, key):
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.taken -= page.size
        for cache_before_us in self.outer:
            cache_before_us.purge([page])
        for subject in page.subjects:
            keys = self._keys_by_subject[subject]
            keys.discard(key)
            if not keys:
                del self._keys_by_subject[subject]


class SharedShelf:
    """The same in a Redis. It may be stopped, hung, full or empty at any time: then it is not there.

    `edition` tells pages made by this build of the site from those of another.
    """

    def __init__(self, edition):
        self._prefix = f"kept:{edition}:"
        self._out_of_reach_until = 0.0

    def get(self, key):
        kept = self._ask(lambda: cache.get(self._name(key)))
        return kept and Page(*kept)

    def put(self, key, page):
        kept = (page.frame, page.parts, page.status, page.headers, page.made_at)
        self._ask(lambda: cache.set(self._name(key), kept, KEEP_S))

    def claim(self, key):
        """Whether it falls to this process to make the page: it does where nobody can be asked."""
        return self._ask(lambda: cache.add(self._name(("claim", *key)), 1, CLAIM_S), otherwise=True)

    def give_back(self, key):
        self._ask(lambda: cache.delete(self._name(("claim", *key))))

    def _name(self, key):
        return self._prefix + "|".join(str(part) for part in key)

    def _ask(self, question, otherwise=None):
        if time.monotonic() < self._out_of_reach_until:
            return otherwise
        try:
            return question()
        except Exception as error:
            self._out_of_reach_until = time.monotonic() + TRY_AGAIN_S
            logger.warning("Pages are not shared with other processes for now: %s", error)
            return otherwise


class NoSharedShelf:
    """For a process that shares its pages with no other."""

    def get(self, key):
        return None

    def put(self, key, page):
        pass

    def claim(self, key):
        return True

    def give_back(self, key):
        pass


NO_SHARED_SHELF = NoSharedShelf()
