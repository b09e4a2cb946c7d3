from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import TestCase, override_settings
from django.utils import timezone

from articles import pictures, publishing
from articles.models import Picture
from articles.tests.factories import make_account, make_article, make_draft, update_article
from articles.tests.picture_files import make_picture, stripes


class MediaTestCase(TestCase):
    def setUp(self):
        self.picture = make_picture(stripes(400, 300))
        self.url = pictures.fallback(self.picture, "16x9").url

    def status(self, method="get"):
        return getattr(self.client, method)(self.url).status_code


class LeakTests(MediaTestCase):
    def test_a_picture_is_public_from_publication_to_withdrawal(self):
        self.assertEqual(self.status(), 404)
        article = make_draft(picture=self.picture)
        self.assertEqual(self.status(), 404)
        publishing.publish(article, make_account())
        self.assertEqual(self.status(), 200)
        publishing.withdraw(article, make_account(), notice="Wrong.")
        for method in ("get", "head"):
            self.assertEqual(self.status(method), 404)

    @override_settings(NGINX_SENDS_PICTURES=True)
    def test_nginx_is_told_of_a_file_only_while_it_is_public(self):
        article = make_article(picture=self.picture)
        told = self.client.get(self.url)
        path = self.url.removeprefix("/media/pictures/")
        self.assertEqual(told["X-Accel-Redirect"], f"/sent-by-nginx/renditions/{path}")
        self.assertEqual((told.content, told["Content-Type"]), (b"", "image/jpeg"))
        publishing.withdraw(article, make_account(), notice="Wrong.")
        refused = self.client.get(self.url)
        self.assertEqual(refused.status_code, 404)
        self.assertNotIn("X-Accel-Redirect", refused)

    def test_an_embargo_holds_for_pictures_too(self):
        make_article(picture=self.picture, published_at=timezone.now() + timedelta(hours=1))
        self.assertEqual(self.status(), 404)

    def test_a_picture_in_the_text_is_public_with_the_version_that_readers_see(self):
        article = make_article()
        body = f'<p>Text</p><figure data-picture="{self.picture.token}"></figure>'
        publishing.save_draft(article, make_account(), body=body)
        self.assertEqual(self.status(), 404)
        update_article(article, body=body)
        self.assertEqual(self.status(), 200)
        update_article(article, body="<p>Text</p>")
        self.assertEqual(self.status(), 404)

    def test_another_story_that_shows_it_keeps_it_public(self):
        withdrawn = make_article(picture=self.picture)
        make_article("Another", picture=self.picture)
        publishing.withdraw(withdrawn, make_account(), notice="Wrong.")
        self.assertEqual(self.status(), 200)

    def test_without_a_credit_it_is_shown_to_nobody(self):
        make_article(picture=self.picture)
        Picture.objects.update(credit="")
        self.assertEqual(self.status(), 404)

    def test_a_copy_that_somebody_holds_does_not_confirm_a_withdrawn_picture(self):
        article = make_article(picture=self.picture)
        etag = self.client.get(self.url)["ETag"]
        self.assertEqual(self.client.get(self.url, headers={"If-None-Match": etag}).status_code, 304)
        publishing.withdraw(article, make_account(), notice="Wrong.")
        self.assertEqual(self.client.get(self.url, headers={"If-None-Match": etag}).status_code, 404)

    def test_the_newsroom_sees_it_before(self):
        reporter = get_user_model().objects.create_user("reporter", is_staff=True)
        self.client.force_login(reporter)
        self.assertEqual(self.status(), 404)
        reporter.user_permissions.add(Permission.objects.get(codename="view_article"))
        self.client.force_login(get_user_model().objects.get(pk=reporter.pk))
        response = self.client.get(self.url)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response["Cache-Control"], "private, no-store")

    def test_the_original_is_served_to_nobody(self):
        make_article(picture=self.picture)
        self.client.force_login(make_account())
        for name in (f"{self.picture.token}.jpg", "original.jpg", "..%2F..%2Foriginals", "../../originals"):
            url = self.url.rpartition("/")[0] + "/" + name
            self.assertEqual(self.client.get(url).status_code, 404)

    def test_odd_names_are_not_found(self):
        make_article(picture=self.picture)
        folder = self.url.rpartition("/")[0]
        for name in (
            "%00",
            "16x9-400-50-50.jpg%00",
            "16x9-9999-50-50.jpg",
            "16x9-٤٠٠-50-50.jpg",
            "..",
            "x" * 5000,
        ):
            with self.subTest(name):
                self.assertEqual(self.client.get(f"{folder}/{name}").status_code, 404)
        for token in ("%00", "x", "%2e%2e", "é"):
            with self.subTest(token):
                url = self.url.replace(self.picture.token, token)
                self.assertEqual(self.client.get(url).status_code, 404)


class AnswerTests(MediaTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(picture=self.picture)

    def test_costs_one_query_and_touches_no_session(self):
        with self.assertNumQueries(1):
            response = self.client.get(self.url)
        self.assertFalse(response.cookies)
        Picture.objects.update(credit="")
        for answer in (response, self.client.get(self.url)):
            self.assertNotIn("Cookie", answer.get("Vary", ""))

    def test_says_what_it_is_and_how_long_it_may_be_kept(self):
        response = self.client.get(self.url)
        self.assertEqual(response["Content-Type"], "image/jpeg")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response["Cache-Control"], "public, max-age=300, must-revalidate")
        self.assertEqual(len(response.getvalue()), int(response["Content-Length"]))
        unchanged = self.client.get(self.url, headers={"If-Modified-Since": response["Last-Modified"]})
        self.assertEqual(unchanged.status_code, 304)

    def test_an_answer_of_no_is_not_kept(self):
        publishing.withdraw(self.article, make_account(), notice="Wrong.")
        self.assertEqual(self.client.get(self.url)["Cache-Control"], "no-store")

    def test_answers_head_and_refuses_to_be_written_to(self):
        self.assertEqual(self.status("head"), 200)
        for method in ("post", "put", "delete"):
            self.assertEqual(self.status(method), 405)
