from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.views.decorators.http import require_safe

from articles.caching import kept, same_for_everyone
from articles.kept import showing, subjects
from articles.models import Article

NEWEST = 10_000


class StorySitemap(Sitemap):
    """The newest stories: one file of all would take the server minutes once there are a million."""

    limit = NEWEST

    def items(self):
        stories = Article.objects.visible().newest_first()
        return stories.only("slug", "changed_at", "published_at")[:NEWEST]

    def lastmod(self, article):
        return article.last_changed

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


@require_safe
@same_for_everyone
@kept("p")
def sitemap(request):
    showing.shows(subjects.EVERY_STORY)
    showing.ends_with(Article.objects.all())
    return views.sitemap(request, {"stories": StorySitemap})
