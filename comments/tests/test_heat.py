"""A conversation that runs hot is slowed, held and closed, step by step, and free again by itself."""

from datetime import timedelta

from django.db import DatabaseError, IntegrityError, transaction
from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import RateLimit
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments import posting
from comments.models import CommentReport, HeatStep, ModerationAct, Thread
from comments.moderation import acts, heat
from comments.moderation.heat import Figures
from comments.roles import sync_moderators
from comments.tests.cases import make_reported, post_from
from comments.tests.factories import make_comment, make_moderator

Heat = Thread.Heat
MINUTE = timedelta(minutes=1)


class FigureTests(SimpleTestCase):
    def test_which_figures_ask_for_which_step(self):
        for comments, removed, held, reported, step in [
            (0, 0, 0, 0, Heat.NORMAL),
            (59, 0, 0, 0, Heat.NORMAL),
            (60, 0, 0, 0, Heat.SLOW),
            (9, 9, 0, 0, Heat.NORMAL),
            (10, 2, 0, 0, Heat.NORMAL),
            (10, 2, 1, 0, Heat.HELD),
            (19, 0, 19, 0, Heat.HELD),
            (20, 5, 5, 0, Heat.CLOSED),
            (20, 9, 0, 0, Heat.HELD),
            (5, 0, 0, 4.9, Heat.NORMAL),
            (5, 0, 0, 5, Heat.SLOW),
            (5, 0, 0, 15, Heat.HELD),
        ]:
            figures = Figures(comments, removed, held, reported)
            with self.subTest(figures=figures):
                self.assertEqual(heat.wanted(figures)[0], step)

    def test_the_reason_says_who_stopped_how_many(self):
        for removed, held, why in [
            (10, 0, "moderators removed 10 of 20 comments"),
            (0, 10, "checks held 10 of 20 comments"),
            (4, 6, "moderators removed 4 of 20 comments, and checks held 6"),
        ]:
            self.assertEqual(heat.wanted(Figures(20, removed, held, 0))[1], why)


class HeatTestCase(TestCase):
    def setUp(self):
        self.article, self.moderator = make_article(), make_moderator()
        self.now = timezone.now()

    def quarrel(self, count=20):
        for number in range(count):
            state = "removed" if number % 2 else "published"
            make_comment(self.article, text=f"Words {number}.", state=state)

    def look(self, after=timedelta(0)):
        RateLimit.objects.all().delete()
        heat.look_at(self.article, now=self.now + after)
        return self.thread.heat_at(self.now + after)

    @property
    def thread(self):
        return Thread.objects.of(self.article)


