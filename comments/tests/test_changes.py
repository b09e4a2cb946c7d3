"""What writers can still do about their own words, and until when."""

from datetime import timedelta
from unittest import mock

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, OutgoingMail
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments import changes, posting
from comments.models import CommentReport, EarlierText, LikenessBand, ModerationAct, ReaderComment, Thread
from comments.moderation import acts, reports
from comments.tests.cases import SPAM, make_held, make_reported, post_from
from comments.tests.factories import make_comment, make_moderator, make_warning
from comments.tokens import status_token

LINKS = "http://a.example http://b.example http://c.example"
LATER = changes.OPEN_FOR + timedelta(seconds=1)


class ChangesTestCase(TestCase):
    def setUp(self):
        self.article = make_article()
        self.comment = post_from("leyla@reader.example", self.article, "Seoul said this in October.")
        self.page = reverse("comments:status", args=[status_token(self.comment)])

    def edit(self, text="Seoul said it in May.", **extra):
        return self.client.post(f"{self.page}edit/", {"comment": text}, **extra)

    def post(self, number):
        return post_from("leyla@reader.example", self.article, f"My thought number {number}.")

    def withdraw(self):
        return self.client.post(f"{self.page}withdrawal/")

    def now(self):
        return ReaderComment.objects.get(pk=self.comment.pk)

    def count(self):
        return Article.objects.get(pk=self.article.pk).comment_count

    def later(self):
        return mock.patch("django.utils.timezone.now", return_value=timezone.now() + LATER)

    def thread(self):
        return self.client.get(f"{self.article.get_absolute_url()}comments/").content.decode()


