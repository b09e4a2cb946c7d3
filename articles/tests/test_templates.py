import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from articles import error_reports
from articles.models import Page
from articles.tests.factories import make_article, make_section, update_article
from articles.tests.reports import WORDS, paragraph_of

CSS = Path(settings.BASE_DIR, "static", "css")


class Elements(HTMLParser):
    """The elements of a page, in their order: (tag, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.all.append((tag, dict(attributes)))

    def named(self, *tags):
        return [(tag, attributes) for tag, attributes in self.all if tag in tags]


def report_on(article):
    version = article.live_version
    return error_reports.send(version, paragraph_of(version), secret="", words=WORDS)


class EveryPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make_article()
        update_article(cls.article, kind="correction", note="The month was wrong.", body="<p>April.</p>")
        Page.objects.create(slug="about", title="About", body="<p>Us.</p>")
        cls.addresses = [
            reverse("articles:home"),
            reverse("articles:latest"),
            reverse("articles:corrections"),
            reverse("articles:transparency"),
            reverse("articles:app"),
            "/about/",
            cls.article.section.get_absolute_url(),
            make_section("Sport", slug="sport").get_absolute_url(),
            cls.article.get_absolute_url(),
            reverse("articles:history", args=[cls.article.slug]),
            reverse("articles:passages", args=[cls.article.slug]),
            reverse("articles:report_error", args=[cls.article.slug, 1, "headline"]),
            reverse("articles:report", args=[report_on(cls.article)]),
            "/nothing-here/",
        ]

    def pages(self):
        for address in self.addresses:
            yield address, Elements(self.client.get(address).content.decode())

    def test_has_one_main_heading_and_skips_no_level(self):
        for address, page in self.pages():
            with self.subTest(address=address):
                levels = [int(tag[1]) for tag, _ in page.named("h1", "h2", "h3", "h4", "h5", "h6")]
                self.assertEqual(levels.count(1), 1)
                self.assertEqual(levels[0], 1)
                for above, below in zip(levels, levels[1:], strict=False):
                    self.assertLessEqual(below - above, 1)

    def test_offers_first_to_skip_to_the_content(self):
        for address, page in self.pages():
            with self.subTest(address=address):
                self.assertEqual(page.named("a", "button", "input")[0][1]["href"], "#content")
                self.assertEqual(page.named("main")[0][1]["id"], "content")

    def test_what_it_has_inside_of_style_and_script_is_what_the_policy_names(self):
        inside = re.compile(r"<(?:script|style)>(.*?)</(?:script|style)>", re.DOTALL)
        for address in (*self.addresses, "/text/", f"{self.article.get_absolute_url()}text/"):
            with self.subTest(address=address):
                response = self.client.get(address)
                [content] = inside.findall(response.content.decode())
                digest = b64encode(sha256(content.encode()).digest()).decode()
                self.assertIn(f"'sha256-{digest}'", response["Content-Security-Policy"])
                for tag, attributes in Elements(response.content.decode()).all:
                    if tag == "script" and attributes:
                        self.assertTrue(attributes.get("src") or attributes["type"] == "application/ld+json")
                    self.assertFalse(
                        [name for name in attributes if name == "style" or name.startswith("on")]
                    )

    def test_marks_the_section_that_the_reader_is_in(self):
        page = Elements(self.client.get(self.article.section.get_absolute_url()).content.decode())
        current = [attributes["href"] for _, attributes in page.named("a") if "aria-current" in attributes]
        self.assertEqual(current, [self.article.section.get_absolute_url()])


class PlainPageTests(SimpleTestCase):
    def test_needs_neither_request_nor_database(self):
        for name in ("500.html", "503.html"):
            with self.subTest(name=name):
                self.assertEqual(len(Elements(render_to_string(name)).named("h1")), 1)

    def test_gives_a_reader_the_words_back(self):
        self.assertInHTML(
            '<textarea class="field__input" id="words" rows="8" readonly>My &lt;words&gt;</textarea>',
            render_to_string("503.html", {"words": "My <words>"}),
        )


class StylesheetTests(SimpleTestCase):
    def test_imports_every_component_once(self):
        imported = re.findall(r'@import url\("components/([^"]+)"\)', (CSS / "site.css").read_text())
        self.assertEqual(sorted(imported), sorted(path.name for path in CSS.glob("components/*.css")))

    def test_forces_nothing_and_knows_no_left_and_right(self):
        for path in CSS.rglob("*.css"):
            with self.subTest(path=path.name):
                self.assertNotRegex(
                    path.read_text(),
                    r"!important|(margin|padding|border)-(left|right|top|bottom)|text-align: (left|right)",
                )

    def test_has_the_typefaces_that_it_names(self):
        for name in re.findall(r'url\("\.\./(fonts/[^"]+)"\)', (CSS / "fonts.css").read_text()):
            with self.subTest(name=name):
                self.assertIsNotNone(finders.find(name))
