"""The interface speaks the language of the site: every text of it can be translated, and is."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase
from jinja2 import Environment, nodes

from anewz_site import translations

# What readers never see: the newsroom works in English.
OF_THE_NEWSROOM = {"admin", "moderation", "style_guide.html", "preview_bar.html"}
OF_THE_NEWSROOM |= {"colleague_asked.html", "colleague_asked.txt"}
NO_TEXT = re.compile(
    r"{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}|<(script|style)\b.*?</\1>",
    re.DOTALL,
)
TAG = re.compile(r"<[^<>]+>")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
READ_ALOUD = {"alt", "aria-label", "placeholder", "title"}
IN_A_TAG = re.compile(r"""(?<![\w(])\w+=["']([A-Z][^"']+)["']""")


class TextsOfHtml(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name in READ_ALOUD and value]

    def handle_data(self, data):
        self.found.append(data)


def bare_texts(path):
    """Yield what a template says in English whatever the language of the site is."""
    source = re.sub(
        r"(</?){{.*?}}", r"\1div", path.read_text()
    )  # an element of which the name is said outside
    html = TextsOfHtml()
    html.feed(NO_TEXT.sub("", source))
    yield from (text.strip() for text in html.found if re.search(r"[A-Za-z]{2}", text))
    if path.suffix == ".jinja":
        yield from _bare_constants(source)
    else:
        tags = re.findall(r"{%(?! (?:translate|blocktranslate))(.*?)%}", source)
        yield from (found for tag in tags for found in IN_A_TAG.findall(tag))


def _bare_constants(source):
    tree = Environment().parse(source)
    said = {
        id(constant)
        for filter_ in tree.find_all(nodes.Filter)
        if filter_.name in translations.FILTERS
        for constant in filter_.find_all(nodes.Const)
    }
    for constant in tree.find_all(nodes.Const):
        is_text = isinstance(constant.value, str) and re.match(r"[A-Z][a-z]", constant.value)
        if is_text and id(constant) not in said:
            yield constant.value


class TemplateTests(SimpleTestCase):
    def test_whatever_readers_see_can_be_translated(self):
        for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.*")):
            if path.suffix in {".html", ".jinja", ".txt"} and not OF_THE_NEWSROOM & set(path.parts):
                with self.subTest(path=str(path.relative_to(settings.BASE_DIR))):
                    self.assertEqual(list(bare_texts(path)), [])


class CatalogTests(SimpleTestCase):
    def setUp(self):
        self.said = translations.gather()

    def catalogs(self):
        for language in translations.languages():
            with self.subTest(language=language):
                yield language, translations.read(language)

    def translated(self):
        """Yield each text, in the plural where it has one, with what languages make of it."""
        for _, catalog in self.catalogs():
            for message in filter(lambda message: message.id, catalog):
                one, strings = isinstance(message.id, str), message.string
                yield message.id if one else message.id[-1], [strings] if one else strings

    def test_there_are_translations(self):
        self.assertEqual(translations.languages(), ["az", "ru"])
        self.assertGreater(len(self.said), 0)

    def test_every_text_is_translated(self):
        for language, _ in self.catalogs():
            up_to_date = translations.brought_up_to_date(language, self.said)
            self.assertEqual(translations.missing(up_to_date), [])

    def test_the_files_hold_what_is_said_and_nothing_else(self):
        said = {(message.id, message.context) for message in self.said if message.id}
        for _, catalog in self.catalogs():
            self.assertEqual({(message.id, message.context) for message in catalog if message.id}, said)

    def test_the_compiled_files_are_those_that_people_wrote(self):
        for language, catalog in self.catalogs():
            compiled = Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.mo").read_bytes()
            self.assertEqual(translations.compiled(catalog), compiled)

    def test_each_translation_fills_in_what_its_text_does(self):
        for text, strings in self.translated():
            wanted = sorted(PLACEHOLDER.findall(text))
            for number, string in enumerate(strings):
                found = sorted(PLACEHOLDER.findall(string))
                with self.subTest(text=text, translation=string):
                    if number == 0 and len(strings) == 2:  # of one thing, and of no other number
                        self.assertLessEqual(set(found), set(wanted))
                    else:
                        self.assertEqual(found, wanted)

    def test_no_translation_has_other_elements_or_breaks_out_of_an_attribute(self):
        for text, strings in self.translated():
            for string in strings:
                with self.subTest(text=text):
                    self.assertCountEqual(TAG.findall(string), TAG.findall(text))
                    self.assertEqual('"' in TAG.sub("", string), '"' in TAG.sub("", text))


class SiteTests(SimpleTestCase):
    SAYS = """
import django; django.setup()
from datetime import date
from django.template import Context, Template
from articles.components import environment
from articles.zones import day_of
from comments.wording import COMMENTS
page = Template('<html {% language_attributes %}>{% translate "Share" %}')
print(page.render(Context()), environment().from_string('{{ "Share"|translate }}').render(),
      day_of(date(2025, 4, 29)), COMMENTS.title, COMMENTS.counted(21), sep="|")
"""

    def said(self, language):
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", self.SAYS],
            cwd=settings.BASE_DIR,
            env=os.environ | {"SITE_LANGUAGE": language, "DJANGO_SETTINGS_MODULE": "anewz_site.settings"},
            capture_output=True,
            encoding="utf-8",
        ).stdout.strip()

    def test_a_site_speaks_the_language_that_its_settings_name(self):
        for language, said in {
            "en-gb": '<html lang="en-gb">Share|Share|29 April 2025|Comments|21 comments',
            "az": '<html lang="az">Paylaşın|Paylaşın|29 aprel 2025|Şərhlər|21 şərh',
            "ru": '<html lang="ru">Поделиться|Поделиться|29 апреля 2025|Комментарии|21 комментарий',
            "ar": '<html lang="ar" dir="rtl">Share|Share|29 April 2025|Comments|21 comments',
        }.items():
            with self.subTest(language=language):
                self.assertEqual(self.said(language), said)