class EditTests(ChangesTestCase):
    def test_takes_the_new_words_and_keeps_the_old_for_moderators(self):
        self.assertContains(self.client.get(f"{self.page}edit/"), "Seoul said this in October.")
        self.assertRedirects(self.edit(), self.page)
        self.assertEqual(self.now().html, "<p>Seoul said it in May.</p>")
        self.assertIsNotNone(self.now().edited_at)
        self.assertEqual(EarlierText.objects.get().text, "Seoul said this in October.")
        self.assertIn("Seoul said it in May.", self.thread())
        self.assertNotIn("October", self.thread())

    def test_looking_changes_nothing_and_the_same_words_are_no_edit(self):
        for url in (f"{self.page}edit/", f"{self.page}withdrawal/"):
            self.client.get(url), self.client.head(url), self.client.options(url)
        self.edit("Seoul said this in October.")
        self.assertIsNone(self.now().edited_at)
        self.assertEqual((self.now().state, EarlierText.objects.count()), ("published", 0))

    def test_is_over_after_five_minutes_and_keeps_the_words(self):
        with self.later():
            self.assertNotContains(self.client.get(self.page), "Change the words")
            self.assertContains(self.client.get(f"{self.page}edit/"), "five minutes", status_code=409)
            answer = self.edit()
        self.assertContains(answer, "five minutes", status_code=409)
        self.assertContains(answer, "Seoul said it in May.", status_code=409)
        self.assertEqual(self.now().comment, "Seoul said this in October.")

    def test_the_chain_decides_anew_and_may_hold(self):
        self.edit(LINKS)
        self.assertEqual((self.now().state, self.now().html, self.count()), ("held", "", 0))
        self.assertIsNone(self.now().case.closed_at)
        self.assertIn("3 links", self.now().why_held)
        self.assertNotIn("a.example", self.thread())
        self.edit("No links at all.")
        self.assertEqual((self.now().state, self.count()), ("published", 1))
        self.assertIsNotNone(self.now().case.closed_at)

    def test_held_twice_stays_in_its_case(self):
        self.edit(LINKS)
        case = self.now().case
        self.edit(f"{LINKS} http://d.example")
        self.assertEqual((self.now().case, self.now().case.closed_at), (case, None))

    def test_a_first_comment_brings_no_link_in_by_the_back_door(self):
        self.edit("Look at http://a.example")
        self.assertEqual(self.now().state, "held")

    def test_however_often_it_is_changed_that_is_no_flood(self):
        for number in range(8):
            self.edit(f"Seoul said this in {number + 1990}.")
            self.assertEqual(self.now().state, "published")
        held_by = [self.post(number).held_by for number in range(5)]
        self.assertEqual(held_by, [""] * 4 + ["flood"])

    def test_other_words_do_not_free_what_came_in_a_flood(self):
        for number in range(5):
            flooded = self.post(number)
        self.assertEqual((flooded.state, flooded.held_by), ("held", "flood"))
        changes.edit(flooded, "Words of another kind.")
        flooded.refresh_from_db()
        self.assertEqual((flooded.state, flooded.held_by), ("held", "flood"))

    def test_slow_mode_does_not_count_the_comment_itself(self):
        until = timezone.now() + timedelta(hours=1)
        Thread.objects.create(article=self.article, heat=Thread.Heat.SLOW, heat_until=until)
        self.assertRedirects(self.edit(), self.page)

    def test_the_chain_may_refuse_and_the_words_stay_in_the_form(self):
        make_warning(self.comment.person)
        answer = self.edit()
        self.assertContains(answer, "A moderator has warned you", status_code=422)
        self.assertContains(answer, "Seoul said it in May.", status_code=422)
        self.assertEqual(self.now().comment, "Seoul said this in October.")
        self.assertEqual(EarlierText.objects.count(), 0)

    def test_a_long_or_an_empty_text_is_given_back(self):
        for text in ("", "a" * 3001, "nul \0"):
            answer = self.edit(text)
            self.assertContains(answer, "Your comment was not changed<", status_code=422)
            self.assertContains(answer, text.replace("\0", ""), status_code=422)

    def test_is_not_found_to_be_like_itself_and_is_found_by_others(self):
        self.edit(SPAM)
        self.assertEqual(self.now().state, "published")
        self.assertEqual(post_from("rana@reader.example", self.article, f"{SPAM}!").state, "held")

    def test_the_same_words_sent_again_are_known(self):
        self.edit()
        again = post_from("leyla@reader.example", self.article, "Seoul said it in May.")
        self.assertEqual(again.pk, self.comment.pk)

    def test_a_capital_or_a_blank_can_be_mended(self):
        self.edit("Seoul  said this in october.")
        self.assertEqual(self.now().comment, "Seoul  said this in october.")

    def test_what_was_said_in_the_same_place_already_is_refused(self):
        post_from("leyla@reader.example", self.article, "Seoul said it in May.")
        for text in ("Seoul said it in May.", "SEOUL  said it in Mаy."):  # with a Cyrillic а
            self.assertContains(self.edit(text), changes.SAID_ALREADY, status_code=409)
        self.assertEqual(self.now().comment, "Seoul said this in October.")

    def test_words_that_a_moderator_let_stand_are_changed_no_more(self):
        held, moderator = make_held(self.article), make_moderator()
        acts.approve(held, moderator)
        acts.pick(self.comment, moderator)
        for comment in (held, self.comment):
            with self.assertRaisesMessage(posting.Refused, str(changes.READ)):
                changes.edit(comment, "Other words.")
            changes.withdraw(comment)

    def test_a_removed_or_withdrawn_comment_is_not_changed(self):
        acts.remove(self.comment, make_moderator(), "insult")
        self.assertContains(self.edit(), changes.REMOVED, status_code=409)
        self.assertContains(self.edit(), "Seoul said it in May.", status_code=409)
        self.assertContains(self.withdraw(), changes.REMOVED, status_code=409)
        self.assertEqual(self.now().state, "removed")

    def test_an_edited_comment_shows_moderators_what_it_said(self):
        self.edit()
        self.client.force_login(make_moderator())
        page = self.client.get(reverse("moderation:person", args=[self.comment.person_id]))
        self.assertContains(page, "Seoul said this in October.")


