"""Where words that readers must not see could come out, and do not."""

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.tests.factories import make_account, make_article
from comments.models import ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_pending, make_reader
from comments.tokens import confirmation_token


class LeakTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def surfaces(self, comment):
        story = self.article.get_absolute_url()
        return [
            "/",
            story,
            f"{story}history/",
            f"{story}comments/",
            f"{story}comments/?from={comment.pk}",
            f"{story}comments/?after={comment.pk}",
            *(f"{story}comments/?order={order}" for order in ("oldest", "respected", "highlights")),
            f"{story}comments/feed.xml",
            f"{comment.get_absolute_url()}report/",
            comment.get_absolute_url(),
            f"/comments/compose/{self.article.pk}/?reply_to={comment.pk}",
            "/feed.xml",
            "/sitemap.xml",
        ]

    def assertNowhere(self, text, comment):
        for url in self.surfaces(comment):
            with self.subTest(url=url, text=text):
                self.assertNotIn(text, self.client.get(url, follow=True).content.decode())

    def test_a_held_comment(self):
        comment = make_comment(self.article, text="Held.", name="Vasif", state=ReaderComment.State.HELD)
        self.assertNowhere("Held.", comment)
        self.assertNowhere("Vasif", comment)
        self.assertEqual(self.client.get(comment.get_absolute_url()).status_code, 404)

    def test_a_removed_comment(self):
        comment = make_comment(self.article, text="Rude words.", name="Vasif")
        acts.remove(comment, make_moderator(), "insult")
        self.assertNowhere("Rude words.", comment)
        self.assertNowhere("Vasif", comment)

    def test_comments_of_a_withdrawn_story(self):
        comment = make_comment(self.article, text="Words below.")
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertNowhere("Words below.", comment)
        self.assertEqual(self.client.get(comment.get_absolute_url()).status_code, 404)
        thread = self.client.get(f"{self.article.get_absolute_url()}comments/")
        self.assertContains(thread, "It was not true.", status_code=410)

    def test_a_held_comment_leads_its_writer_to_no_withdrawn_story(self):
        comment = make_comment(self.article, state=ReaderComment.State.HELD)
        address = reverse(
            "comments:confirmation", args=[confirmation_token(make_pending(self.article, stored=comment))]
        )
        story = self.article.get_absolute_url()
        self.assertContains(self.client.get(address, follow=True), story)
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertNotContains(self.client.get(address, follow=True), story)

    def test_the_story_page_is_the_same_for_a_signed_in_reader_and_a_stranger(self):
        make_comment(self.article)
        urls = [self.article.get_absolute_url(), f"{self.article.get_absolute_url()}comments/"]
        pages = [self.client.get(url) for url in urls]
        self.client.force_login(make_reader())
        for url, page in zip(urls, pages, strict=True):
            again = self.client.get(url)
            self.assertEqual(again.content, page.content)
            self.assertFalse(again.cookies)
            self.assertNotIn("csrfmiddlewaretoken", page.content.decode())

    def test_personal_pages_are_kept_by_nobody(self):
        for url in (f"/comments/compose/{self.article.pk}/", "/comments/compose/4711/"):
            response = self.client.get(url)
            self.assertIn("no-store", response["Cache-Control"])
            self.assertEqual(response["X-Robots-Tag"], "noindex")


class ScriptTests(TestCase):
    """What a reader writes is text, wherever it is shown."""

    def setUp(self):
        self.article = make_article()

    def test_in_text_and_name(self):
        script, image = "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"
        root = make_comment(self.article, text=f"{script}\n\nhttp://x.example/\"onclick='x'", name=image)
        make_comment(below=make_comment(below=root, name=image), text=script)
        for url in (
            self.article.get_absolute_url(),
            f"{self.article.get_absolute_url()}comments/",
            f"/comments/compose/{self.article.pk}/?reply_to={root.pk}",
        ):
            page = self.client.get(url)
            for markup in ("<script>alert", "<img src=x", "onclick='"):
                self.assertNotContains(page, markup)

    def test_in_a_text_that_is_only_shown_back(self):
        for step in ("compose", "posting"):
            url = f"/comments/{step}/{self.article.pk}/"
            for data in (
                {"comment": "</textarea><script>alert(1)"},
                {"comment": "<script>alert(1)", "reply_to": '"><script>alert(1)'},
            ):
                self.assertNotIn(b"<script>alert", self.client.post(url, data).content)
