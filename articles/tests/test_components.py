from django.conf import settings
from django.template import Context, Template
from django.test import SimpleTestCase
from django.utils import timezone

from articles.components import rendered
from articles.models import Article, Section, Version

CARD = {"heading": "h2", "variant": "card--row", "sizes": "7rem", "ratio": "4x3"}


def make_row(headline):
    version = Version(headline=headline, standfirst=headline)
    section = Section(name=headline, slug="world")
    return Article(slug="story", live_version=version, section=section, published_at=timezone.now())


class ComponentTests(SimpleTestCase):
    def test_whatever_it_prints_is_escaped(self):
        html = rendered("components/card.jinja", article=make_row('<b>"&'), standfirst=True, **CARD)
        self.assertNotIn("<b>", html)
        self.assertEqual(html.count("&lt;b&gt;&quot;&amp;"), 3)  # in the entities that Django prints

    def test_a_page_prints_it_as_it_is(self):
        tag = '{% load component_tags %}{% component "components/brief.jinja" brief=brief heading="h2" %}'
        html = Template(tag).render(Context({"brief": make_row("<b>")}))
        self.assertIn('<h2 class="brief__headline">&lt;b&gt;</h2>', html)

    def test_it_takes_what_it_says_and_nothing_else(self):
        with self.assertRaises(TypeError):
            rendered("components/pagination.jinja", page=None, pages=None)
        with self.assertRaises(Exception):  # noqa: B017
            rendered("components/card.jinja", article=make_row("A story"))

    def test_every_file_holds_the_one_that_it_is_named_after(self):
        for path in (settings.BASE_DIR / "templates").rglob("*.jinja"):
            with self.subTest(path=path):
                self.assertIn(f"{{% macro {path.stem}(", path.read_text())
                self.assertFalse(path.with_suffix(".html").exists())
