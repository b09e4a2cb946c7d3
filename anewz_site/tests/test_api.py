"""Every answer of `/api/v1/`, held to the file that describes the interface."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.db import OperationalError
from django.test import SimpleTestCase, TestCase, override_settings
from django.urls import get_resolver
from django.utils import timezone

from anewz_site.tests.description import Description, NotAsDescribed
from anewz_site.tests.doorway import DoorTestCase
from anewz_site.tests.newsroom import Newsroom
from articles import publishing
from articles.api.limit import limit
from articles.api.problems import STATUSES
from articles.models import RelatedStory, SearchSuggestion
from articles.tests.factories import make_account, make_article, update_article
from comments.models import ReaderComment, Thread
from comments.moderation import acts
from comments.respects import press
from comments.tests.factories import make_comment, make_expert, make_moderator

HOUR = timedelta(hours=1)
THREAD, STORY = "/stories/{slug}/thread/", "/stories/{slug}/"
ORDERS = ("newest", "oldest", "respected", "unanswered", "highlights")


def the_description():
    from articles.api.views import DESCRIPTION

    return Description(DESCRIPTION.read_text())


def fill(newsroom):
    """Give a newsroom what else can stand in an answer."""
    newsroom.grow()
    newsroom.picture.ready_at = timezone.now()
    newsroom.picture.caption = "Troops on a road."
    newsroom.picture.save(update_fields=["ready_at", "caption"])
    RelatedStory.objects.create(article=newsroom.story, url="https://example.org/", title="Elsewhere")
    SearchSuggestion.objects.create(typed="tekst", suggested="text")
    moderator, discussed = make_moderator("overseer"), newsroom.discussed
    acts.remove(make_comment(discussed), moderator, reason="insult")
    acts.pick(make_comment(discussed), moderator)
    press(make_comment(discussed), "a device", make_account())
    make_comment(below=make_comment(discussed, state="published"), edited_at=timezone.now())
    held = make_comment(discussed)
    make_comment(below=held)
    ReaderComment.objects.filter(pk=held.pk).update(state="held")
    led = make_comment(newsroom.story)
    ReaderComment.objects.filter(pk=led.pk).update(led_to=newsroom.story.versions.get(number=2))
    sources = [{"name": "Ministry", "address": "", "note": "by telephone"}]
    embed = '<figure data-embed="https://vimeo.com/76979871"><figcaption>A parade.</figcaption></figure>'
    words = {"sources": sources, "body": newsroom.body + embed}
    update_article(newsroom.story, kind="clarification", note="More clearly.", **words)
    update_article(discussed, kind="correction", headline="Discussed anew")
    expert = make_expert(newsroom.asked, make_account("seismologist"))
    make_comment(below=make_comment(newsroom.asked), badge="expert", expert=expert)
    slow = {"heat": 1, "heat_why": "Many came", "heat_until": timezone.now() + HOUR}
    Thread.objects.create(article=newsroom.alone, **slow)
    Thread.objects.create(article=newsroom.other, rule="closed")


def asked(newsroom):
    """Return what can be asked for: the path as it is described, the address, and the status."""
    lists = ("", "?before=9999999999999999-1", "?after=1-1")
    searches = ("q=text", "q=text&order=best", "q=tekst", "q=text+zebra", "q=text&after=1")
    slugs = (newsroom.story.slug, newsroom.discussed.slug, newsroom.asked.slug, newsroom.alone.slug)
    section, topic, author = newsroom.sections[0].slug, newsroom.topic.slug, newsroom.author.slug
    return [
        ("/", "", 200),
        ("/openapi.json", "openapi.json", 200),
        ("/sections/", "sections/", 200),
        *(("/stories/", f"stories/{query}", 200) for query in lists),
        ("/stories/", f"stories/?section={section}", 200),
        ("/stories/", f"stories/?section={newsroom.brief.slug}", 200),
        ("/stories/", f"stories/?topic={topic}", 200),
        ("/stories/", f"stories/?author={author}&before=9999999999999999-1", 200),
        ("/stories/", "stories/?section=none", 400),
        ("/stories/", "stories/?topic=%00", 400),
        ("/stories/", f"stories/?section={section}&topic={topic}", 400),
        ("/stories/", "stories/?before=yesterday", 400),
        ("/stories/", "stories/?after=", 400),
        *(("/search/", f"search/?{query}", 200) for query in searches),
        ("/search/", f"search/?section={section}&topic={topic}&author={author}&since=2025-01-01", 200),
        ("/search/", "search/", 400),
        ("/search/", f"search/?q={'x' * 201}", 400),
        ("/search/", "search/?q=text&since=yesterday&until=1", 400),
        ("/search/", "search/?q=text&before=x", 400),
        ("/search/", "search/?q=text&order=best&page=0", 400),
        *((STORY, f"stories/{slug}/", 200) for slug in slugs),
        (STORY, f"stories/{newsroom.edition.slug}/", 200),
        *((THREAD, f"stories/{slug}/thread/?order={order}", 200) for slug in slugs for order in ORDERS),
        (THREAD, f"stories/{newsroom.discussed.slug}/thread/?from={newsroom.oldest_comment.pk}", 200),
        (THREAD, f"stories/{newsroom.other.slug}/thread/", 200),
        (THREAD, f"stories/{newsroom.story.slug}/thread/?order=worst", 400),
        (THREAD, f"stories/{newsroom.story.slug}/thread/?after=x", 400),
        (STORY, "stories/moved/", 301),
        (THREAD, "stories/moved/thread/", 301),
        (STORY, "stories/withdrawn/", 410),
        (THREAD, "stories/withdrawn/thread/", 410),
        (STORY, "stories/draft/", 404),
        (STORY, "stories/none/", 404),
        (THREAD, "stories/none/thread/", 404),
    ]


class DescribedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.newsroom = Newsroom()
        fill(cls.newsroom)

    def setUp(self):
        self.description = the_description()

    def get(self, address, **headers):
        return self.client.get(f"/api/v1/{address}", headers=headers)

    def test_every_answer_is_as_described(self):
        for path, address, status in asked(self.newsroom):
            with self.subTest(address=address):
                response = self.get(address)
                self.assertEqual(response.status_code, status, response.content[:300])
                self.description.check_answer(path, response)

    def test_every_field_that_is_described_was_seen_with_a_value(self):
        for path, address, _ in asked(self.newsroom):
            self.description.check_answer(path, self.get(address))
        fields = {
            (name, field)
            for name, schema in self.description.schemas.items()
            for field in schema["properties"]
            if name not in ("MethodNotAllowed", "TooManyRequests", "Unavailable")
        }
        self.assertEqual(fields - self.description.seen, set())

    def test_whoever_has_an_answer_is_told_so(self):
        for path, address, status in asked(self.newsroom):
            if status == 200:
                with self.subTest(address=address):
                    response = self.get(address, **{"If-None-Match": self.get(address)["ETag"]})
                    self.assertEqual(response.status_code, 304)
                    self.description.check_answer(path, response)

    def test_nothing_can_be_written(self):
        first = {path: address for path, address, _ in reversed(asked(self.newsroom))}
        self.assertEqual(first.keys(), self.description.paths.keys())
        client = self.client_class(enforce_csrf_checks=True)
        for path, address in first.items():
            for method in ("post", "put", "patch", "delete"):
                with self.subTest(path=path, method=method):
                    response = getattr(client, method)(f"/api/v1/{address}")
                    self.assertEqual((response.status_code, response["Allow"]), (405, "GET, HEAD"))
                    self.description.check_answer(path, response)

    def test_a_page_elsewhere_may_send_the_etag_that_it_has(self):
        told = self.client.options("/api/v1/stories/", headers={"origin": "https://elsewhere.example"})
        self.assertEqual((told.status_code, told["Access-Control-Allow-Origin"]), (204, "*"))
        self.assertEqual(told["Access-Control-Allow-Methods"], "GET, HEAD")
        self.assertEqual(told["Access-Control-Allow-Headers"], "If-None-Match")

    def test_who_asks_for_too_much_is_told_when_to_go_on(self):
        self.addCleanup(limit.forget)
        for path, address, _ in asked(self.newsroom):
            limit.forget()
            with self.subTest(address=address), override_settings(API_ANSWERS_A_MINUTE=1):
                self.get(address)
                response = self.get(address)
                self.assertEqual((response.status_code, response["Retry-After"]), (429, "60"))
                self.description.check_answer(path, response)

    def test_a_database_out_of_reach_is_told_as_well(self):
        outage = {"side_effect": OperationalError("connection refused")}
        for module, path, address in [
            ("articles.api.views", STORY, "stories/story/"),
            ("comments.api", THREAD, "stories/story/thread/"),
        ]:
            with self.subTest(path=path), patch(f"{module}.visible_story", **outage):
                response = self.get(address)
                self.assertEqual((response.status_code, response["Retry-After"]), (503, "30"))
                self.description.check_answer(path, response)

    def test_every_answer_may_be_read_by_any_page_and_sets_no_cookie(self):
        for _, address, _ in asked(self.newsroom):
            with self.subTest(address=address):
                response = self.get(address, Origin="https://elsewhere.example", Cookie="theme=dark")
                self.assertEqual(response["Access-Control-Allow-Origin"], "*")
                self.assertNotIn("Access-Control-Allow-Credentials", response)
                self.assertFalse(response.cookies)
                self.assertNotIn("Cookie", response.get("Vary", ""))

    def test_no_answer_names_a_mailbox_an_account_or_a_network(self):
        ReaderComment.objects.update(network="192.0.2.0/24")
        words = re.compile(rb"reader\.example|192\.0\.2|@|seismologist\b(?! in)|\bchief\b|overseer")
        for _, address, _ in asked(self.newsroom):
            with self.subTest(address=address):
                if address != "openapi.json":
                    self.assertIsNone(words.search(self.get(address).content))


class DescriptionTests(SimpleTestCase):
    def setUp(self):
        self.description = the_description()

    def test_every_route_is_described_and_every_description_has_a_route(self):
        found = set()
        for namespace, (prefix, resolver) in get_resolver().namespace_dict.items():
            for pattern in resolver.url_patterns:
                route = f"{prefix}{pattern.pattern}"
                if route.startswith("api/v1/") and f"{namespace}:{pattern.name}" != "api:nothing":
                    found.add("/" + route.removeprefix("api/v1/").replace("<slug:slug>", "{slug}"))
        self.assertEqual(found, self.description.paths.keys())

    def test_every_parameter_in_a_path_is_described(self):
        for path, said in self.description.paths.items():
            parameters = map(self.description.resolve, said["get"].get("parameters", []))
            in_path = {one["name"] for one in parameters if one["in"] == "path"}
            self.assertEqual(in_path, set(re.findall(r"{(\w+)}", path)))

    def test_every_parameter_that_a_view_reads_is_described_and_no_other(self):
        from articles.api.views import OF_SEARCH

        for path, said in self.description.paths.items():
            view = get_resolver().resolve(f"/api/v1{path.replace('{slug}', 'story')}").func
            read = getattr(view, "kept_parameters", OF_SEARCH)
            parameters = map(self.description.resolve, said["get"].get("parameters", []))
            described = {one["name"] for one in parameters if one["in"] == "query"}
            with self.subTest(path=path):
                self.assertEqual(described, set(read))

    def test_the_type_of_every_problem_leads_to_its_description(self):
        responses = self.description.whole["components"]["responses"]
        for kind, (status, _) in STATUSES.items():
            with self.subTest(kind=kind):
                self.assertIn("application/problem+json", responses[kind]["content"])
                self.assertEqual(self.description.schemas[kind]["properties"]["status"]["const"], status)

    def test_every_object_says_which_fields_it_always_has(self):
        for name, schema in self.description.schemas.items():
            with self.subTest(schema=name):
                self.assertEqual(schema["required"], list(schema["properties"]))

    def test_an_answer_that_is_otherwise_is_found_out(self):
        source = {"name": "Ministry", "address": None, "note": None}
        self.description.check(source, {"$ref": "#/components/schemas/Source"}, "source")
        for wrong in [
            source | {"email": "ann@reader.example"},
            {"name": "Ministry", "address": None},
            source | {"name": None},
            source | {"address": "/statement"},
            source | {"note": ["x"]},
        ]:
            with self.subTest(wrong=wrong), self.assertRaises(NotAsDescribed):
                self.description.check(wrong, {"$ref": "#/components/schemas/Source"}, "source")


@override_settings(API_ANSWERS_A_MINUTE=2)
class DoorTests(DoorTestCase):
    """What is ready costs nothing; what has to be made is counted against whoever wants it."""

    HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.1"}

    def setUp(self):
        super().setUp()
        limit.forget()
        self.addCleanup(limit.forget)
        self.stories = [make_article(f"Story {number}") for number in range(4)]

    def story(self, number=0, **who):
        return self.get(f"/api/v1/stories/{self.stories[number].slug}/", **(who or self.HERE))

    def test_what_is_ready_is_given_to_anybody_however_often(self):
        self.assertEqual([self.story().status for _ in range(10)], [200] * 10)
        self.assertEqual(len(self.inner.asked), 1)

    def test_no_more_is_made_for_one_network_and_for_another_it_is(self):
        self.assertEqual([self.story(number).status for number in range(4)], [200, 200, 429, 429])
        self.assertEqual(self.story(2, **self.THERE).status, 200)
        self.assertEqual(self.story(2).status, 200)  # it is ready now

    def test_who_is_refused_is_told_why_and_nothing_is_kept_of_it(self):
        for number in range(2):
            self.story(number)
        refused = self.story(2)
        self.assertEqual(refused.headers["Content-Type"], "application/problem+json")
        self.assertEqual(refused.headers["Retry-After"], "30")
        self.assertEqual(refused.headers["Cache-Control"], "no-store")
        self.assertEqual(len(self.door.shelf), 2)

    def test_what_changed_is_made_anew_for_whoever_comes_first(self):
        for number in range(2):
            self.story(number)
        update_article(self.stories[0], headline="Other words")
        self.assertIn("Other words", self.story().text)

    def test_what_is_not_there_counts_each_time(self):
        statuses = [self.get("/api/v1/stories/none/", **self.HERE).status for _ in range(3)]
        self.assertEqual(statuses, [404, 404, 429])

    def test_searching_counts_each_time(self):
        statuses = [self.get("/api/v1/search/?q=story", **self.HERE).status for _ in range(3)]
        self.assertEqual(statuses, [200, 200, 429])

    def test_pages_for_readers_do_not_count(self):
        for story in self.stories:
            self.assertEqual(self.get(story.get_absolute_url(), **self.HERE).status, 200)

    def test_the_answer_about_a_withdrawn_story_is_kept_and_its_words_are_gone(self):
        self.story()
        publishing.withdraw(self.stories[0], make_account(), notice="It was wrong.")
        self.assertEqual((self.story().status, self.story().status), (410, 410))
        self.assertIn("It was wrong.", self.story().text)
        self.assertEqual(len(self.inner.asked), 2)

    def test_what_is_kept_may_be_read_by_any_page_also_when_nothing_changed(self):
        first = self.story()
        again = self.story(HTTP_IF_NONE_MATCH=first.headers["ETag"])
        self.assertEqual(again.status, 304)
        for answer in (first, again):
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
