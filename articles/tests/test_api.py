"""What `/api/v1/` tells of stories: what their pages show, and where the rest is."""

from datetime import timedelta
from unittest.mock import patch

from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings
from django.utils import timezone

from articles import publishing
from articles.api import limit as limits
from articles.api.limit import Limit
from articles.models import RelatedStory
from articles.ratelimit import client_network
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
from articles.tests.picture_files import make_picture, stripes

HOUR = timedelta(hours=1)
API = "/api/v1"


class ApiTestCase(TestCase):
    def read(self, path, status=200):
        path = path.removeprefix(f"http://localhost:8000{API}")
        response = self.client.get(f"{API}{path}")
        self.assertEqual(response.status_code, status)
        return response.json()

    def headlines(self, path):
        return [story["headline"] for story in self.read(path)["stories"]]

    def problem(self, path, status=400):
        """Return which parameters are wrong and why."""
        return {error["parameter"]: error["detail"] for error in self.read(path, status)["errors"]}


class ListTests(ApiTestCase):
    def test_holds_what_the_page_of_the_latest_news_holds(self):
        make_article("Older")
        make_article("Newer", published_at=DAY + HOUR)
        make_article("Edition", section=make_section("Morning Brief", is_brief=True))
        make_article("To come", published_at=timezone.now() + HOUR)
        make_draft("Draft")
        self.assertEqual(self.headlines("/stories/"), ["Newer", "Older"])
        self.assertEqual(self.headlines("/stories/?section=morning-brief"), ["Edition"])
        kinds = [self.read(f"/stories/{slug}/")["kind"] for slug in ("newer", "edition")]
        self.assertEqual(kinds, ["news", "brief"])

    def test_of_one_section_topic_or_author(self):
        topic, author, section = make_topic("Kursk"), make_author("Leyla"), make_section("Politics")
        make_article("Of none")
        make_article("On topic", topics=[topic])
        make_article("By author", author=author)
        make_article("In section", section=section)
        for query, headline in [
            ("section=politics", "In section"),
            ("topic=kursk", "On topic"),
            ("author=leyla", "By author"),
        ]:
            with self.subTest(query=query):
                page = self.read(f"/stories/?{query}")
                self.assertEqual([story["headline"] for story in page["stories"]], [headline])
                self.assertEqual(f"{page['of']['kind']}={page['of']['slug']}", query)
                self.assertTrue(page["of"]["stories"].endswith(f"/stories/?{query}"))

    def test_leads_through_all_pages_and_back_and_shows_each_story_once(self):
        topic = make_topic("Kursk")
        for number in range(45):
            make_article(f"Story {number}", topics=[topic], published_at=DAY + number // 2 * HOUR)
        make_article("On no topic", published_at=DAY - HOUR)
        for path, count in (("/stories/", 46), ("/stories/?topic=kursk", 45)):
            with self.subTest(path=path):
                pages, address = [], path
                while address:
                    pages.append(self.read(address))
                    address = pages[-1]["next"]
                slugs = [story["slug"] for page in pages for story in page["stories"]]
                self.assertEqual((len(slugs), len(set(slugs))), (count, count))
                self.assertEqual(slugs[0], "story-44")
                back = self.read(pages[-1]["previous"])
                self.assertEqual(back["stories"], pages[-2]["stories"])
                self.assertIsNone(pages[0]["previous"])

    def test_says_where_its_neighbours_are_in_the_head_too(self):
        for number in range(41):
            make_article(f"Story {number}")
        first = self.read("/stories/")
        middle = self.client.get(first["next"])
        told = middle.json()
        self.assertEqual(middle["Link"], f'<{told["next"]}>; rel="next", <{told["previous"]}>; rel="prev"')

    def test_says_what_is_wrong_with_a_parameter(self):
        make_section("World")
        self.assertEqual(self.problem("/stories/?topic=none"), {"topic": "We have no such topic."})
        both = self.problem("/stories/?section=world&author=none")
        self.assertEqual(both.keys(), {"author"})
        self.assertIn("one of section, topic, author", both["author"])
        self.assertIn("`next` and `previous`", self.problem("/stories/?before=0-0-0")["before"])

    def test_a_parameter_that_it_does_not_know_changes_nothing(self):
        make_article()
        self.assertEqual(self.read("/stories/?utm_source=x&page=7"), self.read("/stories/"))

    def test_sections_come_in_the_order_of_the_navigation(self):
        make_section("World", order=2)
        make_section("Politics", order=1)
        make_section("Morning Brief", order=3, is_brief=True)
        told = self.read("/sections/")["sections"]
        kinds = [(section["name"], section["kind"]) for section in told]
        self.assertEqual(kinds, [("Politics", "news"), ("World", "news"), ("Morning Brief", "brief")])

    def test_the_search_finds_what_the_page_finds(self):
        make_article("Vines of Şəki")
        make_article("Something else")
        for query in ("q=seki", "q=seki&order=best", "q=sek", "section=world"):
            with self.subTest(query=query):
                told = [story["slug"] for story in self.read(f"/search/?{query}")["stories"]]
                page = self.client.get(f"/search/?{query}").context["results"]
                self.assertEqual(told, [hit.article.slug for hit in page])
        found = self.read("/search/?q=seki&utm_source=x")
        self.assertEqual(found["stories"][0]["headline_html"], "Vines of <mark>Şəki</mark>")
        self.assertIsNone(found["loosened"])
        self.assertIn("begin so", self.read("/search/?q=sek")["loosened"])

    def test_the_search_leads_on_with_what_was_asked_and_no_more(self):
        for number in range(25):
            make_article(f"Vines {number}")
        found = self.read("/search/?utm_source=x&q=vines&section=world")
        self.assertNotIn("utm_source", found["next"])
        self.assertIn("q=vines&section=world&before=", found["next"])
        self.assertEqual(len(self.read(found["next"])["stories"]), 5)

    def test_the_search_says_what_is_wrong_with_each_parameter(self):
        wrong = self.problem("/search/?q=vines&section=none&since=soon")
        self.assertEqual(
            wrong, {"section": "We have no such section.", "since": "Write the date as 2026-04-30."}
        )
        self.assertEqual(self.problem("/search/?q=").keys(), {"q"})


class StoryTests(ApiTestCase):
    def test_tells_what_its_page_shows(self):
        author, topic = make_author("World desk", is_desk=True), make_topic("Kursk")
        picture = make_picture(stripes(400, 300), alt_text="Troops", credit="AnewZ", caption="A road.")
        story = make_article(author=author, topics=[topic], picture=picture, caption="Near Kursk.")
        told = self.read(f"/stories/{story.slug}/")
        self.assertEqual(told["url"], "http://localhost:8000/story/troops-fought-in-kursk/")
        self.assertEqual((told["published"], told["modified"]), ("2025-04-29T05:40:00Z",) * 2)
        self.assertIsNone(told["corrected"])
        self.assertEqual([(one["name"], one["kind"]) for one in told["authors"]], [("World desk", "desk")])
        self.assertEqual([one["slug"] for one in told["topics"]], ["kursk"])
        self.assertEqual(told["dateline"], "Pyongyang")
        self.assertEqual(told["picture"]["caption"], "Near Kursk.")
        shapes = [file["shape"] for file in told["picture"]["files"]]
        self.assertEqual(shapes, ["original", "16x9", "4x3", "1x1"])
        self.assertEqual(told["sources"][0]["address"], "https://example.org/statement")
        self.assertIs(told["takes_comments"], True)

    def test_every_file_of_a_picture_that_it_names_is_there(self):
        picture = make_picture(stripes(800, 600))
        story = make_article(picture=picture)
        picture.refresh_from_db()
        for told in (self.read(f"/stories/{story.slug}/"), *self.read("/stories/")["stories"]):
            for file in told["picture"]["files"]:
                with self.subTest(file=file):
                    response = self.client.get(file["url"])
                    self.assertEqual((response.status_code, response["Content-Type"]), (200, file["type"]))

    def test_offers_better_files_once_they_are_made(self):
        picture = make_picture(stripes(800, 600))
        story = make_article(picture=picture)
        type(picture).objects.update(ready_at=timezone.now())
        card, whole = self.read("/stories/")["stories"][0], self.read(f"/stories/{story.slug}/")
        self.assertEqual({file["type"] for file in card["picture"]["files"]}, {"image/jpeg", "image/webp"})
        self.assertEqual({file["shape"] for file in card["picture"]["files"]}, {"16x9"})
        self.assertIn("image/avif", {file["type"] for file in whole["picture"]["files"]})

    def test_a_picture_without_credit_is_not_told_of(self):
        picture = make_picture(stripes(400, 300))
        body = f'<p>Text.</p><figure data-picture="{picture.token}"></figure>'
        story = make_article(picture=picture, body=body)
        type(picture).objects.update(credit="")
        told = self.read(f"/stories/{story.slug}/")
        self.assertIsNone(told["picture"])
        self.assertEqual([block["kind"] for block in told["body"]["blocks"]], ["paragraph"])
        self.assertNotIn("<img", told["body"]["html"])

    def test_the_text_comes_whole_and_by_its_blocks_with_their_ids(self):
        picture = make_picture(stripes(400, 300), alt_text='A "road" & more')
        body = (
            '<h2>First</h2><p>See <a href="/story/other/">here</a> and <a href="https://example.org/">there</a>.'
            f'</p><blockquote class="pull-quote">So it is.</blockquote><ul><li>One</li></ul>'
            f'<figure data-picture="{picture.token}"></figure>'
        )
        story = make_article(body=body)
        told = self.read(f"/stories/{story.slug}/")["body"]
        kinds = [block["kind"] for block in told["blocks"]]
        self.assertEqual(kinds, ["heading", "paragraph", "pull_quote", "list", "picture"])
        page = self.client.get(story.get_absolute_url()).content.decode()
        for block in told["blocks"]:
            self.assertIn(f'id="{block["id"]}"', page)
            self.assertIn(f'id="{block["id"]}"', told["html"])
            self.assertIn(block["html"], told["html"])
        self.assertIn('<a href="http://localhost:8000/story/other/">here</a>', told["blocks"][1]["html"])
        self.assertIn('<a href="https://example.org/">', told["blocks"][1]["html"])
        self.assertIn('alt="A &quot;road&quot; &amp; more"', told["blocks"][4]["html"])

    def test_tells_of_corrections_and_of_how_many_versions_there_are(self):
        story = make_article()
        update_article(story, kind="correction", note="It was April.", headline="In April")
        told = self.read(f"/stories/{story.slug}/")
        notes = [(one["kind"], one["note"]) for one in told["corrections"]]
        self.assertEqual(notes, [("correction", "It was April.")])
        self.assertEqual(told["corrected"], told["corrections"][0]["published"])
        self.assertEqual(told["version_count"], 2)
        address, _, anchor = told["corrections"][0]["url"].partition("#")
        self.assertContains(self.client.get(address), f'id="{anchor}"')

    def test_says_of_an_old_story_what_its_page_says(self):
        old, young = make_article(), make_article("Young", published_at=timezone.now())
        told = self.read(f"/stories/{old.slug}/")["age_notice"]
        self.assertContains(self.client.get(old.get_absolute_url()), told)
        self.assertIsNone(self.read(f"/stories/{young.slug}/")["age_notice"])

    def test_related_stories_are_those_of_its_page_with_the_reason(self):
        story, other = make_article(), make_article("Other")
        RelatedStory.objects.create(article=story, target=other, reason="Background")
        RelatedStory.objects.create(article=story, target=make_draft("Secret"), order=1)
        RelatedStory.objects.create(article=story, url="https://example.org/x", title="There", order=2)
        told = [
            (one["title"], one["reason"], one["url"], one["self"])
            for one in self.read(f"/stories/{story.slug}/")["related"]
        ]
        site = "http://localhost:8000"
        ours = ("Other", "Background", f"{site}/story/other/", f"{site}{API}/stories/other/")
        self.assertEqual(told, [ours, ("There", "On another site", "https://example.org/x", None)])

    def test_the_story_so_far_is_that_of_its_page(self):
        first, last, chief = make_article("First"), make_article("Last"), make_account()
        self.assertIsNone(self.read("/stories/last/")["line"])
        publishing.continue_story(last, chief, first)
        publishing.continue_story(make_draft("Secret"), chief, last)
        line = self.read("/stories/last/")["line"]
        told = [(one["headline"], one["self"]) for one in line["stories"]]
        at = f"http://localhost:8000{API}/stories"
        self.assertEqual(told, [("First", f"{at}/first/"), ("Last", f"{at}/last/")])
        self.assertTrue(line["is_whole"])

    def test_of_a_withdrawn_story_only_the_notice_is_left(self):
        story = make_article()
        publishing.withdraw(story, make_account(), notice="It was wrong.")
        response = self.client.get(f"{API}/stories/{story.slug}/")
        self.assertEqual((response.status_code, response["Content-Type"]), (410, "application/problem+json"))
        self.assertEqual(response.json()["detail"], "It was wrong.")
        self.assertNotIn("Kursk", response.content.decode())

    def test_an_old_address_leads_to_the_present_one(self):
        story = make_article()
        story.slug = "moved"
        story.save()
        self.assertRedirects(
            self.client.get(f"{API}/stories/troops-fought-in-kursk/"),
            f"{API}/stories/moved/",
            status_code=301,
        )

    def test_an_address_without_its_slash_leads_to_the_one_that_has_it(self):
        self.assertRedirects(self.client.get(f"{API}/stories"), f"{API}/stories/", status_code=301)


class LimitTests(SimpleTestCase):
    def setUp(self):
        self.limit, self.now = Limit(), 1000.0
        self.enterContext(override_settings(API_ANSWERS_A_MINUTE=3))
        self.enterContext(patch.object(limits.time, "monotonic", lambda: self.now))

    def waits(self, times, network="192.0.2.0/24"):
        return [self.limit.seconds_to_wait(network) for _ in range(times)]

    def test_a_network_gets_a_minutes_answers_at_once(self):
        self.assertEqual(self.waits(5), [0, 0, 0, 20, 20])

    def test_and_then_each_as_its_time_comes(self):
        self.waits(3)
        self.now += 20
        self.assertEqual(self.waits(2), [0, 20])
        self.now += 3600
        self.assertEqual(self.waits(4), [0, 0, 0, 20])

    def test_each_network_by_itself(self):
        self.waits(4)
        self.assertEqual(self.waits(1, "198.51.100.0/24"), [0])

    def test_zero_is_no_limit(self):
        with override_settings(API_ANSWERS_A_MINUTE=0):
            self.assertEqual(self.waits(100), [0] * 100)

    def test_remembers_so_many_networks_and_no_more(self):
        with patch.object(limits, "MOST_NETWORKS", 2):
            for number in range(5):
                self.waits(3, f"network {number}")
            self.assertEqual(self.waits(1, "network 4"), [20])
            self.assertEqual(len(self.limit._due), 2)

    def test_no_header_makes_the_question_fail(self):
        environ = RequestFactory().get("/").environ | {"CONTENT_TYPE": "text/html; charset*=BOGUS''%20"}
        with patch.object(limits, "limit", self.limit):
            self.assertTrue(limits.has_room(environ))

    def test_counts_by_the_network_that_posting_is_counted_by(self):
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.77")
        with patch.object(limits, "limit", self.limit):
            self.assertTrue(limits.has_room(request.environ))
        self.assertEqual(list(self.limit._due), [client_network(request)])
