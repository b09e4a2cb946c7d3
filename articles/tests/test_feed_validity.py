"""Every feed, full and empty, is valid by the rules of its format."""

import re
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


# Of each format what stands in a valid feed, what is put in its place, and what has to be said of it then.
BREAKS = [
    ("xml", r"<id>http://localhost:8000/</id>", "", "no id"),
    ("xml", r"<id>[^<]*#story-\d+</id>", "<id>story-1</id>", "an id that is no full address"),
    ("xml", r"(<entry>.*?</entry>)", r"\1\1", "an id that comes twice"),
    ("xml", r"<author>.*?</author>", "", "an entry without an author in a feed without one"),
    ("xml", r"<name>[^<]*</name>", "<name></name>", "an author without a name"),
    ("xml", r'rel="self"', 'rel="next"', "not its own address"),
    ("xml", r' xml:lang="en-gb"', "", "no language"),
    ("xml", r'term="World"', 'term=""', "a category without a term"),
    ("xml", r'href="http://localhost:8000/story', 'href="/story', "a link that is not full"),
    ("xml", r"<published>[^<]*<", "<published>2025-04-29<", "not an instant: 2025-04-29"),
    (
        "xml",
        r"[^>]*(</updated><author><name>AnewZ)",
        r"1970-01-01T00:00:00Z\1",
        "changed after its own last change",
    ),
    ("xml", r"(<content [^>]*>)", r"\1&lt;em&gt;", "HTML that is not closed: ['em']"),
    ("xml", r"(<content [^>]*>)", r"\1&lt;/em&gt;", "</em> without its beginning"),
    ("xml", r"(<content [^>]*>)", r"\1&lt;script&gt;&lt;/script&gt;", "<script> in HTML"),
    ("xml", r"http://example.org/", "//example.org/", "a relative link: //example.org/"),
    ("rss", r"<description>[^<]*</description><atom", "<atom", "not one description"),
    ("rss", r"<language>en-gb<", "<language>English!<", "no language"),
    ("rss", r'rel="self"', 'rel="next"', "not its own address"),
    (
        "rss",
        r"(<item>.*</item>)(.*?</channel>)",
        r"\1<ttl>1</ttl>\2",
        "something about the channel behind an item",
    ),
    ("rss", r"Tue, 29 Apr", "Mon, 29 Apr", "not an instant: Mon, 29 Apr 2025 05:40:00 +0000"),
    ("rss", r"\+0000", "Baku", "not an instant: Tue, 29 Apr 2025 05:40:00 Baku"),
    ("rss", r'isPermaLink="false"', "", "an id that passes for an address"),
    (
        "rss",
        r"(<guid.*?</guid>)",
        r"\1<author>Leyla</author>",
        "an author, which has to be an e-mail address",
    ),
    ("rss", r"(<guid.*?</guid>)", r"\1\1", "something twice in an item"),
    ("rss", r"(<item>.*?</item>)", r"\1\1", "an id that is missing or comes twice"),
    ("rss", r"<link>http://localhost:8000/story", "<link>/story", "a link that is not full"),
    (
        "rss",
        r"(<description>[^<]*</description>)(<dc.*)(<content.*encoded>)",
        r"\3\1\2",
        "the content before the description",
    ),
    ("json", r"version/1.1", "version/1.0", "no version or title"),
    ("json", r"/feed.json", "/feed", "not its own address, or no page that it is about"),
    ("json", r'"language": "en-gb"', '"language": ""', "no language"),
    ("json", r'"id": "[^"]*"', '"id": ""', "an id that is missing or comes twice"),
    ("json", r'"content_html"', '"content"', "an item without content"),
    ("json", r"05:40:00\+00:00", "05:40", "not an instant: 2025-04-29T05:40"),
    ("json", r'"image": "http://localhost:8000', '"image": "', "a link that is not full"),
    ("json", r'"url": "http://localhost:8000', '"url": "', "a link that is not full"),
    ("json", r'"version"', '"_": 1, "version"', "an extension of no such name"),
]


class RuleTests(FeedTestCase):
    def test_what_breaks_a_rule_is_noticed(self):
        with self.settings(FEEDS_FULL_TEXT=True):
            feeds = {form: self.read(f"/feed.{form}") for form in FORMATS}
        for form, pattern, instead, complaint in BREAKS:
            with self.subTest(form=form, complaint=complaint):
                broken = re.sub(pattern, instead, feeds[form], flags=re.DOTALL)
                self.assertNotEqual(broken, feeds[form])
                self.assertIn(complaint, complaints(f"{SITE}/feed.{form}", broken))

    def test_an_older_story_before_a_newer_one_is_noticed(self):
        make_article("Older", published_at=DAY - MINUTE, author=self.author, **self.about)
        feed = self.read("/feed.xml")
        turned = re.sub(r"(<entry>.*?</entry>)(<entry>.*?</entry>)", r"\2\1", feed, flags=re.DOTALL)
        self.assertEqual(complaints(f"{SITE}/feed.xml", turned), ["not the newest first"])
