"""What tests of reports of errors do again and again."""

import re

from django.urls import reverse

from articles import error_reports
from articles.models import ErrorReport
from articles.passages import passages_of
from articles.tests.factories import make_article

WORDS = "It was retaken in April 2025, not in August 2024."
INPUT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def paragraph_of(version):
    return next(passage for passage in passages_of(version) if passage.place.startswith("p-"))


def form_of(article, version=None, place=None):
    version = version or article.live_version
    place = place or paragraph_of(version).place
    return reverse("articles:report_error", args=[article.slug, version.number, place])


def send_report(client, address, words=WORDS, **changes):
    """Open the form and send it, as a browser would; return the answer."""
    hidden = dict(INPUT.findall(client.get(address).content.decode()))
    return client.post(address, hidden | {"words": words} | changes)


def make_report(article=None, *, words=WORDS, **changes):
    article = article or make_article()
    version = article.live_version
    secret = error_reports.send(version, paragraph_of(version), secret="", words=words, **changes)
    return ErrorReport.objects.get(secret_hash=error_reports.hash_of(secret))
