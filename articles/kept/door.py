"""In front of Django: answers with kept pages, and lets everything else through."""

import threading
import time
from contextlib import nullcontext
from functools import lru_cache
from io import BytesIO
from math import inf
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.wsgi import get_path_info
from django.db import close_old_connections
from django.http import QueryDict
from django.http.request import split_domain_port, validate_host
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from articles.kept import showing, turns
from articles.kept.lifetimes import FOR_NOBODY
from articles.kept.page import OUR_HEADERS, Page, Piece
from articles.kept.shelf import NO_SHARED_SHELF
from articles.kept.snapshot import snapshot
from articles.kept.subjects import is_lazy
from articles.kept.watch import LOOK_EVERY_S, Watch

GRACE_S = 0.1  # while one makes it anew, the others get the last good copy for so long at most
MAKING_S = 1  # so long they wait for it then
LONGEST_MAKING_S = 10  # so long, where there is no last good copy: none makes it a second time meanwhile
TRY_AGAIN_S = 1  # after it could not be made, nobody tries for so long
# Whoever has just acted sees what came of it: for a moment they go past the caches before us.
ACTED = "acted=1"
ACTED_COOKIE = f"{ACTED}; Max-Age=5; Path=/; HttpOnly; SameSite=Lax"
MOST_INSIDE = settings.WEB_THREADS // 2
OUT_OF_REACH = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Retry-After", "30"),
    ("Cache-Control", "no-store"),
]
KEPT_STATUSES = {200, 301, 410}


class Door:
    """A WSGI application in front of Django's, `inner`.

    A page is kept if its view permits that (`articles.caching.kept`). Its key is the address
    with the parameters that this view reads: nothing else may change the bytes, for the page is
    made from a request that holds nothing else. Whoever is signed in goes past.
    """

    def __init__(self, inner, shelf, shared, bell, lifetimes):
        self.inner, self.shelf, self.shared = inner, shelf, shared
        self.bell, self.lifetimes = bell, lifetimes
        self.watch = shelf.watch = Watch(bell, shelf.become_old)
        if shelf.outer:
            self.watch.look_on()
        self._being_made = {}
        self._inside = 0  # requests that Django has not answered yet
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._act(environ, start_response)
        key = self._key(environ)
        if key is None:
            return self._ask_django(environ, start_response)
        if key not in self.shelf and not _may_be_made(environ):
            return self._ask_django(environ, start_response)  # which waits for no look into the journal
        self.watch.keep_up(at_once=ACTED in environ.get("HTTP_COOKIE", ""))
        page, now = self.shelf.get(key), time.time()
        if page is None or not page.is_true(now):
            page = self._renewed(key, page, environ)
            if page is None:
                return self._ask_django(environ, start_response)
        lifetimes = self.lifetimes
        if self.shelf.outer and not self._can_be_purged(page, key, environ):
            lifetimes = FOR_NOBODY
        return page.answer(environ, start_response, lifetimes, now)

    def _can_be_purged(self, page, key, environ):
        """Whether a cache before us may keep the page under the address by which it was asked for.

        What is asked with parameters that the page does not read is kept by nobody, and not noted.
        """
        return key[2] == environ.get("QUERY_STRING", "") and page.remember(_asked_for(environ))

    def _act(self, environ, start_response):
        """Let a request through that may change something, and say so before its answer leaves."""

        def begin(status, headers, exc_info=None):
            if self.shelf.outer and status.startswith("3"):
                headers = [*headers, ("Set-Cookie", ACTED_COOKIE)]
            return start_response(status, headers, exc_info)

        try:
            with turns.ACTS.turn() if _is_bare(environ) else nullcontext():
                return self._ask_django(environ, begin)
        finally:
            self.bell.ring()

    def _ask_django(self, environ, start_response):
        """Let a request through; not more than some, while the database does not answer.

        Each of them may hang with its thread, and warm pages need threads to go on.
        """
        if self._inside >= MOST_INSIDE:
            self.watch.keep_up()
            if self.watch.is_out_of_reach:
                start_response("503 Service Unavailable", OUT_OF_REACH)
                return [render_to_string("503.html").encode()]
        with self._lock:
            self._inside += 1
        try:
            return self.inner(environ, start_response)
        finally:
            with self._lock:
                self._inside -= 1

    def _key(self, environ):
        """Return what tells the page from every other; None for a request that goes past."""
        cookies = environ.get("HTTP_COOKIE")
        if cookies and settings.SESSION_COOKIE_NAME in cookies:
            return None
        if not _is_host_of_ours(environ.get("HTTP_HOST", "")) or environ.get("SCRIPT_NAME"):
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
        if query:
            parameters = permitted(environ)
            if parameters is None:
                return None
            try:
                query = _known(query, parameters)
            except TooManyFieldsSent:
                return None
        return environ["wsgi.url_scheme"], path, query or ""

    def _renewed(self, key, old, environ):
        """Return the page as it is now, made by one however many ask; None where it cannot be made so."""
        with self._lock:
            making = self._being_made.get(key)
            is_first = making is None
            if is_first:
                making = self._being_made[key] = Making()
        if not is_first:
            return making.wait(old, self.watch)
        try:
            making.page = self._made(key, old, environ)
        finally:
            with self._lock:
                del self._being_made[key]
            making.done.set()
        return making.page

    def _made(self, key, old, environ):
        may_wait = old is not None and not old.is_gone
        if may_wait and (time.monotonic() < old.tried_until or self.watch.is_out_of_reach):
            return old
        shared = NO_SHARED_SHELF if key[2] else self.shared  # anybody can ask for any number of these
        page = self._made_by_others(key, shared)
        if page is None:
            try:
                page = self._mended(old) or self._asked(key, environ)
            finally:
                shared.give_back(key)
            if page.is_error and may_wait:
                old.tried_until = time.monotonic() + TRY_AGAIN_S
                return old  # the last good copy, until the page can be made again
            if not page.is_kept:
                self.shelf.remove(key)
                return page
            shared.put(key, page)
        page.follow(old)
        self.shelf.put(key, page)
        return page

    def _made_by_others(self, key, shared):
        """Return the page that another process made, or is making now; None where it falls to this one."""
        until = time.monotonic() + MAKING_S
        while True:
            page = shared.get(key)
            if page is not None and page.stands(self.watch, time.time()):
                return page
            if shared.claim(key) or time.monotonic() > until:
                return None
            time.sleep(LOOK_EVERY_S)

    def _mended(self, old):
        """Return a page of which only parts are old, with these made anew; None where all has to be."""
        now = time.time()
        if old is None or not old.frame.stands(self.watch, now):
            return None
        try:
            parts = [part if part.stands(self.watch, now) else _part(*part.made_by) for part in old.parts]
        except Exception:
            return None  # Django's answer will say what is wrong
        finally:
            close_old_connections()
        return Page(old.frame, tuple(parts), old.status, old.headers, now)

    def _asked(self, key, environ):
        """Return what Django answers to a request that holds nothing but the key."""
        scheme, path, query = key
        request = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": environ["SERVER_NAME"],
            "SERVER_PORT": environ["SERVER_PORT"],
            "SERVER_PROTOCOL": environ["SERVER_PROTOCOL"],
            "HTTP_HOST": urlsplit(settings.SITE_URL).netloc,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": environ["wsgi.errors"],
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        head = []
        with showing.gathering() as gathered:
            answer = self._ask_django(
                request, lambda status, headers, exc_info=None: head.extend([status, headers])
            )
            try:
                body = b"".join(answer)
            finally:
                if hasattr(answer, "close"):  # Django's has; our own word that the database is away has not
                    answer.close()
        status, headers = head
        if gathered.position is None or int(status[:3]) not in KEPT_STATUSES:
            return Unkept(status, headers, body)
        return _page(status, headers, body, gathered)


