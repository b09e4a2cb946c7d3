"""A process speaks the language of its site. Texts are looked up once, when a template is loaded."""

from unittest.mock import patch

from django.template import Context, Template
from django.test import SimpleTestCase, override_settings
from django.utils.translation import gettext_lazy

from articles.components import environment
from articles.reader_fields import with_length


class TagTests(SimpleTestCase):
    def rendered(self, source, **values):
        return Template(source).render(Context(values))

    def test_the_page_says_its_language_and_direction(self):
        self.assertEqual(self.rendered("<html {% language_attributes %}>"), '<html lang="en-gb">')
        with override_settings(LANGUAGE_CODE="az"):
            self.assertEqual(self.rendered("<html {% language_attributes %}>"), '<html lang="az">')
        with override_settings(LANGUAGE_CODE="ar"):
            self.assertEqual(self.rendered("<html {% language_attributes %}>"), '<html lang="ar" dir="rtl">')

    def test_a_text_is_looked_up_once(self):
        with patch("articles.templatetags.interface_tags.gettext", lambda text: f"«{text}»"):
            made = Template("{% translate 'Latest' %} {% translate '100 %' %}")
        self.assertEqual(made.render(Context()), "«Latest» «100 %»")

    def test_what_is_more_than_a_text_is_asked_as_usual(self):
        self.assertEqual(self.rendered("{% translate word %}", word="Search"), "Search")
        self.assertEqual(self.rendered('{% translate "Search" as word %}{{ word }}s'), "Searchs")


class SentenceTests(SimpleTestCase):
    def test_a_length_is_written_as_the_language_writes_numbers(self):
        said = with_length(gettext_lazy("At most %(length)s characters."), 3000)
        self.assertEqual(said, "At most 3,000 characters.")
        with self.settings(LANGUAGE_CODE="ru"):
            self.assertEqual(said, "At most 3\xa0000 characters.")


class FilterTests(SimpleTestCase):
    def test_a_component_looks_a_text_up_once(self):
        with patch("articles.components.gettext", lambda text: f"«{text}» <b>"):
            template = environment().from_string("{{ 'Latest'|translate }}")
        self.assertEqual(template.render(), "«Latest» <b>")

    def test_what_is_filled_in_is_escaped_and_the_text_is_not(self):
        template = environment().from_string("{{ '<i>By</i> %(name)s'|translate|format(name=name) }}")
        self.assertEqual(template.render(name="<b>"), "<i>By</i> &lt;b&gt;")

    def test_a_text_that_something_is_filled_in_is_looked_up_once_too(self):
        with patch("articles.components.gettext", lambda text: f"«{text}»"):
            template = environment().from_string("{{ 'By %(name)s'|translate|format(name=name) }}")
        self.assertEqual(template.render(name="Leyla"), "«By Leyla»")

    def test_things_are_counted(self):
        template = environment().from_string(
            "{{ '%(count)s story'|ntranslate('%(count)s stories', number) }}"
        )
        self.assertEqual([template.render(number=number) for number in (1, 2)], ["1 story", "2 stories"])
