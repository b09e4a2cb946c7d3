"""An appeal against a removal: made once, decided by another moderator, answered."""

from unittest import mock

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse

from articles.models import Article, OutgoingMail
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments.models import Appeal, Case, ModerationAct, ReaderComment
from comments.moderation import acts, appeals
from comments.tests.factories import make_appealed, make_comment, make_moderator, make_reader
from comments.tokens import status_token


class MakeTests(TestCase):
    def setUp(self):
        self.article, self.moderator = make_article("Troops"), make_moderator()
        self.comment = make_comment(self.article)
        self.page = reverse("comments:status", args=[status_token(self.comment)])

    def remove(self):
        return acts.remove(self.comment, self.moderator, "insult")

    def appeal(self, words="Nobody is insulted."):
        return self.client.post(f"{self.page}appeal/", {"words": words})

    def test_is_put_before_the_moderators(self):
        act = self.remove()
        self.assertRedirects(self.appeal(), self.page)
        appeal = Appeal.objects.get()
        self.assertEqual((appeal.act, appeal.words, appeal.outcome), (act, "Nobody is insulted.", ""))
        self.comment.refresh_from_db()
        self.assertEqual((self.comment.case.origin, self.comment.case.closed_at), ("appealed", None))
        self.assertIn(self.comment, ReaderComment.objects.waiting())

    def test_one_for_each_removal(self):
        self.remove()
        self.appeal()
        self.assertRedirects(self.appeal("Once more."), self.page)
        appeals.overturn(Appeal.objects.get(), make_moderator("second"), "You are right.")
        self.remove()
        self.appeal("Again?")
        self.assertEqual(
            [appeal.words for appeal in Appeal.objects.order_by("pk")], ["Nobody is insulted.", "Again?"]
        )

    def test_needs_words_and_keeps_them(self):
        self.remove()
        for words in ("", "b" * 2001):
            answer = self.appeal(words)
            self.assertContains(answer, "Your appeal was not sent", status_code=422)
            self.assertContains(answer, words, status_code=422)
        self.assertEqual(Appeal.objects.count(), 0)

    def test_only_against_a_removal_that_stands(self):
        self.appeal()
        act = self.remove()
        acts.undo(act, self.moderator)
        self.appeal()
        self.assertEqual(Appeal.objects.count(), 0)

    def test_looking_makes_none(self):
        self.remove()
        for method in (self.client.get, self.client.head, self.client.options):
            method(f"{self.page}appeal/")
        self.assertEqual(Appeal.objects.count(), 0)

    def test_too_many_from_one_place_keep_their_words(self):
        self.remove()
        with mock.patch("comments.limits.allow", return_value=False):
            self.assertContains(self.appeal(), "Nobody is insulted.", status_code=429)
        self.assertEqual(Appeal.objects.count(), 0)


class DecideTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.comment = make_appealed(self.article)
        self.appeal = self.comment.appeals.get()
        self.first, self.second = self.appeal.act.by, make_moderator("second")

    def now(self):
        return ReaderComment.objects.get(pk=self.comment.pk)

    def test_upheld_the_removal_stands_and_the_writer_is_told(self):
        row = appeals.uphold(self.appeal, self.second, "It insults her.")
        self.assertEqual((row.act, row.reason, row.by), ("uphold", "insult", self.second))
        self.appeal.refresh_from_db()
        decided = (self.appeal.outcome, self.appeal.answer, self.appeal.decided_by)
        self.assertEqual(decided, ("upheld", "It insults her.", self.second))
        self.assertEqual((self.now().state, self.now().removal_reason), ("removed", "insult"))
        self.assertIsNotNone(self.now().case.closed_at)
        letter = OutgoingMail.objects.get()
        self.assertIn("The removal stands.", letter.text)
        self.assertEqual((letter.recipient, letter.about), ("leyla@reader.example", f"act {row.pk}"))
        for secret in ("Removed words", "second", "Nobody is insulted"):
            self.assertNotIn(secret, f"{letter.subject} {letter.text} {letter.html}")

    def test_overturned_the_comment_is_back(self):
        row = appeals.overturn(self.appeal, self.second, "You are right.")
        self.assertEqual((row.act, row.before["state"]), ("overturn", "removed"))
        self.assertEqual((self.now().state, self.now().html), ("published", "<p>Removed words.</p>"))
        self.assertEqual(Article.objects.get(pk=self.article.pk).comment_count, 1)
        self.assertIsNotNone(Case.objects.get().closed_at)
        self.assertIn("The comment is back.", OutgoingMail.objects.get().text)

    def test_whoever_removed_it_does_not_decide(self):
        for decide in (appeals.uphold, appeals.overturn):
            with self.assertRaises(appeals.NotYours):
                decide(self.appeal, self.first, "It insults her.")
        self.assertEqual((self.now().state, OutgoingMail.objects.count()), ("removed", 0))

    def test_needs_an_answer_and_the_right(self):
        with self.assertRaises(appeals.AnswerMissing):
            appeals.uphold(self.appeal, self.second, " ")
        with self.assertRaises(PermissionDenied):
            appeals.overturn(self.appeal, make_reader(), "You are right.")

    def test_the_second_to_decide_is_told_what_the_first_did(self):
        appeals.uphold(self.appeal, self.second, "It insults her.")
        with self.assertRaisesMessage(acts.AlreadyDecided, "second upheld its removal already"):
            appeals.overturn(self.appeal, make_moderator("third"), "You are right.")
        self.assertEqual((self.now().state, OutgoingMail.objects.count()), ("removed", 1))

    def test_a_removal_that_was_taken_back_cannot_be_upheld(self):
        self.comment.change_state("published")
        with self.assertRaises(acts.AlreadyDecided):
            appeals.uphold(self.appeal, self.second, "It insults her.")
        appeals.overturn(self.appeal, self.second, "It was a mistake.")
        self.assertEqual(Article.objects.get(pk=self.article.pk).comment_count, 1)


class SimultaneousAppealsTests(ConcurrencyTestCase):
    def test_six_appeals_at_once_are_one(self):
        comment = make_comment()
        acts.remove(comment, make_moderator(), "insult")

        def make(number):
            try:
                appeals.make(comment, f"Words {number}.")
            except appeals.AlreadyAppealed:
                return "late"

        self.assertEqual(self.at_once(make, 6).count("late"), 5)
        self.assertEqual(Appeal.objects.count(), 1)

    def test_decided_by_two_at_once_is_decided_once(self):
        appeal = make_appealed().appeals.get()
        deciders = [make_moderator("second"), make_moderator("third")]

        def decide(number):
            act = [appeals.uphold, appeals.overturn][number]
            try:
                act(appeal, deciders[number], "An answer.")
            except acts.AlreadyDecided:
                return "late"

        self.assertEqual(self.at_once(decide, 2).count("late"), 1)
        self.assertEqual(ModerationAct.objects.filter(act__in=["uphold", "overturn"]).count(), 1)
        self.assertEqual(OutgoingMail.objects.count(), 1)
