from datetime import datetime, timedelta
from xml.etree import ElementTree

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.feed_formats import FORMATS
from articles.feeds import FEED_NOTES
from articles.models import Article
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_author,
    make_section,
    make_topic,
    update_article,
)
from articles.tests.picture_files import make_picture, stripes

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
MINUTE = timedelta(minutes=1)


class FormatTests(TestCase):
    """The same stories in three formats, of the site, a section, a topic and an author."""

    def setUp(self):
        about = {"section": make_section("World"), "topics": [make_topic("Kursk")]}
        self.author = make_author("Leyla M.")
        picture = make_picture(stripes(1200, 900))
        self.story = make_article("Lake & <b>", picture=picture, author=self.author, **about)
        make_article("Elsewhere", section=make_section("Sport"), published_at=DAY - MINUTE)
        self.nouns = [about["section"], *about["topics"], self.author]

    def places(self):
        return ["/", *(noun.get_absolute_url() for noun in self.nouns)]

    def titles(self, address):
        answer = self.client.get(address)
        self.assertEqual(answer.status_code, 200)
        if address.endswith(".json"):
            return [item["title"] for item in answer.json()["items"]]
        root = ElementTree.fromstring(answer.content)
        found = root.findall(f"{ATOM}entry/{ATOM}title") or root.findall("channel/item/title")
        return [title.text for title in found]

    def test_each_holds_what_belongs_to_it(self):
        for place in self.places():
            for form in FORMATS:
                with self.subTest(place=place, form=form):
                    expected = ["Lake & <b>", "Elsewhere"] if place == "/" else ["Lake & <b>"]
                    self.assertEqual(self.titles(f"{place}feed.{form}"), expected)

    def test_each_says_what_it_is(self):
        for form, kind in (("xml", "atom+xml"), ("rss", "rss+xml"), ("json", "feed+json")):
            answer = self.client.get(f"/feed.{form}")
            self.assertEqual(answer["Content-Type"], f"application/{kind}; charset=utf-8")
            again = self.client.get(f"/feed.{form}", headers={"If-None-Match": answer["ETag"]})
            self.assertEqual(again.status_code, 304)
        self.assertEqual(self.client.get("/feed.pdf").status_code, 404)

    def test_each_names_the_language_of_the_site(self):
        with self.settings(LANGUAGE_CODE="az"):
            self.assertContains(self.client.get("/feed.xml"), 'xml:lang="az"')
            self.assertContains(self.client.get("/feed.rss"), "<language>az</language>")
            self.assertEqual(self.client.get("/feed.json").json()["language"], "az")

    def test_is_announced_on_its_page(self):
        for place in self.places():
            page = self.client.get(place)
            for form, kind in (("xml", "atom+xml"), ("rss", "rss+xml"), ("json", "feed+json")):
                self.assertContains(page, f'type="application/{kind}" title="')
                self.assertContains(page, f'href="{place}feed.{form}"')

    def test_json_tells_what_its_standard_asks_for(self):
        told = self.client.get("/feed.json").json()
        self.assertEqual(told["version"], "https://jsonfeed.org/version/1.1")
        self.assertEqual(told["feed_url"], "http://localhost:8000/feed.json")
        item = told["items"][0]
        self.assertEqual(item["id"], f"http://localhost:8000/#story-{self.story.pk}")
        self.assertEqual(item["authors"], [{"name": "Leyla M."}])
        self.assertEqual(item["content_text"], self.story.standfirst)
        self.assertIn(self.story.picture.token, item["image"])
        for name in ("date_published", "date_modified"):
            self.assertIsNotNone(datetime.fromisoformat(item[name]).tzinfo)

    def test_rss_says_that_its_ids_are_no_addresses(self):
        root = ElementTree.fromstring(self.client.get("/feed.rss").content)
        guid = root.find("channel/item/guid")
        self.assertEqual(
            (guid.get("isPermaLink"), guid.text), ("false", f"http://localhost:8000/#story-{self.story.pk}")
        )
        self.assertTrue(root.find("channel/description").text)

    def test_whole_stories_where_the_newsroom_wants_it(self):
        body = "<p>Fishers <em>leave</em>.</p>"
        make_article("Whole", body=body, published_at=DAY + MINUTE)
        for form in FORMATS:
            self.assertNotIn("Fishers", self.client.get(f"/feed.{form}").content.decode())
        with self.settings(FEEDS_FULL_TEXT=True):
            self.assertIn(
                "Fishers <em>leave", self.client.get("/feed.json").json()["items"][0]["content_html"]
            )
            atom = ElementTree.fromstring(self.client.get("/feed.xml").content)
            content = atom.find(f"{ATOM}entry/{ATOM}content")
            self.assertEqual(content.get("type"), "html")
            self.assertIn("Fishers <em>leave", content.text)

    def test_atom_marks_as_gone_what_was_withdrawn(self):
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        for place in self.places():
            with self.subTest(place=place):
                root = ElementTree.fromstring(self.client.get(f"{place}feed.xml").content)
                (gone,) = root.findall(f"{TOMBSTONE}deleted-entry")
                self.assertEqual(gone.get("ref"), f"http://localhost:8000/#story-{self.story.pk}")
                self.assertEqual(datetime.fromisoformat(gone.get("when")), self.story.withdrawn_at)
        self.assertNotIn("Lake", self.client.get("/feed.xml").content.decode())

    def test_an_empty_feed_stays_the_same(self):
        address = f"{make_topic('Empty').get_absolute_url()}feed.rss"
        self.assertIn("01 Jan 1970", self.client.get(address).content.decode())


