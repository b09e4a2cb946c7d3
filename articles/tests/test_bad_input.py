"""Whatever stands in an address, a query or a header: an answer that fits, and never a failure."""

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Page
from articles.pictures import fallback
from articles.tests.desk import story_data
from articles.tests.factories import DAY, make_account, make_article, make_author, make_topic
from articles.tests.picture_files import make_picture, stripes

ODD_NAMES = [
    *("%00", "a%00", "%ff%fe", "%c3%28", "%ed%a0%80", "%0d%0aSet-Cookie:%20a=b", "%2e%2e%2f%2e%2e", "é", "٣"),
    *("-", "{{7*7}}", "<script>", "'; --", str(2**63), "9" * 5000, "x" * 5000),
]
ODD_NUMBERS = ["0", "-1", "x", "1.5", "1%00", "%ff", "٣", "1e9", str(2**31), str(2**63), "9" * 5000]
ODD_KEYS = [
    *("", "x", "1", "-", "1-", "-1", "1-1-1", "1 - 1", "1-1%00", "%00", "%ff%fe-1", "٣-٣", "1.5-1", "1e5-1"),
    *(
        "9" * 18 + "-1",
        "1-" + "9" * 19,
        f"{2**63}-{2**63}",
        "9" * 5000 + "-1",
        "1-" + "9" * 5000,
        "' or 1=1 --",
    ),
]
FAR_KEYS = ["0-0", "1-1", "9" * 17 + "-1", "1-" + "9" * 18, "9" * 17 + "-" + "9" * 18]
ODD_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X" * 500]
UNKNOWN = "utm_source=x&page=2&format=json&preview=1&_method=DELETE&%00=%ff&q[]=1&next=//evil.example&lang=az"
HEADERS = {
    "If-None-Match": '"\xff", W/, *',
    "If-Modified-Since": "Sun, 99 Feb 99999 99:99:99 GMT",
    "Range": "bytes=9999999999999999999-",
    "Cookie": "sessionid=\x01; csrftoken=; =; a",
    "Accept-Language": "x" * 5000,
    "X-Forwarded-For": "1.2.3.4, \xff, 999.999.999.999, ::::",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "Content-Length": "",
}


class BadInputTestCase(TestCase):
    def setUp(self):
        self.picture = make_picture(stripes(400, 300))
        self.topic, self.author = make_topic(), make_author()
        self.article = make_article(topics=[self.topic], author=self.author, picture=self.picture)
        self.withdrawn = make_article("Withdrawn")
        publishing.withdraw(self.withdrawn, make_account(), notice="It was wrong.")
        Page.objects.create(slug="about", title="About us")
        Page.objects.create(slug="privacy", title="Privacy")

    def lists(self):
        section = self.article.section.get_absolute_url()
        return [
            "/latest/",
            section,
            self.topic.get_absolute_url(),
            self.author.get_absolute_url(),
            "/corrections/",
        ]

    def pages(self):
        story, gone = self.article.get_absolute_url(), self.withdrawn.get_absolute_url()
        section = self.article.section.get_absolute_url()
        return [
            *("/", *self.lists(), story, f"{story}history/", gone, f"{gone}history/"),
            *("/about/", "/about/privacy/", "/feed.xml", f"{section}feed.xml", "/sitemap.xml", "/robots.txt"),
            *(f"/api/v1/{path}" for path in ("", "openapi.json", "sections/", "stories/", "none/")),
            *(f"/api/v1/stories/{one.slug}/" for one in (self.article, self.withdrawn)),
            *(fallback(self.picture, "16x9").url, "/preview/1/", "/no-such-page/"),
        ]

    def status(self, address, **options):
        return self.client.get(address, **options).status_code


