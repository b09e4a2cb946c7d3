from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from articles.kept import showing, subjects
from articles.models import BreakingNews, Page, Section


def newsroom(request):
    """What the frame of every page shows. Costs its three queries only where a template asks."""
    showing.shows(subjects.FRAME)
    showing.ends(midnight_after(timezone.now()))
    showing.ends_with(BreakingNews.objects.all())
    return {
        "organisation": settings.ORGANISATION_NAME,
        "nav_sections": Section.objects.filter(is_brief=False),
        "breaking_news": BreakingNews.objects.showing(),
        "policy_pages": Page.objects.defer("body"),
        "site_date": timezone.localdate(),
    }


def midnight_after(instant):
    """Return when the next day begins, in the newsroom's zone."""
    tomorrow = timezone.localtime(instant).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
