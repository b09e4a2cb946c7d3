"""The page of a topic: what it is about, and its stories under the months in which they came out."""

from datetime import UTC, datetime

from django.test import TestCase

from articles.tests.factories import make_article, make_topic


class TopicPageTests(TestCase):
    def setUp(self):
        self.topic = make_topic("Kursk", introduction="The Russian region.")

    def make(self, headline, *day):
        return make_article(headline, topics=[self.topic], published_at=datetime(*day, tzinfo=UTC))

    def months(self, query=""):
        page = self.client.get(f"/topic/kursk/{query}")
        return [
            (group.title, [article.headline for article in group.articles])
            for group in page.context["months"]
        ]

    def test_begins_with_the_introduction(self):
        self.assertContains(self.client.get("/topic/kursk/"), "The Russian region.")

    def test_stories_stand_under_their_months_the_newest_first(self):
        self.make("Begun", 2024, 8, 6)
        self.make("Fought", 2025, 4, 28)
        self.make("Retaken", 2025, 4, 30, 19, 59)
        self.make("Of May in Baku", 2025, 4, 30, 20, 0)
        expected = [
            ("May 2025", ["Of May in Baku"]),
            ("April 2025", ["Retaken", "Fought"]),
            ("August 2024", ["Begun"]),
        ]
        self.assertEqual(self.months(), expected)
        page = self.client.get("/topic/kursk/")
        self.assertContains(
            page, '<time class="timeline__link" datetime="2024-08">August 2024</time>', html=True
        )

    def test_the_next_page_goes_on_where_this_one_ends(self):
        for day in range(1, 26):
            self.make(f"Story {day}", 2025, 3, day)
        older = self.client.get("/topic/kursk/").context["page"].older_url
        self.assertEqual(self.months(older), [("March 2025", [f"Story {day}" for day in range(5, 0, -1)])])

    def test_a_topic_without_stories_says_so(self):
        self.assertContains(self.client.get("/topic/kursk/"), "No story on this topic")
