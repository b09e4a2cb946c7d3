from django.test import TestCase
from django.urls import reverse

from articles import body as bodies
from articles.merging import Part
from articles.tests.factories import make_member
from articles.tests.test_embeds import LOOK_ALIKE, VIDEO, figure, story


class DeskPagesTests(TestCase):
    def test_earlier_saves_and_versions_say_it_with_its_address(self):
        self.client.force_login(make_member("Editor"))
        article = story()
        revision = article.live_version.revisions.get()
        for address in (
            reverse("admin:articles_article_version", args=[article.pk, 1]),
            reverse("admin:articles_article_revision", args=[article.pk, revision.pk]),
        ):
            self.assertContains(
                self.client.get(address), f'[<a href="{VIDEO}" rel="noopener">Video on YouTube</a>'
            )

    def test_two_texts_that_become_one_show_which_address_each_has(self):
        theirs, mine = (
            bodies.with_block_ids(bodies.clean(figure(address, "<b>Troops</b>")))
            for address in (VIDEO, LOOK_ALIKE)
        )
        part = Part("body", theirs, mine, None)
        self.assertEqual(
            part.theirs_shown,
            f'<p>[<a href="{VIDEO}" rel="noopener">Video on YouTube</a>: &lt;b&gt;Troops&lt;/b&gt;]</p>',
        )
        self.assertEqual(part.mine_shown, f"<p>[{LOOK_ALIKE}: &lt;b&gt;Troops&lt;/b&gt;]</p>")

    def test_says_what_stands_at_an_address(self):
        self.client.force_login(make_member("Reporter"))
        answers = [
            self.client.get(reverse("admin:articles_article_embed"), {"address": address}).json()
            for address in (VIDEO, LOOK_ALIKE)
        ]
        self.assertEqual(answers[0], {"name": "Video on YouTube", "problem": ""})
        self.assertIn("there is no post or video", answers[1]["problem"])
