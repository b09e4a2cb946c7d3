from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.tests.factories import DAY, make_account, make_article, make_draft, make_section

SECOND = timedelta(seconds=1)


class VisibilityTests(TestCase):
    def test_a_draft_is_not_visible(self):
        self.assertFalse(make_draft().is_visible())

    def test_a_story_in_review_is_not_visible(self):
        article = make_draft()
        publishing.submit(article, make_account())
        self.assertFalse(article.is_visible())

    def test_a_published_story_is_visible_from_its_instant_on(self):
        article = make_article(published_at=DAY)
        self.assertFalse(article.is_visible(DAY - SECOND))
        self.assertTrue(article.is_visible(DAY))

    def test_a_scheduled_story_becomes_visible_with_no_job(self):
        hour_ahead = timezone.now() + timedelta(hours=1)
        article = make_article(published_at=hour_ahead)
        self.assertTrue(article.is_scheduled)
        self.assertFalse(article.is_visible())
        self.assertTrue(article.is_visible(hour_ahead))

    def test_a_withdrawn_story_is_gone_and_owes_a_notice(self):
        article = make_article()
        publishing.withdraw(article, make_account(), notice="It was not true.")
        self.assertFalse(article.is_visible())
        self.assertIn(article, Article.objects.gone())

    def test_a_story_called_off_before_its_hour_owes_no_notice(self):
        article = make_article(published_at=timezone.now() + timedelta(hours=1))
        publishing.call_off(article, make_account())
        self.assertNotIn(article, Article.objects.gone())
        self.assertFalse(article.is_visible(timezone.now() + timedelta(hours=2)))

    def test_an_edition_of_a_brief_is_not_news(self):
        edition = make_article("Brief", section=make_section("Morning Brief", is_brief=True))
        story = make_article("Story")
        self.assertEqual(list(Article.objects.visible().news()), [story])
        self.assertEqual(list(Article.objects.visible().briefs()), [edition])
