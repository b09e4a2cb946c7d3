from datetime import timedelta

from django.http import Http404, QueryDict
from django.test import TestCase

from articles.models import Article
from articles.pagination import KeysetPage, beside
from articles.tests.factories import DAY, make_article


def rows(at, *place, **page):
    return beside(Article.objects.visible(at), *place, **page)


class KeysetPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for number in range(5):  # two share an instant, so that the key has to break the tie
            make_article(f"Story {number}", published_at=DAY - timedelta(hours=number // 2))

    def page(self, query=""):
        return KeysetPage(rows, QueryDict(query.lstrip("?")), size=2)

    def titles(self, page):
        return [article.headline for article in page]

    def test_walks_from_the_newest_to_the_oldest_and_back(self):
        first = self.page()
        second = self.page(first.older_url)
        third = self.page(second.older_url)
        self.assertEqual(
            [self.titles(page) for page in (first, second, third)],
            [["Story 1", "Story 0"], ["Story 3", "Story 2"], ["Story 4"]],
        )
        self.assertIsNone(first.newer_url)
        self.assertIsNone(third.older_url)
        self.assertEqual(self.titles(self.page(third.newer_url)), self.titles(second))
        self.assertIsNone(self.page(second.newer_url).newer_url)

    def test_a_new_story_does_not_push_another_onto_the_next_page(self):
        first = self.page()
        make_article("Story new", published_at=DAY + timedelta(hours=1))
        self.assertEqual(self.titles(self.page(first.older_url)), ["Story 3", "Story 2"])

    def test_a_key_that_is_none_is_not_found(self):
        for key in ("", "x", "1", "-1-1", "1-1-1", "9" * 18 + "-1", "1-" + "9" * 19, "1-1\x00", "¹-1", "٣-٣"):
            with self.subTest(key=key), self.assertRaises(Http404):
                KeysetPage(rows, {"before": key}, size=2)

    def test_a_page_costs_one_query(self):
        with self.assertNumQueries(1):
            self.page("before=1745905200000000-999")
