"""Every feed, full and empty, is valid by the rules of its format."""

from datetime import timedelta
from xml.etree import ElementTree

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.feed_formats import FORMATS
from articles.models import Article
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_author,
    make_draft,
    make_section,
    make_topic,
    update_article,
)
from articles.tests.feed_rules import ATOM, TOMBSTONE, complaints
from articles.tests.picture_files import make_picture, stripes

MINUTE = timedelta(minutes=1)
SITE = "http://localhost:8000"
BODY = (
    '<p>See <a href="/story/x/?a=1&amp;b=2">here</a>, <a href="#p-12345678">above</a>, '
    '<a href="//example.org/">there</a>, <a href="mailto:a@example.org">us</a><br>or <a href="http://[">no</a>.</p>'
)


class FeedTestCase(TestCase):
    def setUp(self):
        self.about = {"section": make_section("World"), "topics": [make_topic("Kursk")]}
        self.author = make_author("Leyla & M.")
        picture = make_picture(stripes(1200, 900))
        self.story = make_article("Lake & <b>", picture=picture, author=self.author, body=BODY, **self.about)
        self.places = ["/", "/corrections/"]
        self.places += [noun.get_absolute_url() for noun in (self.story.section, *self.about["topics"])]
        self.places.append(self.author.get_absolute_url())

    def read(self, address):
        answer = self.client.get(address)
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def gone(self, address):
        """Return what the feed says is gone: pairs of an id and an instant."""
        if address.endswith("json"):
            told = self.client.get(address).json().get("_anewz", {"withdrawn": []})
            return [(each["id"], each["withdrawn_at"]) for each in told["withdrawn"]]
        root = ElementTree.fromstring(self.read(address))
        return [(each.get("ref"), each.get("when")) for each in root.iter(f"{TOMBSTONE}deleted-entry")]


class ValidityTests(FeedTestCase):
    def assert_valid(self):
        for place in self.places:
            for form in FORMATS:
                address = f"{place}feed.{form}"
                with self.subTest(address):
                    self.assertEqual(complaints(SITE + address, self.read(address)), [])

    def test_with_stories(self):
        make_article("Later", published_at=DAY + MINUTE, author=self.author, **self.about)
        update_article(self.story, kind="correction", note="It was 3 < 4.", now=DAY + 2 * MINUTE)
        self.assert_valid()

    def test_with_whole_stories(self):
        with self.settings(FEEDS_FULL_TEXT=True):
            self.assert_valid()

    def test_with_a_hub(self):
        with self.settings(WEBSUB_HUB="https://hub.example/"):
            self.assert_valid()

    def test_with_what_is_gone(self):
        make_article("Stays", author=self.author, **self.about)
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.assert_valid()

    def test_with_nothing(self):
        self.places.append(make_topic("Empty").get_absolute_url())
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.assert_valid()

    def test_whatever_characters_texts_hold(self):
        odd = "a\x0bb \x07\ufffe]]> & <i> \U0001f600"
        make_article(odd, standfirst=odd, body=f"<p>{odd}</p>", author=make_author("M\x0b"), **self.about)
        for full in (False, True):
            with self.settings(FEEDS_FULL_TEXT=full):
                self.assert_valid()

    def test_a_standfirst_is_text_whatever_it_looks_like(self):
        text = "Fewer than <em>3 & more: 2 < 3 &amp; 4 > 3"
        make_article(standfirst=text, published_at=DAY + MINUTE, **self.about)
        atom = ElementTree.fromstring(self.read("/feed.xml")).find(f"{ATOM}entry/{ATOM}summary")
        rss = ElementTree.fromstring(self.read("/feed.rss")).find("channel/item/description")
        as_html = "Fewer than &lt;em&gt;3 &amp; more: 2 &lt; 3 &amp;amp; 4 &gt; 3"
        self.assertEqual((atom.text, rss.text), (as_html, as_html))
        self.assertEqual(self.client.get("/feed.json").json()["items"][0]["summary"], text)

    def test_links_in_whole_stories_lead_to_the_same_place_from_anywhere(self):
        with self.settings(FEEDS_FULL_TEXT=True):
            content = self.client.get("/feed.json").json()["items"][0]["content_html"]
        for address in (
            f"{SITE}/story/x/?a=1&amp;b=2",
            f"{SITE}{self.story.get_absolute_url()}#p-12345678",
            "http://example.org/",
            "mailto:a@example.org",
        ):
            self.assertIn(f'<a href="{address}"', content)


class GoneTests(FeedTestCase):
    def test_each_format_names_what_was_withdrawn_and_since_when(self):
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        expected = (f"{SITE}/#story-{self.story.pk}", self.story.withdrawn_at.isoformat())
        for place in set(self.places) - {"/corrections/"}:
            for form in FORMATS:
                with self.subTest(place=place, form=form):
                    [(unique_id, at)] = self.gone(f"{place}feed.{form}")
                    self.assertEqual((unique_id, at.replace("Z", "+00:00")), expected)
                    self.assertNotIn("Lake", self.read(f"{place}feed.{form}"))

    def test_none_names_what_readers_never_saw_or_see_again(self):
        chief, hour = make_account(), timezone.now() + timedelta(hours=1)
        make_draft("Draft", author=self.author, **self.about)
        make_article("Scheduled", published_at=hour, author=self.author, **self.about)
        called_off = make_article("Called off", published_at=hour, author=self.author, **self.about)
        publishing.call_off(called_off, chief)
        # As the database could hold it, were it withdrawn before its hour.
        never_seen = make_article("Never seen", published_at=hour, author=self.author, **self.about)
        Article.objects.filter(pk=never_seen.pk).update(state="withdrawn", withdrawn_at=timezone.now())
        publishing.withdraw(self.story, chief, notice="It was wrong.")
        publishing.ask_back(self.story, chief, note="It was right.")
        publishing.restore(self.story, make_account("second"), note="It was right.")
        for place in self.places:
            for form in FORMATS:
                with self.subTest(place=place, form=form):
                    self.assertEqual(self.gone(f"{place}feed.{form}"), [])

    def test_nothing_is_said_of_it_where_nothing_is_gone(self):
        for form in FORMATS:
            self.assertNotRegex(self.read(f"/feed.{form}"), "tombstones|_anewz")
