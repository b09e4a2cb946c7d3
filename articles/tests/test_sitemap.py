from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase

from articles.tests.factories import DAY, make_article


class SitemapTests(TestCase):
    def test_holds_the_newest_stories_alone(self):
        for number in range(3):
            make_article(f"Story {number}", published_at=DAY - timedelta(hours=number))
        with patch("articles.sitemaps.NEWEST", 2):
            page = self.client.get("/sitemap.xml")
        self.assertContains(page, "/story/story-0/")
        self.assertContains(page, "/story/story-1/")
        self.assertNotContains(page, "/story/story-2/")
