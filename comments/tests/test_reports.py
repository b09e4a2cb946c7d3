from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import OutgoingMail
from articles.tests.factories import make_account, make_article
from comments import limits, report_form
from comments.models import Case, CommentReport, ReaderComment
from comments.moderation import acts, reports
from comments.moderation.guidelines import Guideline
from comments.moderation.urgency import GRAVELY_REPORTED, REPORTED
from comments.tests.factories import make_comment, make_moderator, make_reader

Outcome = CommentReport.Outcome
NOTICE = {
    "reason": "unlawful",
    "words": "It names a protected witness.",
    "name": "Ana",
    "email": "ana@reader.example",
    "in_good_faith": "on",
}


class ReportTestCase(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.comment = make_comment(self.article, text="Rude words.")
        self.address = reverse("comments:report", args=[self.comment.pk])

    def send(self, client=None, address=None, **data):
        return (client or self.client).post(address or self.address, {"reason": "insult"} | data)

    def report(self, comment=None, reporter="a", **changes):
        return reports.make(comment or self.comment, reason="insult", reporter=reporter, **changes)


class ReportPageTests(ReportTestCase):
    def test_shows_the_comment_and_asks_why(self):
        page = self.client.get(self.address)
        self.assertContains(page, "Rude words.")
        for value in Guideline.values:
            self.assertContains(page, f'type="radio" name="reason" value="{value}"')

    def test_a_report_is_put_before_the_moderators(self):
        page = self.send(words="He insults her.")
        self.assertContains(page, "Thank you, a moderator will read it")
        report = CommentReport.objects.get()
        self.assertEqual((report.reason, report.words, report.weight), ("insult", "He insults her.", 1))
        self.comment.refresh_from_db()
        self.assertEqual(self.comment.case.origin, Case.Origin.REPORTED)
        self.assertIn(self.comment, ReaderComment.objects.waiting())

    def test_keeps_nothing_of_the_reader_but_what_they_give(self):
        self.send(email="ana@reader.example")
        report = CommentReport.objects.get()
        self.assertEqual(report.name, "")
        self.assertNotIn("127.0.0", report.reporter)
        self.assertRegex(report.reporter, r"^[0-9a-f]{64}$")

    def test_nobody_learns_whether_others_reported_it(self):
        before = self.client.get(self.address).content
        self.report(reporter="another")
        self.client.cookies.clear()
        self.assertEqual(len(self.client.get(self.address).content), len(before))
        first, again = self.send(), self.send()
        self.assertEqual(first.content, again.content)

    def test_a_forged_form_reports_nothing_and_keeps_the_words(self):
        client = Client(enforce_csrf_checks=True)
        page = self.send(client, words="He insults her.")
        self.assertContains(page, "He insults her.", status_code=403)
        self.assertEqual(CommentReport.objects.count(), 0)

    def test_a_removed_comment_says_so(self):
        acts.remove(self.comment, make_moderator(), "insult")
        for response in (self.client.get(self.address), self.send()):
            self.assertContains(response, "It has been removed", status_code=410)
            self.assertNotContains(response, "Rude words.", status_code=410)

    def test_what_is_removed_while_a_report_is_written_is_not_reported(self):
        acts.remove(self.comment, make_moderator(), "insult")
        with self.assertRaises(reports.NotReportable):
            self.report()
        self.assertEqual(Case.objects.count(), 0)

    def test_what_readers_do_not_see_cannot_be_reported(self):
        held = make_comment(self.article, state=ReaderComment.State.HELD)
        below = make_comment(make_article("Gone"))
        publishing.withdraw(below.article, make_account(), notice="It was wrong.")
        for comment in (held, below):
            address = reverse("comments:report", args=[comment.pk])
            self.assertEqual(self.client.get(address).status_code, 404)
            self.assertEqual(self.send(address=address).status_code, 404)
        self.assertEqual(CommentReport.objects.count(), 0)

    def test_one_network_reports_only_so_much_and_keeps_its_words(self):
        most, _ = limits.REPORTS_FROM_ONE_NETWORK
        for number in range(most):
            self.assertEqual(self.send(**NOTICE | {"email": f"a{number}@reader.example"}).status_code, 200)
        page = self.send(words="One more.")
        self.assertContains(page, limits.TOO_MANY_REPORTS, status_code=429)
        self.assertContains(page, "One more.", status_code=429)

    def test_a_signed_in_reader_counts_apart_from_the_network(self):
        self.send()
        self.client.force_login(make_reader())
        self.send()
        self.assertEqual(CommentReport.objects.count(), 2)


class NeighboursTests(ReportTestCase):
    """Many people share a network, so what one of them says takes nothing from the others."""

    def urgency(self):
        self.comment.refresh_from_db()
        return self.comment.case.urgency

    def test_a_graver_report_from_the_same_network_is_kept_and_makes_it_urgent(self):
        self.send(reason="off-topic")
        usual = self.urgency()
        child = NOTICE | {"name": "", "email": "", "about_a_child": "on"}
        self.send(**child)
        self.send(reason="violence", words="He calls for it.", email="eva@reader.example")
        kept = CommentReport.objects.values_list("reason", "words", "weight")
        self.assertEqual(
            list(kept),
            [
                ("off-topic", "", 1),
                ("unlawful", NOTICE["words"], 0),
                ("violence", "He calls for it.", 0),
            ],
        )
        self.assertEqual(self.urgency() - usual, GRAVELY_REPORTED - REPORTED)
        self.assertEqual(OutgoingMail.objects.get().recipient, "eva@reader.example")

    def test_each_notice_of_something_illegal_is_kept_and_confirmed(self):
        for _ in range(2):
            self.assertContains(self.send(**NOTICE), "We are sending a letter")
        self.client.force_login(make_reader())
        for _ in range(2):
            self.send(**NOTICE)
        self.assertEqual(CommentReport.objects.count(), 4)
        self.assertEqual(OutgoingMail.objects.count(), 4)

    def test_what_says_nothing_new_while_it_waits_adds_nothing(self):
        told = {"words": "He insults her.", "email": "ana@reader.example"}
        self.send(**told)
        for again in (told, {}, {"words": told["words"]}, {"email": told["email"]}):
            self.assertContains(self.send(**again), "Thank you, a moderator will read it")
        self.assertEqual((CommentReport.objects.count(), OutgoingMail.objects.count()), (1, 1))

    def test_other_words_another_address_or_another_reason_are_kept(self):
        self.send(words="He insults her.")
        others = [{"words": "And him."}, {"email": "eva@reader.example"}, {"reason": "advertising"}]
        for other in others:
            self.send(**other)
        weights = CommentReport.objects.values_list("weight", flat=True)
        self.assertEqual(list(weights), [1, 0, 0, 0])

    def test_who_was_wrong_once_can_report_again(self):
        self.send()
        acts.approve(self.comment, make_moderator())
        self.send()
        self.assertEqual(CommentReport.objects.filter(outcome="").get().weight, reports.HEAVIEST / 3)

    def test_nobody_floods_a_card_or_keeps_what_is_graver_from_it(self):
        for number in range(reports.MOST_WAITING + 3):
            page = self.send(words=f"Words {number}.", email="ana@reader.example")
            self.assertContains(page, "Thank you, a moderator will read it")
        self.assertEqual(CommentReport.objects.count(), reports.MOST_WAITING)
        self.assertNotContains(page, "We are sending a letter")
        self.send(reason="violence", words="He calls for it.")
        self.send(reason="privacy", words="It is her address.")
        self.send(**NOTICE)
        others = CommentReport.objects.exclude(reason="insult").values_list("reason", flat=True)
        self.assertEqual(list(others), ["violence", "unlawful"])

    def test_each_with_an_address_hears_what_was_decided(self):
        for name in ("ana", "eva"):
            self.send(email=f"{name}@reader.example")
        OutgoingMail.objects.all().delete()
        acts.approve(self.comment, make_moderator())
        told = set(OutgoingMail.objects.values_list("recipient", flat=True))
        self.assertEqual(told, {"ana@reader.example", "eva@reader.example"})


class ReportFormTests(ReportTestCase):
    """What each kind of report needs."""

    CASES = [
        ("nothing chosen", {"reason": ""}, "Choose what is wrong."),
        ("no reason of ours", {"reason": "ugly"}, "Choose what is wrong."),
        ("a reason alone", {"reason": "insult"}, None),
        ("each other reason alone", {"reason": "advertising"}, None),
        ("a wrong address", {"email": "nowhere"}, "This is not an e-mail address"),
        ("too many words", {"words": "x" * 2001}, "A report has at most 2,000 characters"),
        ("a field that people do not see", {"homepage": "x"}, report_form.TRAPPED),
        ("a whole notice", NOTICE, None),
        ("a notice without reasons", NOTICE | {"words": " "}, report_form.EXPLANATION_NEEDED),
        ("a notice without a name", NOTICE | {"name": ""}, report_form.NAME_NEEDED),
        ("a notice without an address", NOTICE | {"email": ""}, report_form.ADDRESS_NEEDED),
        ("a notice without good faith", NOTICE | {"in_good_faith": ""}, report_form.GOOD_FAITH_NEEDED),
        ("of a child's abuse, unsigned", NOTICE | {"name": "", "email": "", "about_a_child": "on"}, None),
        (
            "of a child's abuse, without good faith",
            NOTICE | {"in_good_faith": "", "about_a_child": "on"},
            report_form.GOOD_FAITH_NEEDED,
        ),
    ]

    def test_table_of_cases(self):
        for name, data, refusal in self.CASES:
            with self.subTest(name):
                CommentReport.objects.all().delete()
                page = self.send(**data)
                self.assertEqual(page.status_code, 422 if refusal else 200)
                self.assertEqual(CommentReport.objects.count(), 0 if refusal else 1)
                if refusal:
                    self.assertContains(page, refusal, status_code=422)

    def test_keeps_what_was_written(self):
        page = self.send(**NOTICE | {"name": "", "words": "Read <this>."})
        self.assertContains(page, "Read &lt;this&gt;.", status_code=422)
        self.assertContains(page, 'value="ana@reader.example"', status_code=422)
        self.assertContains(page, 'value="unlawful" id="id_reason_6" required checked', status_code=422)

    def test_a_name_is_kept_for_a_notice_alone(self):
        self.send(**NOTICE | {"reason": "insult"})
        report = CommentReport.objects.get()
        self.assertEqual((report.name, report.in_good_faith), ("", False))


class WeightTests(ReportTestCase):
    def weight_after(self, *outcomes):
        for outcome in outcomes:
            report = self.report(make_comment(self.article), reporter="known")
            CommentReport.objects.filter(pk=report.pk).update(outcome=outcome)
        return reports.weight_of("known")

    def test_somebody_unknown_weighs_one(self):
        self.assertEqual(self.weight_after(), 1)

    def test_who_was_right_weighs_more(self):
        self.assertAlmostEqual(self.weight_after("right", "right"), 2 * 3 / 4)

    def test_who_was_wrong_weighs_less_but_never_nothing(self):
        self.assertAlmostEqual(self.weight_after(*["wrong"] * 8), 2 / 10)

    def test_several_reports_of_a_comment_count_once(self):
        for words in ("One.", "Two."):
            self.report(reporter="known", words=words)
        CommentReport.objects.update(outcome="right")
        self.assertAlmostEqual(reports.weight_of("known"), 2 * 2 / 3)

    def test_what_waits_weighs_nothing(self):
        self.assertAlmostEqual(self.weight_after("right", "", ""), 2 * 2 / 3)


class LetterTests(ReportTestCase):
    def letters(self):
        return list(OutgoingMail.objects.exclude(recipient=self.comment.letters_go_to).order_by("pk"))

    def decide(self, outcome=Outcome.RIGHT, **changes):
        by = make_moderator()
        if outcome == Outcome.RIGHT:
            return acts.remove(self.comment, by, "insult", **changes)
        return acts.approve(self.comment, by, **changes)

    def test_a_report_with_an_address_is_confirmed_at_once(self):
        page = self.send(**NOTICE)
        self.assertContains(page, "ana@reader.example")
        [letter] = self.letters()
        self.assertEqual(letter.recipient, "ana@reader.example")
        self.assertLessEqual(letter.next_attempt_at, timezone.now())
        for text in (letter.text, letter.html):
            self.assertIn(self.comment.get_absolute_url(), text)
            for words in (NOTICE["words"], "Ana,", "Rude words.", self.comment.user_name):
                self.assertNotIn(words, text)

    def test_a_report_without_an_address_sends_none(self):
        self.send()
        self.decide()
        self.assertEqual(self.letters(), [])

    def test_a_mailbox_that_had_enough_letters_loses_no_notice(self):
        most, _ = limits.TO_ONE_MAILBOX_FROM_ONE_NETWORK
        for _ in range(most + 1):
            comment = make_comment(self.article)
            self.send(address=reverse("comments:report", args=[comment.pk]), **NOTICE)
        self.assertEqual((len(self.letters()), CommentReport.objects.count()), (most, most + 1))

    def test_a_decision_is_told_ten_seconds_later_and_can_be_called_back(self):
        self.report(email="ana@reader.example", confirm=False)
        act = self.decide()
        [letter] = self.letters()
        self.assertGreater(letter.next_attempt_at, timezone.now() + timedelta(seconds=8))
        self.assertIn("The comment has been removed: insult (guideline 2).", letter.text)
        self.assertIn("court", letter.text)
        acts.undo(act, make_moderator())
        self.assertEqual(self.letters(), [])

    def test_who_was_wrong_is_told_that_the_comment_stays(self):
        self.report(email="ana@reader.example", confirm=False)
        act = self.decide(Outcome.WRONG)
        [letter] = self.letters()
        self.assertIn("The comment stays", letter.text)
        self.assertEqual(letter.about, f"act {act.pk}")

    def test_a_decision_settles_what_waits_and_nothing_else(self):
        first = self.report(reporter="first")
        self.decide(Outcome.WRONG)
        second = self.report(reporter="second")
        self.decide(Outcome.RIGHT)
        first.refresh_from_db(), second.refresh_from_db()
        self.assertEqual((first.outcome, second.outcome), (Outcome.WRONG, Outcome.RIGHT))
        self.assertEqual(second.decided_by, make_moderator())

    def test_an_undo_lets_the_reports_wait_again(self):
        self.report()
        act = self.decide(Outcome.WRONG)
        self.assertNotIn(self.comment, ReaderComment.objects.waiting())
        acts.undo(act, make_moderator())
        self.assertIn(self.comment, ReaderComment.objects.waiting())

    def test_of_reports_that_wait_again_beside_later_ones_one_has_weight(self):
        first = self.report(reporter="same")
        act = self.decide(Outcome.WRONG)
        for reporter in ("same", "another"):
            self.report(reporter=reporter)
        self.assertEqual(CommentReport.objects.filter(weight__gt=0).count(), 3)
        acts.undo(act, make_moderator())
        weighed = CommentReport.objects.filter(weight__gt=0, outcome="").order_by("pk")
        self.assertEqual([report.reporter for report in weighed], ["same", "another"])
        self.assertEqual(weighed[0], first)

    def test_no_letter_names_a_story_that_was_withdrawn(self):
        self.report(email="ana@reader.example", confirm=False)
        publishing.withdraw(self.article, make_account(), notice="It was wrong.")
        self.decide()
        self.assertNotIn("Troops", self.letters()[0].text + self.letters()[0].html)

    def test_senders_are_forgotten_a_month_after_the_decision(self):
        self.report(**{"email": "ana@reader.example", "name": "Ana", "confirm": False})
        self.decide(now=timezone.now() - timedelta(days=29))
        reports.forget_senders()
        self.assertEqual(CommentReport.objects.get().email, "ana@reader.example")
        CommentReport.objects.update(decided_at=timezone.now() - timedelta(days=31))
        reports.forget_senders()
        report = CommentReport.objects.get()
        self.assertEqual((report.email, report.name), ("", ""))
