"""A reader's own page: comments, name, letters."""

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.tests.factories import make_account, make_article
from comments.account_pages.own import COMMENTS_ON_A_PAGE
from comments.models import ReaderComment
from comments.moderation import acts
from comments.tests.accounts import make_account_of
from comments.tests.factories import make_comment, make_following, make_moderator
from comments.tests.pages import compose
from comments.tokens import comment_of_writer

State = ReaderComment.State


class AccountPageTests(TestCase):
    def setUp(self):
        self.article, self.account = make_article("The story"), make_account_of()
        self.client.force_login(self.account)

    def write(self, text, **changes):
        return make_comment(self.article, text=text, user=self.account, **changes)

    def get(self, query=""):
        return self.client.get(reverse("account") + query)

    def test_shows_each_comment_with_what_became_of_it(self):
        self.write("Seen by all.")
        self.write("Not seen yet.", state=State.HELD)
        acts.remove(self.write("Rude words."), make_moderator(), "insult")
        make_comment(self.article, text="By somebody else.")
        page = self.get()
        for words in ("Seen by all.", "Published", "Not seen yet.", "Waits for a moderator", "Rude words."):
            self.assertContains(page, words)
        self.assertContains(page, "Removed: insult (guideline 2)")
        self.assertNotContains(page, "By somebody else.")

    def test_leads_to_the_status_of_each(self):
        comment = self.write("Mine.")
        shown = self.get().context["comments"]
        self.assertEqual([comment_of_writer(one.status_token) for one in shown], [comment])

    def test_is_cut_in_pages_that_cost_the_same(self):
        self.write("The first.")
        self.get()
        with self.assertNumQueries(16):
            self.get()
        for number in range(2 * COMMENTS_ON_A_PAGE):
            self.write(f"Words {number}.", wants_corrections=number % 2)
        with self.assertNumQueries(16):
            page = self.get()
        self.assertNotContains(page, "The first.")
        older = self.get(f"?before={page.context['older']}")
        last = self.get(f"?before={older.context['older']}")
        self.assertContains(last, "The first.")
        self.assertIsNone(last.context["older"])
        for wrong in ("x", "-1", "9" * 30, "²"):
            self.assertEqual(len(self.get(f"?before={wrong}").context["comments"]), COMMENTS_ON_A_PAGE)

    def test_names_no_story_that_readers_do_not_see(self):
        self.write("Mine.", wants_corrections=True)
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        page = self.get()
        self.assertContains(page, "Mine.")
        self.assertNotContains(page, "The story")
        self.assertNotContains(page, self.article.slug)

    def test_words_stay_words(self):
        self.write("<script>alert(1)</script>")
        self.assertNotContains(self.get(), "<script>alert")

    def test_a_name_holds_for_new_comments(self):
        before = self.write("Before.", name="Rana K.")
        self.client.post(reverse("account_name"), {"name": "  Rana  of Ganja "})
        before.refresh_from_db()
        self.assertEqual(before.user_name, "Rana K.")
        self.assertContains(compose(self.client, self.article), "Posted as <strong>Rana of Ganja</strong>")
        for wrong in ("", "x" * 51, "a\u202eb"):
            self.assertEqual(self.client.post(reverse("account_name"), {"name": wrong}).status_code, 422)

    def test_letters_about_a_story_are_stopped_by_a_button(self):
        comment = self.write("Mine.", wants_corrections=True)
        again = self.write("And again.", wants_corrections=True)
        self.assertEqual(len(self.get().context["letters"]), 1)
        self.client.post(reverse("account_letters"), {"comment": comment.pk})
        self.assertFalse(ReaderComment.objects.filter(wants_corrections=True).exists())
        self.assertEqual(self.get().context["letters"], [])
        self.assertTrue(again.pk)

    def test_what_is_followed_is_listed_changed_and_stopped(self):
        mine = self.write("Mine.")
        story, replies = make_following(mine.person, self.article), make_following(mine.person)
        page = self.get()
        self.assertContains(page, f"{self.article.headline}</a>: at once")
        self.assertContains(page, "Replies to your comments: at once")
        self.client.post(reverse("account_letters"), {"following": story.pk, "pace": "daily"})
        self.assertContains(self.get(), "once a day, in the morning")
        self.client.post(reverse("account_letters"), {"following": replies.pk, "pace": ""})
        self.assertEqual([row.pk for row in self.get().context["followings"]], [story.pk])

    def test_a_withdrawn_story_is_not_named_among_what_is_followed(self):
        make_following(self.write("Mine.").person, self.article)
        publishing.withdraw(self.article, make_account(), notice="It was wrong.")
        self.assertContains(self.get(), "A story that has been withdrawn: at once")

    def test_nobody_changes_what_others_follow(self):
        others = make_following(make_comment(self.article).person, self.article)
        for key in (others.pk, "", "x", "9" * 30):
            answer = self.client.post(reverse("account_letters"), {"following": key, "pace": ""})
            self.assertEqual(answer.status_code, 404)
        others.refresh_from_db()
        self.assertIsNone(others.stopped_at)

    def test_nobody_stops_the_letters_of_others(self):
        others = make_comment(self.article, wants_corrections=True)
        for key in (others.pk, "", "x", "9" * 30):
            answer = self.client.post(reverse("account_letters"), {"comment": key})
            self.assertEqual(answer.status_code, 404)
        others.refresh_from_db()
        self.assertTrue(others.wants_corrections)
