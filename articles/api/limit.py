"""How many answers are made for one network. Those that are kept ready cost nothing, and are not counted.

Counted in the memory of each process: what is limited is its own time. In the database, as posting is
counted (`articles.ratelimit`), reading would have to wait for those who write.
"""

import threading
import time
from collections import OrderedDict
from math import ceil
from types import SimpleNamespace

from django.conf import settings
from django.http.request import HttpHeaders

from articles.ratelimit import client_network

MINUTE = 60
MOST_NETWORKS = 10_000  # that are remembered; who asked longest ago is forgotten first


class Limit:
    """Lets a network have a minute's answers at once, and then each as its time comes."""

    def __init__(self):
        self._due = OrderedDict()  # by network: when it will have used up what it got, on the monotonic clock
        self._lock = threading.Lock()

    def seconds_to_wait(self, network):
        """Count one answer; return 0. Where the network has to wait for it, return for how long."""
        if not settings.API_ANSWERS_A_MINUTE:
            return 0
        each, now = MINUTE / settings.API_ANSWERS_A_MINUTE, time.monotonic()
        with self._lock:
            due = max(self._due.get(network, 0), now) + each
            if due > now + MINUTE:
                return max(1, ceil(due - now - MINUTE))
            self._due[network] = due
            self._due.move_to_end(network)
            if len(self._due) > MOST_NETWORKS:
                self._due.popitem(last=False)
        return 0

    def forget(self):
        self._due.clear()


limit = Limit()


def has_room(environ):
    """Count one answer for whoever sends this request; return whether it may be made. The door asks."""
    # No WSGIRequest, which other headers can make fail.
    asker = SimpleNamespace(META=environ, headers=HttpHeaders(environ))
    return not limit.seconds_to_wait(client_network(asker))
