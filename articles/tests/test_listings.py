from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article, AuthorListing, TopicListing
from articles.models.listing import list_anew
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_author,
    make_draft,
    make_topic,
    publish,
)


class ListingTests(TestCase):
    def setUp(self):
        self.topic, self.author = make_topic("Kursk"), make_author("World desk")

    def make(self, headline="Out", **changes):
        return make_article(headline, topics=[self.topic], author=self.author, **changes)

    def assert_listed(self, *headlines):
        for noun in (self.topic, self.author):
            page = self.client.get(noun.get_absolute_url()).context["page"]
            with self.subTest(noun=noun):
                self.assertEqual([article.headline for article in page], list(headlines))

    def test_a_published_story_is_listed_the_newest_first(self):
        self.make("Older", published_at=DAY - timedelta(days=1))
        self.make("Newer", published_at=DAY)
        self.assert_listed("Newer", "Older")

    def test_a_draft_is_not(self):
        make_draft("Draft", topics=[self.topic], author=self.author)
        self.assert_listed()
        self.assertFalse(TopicListing.objects.exists() or AuthorListing.objects.exists())

    def test_a_scheduled_story_is_from_its_hour_on(self):
        article = self.make("Later", published_at=timezone.now() + timedelta(hours=1))
        self.assert_listed()
        at = article.published_at
        self.assertTrue(TopicListing.objects.visible(at).exists())
        self.assertFalse(TopicListing.objects.visible(at - timedelta(seconds=1)).exists())

    def test_a_story_scheduled_anew_is_listed_at_its_new_hour(self):
        article = self.make("Later", published_at=timezone.now() + timedelta(hours=1))
        publish(article, at=timezone.now() + timedelta(hours=2))
        self.assertEqual(TopicListing.objects.get().published_at, article.published_at)

    def test_a_withdrawn_story_goes_and_comes_back(self):
        article, chief, deputy = self.make(), make_account(), make_account("deputy")
        publishing.withdraw(article, chief, notice="It was wrong.")
        self.assert_listed()
        self.assertFalse(TopicListing.objects.exists() or AuthorListing.objects.exists())
        publishing.ask_back(article, chief, note="It was right.")
        publishing.restore(article, deputy, note="It was right.")
        self.assert_listed("Out")

    def test_follows_topics_from_either_side(self):
        article, other = self.make(), make_topic("Kyiv")
        for change, expected in (
            (lambda: article.topics.set([other]), [other]),
            (lambda: self.topic.articles.add(article), [self.topic, other]),
            (lambda: other.articles.clear(), [self.topic]),
            (lambda: article.topics.clear(), []),
        ):
            change()
            listed = [listing.topic for listing in TopicListing.objects.order_by("topic")]
            self.assertEqual(listed, sorted(expected, key=lambda topic: topic.pk))

    def test_follows_bylines(self):
        article, other = self.make(), make_author("Politics desk")
        article.bylines.create(author=other)
        self.assertEqual(AuthorListing.objects.count(), 2)
        article.bylines.filter(author=self.author).delete()
        self.assertEqual(AuthorListing.objects.get().author, other)

    def test_a_listing_too_many_shows_nothing(self):
        article = self.make()
        Article.objects.filter(pk=article.pk).update(state="withdrawn", withdrawn_at=timezone.now())
        self.assertTrue(TopicListing.objects.exists())
        self.assert_listed()

    def test_can_be_written_anew_for_many(self):
        articles = [self.make(f"Story {number}") for number in range(3)]
        TopicListing.objects.all().delete()
        list_anew(*(article.pk for article in articles))
        self.assertEqual(TopicListing.objects.count(), 3)
