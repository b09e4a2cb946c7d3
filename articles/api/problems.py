"""Answers that say what is wrong (RFC 9457): a sentence for people, a type for programs.

A type is the address of its description in the file that describes the interface.
"""

from django.http import Http404, JsonResponse

from articles.addresses import absolute
from articles.api.instants import rfc3339
from articles.not_here import not_here

DESCRIBED_AT = "/api/v1/openapi.json#/components/responses/"
STATUSES = {
    "InvalidParameters": (400, "A parameter says what we cannot use"),
    "NotFound": (404, "There is nothing here"),
    "MethodNotAllowed": (405, "This can only be read"),
    "Withdrawn": (410, "This story was withdrawn"),
    "TooManyRequests": (429, "Too much was asked for"),
    "Unavailable": (503, "Out of order for a moment"),
}


class Problem(Exception):
    """Ends a request with what is wrong; `headers` and `more` are those of its kind."""

    def __init__(self, kind, detail, *, headers=None, **more):
        self.kind, self.detail, self.headers, self.more = kind, detail, headers or {}, more

    def answer(self):
        return _answer(
            self.kind, self.detail, headers={"Cache-Control": "no-store"} | self.headers, **self.more
        )


def invalid(**sentences):
    """Return what to raise about the parameters of a request, each by its name with a sentence."""
    errors = [{"parameter": name, "detail": sentence} for name, sentence in sentences.items()]
    return Problem("InvalidParameters", " ".join(sentences.values()), errors=errors)


def no_such_place(params, *names):
    """Return what to raise where the key of a page is none: keys are made by us and passed on as they are."""
    name = next(name for name in names if name in params)
    return invalid(
        **{name: "This is no place in the list. Take the addresses that `next` and `previous` give."}
    )


def story_not_here(request, slug, *, keys=()):
    """Answer for a story as its page does: it moved, it was withdrawn, it was never there."""
    try:
        return not_here(request, slug, keys=keys, withdrawn=_withdrawn)
    except Http404:
        raise Problem("NotFound", "We have no story at this address.") from None


def _withdrawn(article):
    """Kept like the page of the notice, so it says nothing of whether it may be stored."""
    return _answer("Withdrawn", article.withdrawal_notice, withdrawn=rfc3339(article.withdrawn_at))


def _answer(kind, detail, *, headers=None, **more):
    status, title = STATUSES[kind]
    told = {"type": absolute(DESCRIBED_AT + kind), "title": title, "status": status, "detail": detail}
    return JsonResponse(
        told | more,
        status=status,
        headers=headers,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