class CorrectionsFeedTests(TestCase):
    def entries(self):
        response = self.client.get(reverse("articles:corrections_feed"))
        self.assertEqual(response["Content-Type"], "application/atom+xml; charset=utf-8")
        return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")

    def correct(self, article, note="The month was wrong.", kind="correction", minutes=1):
        now = DAY + minutes * MINUTE
        return update_article(article, kind=kind, note=note, headline=f"Version {minutes}", now=now)

    def test_tells_each_note_with_a_link_to_what_changed(self):
        article = make_article("Troops")
        self.correct(article)
        [entry] = self.entries()
        self.assertEqual(entry.find(f"{ATOM}title").text, "Correction: Version 1")
        self.assertEqual(entry.find(f"{ATOM}summary").text, "The month was wrong.")
        self.assertTrue(entry.find(f"{ATOM}link").get("href").endswith("/story/troops/history/#version-2"))

    def test_the_id_stays_when_the_address_and_the_story_change(self):
        article = make_article("Troops")
        self.correct(article)
        before = self.entries()[0].find(f"{ATOM}id").text
        Article.objects.filter(pk=article.pk).update(slug="moved")
        update_article(article, kind="update", now=DAY + 2 * MINUTE)
        self.assertEqual(self.entries()[0].find(f"{ATOM}id").text, before)

    def test_holds_corrections_and_clarifications_the_newest_first_and_no_other_change(self):
        article = make_article()
        self.correct(article, "Corrected.")
        self.correct(article, "Clarified.", "clarification", 2)
        self.correct(article, "Updated.", "update", 3)
        self.correct(article, "", "style", 4)
        notes = [entry.find(f"{ATOM}summary").text for entry in self.entries()]
        self.assertEqual(notes, ["Clarified.", "Corrected."])

    def test_tells_of_no_story_that_was_withdrawn(self):
        article = make_article()
        self.correct(article)
        publishing.withdraw(article, make_account(), notice="It was not true.")
        self.assertEqual(self.entries(), [])

    def test_is_bounded_and_costs_one_query(self):
        article = make_article()
        for number in range(FEED_NOTES + 2):
            self.correct(article, f"Note {number}.", minutes=number)
        with self.assertNumQueries(1):
            entries = self.entries()
        self.assertEqual(len(entries), FEED_NOTES)

    def test_is_announced_and_linked_on_the_page_of_corrections(self):
        page = self.client.get(reverse("articles:corrections"))
        self.assertContains(page, '<link rel="alternate" type="application/atom+xml" title="Corrections')
        self.assertContains(page, 'href="/corrections/feed.xml">Feed of corrections')

    def test_answers_again_only_when_something_changed(self):
        self.correct(make_article())
        address = reverse("articles:corrections_feed")
        etag = self.client.get(address)["ETag"]
        again = self.client.get(address, headers={"If-None-Match": etag})
        self.assertEqual(again.status_code, 304)
