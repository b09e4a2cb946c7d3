from django.db import InterfaceError, OperationalError
from django.shortcuts import render

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
RETRY_AFTER_SECONDS = 30
WORDS = ["comment", "words"]  # the fields in which readers write at length


class DatabaseOutageMiddleware:
    """Answer 503 while the database is out of reach, and give back the words that a reader sent.

    The page itself needs no database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        context = {"words": next(filter(None, map(request.POST.get, WORDS)), "")}
        response = render(None, "503.html", context, status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        response["Cache-Control"] = "no-store"
        return response


class PermissionsPolicyMiddleware:
    """Give up, on every page, the abilities of a browser that a news site has no use for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response
