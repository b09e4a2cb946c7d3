"""The site as a server asks it: through the door, with pages kept."""

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from articles.kept.bell import Bell
from articles.kept.door import Door
from articles.kept.lifetimes import NOT_PURGED
from articles.kept.shelf import NoSharedShelf, Shelf
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Inner:
    """Django, and how often it was asked."""

    def __init__(self):
        self.handler, self.asked = WSGIHandler(), []

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        return self.handler(environ, start_response)


def ask(application, address, method="GET", **headers):
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    begun = []
    answer = application(
        environ | headers, lambda status, pairs, exc_info=None: begun.extend([status, pairs])
    )
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return Answer(int(begun[0][:3]), dict(begun[1]), body)


class DoorTestCase(ConcurrencyTestCase):
    """Looks into the journal before each answer, as a process does that has just heard the bell."""

    looks_by_itself = True

    def setUp(self):
        # As with the pool of production, which tests do without: no request opens a connection of its own.
        connection.close()
        self.enterContext(patch.dict(connection.settings_dict, CONN_MAX_AGE=None))
        self.inner = Inner()
        self.door = self.new_door()

    def new_door(self, *, shared=None, room=8_000_000):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        bell = Bell(Path(folder.name, "bell"))
        door = Door(self.inner, Shelf(room), shared or NoSharedShelf(), bell, NOT_PURGED)
        if self.looks_by_itself:
            door.watch.keep_up = lambda **kwargs: door.watch.look()
        return door

    def get(self, address, **headers):
        return ask(self.door, address, **headers)

    def page(self, address):
        """Return the page that is kept for an address, or None."""
        path, _, query = address.partition("?")
        return self.door.shelf.get(("http", path, query))


class WarmStoryTestCase(DoorTestCase):
    """One story, whose page is kept already."""

    def setUp(self):
        super().setUp()
        self.story = make_article("Troops fought in Kursk")
        self.address = self.story.get_absolute_url()
        self.get(self.address)
        self.inner.asked.clear()
