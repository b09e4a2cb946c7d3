from django.conf import settings
from django.utils import timezone

from articles.models import BreakingNews, Page, Section


def newsroom(request):
    """What the frame of every page shows. Costs its three queries only where a template asks."""
    return {
        "organisation": settings.ORGANISATION_NAME,
        "nav_sections": Section.objects.filter(is_brief=False),
        "breaking_news": BreakingNews.objects.showing(),
        "policy_pages": Page.objects.defer("body"),
        "site_date": timezone.localdate(),
    }
