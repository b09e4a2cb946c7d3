from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.tests.factories import DAY, make_account, make_article, make_draft, publish

STORIES = "/admin/articles/article/"


class DeskListTests(TestCase):
    """The list of stories: the last worked on first, and never all of them."""

    def setUp(self):
        self.chief = make_account()
        self.client.force_login(self.chief)

    def listed(self, query=""):
        return [str(article) for article in self.client.get(f"{STORIES}{query}").context["cl"].result_list]

    def test_begins_with_the_story_that_was_saved_or_sealed_last(self):
        saved, sealed = make_draft("Saved"), make_draft("Sealed")
        make_draft("Neither", now=DAY + timedelta(hours=1))
        publishing.save_draft(saved, self.chief, now=DAY + timedelta(hours=2), headline="Saved")
        publish(sealed, now=DAY + timedelta(hours=3))
        self.assertEqual(self.listed(), ["Sealed", "Saved", "Neither"])

    def test_a_story_loaded_before_takes_no_later_hand_back(self):
        article = make_draft("Draft")
        earlier = Article.objects.get(pk=article.pk)
        publishing.save_draft(article, self.chief, now=DAY + timedelta(hours=2), headline="Draft")
        earlier.save()
        self.assertEqual(Article.objects.get().touched_at, DAY + timedelta(hours=2))

    def test_lists_what_is_published_apart_from_what_is_scheduled(self):
        make_article("Out")
        make_article("Later", published_at=timezone.now() + timedelta(hours=1))
        self.assertEqual(self.listed("?state=published"), ["Out"])
        self.assertEqual(self.listed("?state=scheduled"), ["Later"])

    def test_finds_an_old_story_by_its_address_and_new_ones_by_their_headline(self):
        make_article("Troops in Kursk")
        newer = make_article("Bridges", slug="another-address")
        publishing.save_draft(newer, self.chief, headline="Bridges over rivers")
        with patch("articles.admin.article.SEARCHED", 1):
            self.assertEqual(self.listed("?q=kursk+troops"), ["Troops in Kursk"])
            self.assertEqual(self.listed("?q=rivers"), ["Bridges"])

    def test_counts_no_further_than_anybody_turns_pages(self):
        for number in range(3):
            make_draft(f"Draft {number}")
        with patch("articles.admin.desk.BoundedPaginator.MOST", 2):
            self.assertEqual(self.client.get(STORIES).context["cl"].result_count, 2)
