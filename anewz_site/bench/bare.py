"""What the site is measured against: the same bytes from a bare WSGI function, and from an empty Django view.

`BENCH_BYTES` is the file with the bytes. Django runs without any middleware, which is the least it can do.
"""

import os
from pathlib import Path

BODY = Path(os.environ["BENCH_BYTES"]).read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def function(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]


def empty_view():
    import django
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpResponse
    from django.urls import re_path

    settings.configure(
        ROOT_URLCONF=type("Urls", (), {"urlpatterns": [re_path("", lambda request: HttpResponse(BODY))]}),
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="of nobody",
    )
    django.setup()
    return WSGIHandler()


if os.environ.get("BENCH_VIEW"):
    view = empty_view()
