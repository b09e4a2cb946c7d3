"""The door as the settings ask for it."""

from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from articles.kept.bell import Bell
from articles.kept.door import Door
from articles.kept.lifetimes import NOT_PURGED, PURGED, PURGED_BY_NAME
from articles.kept.purging import Hook, NginxCache
from articles.kept.shelf import NO_SHARED_SHELF, SharedShelf, Shelf

MB = 1024 * 1024


def with_kept_pages(application):
    """Return `application` behind a door that keeps its pages; as it is, where none are to be kept."""
    if not settings.KEPT_PAGES_MB:
        return application
    is_shared = settings.CACHES["default"]["BACKEND"].endswith("RedisCache")
    shared = SharedShelf(edition()) if is_shared else NO_SHARED_SHELF
    bell = Bell(settings.DATA_DIR / "bell")
    outer, lifetimes = _caches_before_us()
    return Door(application, Shelf(settings.KEPT_PAGES_MB * MB, outer), shared, bell, lifetimes)


def _caches_before_us():
    """Return the caches that have to be purged, and what pages may say to them."""
    outer, lifetimes = [], NOT_PURGED
    if settings.NGINX_CACHE:
        outer.append(NginxCache(settings.NGINX_CACHE))
        lifetimes = PURGED
    if settings.PURGE_URL:
        outer.append(Hook(settings.PURGE_URL, settings.PURGE_TOKEN))
        lifetimes = PURGED_BY_NAME
    return outer, lifetimes


def edition():
    """Return what tells this build of the site from every other: its code, templates and settings."""
    digest = blake2b(digest_size=8)
    for folder in ("anewz_site", "articles", "comments", "templates", "static", "locale"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    digest.update(f"{settings.SITE_URL} {settings.ORGANISATION_NAME} {settings.TIME_ZONE}".encode())
    digest.update(settings.LANGUAGE_CODE.encode())
    digest.update(repr((settings.APP_LINKS, settings.COMMENTS_CLOSE_AFTER_DAYS)).encode())
    digest.update(repr((settings.FEEDS_FULL_TEXT, settings.AI_CRAWLERS_KEPT_OUT)).encode())
    digest.update(settings.WEBSUB_HUB.encode())
    digest.update(Path(settings.BASE_DIR, "requirements.txt").read_bytes())
    return digest.hexdigest()
