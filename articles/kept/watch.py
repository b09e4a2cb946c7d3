"""What this process knows of what changed, and how old that knowledge is."""

import logging
import threading
import time

from django.db import connection

from articles.models import Change

LOOK_EVERY_S = 0.05  # while readers come
OLDEST_S = 0.5  # readers wait for a look where the last one was longer ago, or the bell has rung since
PATIENCE_S = 0.25  # so long; after that the database counts as out of reach
TRY_AGAIN_S = 1  # for so long nobody waits for it
FORGET_S = 300  # whoever has not looked for so long begins anew
MOST_SUBJECTS = 50_000
NUMBERS_KEPT = 256  # of each subject: more than change it between two looks

logger = logging.getLogger(__name__)


class Watch:
    """Looks into the journal in a thread of its own, and tells the shelf what became old.

    `tell(changes)` is called with {subject: [(number, is_hard)]}, and with None where all may be old.
    `next` is the first number of the journal that is not known yet; `latest` gives for each
    subject the numbers of its last changes, in the order in which they became known.
    """

    def __init__(self, bell, tell):
        self.bell, self.tell = bell, tell
        self.next = None
        self.known_since = None
        self.latest = {}
        self._told = set()
        self.looked_at = -FORGET_S  # when the last look that succeeded began, on the monotonic clock
        self._heard = b""
        self._asked_at = 0.0
        self._out_of_reach_until = 0.0
        self._turn = threading.Condition()
        self._wanted = threading.Event()
        self._thread = None
        self._looks_on = False

    def look_on(self):
        """Look from now on whether readers come or not: somebody before us keeps pages too."""
        self._looks_on = True
        self._want(time.monotonic())

    def keep_up(self, *, at_once=False):
        """Return once what is known is new enough; or, with the database out of reach, without waiting.

        `at_once`: nothing that has been committed before may be missing.
        """
        now = time.monotonic()
        if not at_once and self.bell.rung == self._heard and now - self.looked_at < OLDEST_S:
            self._asked_at = now
            return
        if now < self._out_of_reach_until:
            self._want(now)
            return
        with self._turn:
            self._want(now)
            if not self._turn.wait_for(lambda: self.looked_at >= now, PATIENCE_S):
                self._out_of_reach_until = time.monotonic() + TRY_AGAIN_S

    @property
    def is_out_of_reach(self):
        return time.monotonic() < self._out_of_reach_until

    def is_old(self, subjects, position):
        """Whether something changed of what a page shows that knew the journal up to `position`."""
        if self.known_since is None or position.first_unknown < self.known_since:
            return True
        numbers = (number for subject in subjects for number in self.latest.get(subject, ()))
        return not all(map(position.knows, numbers))

    def look(self):
        """Read what is new in the journal. One query."""
        began, heard = time.monotonic(), self.bell.rung
        if self.next is None or began - self.looked_at > FORGET_S or len(self.latest) > MOST_SUBJECTS:
            self.next = self.known_since = Change.objects.position().first_unknown
            self.latest, self._told = {}, set()
            self.tell(None)
        else:
            rows, self.next = Change.objects.since(self.next)
            changes = self._news(rows)
            if changes:
                self.tell(changes)
        with self._turn:
            self.looked_at, self._heard, self._out_of_reach_until = began, heard, 0.0
            self._turn.notify_all()

    def _news(self, rows):
        """Take note of rows of the journal; return what is new in them. A row can come more than once."""
        changes = {}
        for row in map(tuple, rows):
            if row not in self._told:
                number, subject, is_hard = row
                self.latest[subject] = (*self.latest.get(subject, ()), number)[-NUMBERS_KEPT:]
                changes.setdefault(subject, []).append((number, is_hard))
        self._told = {row for row in map(tuple, rows) if row[0] >= self.next}
        return changes

    def _want(self, now):
        self._asked_at = now
        self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
            self._thread.start()

    def _run(self):
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                self.look()
            except Exception as error:
                logger.warning("The journal of changes cannot be read: %s", error)
                connection.close()
                time.sleep(LOOK_EVERY_S)
            # One look after another as long as readers come, so that hardly any of them waits for one.
            if not self._wanted.wait(LOOK_EVERY_S):
                if self._looks_on or time.monotonic() - self._asked_at < TRY_AGAIN_S:
                    self._wanted.set()
