"""What search engines read of all that is here."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article, Page
from articles.tests.factories import (
    make_account,
    make_article,
    make_author,
    make_draft,
    make_section,
    make_topic,
    update_article,
)
from articles.tests.picture_files import make_picture, stripes

NAMES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
# The last minute of a month and the first of the next in Baku, whose calendar is the site's.
APRIL, MAY = datetime(2025, 4, 30, 19, 59, tzinfo=UTC), datetime(2025, 4, 30, 20, 0, tzinfo=UTC)


class SitemapTestCase(TestCase):
    def read(self, address, path):
        answer = self.client.get(address)
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "application/xml"), address)
        return [node.text for node in ElementTree.fromstring(answer.content).iterfind(path, NAMES)]

    def stories_in(self, month):
        locations = self.read(f"/sitemap-{month}.xml", "url/loc")
        return [location.removeprefix("http://localhost:8000") for location in locations]


class PartTests(SitemapTestCase):
    def test_the_index_names_a_part_for_each_month(self):
        make_article("First", published_at=APRIL)
        make_article("Last", published_at=datetime(2025, 7, 2, tzinfo=UTC))
        parts = [url.rpartition("/")[2] for url in self.read("/sitemap.xml", "sitemap/loc")]
        months = [f"sitemap-2025-0{month}.xml" for month in (7, 4)]
        self.assertEqual(parts, ["sitemap-pages.xml", *months])

    def test_a_part_holds_what_came_out_in_its_month(self):
        april = make_article("April", published_at=APRIL)
        may = make_article("May", published_at=MAY)
        self.assertEqual(self.stories_in("2025-04"), [april.get_absolute_url()])
        self.assertEqual(self.stories_in("2025-05"), [may.get_absolute_url()])

    def test_no_story_that_readers_do_not_see(self):
        make_draft("Secret")
        soon = timezone.now() + timedelta(minutes=5)
        make_article("Scheduled", published_at=soon)
        shown = make_article("Shown", published_at=timezone.now())
        gone = make_article("Gone", published_at=timezone.now())
        publishing.withdraw(gone, make_account(), notice="It was wrong.")
        self.assertEqual(self.stories_in(f"{timezone.now():%Y-%m}"), [shown.get_absolute_url()])

    def test_a_month_without_a_story_or_that_is_none_is_not_found(self):
        make_article(published_at=MAY)
        for month in ("2025-04", "2025-13", "2025-5", "0000-01", "99999-01", "newest"):
            self.assertEqual(self.client.get(f"/sitemap-{month}.xml").status_code, 404, month)

    def test_each_story_tells_its_last_change_and_its_picture(self):
        article = make_article("May", published_at=MAY, picture=make_picture(stripes(1200, 900)))
        changed_at = MAY + timedelta(hours=1)
        update_article(article, kind="update", now=changed_at)
        self.assertEqual(self.read("/sitemap-2025-05.xml", "url/lastmod"), ["2025-05-01T01:00:00+04:00"])
        (picture,) = self.read("/sitemap-2025-05.xml", "url/image:image/image:loc")
        self.assertIn(f"/media/pictures/{article.picture.token}/", picture)

    def test_the_index_tells_the_last_change_of_late_and_nothing_that_it_does_not_know(self):
        now = timezone.now()
        make_article("Old", published_at=MAY)
        Article.objects.update(touched_at=MAY)
        new = make_article("New", published_at=now - timedelta(days=1))
        answer = self.client.get("/sitemap.xml")
        parts = {
            node.find("loc", NAMES).text[-11:-4]: node.find("lastmod", NAMES)
            for node in ElementTree.fromstring(answer.content).iterfind("sitemap", NAMES)
        }
        told = datetime.fromisoformat(parts[f"{new.published_at:%Y-%m}"].text)
        self.assertEqual(told, new.published_at)
        self.assertIsNone(parts["2025-05"])

    def test_pages_that_are_no_stories_have_a_part(self):
        section, topic, author = make_section("World"), make_topic("Kursk"), make_author("Leyla M.")
        Page.objects.create(slug="privacy", title="Privacy")
        told = self.read("/sitemap-pages.xml", "url/loc")
        nouns = [noun.get_absolute_url() for noun in (section, topic, author)]
        for path in ("/", "/latest/", "/about/privacy/", *nouns):
            self.assertIn(f"http://localhost:8000{path}", told)

    def test_robots_are_led_to_both(self):
        robots = self.client.get("/robots.txt").content.decode()
        for name in ("sitemap.xml", "sitemap-news.xml"):
            self.assertIn(f"Sitemap: http://localhost:8000/{name}\n", robots)

    def test_costs_the_same_with_few_and_with_many(self):
        for count in (1, 20):
            for _ in range(count):
                make_article("May", published_at=MAY)
            with self.assertNumQueries(1):
                self.stories_in("2025-05")
            with self.assertNumQueries(4):
                self.read("/sitemap.xml", "sitemap/loc")


class NewsTests(SitemapTestCase):
    ADDRESS = "/sitemap-news.xml"

    def test_holds_the_last_two_days_with_what_news_search_asks_for(self):
        now = timezone.now()
        make_article("Old", published_at=now - timedelta(days=2, seconds=1))
        new = make_article("New & <b>", published_at=now - timedelta(days=1, hours=23))
        self.assertEqual(self.read(self.ADDRESS, "url/news:news/news:title"), ["New & <b>"])
        self.assertEqual(self.read(self.ADDRESS, "url/news:news/news:publication/news:name"), ["AnewZ"])
        self.assertEqual(self.read(self.ADDRESS, "url/news:news/news:publication/news:language"), ["en"])
        (at,) = self.read(self.ADDRESS, "url/news:news/news:publication_date")
        self.assertEqual(datetime.fromisoformat(at), new.published_at)

    def test_is_there_without_news(self):
        make_draft("Secret")
        self.assertEqual(self.read(self.ADDRESS, "url"), [])
