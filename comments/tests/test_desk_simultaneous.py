"""What must hold when several moderators press at the same instant. On both databases."""

from django.db import transaction

from articles.models import Article
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments.models import Case, ModerationAct, ReaderComment
from comments.moderation import acts, cases, queue, reports
from comments.roles import sync_moderators
from comments.tests.cases import SPAM, make_held, post_from
from comments.tests.factories import make_comment, make_moderator

State = ReaderComment.State


class SimultaneousTests(ConcurrencyTestCase):
    def setUp(self):

        sync_moderators()
        self.article = make_article()
        self.moderators = [make_moderator(f"moderator {number}") for number in range(6)]

    def test_of_six_who_decide_one_does_and_five_learn_of_it(self):
        comment = make_held(self.article)

        def decide(number):
            act = acts.approve if number % 2 else lambda *args: acts.remove(*args, "insult")
            try:
                act(ReaderComment.objects.get(pk=comment.pk), self.moderators[number])
            except acts.AlreadyDecided:
                return "learned"
            return "decided"

        # Approval and removal may follow each other; twice the same may not.
        answers = self.at_once(decide, 6)
        rows = list(ModerationAct.objects.order_by("pk").values_list("act", flat=True))
        self.assertEqual(answers.count("decided"), len(rows))
        self.assertTrue(all(one != other for one, other in zip(rows, rows[1:], strict=False)))
        comment.refresh_from_db()
        self.assertEqual(comment.state == State.PUBLISHED, rows[-1] == "approve")
        self.assertEqual(Article.objects.get(pk=self.article.pk).comment_count, int(comment.is_published))
        self.assertIsNotNone(Case.objects.get(pk=comment.case_id).closed_at)

    def test_an_act_is_taken_back_once(self):
        act = acts.remove(make_comment(self.article), self.moderators[0], "insult")

        def undo(number):
            try:
                acts.undo(ModerationAct.objects.get(pk=act.pk), self.moderators[number])
            except acts.AlreadyDecided:
                return False
            return True

        self.assertEqual(self.at_once(undo, 6).count(True), 1)
        self.assertEqual(Article.objects.get(pk=self.article.pk).comment_count, 1)

    def test_a_suspension_is_taken_back_once(self):
        act = acts.warn(make_comment(self.article).person, self.moderators[0], "insult")

        def undo(number):
            try:
                acts.undo(ModerationAct.objects.get(pk=act.pk), self.moderators[number])
            except acts.AlreadyDecided:
                return False
            return True

        self.assertEqual(self.at_once(undo, 6).count(True), 1)

    def test_no_case_is_leased_to_two(self):
        for number in range(30):
            make_held(self.article, text=f"Words {number}.")
        leases = self.at_once(
            lambda number: [card.case.pk for card in queue.lease(self.moderators[number])], 3
        )
        taken = [pk for lease in leases for pk in lease]
        self.assertEqual(len(taken), len(set(taken)))
        for moderator, lease in zip(self.moderators, leases, strict=False):
            self.assertEqual(Case.objects.filter(leased_by=moderator).count(), len(lease))

    def test_copies_that_come_at_once_are_all_stored(self):
        post_from("first@spam.example", self.article, SPAM + " https://spam.example/")

        def post(number):
            return post_from(
                f"{number}@spam.example", self.article, f"{SPAM} https://spam.example/{number}"
            ).state

        self.assertEqual(set(self.at_once(post, 8)), {State.HELD})
        self.assertEqual(ReaderComment.objects.count(), 9)
        self.assertEqual(ReaderComment.objects.waiting().count(), 9)
        self.assertFalse(ReaderComment.objects.waiting().filter(case=None).exists())

    def test_a_case_that_grows_while_it_is_settled_stays_open(self):
        first = make_held(self.article)

        def act(number):
            if number:
                acts.remove(ReaderComment.objects.get(pk=first.pk), self.moderators[0], "insult")
            else:
                late = make_comment(self.article, state=State.HELD)
                with transaction.atomic():
                    cases.hold(late, like=[ReaderComment.objects.get(pk=first.pk)])

        self.at_once(act, 2)
        for comment in ReaderComment.objects.waiting():
            self.assertIsNone(comment.case.closed_at)

    def test_neighbours_who_report_at_once_lose_nothing_and_weigh_as_one(self):
        comment = make_comment(self.article)

        def report(number):
            words = f"Words {number % 3}."
            reports.make(comment, reason="insult", reporter="network", words=words)

        self.at_once(report, 6)
        kept = comment.reports.values_list("words", "weight")
        self.assertEqual(sorted(words for words, _ in kept), ["Words 0.", "Words 1.", "Words 2."])
        self.assertEqual(sorted(weight for _, weight in kept), [0, 0, 1])