class OddAddressTests(BadInputTestCase):
    def test_a_name_that_nobody_gave_is_not_found(self):
        token = self.picture.token
        for name in ODD_NAMES:
            for address in (
                *(f"/section/{name}/", f"/section/{name}/feed.xml", f"/topic/{name}/", f"/author/{name}/"),
                *(f"/story/{name}/", f"/story/{name}/history/", f"/about/{name}/", f"/{name}/", f"/{name}"),
                *(f"/shared/{name}/", f"/shared/reading/{name}/"),
                *(f"/api/v1/stories/{name}/", f"/api/v1/stories/{name}/thread/", f"/api/v1/{name}/"),
                *(f"/media/pictures/{name}/16x9-400-50-50.jpg", f"/media/pictures/{token}/{name}"),
            ):
                with self.subTest(address=address[:60]):
                    self.assertEqual(self.status(address), 404)

    def test_a_number_that_no_story_has_is_not_found_in_the_preview(self):
        self.client.force_login(make_account())
        for number in ODD_NUMBERS:
            with self.subTest(number=number[:20]):
                self.assertEqual(self.status(f"/preview/{number}/"), 404)

    def test_a_preview_tells_a_stranger_nothing_of_which_numbers_there_are(self):
        for number in (self.article.pk, 2**31, 2**63):
            address = reverse("articles:preview", args=[number])
            self.assertRedirects(self.client.get(address), f"/admin/login/?next={address}")

    def test_a_key_that_is_none_is_not_found(self):
        for address in self.lists():
            for name in ("before", "after"):
                for key in ODD_KEYS:
                    with self.subTest(address=address, name=name, key=key[:30]):
                        self.assertEqual(self.status(f"{address}?{name}={key}"), 404)

    def test_a_key_beyond_both_ends_gives_a_page(self):
        for address in self.lists():
            for key in FAR_KEYS:
                for query in (f"before={key}", f"after={key}", f"before={key}&after={key}&before={key}"):
                    with self.subTest(address=address, query=query):
                        self.assertEqual(self.status(f"{address}?{query}"), 200)

    def test_programs_are_told_of_a_name_or_key_that_is_none(self):
        stories, search = "/api/v1/stories/", "/api/v1/search/?q=troops"
        asked = [(f"{stories}?{name}=", ODD_NAMES) for name in ("section", "topic", "author")]
        asked += [(f"{search}&{name}=", ODD_NAMES) for name in ("section", "order", "since")]
        asked += [(f"{stories}?{name}=", ODD_KEYS) for name in ("before", "after")]
        asked += [(f"{search}&{name}=", [*ODD_KEYS, "1" * 19]) for name in ("before", "after")]
        for address, values in asked:
            for value in {*values, ""} - {"1", ""}:
                with self.subTest(address=address, value=value[:30]):
                    answer = self.client.get(address + value)
                    self.assertEqual(answer.status_code, 400)
                    self.assertTrue(answer.json()["detail"])

    def test_a_version_that_is_none_is_not_found_in_a_comparison(self):
        history = f"{self.article.get_absolute_url()}history/"
        for number in ["", *ODD_NUMBERS]:
            for query in (f"from={number}&to=1", f"from=1&to={number}", f"to={number}"):
                with self.subTest(query=query[:30]):
                    self.assertEqual(self.status(f"{history}?{query}"), 404)

    def test_a_part_of_the_sitemap_that_is_none_is_not_found(self):
        for month in ("x", "%00", "%ff", "2025-00", "2025-1", "9999-12", "٢٠٢٥-04", "9" * 5000):
            with self.subTest(month=month[:20]):
                self.assertEqual(self.status(f"/sitemap-{month}.xml"), 404)

    def test_a_method_that_a_page_does_not_know_is_refused(self):
        self.client.force_login(make_account())
        for address in self.pages()[:-1]:
            for method in ODD_METHODS:
                is_known = method == "OPTIONS" and address.startswith("/api/")
                with self.subTest(address=address, method=method[:10]):
                    answer = self.client.generic(method, address, b"\xff\0")
                    self.assertEqual(answer.status_code, 204 if is_known else 405)


class UnknownQueryTests(BadInputTestCase):
    def test_a_parameter_that_a_page_does_not_know_changes_nothing(self):
        for address in self.pages():
            with self.subTest(address=address):
                plain, asked = self.client.get(address), self.client.get(f"{address}?{UNKNOWN}")
                self.assertEqual(plain.status_code, asked.status_code)
                if plain.status_code != 302:
                    self.assertEqual(plain.getvalue(), asked.getvalue())
                    self.assertEqual(plain.get("ETag"), asked.get("ETag"))

    def test_a_reader_keeps_the_place_in_a_list(self):
        for number in range(25):
            make_article(f"Story {number}", published_at=DAY, topics=[self.topic])
        for address in self.lists()[:-1]:
            older = self.client.get(address).context["page"].older_url
            plain, asked = self.client.get(address + older), self.client.get(f"{address}{older}&{UNKNOWN}")
            self.assertEqual(plain.content, asked.content)


class OddHeaderTests(BadInputTestCase):
    def test_a_header_makes_no_page_fail_or_differ(self):
        for address in self.pages():
            plain = self.client.get(address)
            for name, value in HEADERS.items():
                with self.subTest(address=address, header=name):
                    answer = self.client.get(address, headers={name: value})
                    self.assertEqual(answer.status_code, plain.status_code)
                    self.assertNotIn(b"evil.example", answer.getvalue())

    def test_another_host_is_refused(self):
        for host in ("evil.example", "", "\xff", "localhost:x", "local_host", "[::1", "a" * 5000):
            with self.subTest(host=host[:20]):
                self.assertEqual(self.status("/latest/", headers={"Host": host}), 400)


class DeskTests(TestCase):
    """What the desk's own addresses and forms may carry."""

    ODD_KEYS = ["abc", "%00", "-1", str(2**63), "9" * 20]

    def setUp(self):
        self.client.force_login(make_account())

    def assert_answers(self, answer):
        self.assertLess(answer.status_code, 500)

    def test_a_field_that_completes_shows_nothing_for_what_is_no_key(self):
        story, slot = "admin:articles_article_add", "admin:articles_homeslot_add"
        for name, parameter in [
            (story, "topics"),
            (story, "picture"),
            (slot, "article"),
            ("admin:articles_breakingnews_add", "article"),
        ]:
            for key in self.ODD_KEYS:
                with self.subTest(name=name, parameter=parameter, key=key):
                    self.assert_answers(self.client.get(f"{reverse(name)}?{parameter}={key}"))
                    self.assert_answers(self.client.post(reverse(name), {parameter: key}))

    def test_a_story_with_odd_keys_comes_back_with_its_words(self):
        for name in ("topics", "picture", "related_stories-0-target", "bylines-0-author"):
            for key in self.ODD_KEYS:
                with self.subTest(name=name, key=key):
                    rows = {"related_stories-TOTAL_FORMS": 1, "bylines-TOTAL_FORMS": 1, name: key}
                    data = story_data(headline="My words") | rows
                    page = self.client.post(reverse("admin:articles_article_add"), data)
                    self.assertContains(page, "My words")

    def test_filters_and_keys_that_no_database_knows_find_nothing(self):
        early = "0001-01-01+00:00:00%2B14:00"
        record = reverse("admin:articles_logentry_changelist")
        for address in [
            *(f"{record}?by={key}" for key in self.ODD_KEYS),
            f"/admin/comments/readercomment/{2**63}/change/",
            f"/admin/comments/readercomment/?submit_date__gte={early}",
            f"/admin/comments/moderationact/?at__gte={early}",
        ]:
            with self.subTest(address=address):
                self.assert_answers(self.client.get(address, follow=True))
