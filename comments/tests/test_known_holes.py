"""The holes that the comment library has as it ships, one test each: none is ours."""

import json
from base64 import urlsafe_b64decode

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django_comments_xtd import signed
from django_comments_xtd.models import XtdComment

from articles import publishing
from articles.tests.factories import make_account, make_article, make_draft
from comments.models import ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_pending
from comments.tests.many import make_many_comments
from comments.tests.pages import link_in_last_letter, send
from comments.threads import COMMENTS_PER_PAGE
from comments.tokens import confirmation_token

LIBRARY_NAMES = [
    ("comments-xtd-sent", []),
    ("comments-xtd-confirm", ["key"]),
    ("comments-xtd-reply", [1]),
    ("comments-xtd-mute", ["key"]),
    ("comments-xtd-api-create", []),
    ("comments-xtd-api-list", ["articles-article", 1]),
    ("comments-post-comment", []),
    ("comments-flag", [1]),
    ("comments-delete", [1]),
    ("comments-url-redirect", [1, 1]),
]


class KnownHoleTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def reply_page(self, article, comment):
        url = reverse("comments:compose", args=[article.pk])
        return self.client.get(url, {"reply_to": comment.pk})

    def test_replying_by_number_shows_no_held_or_removed_comment(self):
        held = make_comment(self.article, text="Held words.", state=ReaderComment.State.HELD)
        removed = make_comment(self.article, text="Removed words.")
        acts.remove(removed, make_moderator(), "insult")
        for comment in (held, removed):
            self.assertNotContains(self.reply_page(self.article, comment), "words.", status_code=404)

    def test_replying_by_number_shows_no_comment_of_a_story_that_is_not_public(self):
        comment = make_comment(self.article, text="Words below.")
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertNotContains(self.reply_page(self.article, comment), "Words below", status_code=410)
        draft = make_draft("Secret plans")
        self.assertNotContains(self.reply_page(draft, comment), "Words below", status_code=404)

    def test_the_page_after_sending_names_no_story_by_number(self):
        make_draft("Secret plans")
        for address in ("/comments/sent/?c=1", "/comments/sent/1/", "/comments/sent/articles.article:1/"):
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_opening_the_link_in_a_letter_creates_nothing(self):
        send(self.client, self.article)
        self.client.get(link_in_last_letter())
        self.client.head(link_in_last_letter())
        self.assertEqual(ReaderComment.objects.count(), 0)

    def test_a_confirmed_comment_that_was_removed_is_not_created_again(self):
        send(self.client, self.article)
        self.client.post(link_in_last_letter())
        acts.remove(ReaderComment.objects.get(), make_moderator(), "insult")
        self.client.post(link_in_last_letter())
        self.assertEqual(ReaderComment.objects.published().count(), 0)
        self.assertEqual(ReaderComment.objects.count(), 1)

    def test_none_of_the_librarys_addresses_is_mounted(self):
        for name, args in LIBRARY_NAMES:
            with self.subTest(name), self.assertRaises(NoReverseMatch):
                reverse(name, args=args)

    def test_a_token_is_signed_json_under_sha_256(self):
        payload, _, signature = confirmation_token(make_pending(self.article)).split(":")
        self.assertIsInstance(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4))), str)
        self.assertEqual(len(urlsafe_b64decode(signature + "=" * (-len(signature) % 4))), 32)

    def test_a_pickled_token_is_not_opened(self):
        token = signed.dumps(make_pending(self.article).text, compress=True).decode()
        self.assertEqual(self.client.post(f"/comments/confirm/{token}/").status_code, 404)

    def test_the_forms_hash_is_sha_256(self):
        page = self.client.post(reverse("comments:compose", args=[self.article.pk]), {"comment": "Hi."})
        self.assertRegex(page.content.decode(), r'name="security_hash" value="[0-9a-f]{64}"')

    def test_a_reply_to_the_first_of_many_writes_no_other_comment(self):
        make_many_comments(self.article, 1000, replies_per_thread=999)
        others = {row.pk: row for row in XtdComment.norel_objects.filter(level=1)}
        first = ReaderComment.objects.order_by("pk").first()
        with CaptureQueriesContext(connection) as queries:
            make_comment(below=ReaderComment.objects.get(pk=first.pk + 1))
        written = [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
        # Its person, three tables, the thread's number of replies, the story's count.
        self.assertEqual(len(written), 6)
        for row in XtdComment.norel_objects.filter(pk__in=others):
            self.assertEqual(
                (row.order, row.nested_count), (others[row.pk].order, others[row.pk].nested_count)
            )

    def test_saving_a_comment_publishes_no_hidden_reply(self):
        parent = make_comment(self.article)
        reply = make_comment(below=parent)
        acts.remove(reply, make_moderator(), "insult")
        ReaderComment.objects.get(pk=parent.pk).save()
        reply.refresh_from_db()
        self.assertFalse(reply.is_public)

    def test_a_page_of_a_long_thread_is_small(self):
        make_many_comments(self.article, 2000)
        page = self.client.get(self.article.get_absolute_url())
        self.assertContains(page, '<li class="comment', count=COMMENTS_PER_PAGE)
        self.assertLess(len(page.content), 100_000)

    def test_no_page_holds_an_address_or_its_hash(self):
        comment = make_comment(self.article, user_email="leyla@reader.example")
        for url in (self.article.get_absolute_url(), f"/story/{self.article.slug}/comments/"):
            page = self.client.get(url)
            self.assertNotContains(page, "reader.example")
            self.assertNotContains(page, "gravatar")
        self.assertNotContains(self.reply_page(self.article, comment), "reader.example")
