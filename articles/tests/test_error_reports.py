"""The acts on a report of an error: each once, each with its row in the record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import TestCase
from django.utils import timezone

from articles import clock, error_reports
from articles.error_reports import AlreadyDecided
from articles.models import ErrorReport, LogEntry
from articles.publishing import NotReady
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import DAY, make_account, make_article, make_member, update_article
from articles.tests.reports import WORDS, make_report, paragraph_of

HOUR = timedelta(hours=1)


class ActsTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.editor = make_member("Editor")
        self.report = make_report(self.article, now=DAY + HOUR)

    def correct(self, kind="correction", now=DAY + 2 * HOUR):
        return update_article(self.article, kind=kind, note="It was wrong.", now=now)

    def reload(self):
        return ErrorReport.objects.get()

    def log(self):
        return list(LogEntry.objects.filter(act="answer").order_by("pk").values_list("note", flat=True))

    def test_somebody_takes_it_up(self):
        error_reports.take(self.report, self.editor)
        self.assertEqual((self.reload().state, self.reload().taken_by), ("taken", self.editor))
        self.assertEqual(self.log(), [f"report {self.report.pk}: being looked at."])

    def test_a_second_to_take_it_up_learns_who_was_first(self):
        error_reports.take(self.report, self.editor)
        with self.assertRaisesMessage(AlreadyDecided, "editor is looking at it already."):
            error_reports.take(self.report, make_account())
        self.assertEqual((self.reload().taken_by, len(self.log())), (self.editor, 1))

    def test_a_refusal_says_why(self):
        with self.assertRaises(NotReady):
            error_reports.refuse(self.report, self.editor, " \n ")
        error_reports.refuse(self.report, self.editor, "The month is right.")
        report = self.reload()
        self.assertEqual((report.state, report.answer), ("no_error", "The month is right."))
        self.assertEqual(self.log(), [f"report {self.report.pk}: not an error. The month is right."])

    def test_a_correction_answers_many_reports_at_once_and_is_linked_to_each(self):
        other = make_report(self.article, words="The month is wrong.", now=DAY + HOUR)
        version = self.correct()
        answered = error_reports.answer_with(version, [other, self.report], self.editor)
        self.assertEqual([report.pk for report in answered], [self.report.pk, other.pk])
        self.assertEqual(list(version.corrected_reports.order_by("pk")), [self.report, other])
        entry = LogEntry.objects.filter(act="answer").latest("pk")
        self.assertEqual((entry.article, entry.version_number, entry.by), (self.article, 2, self.editor))

    def test_what_was_decided_stays(self):
        error_reports.refuse(self.report, self.editor, "It is right.")
        version = self.correct()
        self.assertEqual(error_reports.answer_with(version, [self.report], make_account()), [])
        for act in (lambda: error_reports.refuse(self.report, make_account(), "No."), lambda: self.take()):
            with self.assertRaisesMessage(AlreadyDecided, "editor has answered it already: not an error."):
                act()
        self.assertEqual((self.reload().state, len(self.log())), ("no_error", 1))

    def take(self):
        error_reports.take(self.report, make_account())

    def test_only_a_later_correction_or_clarification_of_this_story_answers_it(self):
        early = self.correct(now=DAY + HOUR / 2)
        update = self.correct("update")
        elsewhere = update_article(make_article("Another"), kind="correction", now=DAY + 2 * HOUR)
        for version in (early, update, elsewhere):
            with self.subTest(version=version), self.assertRaises(ValueError):
                error_reports.answer_with(version, [self.report], self.editor)
        error_reports.answer_with(self.correct("clarification", DAY + 3 * HOUR), [self.report], self.editor)
        self.assertEqual(self.reload().state, "corrected")

    def test_the_open_ones_of_a_story_come_oldest_first(self):
        older = make_report(self.article, words="Older.", now=DAY)
        answered = make_report(self.article, words="Answered.", now=DAY)
        make_report(make_article("Another"), words="Elsewhere.")
        error_reports.refuse(answered, self.editor, "It is right.")
        self.assertEqual(list(error_reports.open_for(self.article)), [older, self.report])

    def test_who_may_not_answer_does_not(self):
        version = self.correct()
        for role in ("Reporter", "Moderator", None):
            member = make_member(role)
            for act in (
                lambda by: error_reports.take(self.report, by),
                lambda by: error_reports.refuse(self.report, by, "It is right."),
                lambda by: error_reports.answer_with(version, [self.report], by),
            ):
                with self.subTest(role=role), self.assertRaises(PermissionDenied):
                    act(member)
        self.assertEqual((self.reload().state, self.log()), ("new", []))

    def test_the_record_holds_no_word_of_the_sender(self):
        report = make_report(self.article, words="My uncle told me.", name="Leyla", email="l@reader.example")
        error_reports.refuse(report, self.editor, "It is right.")
        for entry in LogEntry.objects.filter(act="answer"):
            for word in ("uncle", "Leyla", "l@reader"):
                self.assertNotIn(word, entry.note + entry.subject)

    def test_the_words_stay_what_they_were_when_the_text_changes(self):
        update_article(self.article, body="<p>Something else entirely, and longer.</p>")
        self.assertEqual(self.reload().passage, "North Korea has said that it sent troops.")


class ForgettingTests(TestCase):
    def report(self, days):
        report = make_report(words=f"{days} days.", name="Leyla", email="l@reader.example")
        if days is not None:
            then = timezone.now() - timedelta(days=days)
            error_reports.refuse(report, make_account(), "It is right.", now=then)
        return report

    def test_name_and_address_are_forgotten_thirty_days_after_the_answer(self):
        waiting, fresh, old = self.report(None), self.report(29), self.report(30)
        self.assertIn(error_reports.forget_senders, clock.EVERY_HOUR)
        error_reports.forget_senders()
        kept = {report.pk: (report.name, report.email, report.answer) for report in ErrorReport.objects.all()}
        self.assertEqual(kept[waiting.pk], ("Leyla", "l@reader.example", ""))
        self.assertEqual(kept[fresh.pk], ("Leyla", "l@reader.example", "It is right."))
        self.assertEqual(kept[old.pk], ("", "", "It is right."))


class FinalTests(TestCase):
    """What was answered, and whose sender is forgotten, is held by the database itself."""

    def assertHeld(self, act):
        with self.assertRaises(DatabaseError), transaction.atomic():
            act()

    def test_an_answered_report_is_neither_changed_nor_deleted(self):
        report = make_report()
        error_reports.refuse(report, make_account(), "It is right.")
        row = ErrorReport.objects.filter(pk=report.pk)
        self.assertHeld(lambda: row.update(answer="It is wrong."))
        self.assertHeld(lambda: row.update(state="corrected"))
        self.assertHeld(row.delete)

    def test_no_row_is_half_decided(self):
        row = ErrorReport.objects.filter(pk=make_report().pk)
        for half in ({"state": "no_error"}, {"decided_at": timezone.now()}, {"state": "corrected"}):
            with self.subTest(half=half), self.assertRaises(IntegrityError), transaction.atomic():
                row.update(**half)

    def test_a_story_with_reports_stays(self):
        with self.assertRaises(ProtectedError):
            make_report().article.delete()


class SimultaneousTests(ConcurrencyTestCase):
    def at_once(self, act):
        barrier = Barrier(6)

        def run(number):
            barrier.wait()
            try:
                return act(number)
            except AlreadyDecided:
                return None
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as threads:
            return list(threads.map(run, range(6)))

    def test_of_six_who_answer_at_once_one_does(self):
        report, editor = make_report(), make_account()
        done = self.at_once(lambda number: error_reports.refuse(report, editor, f"Answer {number}."))
        self.assertEqual(len([one for one in done if one]), 1)
        self.assertEqual(LogEntry.objects.filter(act="answer").count(), 1)

    def test_a_form_that_is_sent_six_times_at_once_is_one_report(self):
        article, secret = make_article(), error_reports.new_secret()
        version = article.live_version
        passage = paragraph_of(version)
        sent = self.at_once(
            lambda _: error_reports.send(version, passage, secret=secret, words=WORDS, email="l@r.example")
        )
        self.assertEqual((set(sent), ErrorReport.objects.count()), ({secret}, 1))
