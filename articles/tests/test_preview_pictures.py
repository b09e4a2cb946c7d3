"""A picture of a draft is seen by who holds a preview link to that draft, and by nobody else outside."""

from django.test import TestCase

from articles import pictures, publishing
from articles.models import Picture
from articles.sharing import acts
from articles.tests.factories import make_account, make_article, make_draft
from articles.tests.picture_files import make_picture, stripes
from articles.tests.previews import make_reading


class PreviewPictureTests(TestCase):
    def setUp(self):
        self.head = make_picture(stripes(400, 300), alt_text="The hall")
        self.within = make_picture(stripes(400, 300), alt_text="The table")
        body = f'<p>Text</p><figure data-picture="{self.within.token}"></figure>'
        self.article = make_draft(picture=self.head, body=body)
        self.link, self.reading = make_reading(self.article)
        self.token = self.reading.split("/")[3]

    def file(self, picture, token=None):
        query = {"preview": token} if token is not None else {}
        return self.client.get(pictures.fallback(picture, "original").url, query)

    def test_the_holder_sees_the_pictures_of_the_story(self):
        page = self.client.get(self.reading)
        for picture in (self.head, self.within):
            address = f"{pictures.fallback(picture, 'original').url}?preview={self.token}"
            self.assertContains(page, f'src="{address}"')
            response = self.client.get(address)
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response["Cache-Control"], "private, no-store")
            self.assertEqual(response["X-Robots-Tag"], "noindex")
            self.assertEqual(response["Referrer-Policy"], "no-referrer")

    def test_every_format_carries_the_token(self):
        Picture.objects.update(ready_at="2025-04-29T00:00Z")
        html = self.client.get(self.reading).content.decode()
        self.assertEqual(html.count("/media/pictures/"), html.count(f"?preview={self.token}"))
        self.assertIn(f".avif?preview={self.token} 320w, ", html)

    def test_nobody_else_sees_them(self):
        for token in (None, "", "wrong", self.token[:-1], self.link.secret_hash, "\0"):
            for picture in (self.head, self.within):
                with self.subTest(token=token):
                    self.assertEqual(self.file(picture, token).status_code, 404)

    def test_the_holder_sees_no_picture_of_another_story(self):
        other = make_picture(stripes(400, 300))
        make_draft(picture=other)
        self.assertEqual(self.file(other, self.token).status_code, 404)

    def test_a_picture_that_left_the_story_is_gone_for_a_following_link_and_stays_for_a_fixed_one(self):
        _, fixed = make_reading(self.article, follows=False)
        publishing.save_draft(self.article, make_account(), body="<p>Text</p>")
        self.assertEqual(self.file(self.within, self.token).status_code, 404)
        self.assertEqual(self.file(self.within, fixed.split("/")[3]).status_code, 200)
        self.assertContains(self.client.get(fixed), self.within.token)

    def test_without_a_credit_it_is_shown_to_nobody(self):
        Picture.objects.update(credit="")
        self.assertEqual(self.file(self.head, self.token).status_code, 404)

    def test_they_go_with_the_link(self):
        acts.revoke(self.link, make_account())
        self.assertEqual(self.file(self.head, self.token).status_code, 404)

    def test_the_token_of_a_dead_link_changes_nothing_about_a_public_picture(self):
        make_article(picture=self.head)
        acts.revoke(self.link, make_account())
        for token in (self.token, "wrong", None):
            self.assertEqual(
                self.file(self.head, token)["Cache-Control"], "public, max-age=300, must-revalidate"
            )
