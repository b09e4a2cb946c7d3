"""What every address of the interface does: only GET and HEAD, for everybody, and problems as JSON."""

import logging
from functools import wraps
from urllib.parse import urlencode

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from articles.api.limit import has_room, limit
from articles.api.problems import Problem
from articles.kept import showing
from articles.ratelimit import client_network

READS = ("GET", "HEAD")
# Any page of the web may read what any person may, and as nobody: no cookie is asked for nor looked at.
FOR_EVERYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
# What a browser asks before a page elsewhere may send the ETag that it has.
BEFORE_READING = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
RETRY_AFTER_S = 30

logger = logging.getLogger(__name__)


def endpoint(view):
    """Make an address of the interface. Stands outermost, above `same_for_everyone`.

    Where the door makes an answer to keep it, it has asked `has_room` about whoever wants it.
    """

    @csrf_exempt  # so that whoever posts is told that nothing can be posted
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=FOR_EVERYBODY | BEFORE_READING)
        try:
            _admit(request)
            response = view(request, *args, **kwargs)
        except Problem as problem:
            response = problem.answer()
        except Http404:
            response = Problem("NotFound", "There is nothing at this address.").answer()
        except (OperationalError, InterfaceError):
            logger.warning("The database is out of reach.", exc_info=True)
            sentence = "Our database cannot be reached. Ask again in half a minute."
            response = Problem("Unavailable", sentence, headers={"Retry-After": RETRY_AFTER_S}).answer()
        for name, value in FOR_EVERYBODY.items():
            response[name] = value
        return response

    answer.has_room = has_room
    return answer


def as_json(told):
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def as_page(told, address, *, following, previous, **asked):
    """Answer with one page of a list, and where its neighbours are: in the body, and as RFC 8288 has it.

    `following` and `previous` are what leads there, as the site's own lists say it: `?before=…`; None
    where there is no neighbour. `asked` is what else was asked for.
    """
    asked = f"{urlencode(asked)}&" if asked else ""
    neighbours = {
        name: f"{address}?{asked}{query.removeprefix('?')}" if query else None
        for name, query in (("next", following), ("previous", previous))
    }
    response = as_json(neighbours | told)
    rels = {"next": "next", "previous": "prev"}
    links = [f'<{url}>; rel="{rels[name]}"' for name, url in neighbours.items() if url]
    if links:
        response["Link"] = ", ".join(links)
    return response


def _admit(request):
    if request.method not in READS:
        sentence = "These addresses are only read: by GET or HEAD."
        raise Problem("MethodNotAllowed", sentence, headers={"Allow": ", ".join(READS)})
    is_counted = showing.current() is not None
    seconds = 0 if is_counted else limit.seconds_to_wait(client_network(request))
    if seconds:
        sentence = f"Your network asked for more in a short time than we make for one. Wait {seconds} s."
        raise Problem("TooManyRequests", sentence, headers={"Retry-After": seconds})
