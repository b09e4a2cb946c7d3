from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from articles.models import Article


class StorySitemap(Sitemap):
    limit = 50_000

    def items(self):
        return Article.objects.visible().newest_first().only("slug", "changed_at", "published_at")

    def lastmod(self, article):
        return article.last_changed

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


SITEMAPS = {"stories": StorySitemap}
