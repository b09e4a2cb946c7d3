from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext_lazy as _

NO_COOKIE = _(
    "Your browser did not send back the cookie that this form needs. "
    "Allow cookies for this site, then send your words again: they are all here."
)


class _Check(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return reason


def is_forged(request):
    """Ask Django's own check, for a view that must answer with the reader's words.

    The middleware would answer with its own page, and the words would be lost.
    """
    check = _Check(lambda request: None)
    check.process_request(request)
    return check.process_view(request, None, (), {}) is not None


def is_from_elsewhere(request):
    """Whether a form was sent from another site, or from we cannot tell where.

    For a button on a shared page, which holds no token. Every browser that still gets updates says
    where a form comes from, and no page can make it say otherwise.
    """
    if "Origin" in request.headers:
        return not _Check(lambda request: None)._origin_verified(request)
    return request.headers.get("Sec-Fetch-Site") != "same-origin"