class Making:
    """A page that somebody is making now, and for which others wait."""

    def __init__(self):
        self.began, self.done, self.page = time.monotonic(), threading.Event(), None

    def wait(self, old, watch):
        """Return the page; or `old`, for a moment, or if it takes too long. None: ask Django yourself."""
        may_wait = old is not None and not old.is_gone
        if may_wait and (time.time() < old.forgiven_until(GRACE_S) or self._takes_long()):
            return old
        until = time.monotonic() + (MAKING_S if may_wait else LONGEST_MAKING_S)
        while not self.done.wait(0.1) and time.monotonic() < until and not watch.is_out_of_reach:
            pass
        return self.page or (old if may_wait else None)

    def _takes_long(self):
        return time.monotonic() > self.began + MAKING_S


class Unkept:
    """An answer that is the same for everyone, but may be another one the next time."""

    is_kept = False

    def remember(self, address):
        return False

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.is_error = status >= "5"

    def answer(self, environ, start_response, lifetimes, now):
        start_response(self.status, self.headers)
        return [self.body] if environ["REQUEST_METHOD"] == "GET" else []


def permitted(environ):
    """Return the parameters that the page at an address reads, if its view permits to keep it, or None."""
    return getattr(_view(environ), "kept_parameters", None)


def _may_be_made(environ):
    """Whether a page that is not there is made to be kept.

    Not for whoever had too many made, where the view counts them (`has_room`): it will say so itself. What
    is there is made anew for anybody: that happens as often as it changes, not as often as it is asked for.
    """
    view = _view(environ)
    if not hasattr(view, "kept_parameters"):
        return False
    return not hasattr(view, "has_room") or view.has_room(environ)


def _is_bare(environ):
    """Whether a request is a button and nothing else: nobody waits while its body comes in slowly."""
    return environ.get("CONTENT_LENGTH") in ("0", "", None) and "HTTP_TRANSFER_ENCODING" not in environ


def _view(environ):
    try:
        return resolve(get_path_info(environ)).func
    except Resolver404:
        return None


def _known(query, parameters):
    """Return of a query what the view reads, in one order: of a name that comes twice, the last."""
    given = QueryDict(query)
    return urlencode([(name, given[name]) for name in parameters if name in given])


def _page(status, headers, body, gathered):
    texts, parts = [], []
    for part in gathered.parts:
        before, html, body = body.split(part.seam, 2)
        texts.append(before)
        parts.append(_piece((html,), part.gathering, (part.maker, part.key)))
    frame = _piece((*texts, body), gathered)
    others = [(name, value) for name, value in headers if name.lower() not in OUR_HEADERS]
    return Page(frame, tuple(parts), status, others, time.time())


def _part(maker, key):
    with snapshot() as position, showing.gathering(position) as gathered:
        html = import_string(maker)(key)
    return _piece((html.encode(),), gathered, (maker, key))


def _piece(text, gathered, made_by=()):
    ends_at = gathered.ends_at.timestamp() if gathered.ends_at else inf
    lazy = frozenset(filter(is_lazy, gathered.subjects))
    exact = frozenset(gathered.subjects) - lazy
    return Piece(text, exact, lazy, gathered.position, ends_at, made_by)


def _asked_for(environ):
    """Return the address as it stood in the request, byte for byte."""
    query = environ.get("QUERY_STRING")
    return environ.get("RAW_URI") or environ["PATH_INFO"] + (f"?{query}" if query else "")


@lru_cache(maxsize=256)
def _is_host_of_ours(host):
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
