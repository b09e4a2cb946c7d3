"""Which answers may be kept, and by whom: nothing else says so.

For how long others may have what we keep ready, `articles.kept.lifetimes` says.
"""

from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page

from articles.kept import showing, turns
from articles.kept.snapshot import snapshot

# A picture's file never changes, but its story may be withdrawn: no copy outlives that by much.
PICTURE_FILE = "public, max-age=300, must-revalidate"
# What a preview link opens: in no cache, in no index, its address in no other site's log.
SECLUDED = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def same_for_everyone(view):
    """Promise that the page is the same bytes for every reader, and hold the view to it.

    The view sees no cookie, no session and no account, so it cannot show one.
    Whoever keeps the page asks each time whether it still stands (an ETag makes
    that cheap): a withdrawn story is gone from every copy at once.
    """

    @wraps(view)
    def impersonal(request, *args, **kwargs):
        request.COOKIES = {}
        request.user = AnonymousUser()
        if hasattr(request, "session"):
            del request.session
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return conditional_page(impersonal)


def kept(*parameters):
    """Permit that what the view answers is kept ready for all readers, until something of it changes.

    `parameters` are all that the view reads of a query. Whatever it puts on the page tells
    `articles.kept.showing` so. Stands innermost, and below `same_for_everyone`.
    """

    def permit(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            with turns.PAGES.turn():
                gathered = showing.current()
                if gathered is None:
                    return view(request, *args, **kwargs)
                with snapshot() as gathered.position:
                    return view(request, *args, **kwargs)

        answer.kept_parameters = parameters
        return answer

    return permit


def for_one_reader(view):
    """Keep the page out of every copy and every index: it is for whoever opened it."""

    @never_cache
    @wraps(view)
    def personal(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return personal


def secluded(view):
    """Keep what a preview link opens, and every other answer of its address, to its holder."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in SECLUDED.items():
            response[name] = value
        return response

    return answer