class WithdrawTests(ChangesTestCase):
    def test_the_words_are_gone_and_replies_stay(self):
        make_comment(below=self.comment, text="I agree.")
        self.assertRedirects(self.withdraw(), self.page)
        self.assertIn("Withdrawn by its writer", self.thread())
        self.assertIn("I agree.", self.thread())
        self.assertNotIn("October", self.thread())
        self.assertEqual((self.now().html, self.count()), ("", 1))
        self.assertEqual(LikenessBand.objects.filter(comment=self.comment).count(), 0)

    def test_a_second_time_does_nothing(self):
        self.withdraw()
        at = self.now().withdrawn_at
        self.assertRedirects(self.withdraw(), self.page)
        self.assertEqual((self.now().withdrawn_at, self.count()), (at, 0))

    def test_is_over_after_five_minutes(self):
        with self.later():
            answer = self.withdraw()
        self.assertContains(answer, "five minutes", status_code=409)
        self.assertEqual(self.now().state, "published")

    def test_closes_the_case_and_answers_those_who_reported_it(self):
        comment = make_reported(self.article)
        CommentReport.objects.update(email="ana@reader.example")
        changes.withdraw(comment)
        comment.refresh_from_db()
        self.assertIsNotNone(comment.case.closed_at)
        self.assertEqual(CommentReport.objects.get().outcome, "moot")
        letter = OutgoingMail.objects.get(recipient="ana@reader.example")
        self.assertIn("Its writer has withdrawn it", letter.text)
        self.assertEqual(reports.weight_of("reporter 0"), 1)  # neither right nor wrong

    def test_the_writer_may_say_it_again(self):
        self.withdraw()
        again = post_from("leyla@reader.example", self.article, "Seoul said this in October.")
        self.assertEqual((again.state, again.pk == self.comment.pk), ("published", False))

    def test_the_words_are_forgotten_after_thirty_days(self):
        self.edit()
        self.withdraw()
        changes.forget_withdrawn()
        self.assertEqual(self.now().comment, "Seoul said it in May.")
        old = timezone.now() - changes.WITHDRAWN_KEPT_FOR - timedelta(minutes=1)
        ReaderComment.objects.update(withdrawn_at=old)
        changes.forget_withdrawn()
        self.assertEqual((self.now().comment, EarlierText.objects.count()), ("", 0))
        self.assertEqual(self.now().state, "withdrawn")


class SimultaneousChangesTests(ConcurrencyTestCase):
    """Writers and moderators at the same instant: each act sees what the other did."""

    def setUp(self):
        self.article = make_article()
        self.comment = make_comment(self.article)
        self.moderator = make_moderator()

    def attempt(self, act):
        try:
            act()
        except (posting.Refused, acts.AlreadyDecided):
            return "late"

    def now(self):
        comment = ReaderComment.objects.get(pk=self.comment.pk)
        self.assertEqual(
            Article.objects.get(pk=self.article.pk).comment_count, ReaderComment.objects.published().count()
        )
        return comment

    def test_an_edit_never_brings_back_what_a_moderator_removes(self):
        deeds = [
            lambda: changes.edit(self.comment, f"Other words below {self.comment.pk}."),
            lambda: acts.remove(self.comment, self.moderator, "insult"),
        ]
        for number in range(4):
            self.comment = make_comment(self.article, text=f"Words {number}.")
            self.at_once(lambda at: self.attempt(deeds[at]), 2)
            self.assertEqual((self.now().state, self.now().html), ("removed", ""))

    def test_withdrawn_or_removed_and_not_both(self):
        deeds = [
            lambda: changes.withdraw(self.comment),
            lambda: acts.remove(self.comment, self.moderator, "insult"),
        ]
        outcomes = self.at_once(lambda at: self.attempt(deeds[at]), 2)
        self.assertEqual(outcomes.count("late"), 1)
        self.assertEqual(self.now().state == "removed", ModerationAct.objects.count() == 1)

    def test_six_edits_at_once_keep_each_text(self):
        self.at_once(lambda at: self.attempt(lambda: changes.edit(self.comment, f"Words {at}.")), 6)
        texts = {earlier.text for earlier in EarlierText.objects.all()} | {self.now().comment}
        self.assertEqual(texts, {"Seoul said this in October."} | {f"Words {at}." for at in range(6)})

    def test_six_withdrawals_at_once_are_one(self):
        self.at_once(lambda _: changes.withdraw(self.comment), 6)
        self.assertEqual((self.now().state, self.now().withdrawn_at is None), ("withdrawn", False))
