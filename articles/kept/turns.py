"""Turns: a process makes its pages one after the other, and lets one change something after the other.

Python does two at once no sooner, and threads that fight over it make every one late. With sixteen
readers at once, turns made half as many pages again; and whoever has SQLite's one place to write has it
for half as long where no other thread of the process is on its way there.
"""

import threading
from contextlib import contextmanager

from django.conf import settings

# With a database that is a server, one works while another waits for its rows.
AT_ONCE = 1 if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else 2
PATIENCE_S = 1  # whoever waited so long goes ahead: those before may hang on something


class Turns:
    def __init__(self):
        self.free = threading.Semaphore(AT_ONCE)

    @contextmanager
    def turn(self):
        has_turn = self.free.acquire(timeout=PATIENCE_S)
        try:
            yield
        finally:
            if has_turn:
                self.free.release()


PAGES, ACTS = Turns(), Turns()
