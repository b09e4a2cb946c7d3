"""Small files at fixed addresses, which programs look for: robots, whom to write to, how to install."""

import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.addresses import absolute
from articles.caching import kept, same_for_everyone

HIDDEN = ("/admin/", "/preview/", "/story/*/report-an-error/", "/shared/", "/search/?", "/api/")
SITEMAPS = ("/sitemap.xml", "/sitemap-news.xml")
# Who gathers texts for models, by the names that they say they obey in robots.txt.
AI_CRAWLERS = (
    *("Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-ai"),
    *("Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ImagesiftBot", "Meta-ExternalAgent"),
    *("Omgilibot", "PerplexityBot", "Timpibot"),
)
SECURITY_TXT_FOR = timedelta(days=180)  # RFC 9116 advises less than a year
OFFLINE_PAGE = "/offline/"
OFFLINE_FILES = (
    *("css/site.css", "js/site.js", "js/story.js", "js/thread.js"),
    *("fonts/headline-latin.woff2", "images/icon.svg"),
)
ICONS = {"192x192": "images/icon-192.png", "512x512": "images/icon-512.png"}


@require_safe
@same_for_everyone
@kept()
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HIDDEN)]
    for name in _kept_out():
        lines += ["", f"User-agent: {name}", "Disallow: /"]
    lines += ["", *(f"Sitemap: {absolute(path)}" for path in SITEMAPS)]
    return _text(lines)


@require_safe
@same_for_everyone
def security(request):
    """Whom to tell of a hole in the site (RFC 9116)."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {(today + SECURITY_TXT_FOR).isoformat()}",
            f"Preferred-Languages: {', '.join(_languages())}",
            f"Canonical: {absolute('/.well-known/security.txt')}",
        ]
    )


@require_safe
@same_for_everyone
@kept()
def humans(request):
    return _text(
        [
            settings.ORGANISATION_NAME,
            _("About us: %(address)s") % {"address": absolute("/about/")},
            _("How we correct ourselves: %(address)s") % {"address": absolute("/corrections/")},
            _("Built with Python, Django and django-comments-xtd."),
        ]
    )


@require_safe
@same_for_everyone
@kept()
def manifest(request):
    """How a browser installs the site (W3C Web Application Manifest)."""
    icons = [{"src": static(path), "sizes": sizes, "type": "image/png"} for sizes, path in ICONS.items()]
    told = {
        "name": settings.ORGANISATION_NAME,
        "short_name": settings.ORGANISATION_NAME,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": settings.LANGUAGE_CODE,
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [*icons, {"src": static("images/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    if app := settings.APP_LINKS["play_store"]:
        told["related_applications"] = [{"platform": "play", "url": app}]
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@same_for_everyone
@kept()
def service_worker(request):
    """The script with which browsers keep stories for hours without a network, and what it needs for them."""
    files = json.dumps([OFFLINE_PAGE, *map(static, OFFLINE_FILES)])
    return render(request, "service_worker.js", {"files": files}, content_type="text/javascript")


@require_safe
@same_for_everyone
@kept()
def offline(request):
    return render(request, "offline.html")


def _languages():
    """The languages of the newsroom: that of the site, and English, which its desks speak."""
    return dict.fromkeys((settings.LANGUAGE_CODE.partition("-")[0], "en"))


def _kept_out():
    names = settings.AI_CRAWLERS_KEPT_OUT
    return AI_CRAWLERS if names == ["all"] else names


def _text(lines):
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
