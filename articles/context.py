import re
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.home import news_sections
from articles.kept import showing, subjects
from articles.models import BreakingNews, Page
from articles.prepared import prepared

APP_STORE_ID = re.compile(r"/id(\d+)")


def newsroom(request):
    """What the frame of every page shows. Costs its three queries only where a template asks."""
    showing.shows(subjects.FRAME)
    showing.ends(midnight_after(timezone.now()))
    showing.ends_with(BreakingNews.objects.all())
    return {
        "organisation": settings.ORGANISATION_NAME,
        "nav_sections": SimpleLazyObject(lambda: list(news_sections())),
        "breaking_news": SimpleLazyObject(lambda: list(_breaking_news(timezone.now()))),
        "policy_pages": SimpleLazyObject(lambda: list(_pages())),
        "site_date": timezone.localdate(),
        "app_store_id": app_store_id(),
    }


def app_store_id():
    """Return the number by which the App Store knows the app, from its address; empty if there is none."""
    found = APP_STORE_ID.search(settings.APP_LINKS["app_store"])
    return found[1] if found else ""


def midnight_after(instant):
    """Return when the next day begins, in the newsroom's zone."""
    tomorrow = timezone.localtime(instant).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


@prepared
def _breaking_news(at):
    return BreakingNews.objects.showing(at)


@prepared
def _pages():
    return Page.objects.defer("body")
