"""The inbox of reports of errors at the desk."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import error_reports, publishing
from articles.models import ErrorReport, SectionRole
from articles.tests.desk import act_data
from articles.tests.desk import page_of as desk_page_of
from articles.tests.factories import (
    make_account,
    make_article,
    make_member,
    make_section,
    update_article,
)
from articles.tests.reports import make_report

INBOX = "/admin/articles/errorreport/"
HOUR = timedelta(hours=1)


def page_of(report, name="change"):
    return reverse(f"admin:articles_errorreport_{name}", args=[report.pk])


class InboxTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))

    def test_the_oldest_stands_first_with_its_age_marked_from_a_day_on(self):
        now = timezone.now()
        for words, age in (("Hours old.", 3 * HOUR), ("Days old.", 49 * HOUR), ("Fresh.", HOUR / 4)):
            make_report(words=words, now=now - age)
        page = self.client.get(INBOX).content.decode()
        self.assertLess(page.index("Days old."), page.index("Hours old."))
        self.assertLess(page.index("Hours old."), page.index("Fresh."))
        for age in ("2\xa0days", "3\xa0hours", "15\xa0minutes"):
            self.assertIn(f">{age}</time>", page)
        self.assertEqual((page.count('data-late="yes"'), page.count('data-late="no"')), (1, 2))

    def test_shows_those_that_wait_and_the_others_when_asked(self):
        waiting, answered = make_report(words="Waiting."), make_report(words="Settled.")
        error_reports.refuse(answered, make_account(), "It is right.")
        self.assertContains(self.client.get(INBOX), "Waiting.")
        self.assertNotContains(self.client.get(INBOX), "Settled.")
        self.assertContains(self.client.get(INBOX, {"state": "no_error"}), "Settled.")
        for words in ("Waiting.", "Settled."):
            self.assertContains(self.client.get(INBOX, {"state": "all"}), words)
        self.assertEqual(waiting.state, "new")

    def test_is_filtered_by_section(self):
        politics = make_section("Politics")
        make_report(make_article("One", section=politics), words="Of politics.")
        make_report(make_article("Two"), words="Of the world.")
        response = self.client.get(INBOX, {"article__section__id__exact": politics.pk})
        self.assertContains(response, "Of politics.")
        self.assertNotContains(response, "Of the world.")

    def test_costs_the_same_however_many_reports(self):
        make_report()
        self.client.get(INBOX)
        with self.assertNumQueries(8):
            self.client.get(INBOX)
        for number in range(12):
            make_report(make_article(f"Story {number}"), words=f"Number {number}.")
        with self.assertNumQueries(8):
            self.client.get(INBOX)

    def test_the_head_of_the_desk_says_how_many_wait(self):
        self.assertNotContains(self.client.get("/admin/"), "to answer")
        make_report(now=timezone.now() - 2 * HOUR)
        self.assertContains(self.client.get("/admin/"), "1 report of an error</a> to answer")
        self.assertContains(self.client.get("/admin/"), "the oldest is 2\xa0hours old")

    def test_nothing_that_a_reader_wrote_becomes_script(self):
        script = "<script>alert(1)</script>"
        report = make_report(words=script, name=script)
        for address in (INBOX, page_of(report)):
            self.assertNotContains(self.client.get(address), script)

    def test_odd_numbers_are_not_found(self):
        for number in (0, 4711, 2**63, 2**70):
            for name, method in (("answer", "POST"), ("taking", "POST")):
                address = f"/admin/articles/errorreport/{number}/{name}/"
                self.assertEqual(self.client.generic(method, address).status_code, 404)
            address = f"/admin/articles/errorreport/{number}/change/"
            self.assertEqual(self.client.get(address).status_code, 404)


class AnsweringTests(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)
        self.article = make_article(body="<p>Retaken in August 2024.</p>")
        self.report = make_report(self.article, email="leyla@reader.example")

    def correct(self, **changes):
        changes = {"body": "<p>Retaken in April 2025.</p>", "note": "The month was wrong."} | changes
        return update_article(self.article, kind="correction", **changes)

    def post(self, name, **data):
        return self.client.post(page_of(self.report, name), data)

    def reload(self):
        return ErrorReport.objects.get()

    def test_the_page_shows_what_was_meant_and_what_stands_there_now(self):
        self.assertContains(self.client.get(page_of(self.report)), "Retaken in August 2024.")
        self.correct()
        response = self.client.get(page_of(self.report))
        self.assertContains(response, "<del>August 2024.</del> <ins>April 2025.</ins>")

    def test_nobody_at_the_desk_is_shown_the_address_of_the_sender(self):
        for address in (INBOX, page_of(self.report)):
            self.assertNotContains(self.client.get(address), "leyla@reader.example")

    def test_looking_changes_nothing(self):
        for name in ("change", "taking", "answer"):
            for method in (self.client.get, self.client.head):
                method(page_of(self.report, name))
        self.assertEqual(self.reload().state, "new")

    def test_an_editor_takes_it_up(self):
        self.assertRedirects(self.post("taking"), page_of(self.report))
        self.assertEqual(self.reload().taken_by, self.editor)
        self.assertNotContains(self.client.get(page_of(self.report)), "I am looking at it")

    def test_the_newest_correction_is_chosen_already(self):
        self.correct(note="First note.")
        newest = self.correct(note="Second note.", headline="Right")
        form = self.client.get(page_of(self.report)).context["form"]
        self.assertEqual((form["correction"].value(), form["verdict"].value()), (newest.pk, "corrected"))
        self.assertContains(self.client.get(page_of(self.report)), "First note.")

    def test_answers_with_the_correction(self):
        version = self.correct()
        self.post("answer", verdict="corrected", correction=version.pk, answer="Well spotted.")
        report = self.reload()
        self.assertEqual((report.correction, report.answer), (version, "Well spotted."))
        self.assertContains(self.client.get(page_of(self.report)), "Answered by editor: corrected.")

    def test_the_act_of_correcting_answers_the_reports_that_are_ticked(self):
        other = make_report(self.article, words="Another thing is wrong.")
        publishing.save_draft(self.article, self.editor, headline="Right")
        self.article.refresh_from_db()
        address = desk_page_of(self.article, "correction")
        self.assertContains(self.client.get(address), "Another thing is wrong.")
        asked = {"note": "The month was wrong.", "at_foot": False, "reports": [self.report.pk]}
        self.client.post(address, act_data(self.article, **asked))
        self.article.refresh_from_db()
        self.report.refresh_from_db()
        self.assertEqual(self.report.correction, self.article.live_version)
        other.refresh_from_db()
        self.assertFalse(other.is_decided)

    def test_answers_that_it_is_no_error(self):
        self.post("answer", verdict="no_error", answer="The month is right.")
        self.assertEqual(self.reload().state, "no_error")

    def test_what_is_missing_is_said_and_the_words_stay(self):
        wrong = [
            ({"answer": "My answer."}, "Say whether it was an error."),
            ({"verdict": "corrected", "answer": "My answer."}, "correct the story first"),
            ({"verdict": "corrected", "correction": 4711, "answer": "My answer."}, "My answer."),
            ({"verdict": "no_error"}, "Tell the sender why"),
            ({"verdict": "no_error", "answer": "My answer. " * 200}, "at most 2000"),
        ]
        for data, reason in wrong:
            with self.subTest(reason=reason):
                response = self.post("answer", **data)
                self.assertContains(response, reason)
                self.assertContains(response, data.get("answer", "").strip())
        self.assertEqual(self.reload().state, "new")

    def test_who_comes_second_is_shown_the_decision_and_changes_nothing(self):
        error_reports.refuse(self.report, make_account(), "It is right.")
        version = self.correct()
        for name, data in (
            ("taking", {}),
            ("answer", {"verdict": "no_error", "answer": "Mine."}),
            ("answer", {"verdict": "corrected", "correction": version.pk}),
            ("answer", {}),
        ):
            with self.subTest(name=name, data=data):
                response = self.client.post(page_of(self.report, name), data, follow=True)
                self.assertContains(response, "Chief has answered it already: not an error.")
                self.assertContains(response, "It is right.")
        self.assertEqual(self.reload().answer, "It is right.")

    def test_the_page_of_a_withdrawn_story_s_report_opens(self):
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertEqual(self.client.get(page_of(self.report)).status_code, 200)


class RightsTests(TestCase):
    def setUp(self):
        self.world = make_report(make_article("Of the world"), words="World words.")
        politics = make_article("Of politics", section=make_section("Politics"))
        self.politics = make_report(politics, words="Politics words.")

    def statuses(self, report):
        answer = {"verdict": "no_error", "answer": "It is right."}
        return [
            self.client.get(INBOX).status_code,
            self.client.get(page_of(report)).status_code,
            self.client.post(page_of(report, "taking")).status_code,
            self.client.post(page_of(report, "answer"), answer).status_code,
            self.client.get(reverse("admin:articles_errorreport_add")).status_code,
            self.client.post(page_of(report, "delete"), {"post": "yes"}).status_code,
        ]

    def test_editors_answer_reporters_look_and_nobody_else_comes_in(self):
        expected = {
            "Editor": [200, 200, 302, 302, 403, 403],
            "Reporter": [200, 200, 403, 403, 403, 403],
            "Moderator": [403] * 6,
            None: [403] * 6,
        }
        for role, statuses in expected.items():
            self.client.force_login(make_member(role))
            with self.subTest(role=role):
                report = make_report(make_article(f"For {role}"), words=f"For {role}.")
                self.assertEqual(self.statuses(report), statuses)

    def test_a_reporter_is_offered_no_answer(self):
        self.client.force_login(make_member("Reporter"))
        response = self.client.get(page_of(self.world))
        self.assertContains(response, "World words.")
        self.assertNotContains(response, "Send the answer")
        self.assertNotContains(self.client.get("/admin/"), "to answer")

    def test_who_has_a_role_in_one_section_sees_and_answers_its_reports_alone(self):
        member = make_member(None)
        SectionRole.objects.create(
            user=member, section=make_section("Politics"), group=Group.objects.get(name="Editor")
        )
        self.client.force_login(member)
        inbox = self.client.get(INBOX)
        self.assertContains(inbox, "Politics words.")
        self.assertNotContains(inbox, "World words.")
        self.assertContains(self.client.get("/admin/"), "1 report of an error</a> to answer")
        self.assertEqual(self.client.get(page_of(self.world)).status_code, 404)
        for name in ("taking", "answer"):
            self.assertEqual(self.client.post(page_of(self.world, name)).status_code, 404)
        self.assertEqual(self.client.post(page_of(self.politics, "taking")).status_code, 302)
        self.assertEqual(ErrorReport.objects.get(pk=self.world.pk).state, "new")
