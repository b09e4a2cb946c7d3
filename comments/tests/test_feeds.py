import re
from importlib import import_module
from types import SimpleNamespace
from xml.etree import ElementTree

from django.apps import apps
from django.db import connection, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.tests.factories import make_account, make_article, make_draft
from articles.tests.feed_rules import complaints
from comments.feeds import FEED_COMMENTS
from comments.models import ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator

ATOM = "{http://www.w3.org/2005/Atom}"


class ThreadFeedTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.address = reverse("comments:feed", args=[self.article.slug])

    def feed(self):
        response = self.client.get(self.address)
        self.assertEqual(response["Content-Type"], "application/atom+xml; charset=utf-8")
        return ElementTree.fromstring(response.content)

    def entries(self):
        return self.feed().findall(f"{ATOM}entry")

    def test_tells_the_newest_first_with_what_atom_asks_for(self):
        make_comment(self.article, text="First.")
        second = make_comment(self.article, text="Second & last.", name="Leyla M.")
        feed = self.feed()
        for name in ("id", "title", "updated"):
            self.assertTrue(feed.find(f"{ATOM}{name}").text)
        entry, _ = feed.findall(f"{ATOM}entry")
        self.assertEqual(entry.find(f"{ATOM}summary").text, "<p>Second &amp; last.</p>")
        self.assertEqual(entry.find(f"{ATOM}summary").get("type"), "html")
        self.assertEqual(entry.find(f"{ATOM}author/{ATOM}name").text, "Leyla M.")
        self.assertTrue(entry.find(f"{ATOM}link").get("href").endswith(second.get_absolute_url()))
        self.assertIsNotNone(entry.find(f"{ATOM}published"))
        self.assertIsNotNone(entry.find(f"{ATOM}updated"))
        ids = [entry.find(f"{ATOM}id").text for entry in self.entries()]
        self.assertEqual(len(set(ids)), 2)

    def test_names_no_hub_since_none_is_told_of_comments(self):
        make_comment(self.article)
        with self.settings(WEBSUB_HUB="https://hub.example/"):
            answer = self.client.get(self.address)
        self.assertNotIn("Link", answer)
        self.assertNotIn("hub.example", answer.content.decode())

    def test_a_comment_published_late_is_new(self):
        held = make_comment(self.article, text="Held first.", state=ReaderComment.State.HELD)
        make_comment(self.article, text="Shown at once.")
        acts.approve(held, make_moderator())
        self.assertEqual(self.entries()[0].find(f"{ATOM}summary").text, "<p>Held first.</p>")

    def test_holds_no_held_or_removed_words_and_no_address(self):
        make_comment(self.article, text="Held words.", state=ReaderComment.State.HELD)
        acts.remove(make_comment(self.article, text="Removed words."), make_moderator(), "insult")
        make_comment(self.article, text="Shown.")
        self.assertEqual(len(self.entries()), 1)
        page = self.client.get(self.address).content.decode()
        for words in ("Held words", "Removed words", "reader.example", "@"):
            self.assertNotIn(words, page)

    def test_is_well_formed_whatever_readers_write(self):
        make_comment(self.article, text="a\x08b \x0c \ufffe <b> ]]> & \U0001f600", name="<i>&\x07")
        [entry] = self.entries()
        self.assertIn("\U0001f600", entry.find(f"{ATOM}summary").text)

    def test_is_valid_by_the_rules_of_its_format(self):
        address = f"http://localhost:8000{self.address}"
        self.assertEqual(complaints(address, self.client.get(self.address).content), [])
        make_comment(self.article, text="a\x08b <b> ]]> &", name="<i>&\x07")
        make_comment(self.article, text="One.\n\nTwo: https://example.org/?a=1&b=2")
        self.assertEqual(complaints(address, self.client.get(self.address).content), [])

    def test_is_bounded_and_costs_three_queries(self):
        for _ in range(FEED_COMMENTS + 2):
            make_comment(self.article)
        with self.assertNumQueries(3):
            self.assertEqual(len(self.entries()), FEED_COMMENTS)

    def test_answers_again_only_when_something_changed(self):
        comment = make_comment(self.article)
        etag = self.client.get(self.address)["ETag"]
        ask = {"headers": {"If-None-Match": etag}}
        self.assertEqual(self.client.get(self.address, **ask).status_code, 304)
        ReaderComment.objects.filter(pk=comment.pk).update(edited_at=timezone.now(), html="<p>Edited.</p>")
        self.assertEqual(self.client.get(self.address, **ask).status_code, 200)

    def test_of_a_withdrawn_story_is_gone(self):
        make_comment(self.article, text="Words below.")
        publishing.withdraw(self.article, make_account(), notice="It was wrong.")
        for name in ("feed", "count"):
            address = reverse(f"comments:{name}", args=[self.article.slug])
            self.assertNotContains(self.client.get(address), "Words below", status_code=410)
            draft = reverse(f"comments:{name}", args=[make_draft(slug=f"draft-{name}").slug])
            self.assertEqual(self.client.get(draft).status_code, 404)

    def test_is_announced_on_the_pages_of_the_thread(self):
        link = f'title="Comments: Troops" href="{self.address}">'
        for page in (self.article.get_absolute_url(), reverse("comments:thread", args=[self.article.slug])):
            self.assertContains(self.client.get(page), link)


