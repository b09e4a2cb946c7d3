"""What feeds say of the hub that tells their subscribers when they changed: WebSub, 4."""

from xml.etree import ElementTree

from django.test import TestCase, override_settings

from articles.feed_formats import FORMATS
from articles.kept.entrance import edition
from articles.tests.factories import make_article, make_topic

HUB = "https://hub.example/publish?site=1&feed="
LINK = "{http://www.w3.org/2005/Atom}link"


@override_settings(WEBSUB_HUB=HUB)
class HubLinkTests(TestCase):
    def setUp(self):
        self.topic = make_topic()
        self.story = make_article(topics=[self.topic])
        nouns = [self.story.section, self.topic, self.story.authors.get()]
        self.places = ["/", "/corrections/", *(noun.get_absolute_url() for noun in nouns)]

    def feeds(self):
        return [f"{place}feed.{form}" for place in self.places for form in FORMATS]

    def test_the_head_of_the_answer_names_the_hub_and_one_address_of_the_feed(self):
        for address in self.feeds():
            expected = f'<{HUB}>; rel="hub", <http://localhost:8000{address}>; rel="self"'
            self.assertEqual(self.client.get(address)["Link"], expected)
            self.assertEqual(self.client.head(address)["Link"], expected)

    def test_so_does_the_feed_itself(self):
        for address in self.feeds():
            answer = self.client.get(address)
            if address.endswith("json"):
                told = answer.json()
                self.assertEqual(told["hubs"], [{"type": "WebSub", "url": HUB}])
                self.assertEqual(told["feed_url"], f"http://localhost:8000{address}")
                continue
            links = ElementTree.fromstring(answer.content).iter(LINK)
            found = {(link.get("rel"), link.get("href")) for link in links}
            self.assertLessEqual({("hub", HUB), ("self", f"http://localhost:8000{address}")}, found)

    def test_without_a_hub_none_is_named(self):
        with self.settings(WEBSUB_HUB=""):
            for address in self.feeds():
                answer = self.client.get(address)
                self.assertNotIn("Link", answer)
                self.assertNotIn("hub", answer.content.decode())

    def test_with_another_hub_feeds_are_made_anew(self):
        with self.settings(WEBSUB_HUB="https://other.example/"):
            other = edition()
        self.assertNotEqual(edition(), other)
