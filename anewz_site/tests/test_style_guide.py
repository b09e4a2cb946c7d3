from pathlib import Path

from django.conf import settings
from django.test import TestCase

from anewz_site import style_guide
from articles.tests.factories import make_member
from articles.tests.picture_files import make_picture, stripes
from comments.tests.factories import make_reader

# The frame of the guide itself shows them, another component holds them, or they show nothing.
SHOWN_OTHERWISE = {
    *("masthead.jinja", "footer.jinja", "picture.jinja", "chosen_theme.js", "text_only.css"),
    *("feed_links.html", "list_links.html", "margin.html", "margin_note.html"),
}


class StyleGuideTests(TestCase):
    def test_is_for_the_newsroom(self):
        self.assertRedirects(self.client.get("/style-guide/"), "/admin/login/?next=/style-guide/")
        self.client.force_login(make_reader())
        self.assertEqual(self.client.get("/style-guide/").status_code, 403)
        self.client.force_login(make_member("Reporter"))
        self.assertContains(self.client.get("/style-guide/"), "Style guide")

    def test_shows_every_component(self):
        shown = {Path(component.file).name for component in style_guide.components()}
        there = {path.name for path in Path(settings.BASE_DIR, "templates", "components").iterdir()}
        self.assertEqual(there - shown, SHOWN_OTHERWISE)

    def test_each_state_shows_something(self):
        make_picture(stripes(400, 300))
        for component in style_guide.components():
            for name, html in component.states:
                with self.subTest(component=component.file, state=name):
                    self.assertEqual("<" in html, "not shown" not in name)
                    self.assertNotIn("object at 0x", html)

    def test_shows_every_token(self):
        names = {*style_guide.colours(), *(name for name, _ in style_guide.measures())}
        text = Path(settings.BASE_DIR, "static", "css", "tokens.css").read_text()
        self.assertEqual(len(names), text.count("    --"))
