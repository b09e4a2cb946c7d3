"""What the page saves by itself, and what becomes of it."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article, Revision
from articles.tests.desk import page_of, story_data
from articles.tests.factories import DAY, make_article, make_draft, make_member

SECOND = timedelta(seconds=1)


class TypedRevisionTests(TestCase):
    def setUp(self):
        self.writer = make_member("Reporter")
        self.article = Article()
        self.now = DAY

    def type(self, body, after=2 * SECOND):
        self.now += after
        seen = self.article.mark if self.article.pk else ""
        publishing.autosave_draft(self.article, self.writer, seen=seen, body=f"<p>{body}</p>", now=self.now)

    def bodies(self):
        return [row.words["body"] for row in Revision.objects.of(self.article).order_by("pk")]

    def test_what_is_typed_on_stays_in_one_row(self):
        for words in ("One", "One two", "One two three"):
            self.type(words)
        self.assertEqual(len(self.bodies()), 1)

    def test_a_text_that_is_deleted_is_kept_as_it_was(self):
        self.type("All that was known of the harbour by the evening of that day.")
        self.type("")
        self.type("Another beginning, which is as long as what stood there before it was deleted.")
        self.assertIn("by the evening", self.bodies()[0])

    def test_after_five_minutes_a_new_row_begins(self):
        self.type("One")
        for _ in range(6):
            self.type("One, and the same again", after=timedelta(minutes=1))
        self.assertEqual(len(self.bodies()), 2)


class AddressTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))

    def save(self, article, **changes):
        self.client.post(page_of(article), story_data(article, **changes))
        return Article.objects.get(pk=article.pk).slug

    def test_the_first_letters_are_no_address(self):
        article = make_draft("Br")
        self.assertEqual(self.save(article, headline="Bridge opens again"), "bridge-opens-again")

    def test_a_text_before_its_headline_gets_the_headlines_address(self):
        article = make_draft("")
        self.assertRegex(article.slug, r"story-[a-z0-9]{8}")
        self.assertEqual(self.save(article, headline="Bridge opens again"), "bridge-opens-again")

    def test_an_address_that_somebody_chose_stays(self):
        short = make_draft("Bridge opens again")
        self.assertEqual(self.save(short, slug="bridge"), "bridge")
        self.assertEqual(self.save(Article.objects.get(pk=short.pk), dateline="Baku"), "bridge")
        article = make_draft("Bridge opens")
        self.assertEqual(self.save(article, slug="the-bridge"), "the-bridge")
        article = Article.objects.get(pk=article.pk)
        self.assertEqual(self.save(article, headline="Bridge opens again"), "the-bridge")

    def test_left_empty_it_is_made_from_the_headline_until_readers_know_it(self):
        article = make_draft("Bridge opens", slug="odd")
        self.assertEqual(self.save(article, slug=""), "bridge-opens")
        known = make_article("Tunnel opens", slug="odd-one")
        self.assertEqual(self.save(known, slug="", headline="Tunnel closes"), "odd-one")

    def test_two_stories_of_one_headline_have_two_addresses(self):
        make_draft("Bridge opens")
        self.client.post(reverse("admin:articles_article_add"), story_data(headline="Bridge opens"))
        self.assertEqual(Article.objects.latest("pk").slug, "bridge-opens-2")