class HeatTests(HeatTestCase):
    def test_it_goes_one_step_at_a_time_and_each_is_written_down(self):
        self.quarrel()
        steps = [self.look(after=number * MINUTE) for number in range(4)]
        self.assertEqual(steps, [Heat.SLOW, Heat.HELD, Heat.CLOSED, Heat.CLOSED])
        told = list(HeatStep.objects.order_by("pk").values_list("before", "step"))
        self.assertEqual(told, [(0, 1), (1, 2), (2, 3)])
        self.assertIn("10 of 20 comments", HeatStep.objects.first().why)

    def test_it_ends_by_itself(self):
        self.quarrel()
        self.look()
        self.assertEqual(self.thread.heat_at(self.now + heat.LASTS - MINUTE), Heat.SLOW)
        self.assertEqual(self.thread.heat_at(self.now + heat.LASTS), Heat.NORMAL)
        self.assertEqual(self.look(after=timedelta(hours=2)), Heat.NORMAL)

    def test_readers_are_told_and_a_closed_conversation_says_until_when(self):
        self.quarrel()
        self.look()
        address = self.article.get_absolute_url()
        self.assertContains(self.client.get(address), "Slow mode: one comment every two minutes")
        self.look(), self.look()
        page = self.client.get(address)
        self.assertContains(page, "The conversation is closed until")
        self.assertNotContains(page, "<textarea")

    def test_slow_mode_lets_each_person_write_every_two_minutes(self):
        Thread.objects.create(article=self.article, heat=Heat.SLOW, heat_until=self.now + 20 * MINUTE)
        post_from("rana@reader.example", self.article, "My first.")
        with self.assertRaisesMessage(posting.Refused, "slow mode"):
            post_from("rana@reader.example", self.article, "My second.")
        post_from("ann@reader.example", self.article, "Somebody else's first.")
        make_comment(make_article("Another"), user_email="zoe@reader.example")
        post_from("zoe@reader.example", self.article, "First below this story.")

    def test_a_rule_that_holds_everything_is_told_before_anybody_writes(self):
        thread = Thread.objects.create(
            article=self.article, heat_until=self.now + 20 * MINUTE, heat_why="Hot"
        )
        pages = (self.article.get_absolute_url(), reverse("comments:thread", args=[self.article.slug]))
        always, now = (
            "A moderator reads everything that is written below",
            "A moderator reads every comment first",
        )
        for rule, heat_step, told in (
            ("open", Heat.NORMAL, []),
            ("held", Heat.NORMAL, [always]),
            ("open", Heat.HELD, [now]),
            ("held", Heat.HELD, [always]),
            ("held", Heat.SLOW, [always, "Slow mode"]),
        ):
            Thread.objects.filter(pk=thread.pk).update(rule=rule, heat=heat_step)
            for page in pages:
                with self.subTest(rule=rule, heat=heat_step, page=page):
                    shown = self.client.get(page).content.decode()
                    self.assertEqual([words for words in (always, now, "Slow mode") if words in shown], told)

    def test_a_comment_that_is_stored_makes_it_look(self):
        self.quarrel()
        post_from("rana@reader.example", self.article, "One more.")
        self.assertEqual(self.thread.heat, Heat.SLOW)

    def test_one_press_takes_it_back_for_an_hour(self):
        self.quarrel()
        self.look()
        self.client.force_login(self.moderator)
        page = self.client.post(reverse("moderation:cool", args=[self.article.pk]), follow=True)
        self.assertContains(page, "Taken back")
        self.assertContains(page, "taken back by moderator")
        self.assertEqual(ModerationAct.objects.get().act, "cool")
        self.assertEqual(self.look(after=59 * MINUTE), Heat.NORMAL)
        with self.assertRaises(acts.AlreadyDecided):
            heat.cool(self.article, self.moderator)

    def test_a_step_is_final(self):
        self.quarrel()
        self.look()
        with self.assertRaises(DatabaseError), transaction.atomic():
            HeatStep.objects.update(why="Nothing happened.")


class CountedTests(HeatTestCase):
    """What counts as a sign that a conversation runs hot, and what does not."""

    def hold(self, step, count=20):
        passed = {"step": "length", "decision": "pass", "reason": "7 characters."}
        also = {"step": "rule", "decision": "hold", "reason": "The conversation runs hot."}
        checks = [passed, {"step": step, "decision": "hold", "reason": "Held."}, also]
        for number in range(count):
            make_comment(self.article, text=f"Words {number}.", state="held", checks=checks)

    def report(self):
        return [make_reported(self.article, times=3, text=text) for text in ("Words 1.", "Words 2.")]

    def test_what_was_held_for_its_words_or_its_writer(self):
        for step in ("words", "score", "links", "likeness", "flood", "history"):
            with self.subTest(step=step):
                self.article = make_article(f"Held by {step}")
                self.hold(step, count=10)
                self.assertEqual(heat.measure(self.article.pk, self.now).held, 10)
                self.assertEqual(self.look(), Heat.SLOW)
                self.assertEqual(HeatStep.objects.first().why, "checks held 10 of 10 comments")

    def test_not_what_is_held_whatever_it_says(self):
        for step in ("first_timer", "rule", "receivers"):
            self.hold(step, count=10)
        self.assertEqual(self.look(), Heat.NORMAL)

    def test_a_story_whose_every_comment_is_read_first_stays_open(self):
        Thread.objects.create(article=self.article, rule="held")
        for number in range(20):
            email, text = f"{number}@reader.example", f"Thought {number}."
            comment = post_from(email, self.article, text, network="")
            self.assertEqual(comment.held_by, "rule")
            RateLimit.objects.all().delete()
        self.assertEqual(self.look(), Heat.NORMAL)

    def test_reports_that_wait_or_were_right(self):
        self.report()
        self.assertEqual(self.look(), Heat.SLOW)
        Thread.objects.all().delete()
        for comment in self.article.comments.all():
            acts.remove(comment, self.moderator, "insult")
        self.assertEqual(self.look(), Heat.SLOW)

    def test_reports_of_old_comments_and_no_old_reports(self):
        self.report()
        self.article.comments.update(submit_date=self.now - timedelta(days=2))
        self.assertEqual(self.look(), Heat.SLOW)
        Thread.objects.all().delete()
        CommentReport.objects.update(at=self.now - heat.WINDOW - MINUTE)
        self.assertEqual(self.look(), Heat.NORMAL)

    def test_no_reports_that_were_wrong(self):
        for comment in self.report():
            acts.approve(comment, self.moderator)
        self.assertEqual(self.look(), Heat.NORMAL)

    def test_it_costs_three_queries_however_much_was_held(self):
        self.hold("words")
        self.report()
        with self.assertNumQueries(3):  # the comments, why some are held, the reports
            heat.measure(self.article.pk, self.now)


class RulesTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.client.force_login(make_moderator())
        self.address = reverse("moderation:conversation", args=[self.article.pk])

    def save(self, **data):
        fields = {"mode": "comments", "rule": "open", "closes_after_days": ""}
        fields |= {f"seen_{name}": value for name, value in fields.items()}
        return self.client.post(self.address, fields | data, follow=True)

    def test_rules_are_set_and_written_down(self):
        self.save(rule="held", closes_after_days="7")
        thread = Thread.objects.get()
        self.assertEqual((thread.rule, thread.closes_after_days), ("held", 7))
        self.assertEqual(
            ModerationAct.objects.get().note, "conversation: rule open → held; closes after days None → 7"
        )

    def test_who_comes_second_sees_what_the_first_did_before_it_is_overwritten(self):
        self.save(rule="held")
        page = self.save(rule="closed")
        self.assertContains(page, "A colleague changed these rules", status_code=409)
        self.assertEqual(Thread.objects.get().rule, "held")
        self.save(rule="closed", seen_rule="held")
        self.assertEqual(Thread.objects.get().rule, "closed")

    def test_what_is_no_number_is_no_conflict_with_a_colleague(self):
        page = self.save(closes_after_days="soon")
        self.assertNotContains(page, "A colleague changed these rules", status_code=422)
        self.assertFalse(ModerationAct.objects.exists())

    def test_days_out_of_range_or_no_number_are_refused_in_a_sentence(self):
        for days in ("3651", "3000000", "9" * 30, "-1", "soon"):
            with self.subTest(days=days):
                page = self.save(closes_after_days=days)
                self.assertContains(page, "Write a number of days from 0 to 3650.", 1, status_code=422)
                self.assertContains(page, f'value="{days}"', status_code=422)
        self.assertFalse(ModerationAct.objects.exists())
        for days in ("3650", "0"):
            self.save(closes_after_days=days, seen_closes_after_days="" if days == "3650" else "3650")
            self.assertEqual(Thread.objects.get().closes_after_days, int(days))

    def test_no_days_out_of_range_are_stored(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Thread.objects.create(article=self.article, closes_after_days=3651)

    def test_days_beyond_all_dates_close_nothing(self):
        thread = Thread(article=self.article, closes_after_days=3_000_000)
        self.assertIsNone(thread.closes_at)
        self.assertEqual(thread.why_closed(), "")

    def test_a_held_conversation_holds_every_comment(self):
        self.save(rule="held")
        self.assertEqual(post_from("rana@reader.example", self.article, "Words.").state, "held")


class SimultaneousTests(ConcurrencyTestCase):
    def test_many_at_once_step_once(self):
        sync_moderators()
        article = make_article()
        for number in range(20):
            make_comment(article, text=f"Words {number}.", state="removed" if number % 2 else "published")
        self.at_once(lambda number: post_from(f"{number}@reader.example", article, f"Own words {number}."), 8)
        self.assertEqual(HeatStep.objects.count(), 1)
        self.assertEqual(Thread.objects.get().heat, Heat.SLOW)
