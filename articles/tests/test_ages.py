from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles import ages
from articles.models import Article
from articles.tests.factories import make_article, update_article

CHANGED = datetime(2024, 2, 29, 5, 0, tzinfo=UTC)  # nine in the morning in Baku
DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


class WarningTests(SimpleTestCase):
    article = Article(published_at=CHANGED)

    def test_says_how_old_in_months_and_years(self):
        for at, age in (
            (CHANGED, ""),
            (CHANGED + 30 * DAY - INSTANT, ""),
            (CHANGED + 30 * DAY, "a month"),
            (datetime(2025, 3, 1, 4, 59, tzinfo=UTC), "a month"),
            (datetime(2025, 3, 1, 5, 0, tzinfo=UTC), "a year"),
            (datetime(2026, 3, 1, 5, 0, tzinfo=UTC), "2 years"),
            (datetime(2028, 2, 29, 5, 0, tzinfo=UTC), "4 years"),
        ):
            with self.subTest(at=at):
                says = f"This story is more than {age} old. It says how things stood on 29 February 2024."
                self.assertEqual(ages.warning(self.article, at), says if age else "")

    def test_a_year_turns_by_the_clock_of_the_site(self):
        half_past_midnight_in_baku = datetime(2025, 12, 31, 20, 30, tzinfo=UTC)
        article = Article(published_at=half_past_midnight_in_baku)
        for minute in (29, 30):
            at = half_past_midnight_in_baku.replace(year=2026, minute=minute)
            with self.subTest(at=at):
                self.assertEqual("a year" in ages.warning(article, at), minute == 30)
                self.assertGreater(ages.next_change(article, at), at)

    def test_it_says_the_same_until_the_next_change_and_not_after(self):
        at = CHANGED
        for _ in range(6):
            change = ages.next_change(self.article, at)
            self.assertEqual(ages.warning(self.article, change - INSTANT), ages.warning(self.article, at))
            self.assertNotEqual(ages.warning(self.article, change), ages.warning(self.article, at))
            at = change


class PageTests(TestCase):
    def test_stands_on_the_page_and_on_the_text_of_an_old_story(self):
        now = timezone.now()
        young = make_article("Young", published_at=now - 29 * DAY)
        old = make_article("Old", published_at=now - 31 * DAY)
        for article, count in ((young, 0), (old, 1)):
            for address in (article.get_absolute_url(), f"{article.get_absolute_url()}text/"):
                self.assertContains(self.client.get(address), "more than a month old", count=count)

    def test_a_story_that_was_updated_lately_is_not_old(self):
        article = make_article(published_at=timezone.now() - 400 * DAY)
        update_article(article, kind="update", note="More is known.", now=timezone.now())
        self.assertNotContains(self.client.get(article.get_absolute_url()), "more than")