class CountTests(TestCase):
    def test_tells_how_many_there_are_and_is_asked_about_cheaply(self):
        article = make_article()
        address = reverse("comments:count", args=[article.slug])
        make_comment(article)
        with self.assertNumQueries(2):
            answer = self.client.get(address)
        self.assertEqual(answer.json()["comments"], 1)
        self.assertIn("public", answer["Cache-Control"])
        again = {"headers": {"If-None-Match": answer["ETag"]}}
        self.assertEqual(self.client.get(address, **again).status_code, 304)
        make_comment(article)
        self.assertEqual(self.client.get(address, **again).json()["comments"], 2)

    def test_a_page_can_count_what_came_since_it_was_made(self):
        article = make_article()
        make_comment(article)
        for address in (article.get_absolute_url(), reverse("comments:thread", args=[article.slug])):
            with self.subTest(address=address), transaction.atomic():
                shown = self.shown_on(address)
                self.assertEqual(self.came_since(article, shown), 0)
                make_comment(article)
                ReaderComment.objects.earliest("pk").delete()
                self.assertEqual(self.came_since(article, shown), 1)
                self.assertEqual(self.came_since(article, self.shown_on(address)), 0)
                ReaderComment.objects.latest("pk").delete()
                self.assertEqual(self.came_since(article, shown), 0)
                transaction.set_rollback(True)

    def test_below_a_story_without_comments_the_first_is_new(self):
        article = make_article()
        shown = self.shown_on(article.get_absolute_url())
        make_comment(article)
        self.assertEqual(self.came_since(article, shown), 1)

    def test_stories_from_before_know_their_newest_comment(self):
        article = make_article()
        make_comment(article)
        newest = make_comment(article)
        acts.remove(newest, make_moderator(), "insult")
        quiet = make_article("Quiet")
        Article.objects.update(newest_comment_at=None)
        migration = import_module("comments.migrations.0025_newest_comments_of_earlier_stories")
        migration.keep(apps, SimpleNamespace(connection=connection))
        told = dict(Article.objects.values_list("pk", "newest_comment_at"))
        self.assertEqual(told, {article.pk: newest.published_at, quiet.pk: None})

    def shown_on(self, address):
        """Return when the newest comment came that a page knows of, as it tells its script."""
        return int(re.search(r'data-came="(\d+)"', self.client.get(address).content.decode())[1])

    def came_since(self, article, shown):
        address = reverse("comments:count", args=[article.slug])
        return sum(at > shown for at in self.client.get(address).json()["came"])
