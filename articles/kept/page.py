"""A page as it is kept: its bytes in each coding, what it shows, until when it is true."""

import gzip
import time
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import brotli
from django.utils.http import http_date, parse_http_date_safe

from articles.models.change import Position

BROTLI_QUALITY, GZIP_LEVEL = 5, 6  # what a page costs is paid while somebody waits for it
WORTH_CODING = 300  # bytes
MOST_ADDRESSES = 100  # of one page
# So much longer may a page say how many comments there were; and so long may others keep such a page.
LAZY_S = 30
# Ours to say anew for each answer, whatever made the page said.
OUR_HEADERS = {
    "etag",
    "last-modified",
    "cache-control",
    "vary",
    "content-length",
    "content-encoding",
    "expires",
    "date",
}


@dataclass(eq=False)
class Piece:
    """The frame of a page, or a part of it: text, what it shows, up to where it knows the journal."""

    text: tuple[bytes, ...]  # a frame has one text more than the page has parts, a part has one
    subjects: frozenset[str]
    lazy_subjects: frozenset[str]  # those of which news may wait
    position: Position
    ends_at: float  # seconds since 1970; infinite where only a change ends it
    made_by: tuple = ()  # maker and key of a part

    def shows(self, subject):
        return subject in self.subjects or subject in self.lazy_subjects

    def stands(self, watch, now):
        return now < self.ends_at and not watch.is_old(self.subjects, self.position)


@dataclass(eq=False)
class Page:
    is_kept, is_error = True, False

    frame: Piece
    parts: tuple[Piece, ...]
    status: str
    headers: list[tuple[str, str]]  # as the view and the middleware gave them, without `OUR_HEADERS`
    made_at: float  # when these bytes were first seen

    old_since: float | None = None  # when it was known that something changed, on the monotonic clock
    is_gone: bool = False  # no reader may see it even for a moment
    tried_until: float = 0  # until when nobody tries again to make it anew
    was_used: bool = False
    has_date: bool = True  # whether `made_at`, in seconds, tells it from the page that it replaced
    addresses: set = field(default_factory=set)  # by which caches before us asked for it
    _answers: dict = field(default_factory=dict)

    def __post_init__(self):
        pieces = self.pieces
        self.subjects = frozenset().union(*(piece.subjects | piece.lazy_subjects for piece in pieces))
        self.ends_at = min(piece.ends_at for piece in pieces)
        texts = iter(self.frame.text)
        self.body = next(texts) + b"".join(
            part.text[0] + text for part, text in zip(self.parts, texts, strict=True)
        )
        self.is_lazy = any(piece.lazy_subjects for piece in pieces)
        self.tag = f'"{blake2b(self.body, digest_size=12).hexdigest()}"'

    @property
    def pieces(self):
        return self.frame, *self.parts

    @property
    def size(self):
        """About how many bytes of memory it takes: as it is, joined, and compressed twice."""
        return 3 * len(self.body) + 4096

    def is_true(self, now):
        return self.old_since is None and now < self.ends_at

    def stands(self, watch, now):
        return all(piece.stands(watch, now) for piece in self.pieces)

    def knows(self, subject, number):
        """Whether what it shows of a subject was read after the change of this number."""
        showing = (piece for piece in self.pieces if piece.shows(subject))
        return all(piece.position.knows(number) for piece in showing)

    def become_old(self, *, is_hard):
        self.old_since = self.old_since or time.monotonic()
        self.is_gone = self.is_gone or is_hard

    def end_by(self, instant, subject):
        """Let what shows a lazy subject be true until `instant` at most."""
        for piece in self.pieces:
            if subject in piece.lazy_subjects:
                piece.ends_at = min(piece.ends_at, instant)
                self.ends_at = min(self.ends_at, instant)

    def forgiven_until(self, grace):
        """Until when, on the clock on the wall, others may still get it while it is made anew."""
        if self.is_gone:
            return 0
        if self.old_since is None:
            return self.ends_at + grace
        return time.time() - (time.monotonic() - self.old_since) + grace

    def remember(self, address):
        """Note by which address a cache before us may keep it; return False where these are too many.

        Called before an answer looks at whether the page is still true: from then on a purge finds it.
        """
        if len(self.addresses) < MOST_ADDRESSES:
            self.addresses.add(address)
        return address in self.addresses

    def follow(self, old):
        """Take the date of the page that it replaces, if the bytes are the same.

        Other bytes of the same second have no date that tells them apart.
        """
        if old is None:
            return
        if (self.tag, self.status) == (old.tag, old.status):
            self.made_at, self.has_date = old.made_at, old.has_date
        else:
            self.has_date = int(self.made_at) > int(old.made_at)

    def answer(self, environ, start_response, lifetimes, now):
        """Answer a GET or HEAD as WSGI asks for it: in the coding that is wanted, or that nothing changed."""
        status, headers, body = self._in(coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")))
        left = self.ends_at - now if self.old_since is None else 0
        if self.is_lazy:
            left = min(left, LAZY_S)
        headers = [*headers, ("Cache-Control", lifetimes.cache_control(left))]
        if lifetimes.names_subjects:
            names = frozenset().union(*(piece.subjects for piece in self.pieces))
            headers.append(("Surrogate-Key", " ".join(sorted(names))))
        if self._is_known(environ):
            start_response("304 Not Modified", [pair for pair in headers if pair[0] not in _OF_BODY])
            return []
        start_response(status, headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _is_known(self, environ):
        """Whether whoever asks has these bytes. A tag goes before a date."""
        if not self.status.startswith("200"):
            return False
        if (tags := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            return self.tag in tags or tags.strip() == "*"
        since = environ.get("HTTP_IF_MODIFIED_SINCE") if self.has_date else None
        return since is not None and (parse_http_date_safe(since) or 0) >= int(self.made_at)

    def _in(self, coding):
        if coding not in self._answers:
            body = _coded(self.body, coding)
            headers = [
                *self.headers,
                ("Content-Length", str(len(body))),
                ("ETag", f"W/{self.tag}"),  # weak: one for all codings
                ("Vary", "Accept-Encoding"),
            ]
            if self.has_date:
                headers.append(("Last-Modified", http_date(int(self.made_at))))
            if coding and body is not self.body:
                headers.append(("Content-Encoding", coding))
            self._answers[coding] = self.status, headers, body
        return self._answers[coding]


_OF_BODY = {"Content-Length", "Content-Encoding", "Content-Type"}


def _coded(body, coding):
    if len(body) < WORTH_CODING or not coding:
        return body
    if coding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


@lru_cache(maxsize=512)
def coding_for(accepted):
    """Return the coding to answer with, by an Accept-Encoding header: br, gzip or, as it is, nothing.

    RFC 9110, 12.5.3: a coding with q=0 is refused, `*` stands for those that are not named.
    """
    wanted = {}
    for part in accepted.lower().split(",")[:20]:
        name, _, weight = part.partition(";")
        try:
            wanted[name.strip()] = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            wanted[name.strip()] = 0.0
    otherwise = wanted.get("*", 0.0)
    offered = {coding: wanted.get(coding, otherwise) for coding in ("br", "gzip")}
    best = max(offered, key=offered.get)
    return best if offered[best] > 0 else ""
