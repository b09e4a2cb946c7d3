"""The local score: what it learns, how it is measured, and what it may do."""

from datetime import timedelta

from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles.tests.factories import make_article
from comments.models import LearnedScore, ReaderComment
from comments.moderation import score
from comments.moderation.steps import score as step
from comments.tests.cases import post_from
from comments.tests.factories import make_comment, make_moderator

State = ReaderComment.State
REASONS = r"Looks like removed comments by \d+%: ((“[^”]+”|its length)(, |\.)){3}$"
SPAM = "Earn quick money with our casino bonus number {}"
TALK = "The bridge was closed in spring and people walked, says number {}"


class SignTests(SimpleTestCase):
    def test_signs_are_words_pairs_and_habits(self):
        signs = score.signs_of("Buy NOW https://one.example/")
        self.assertLessEqual({"word buy", "word now", "pair buy now", "links 1"}, signs)
        self.assertIn("capitals", score.signs_of("EVERYBODY HERE IS A COMPLETE FOOL"))
        self.assertIn("repetition", score.signs_of("spam " * 12))
        self.assertIn("history", score.signs_of("Fine.", removed_share=0.5))

    def test_the_weights_are_laplaces(self):
        model = score._fitted([{"word bad"}] * 6, [{"word good"}] * 6)
        # log of (6 + 1) / (6 + 2) against (0 + 1) / (6 + 2)
        self.assertAlmostEqual(model.weights["word bad"], 1.9459, places=3)
        self.assertAlmostEqual(model.weights["word good"], -1.9459, places=3)
        self.assertEqual(model.bias, 0)

    def test_the_threshold_is_the_lowest_that_is_right_four_times_in_five(self):
        model = LearnedScore(weights={"a": 4, "b": 2, "c": -4}, bias=0)
        removed = [{"a"}] * 6 + [{"b"}] * 2 + [{"c"}] * 2
        kept = [{"b"}] * 2 + [{"c"}] * 20
        score._measure(model, removed, kept)
        self.assertEqual((model.hit, model.missed, model.wrong, model.right), (8, 2, 2, 20))
        self.assertEqual((model.precision, model.recall), (0.8, 0.8))

    def test_where_no_threshold_is_right_often_enough_it_holds_nothing(self):
        model = LearnedScore(weights={"a": 1}, bias=0)
        score._measure(model, [{"a"}] * 5, [{"a"}] * 20)
        self.assertIsNone(model.threshold)
        self.assertIsNone(model.precision)
        self.assertFalse(score.opinion_of(model, "a").holds)


class LearningTests(TestCase):
    def setUp(self):
        self.article = make_article()
        step.forget()
        self.addCleanup(step.forget)

    def decide(self, count=80):
        weeks_ago = timezone.now() - timedelta(days=14)
        for number in range(count):
            make_comment(self.article, text=SPAM.format(number), state=State.REMOVED, user_email="")
            make_comment(self.article, text=TALK.format(number), published_at=weeks_ago, user_email="")

    def test_with_too_few_decisions_it_says_so_and_lets_pass(self):
        self.decide(10)
        self.assertIsNone(score.learn())
        comment = post_from("rana@reader.example", self.article, SPAM.format("x"))
        [check] = [row for row in comment.checks if row["step"] == "score"]
        self.assertEqual(
            check, {"step": "score", "decision": "pass", "reason": "Has not learned enough yet."}
        )

    def test_what_looks_removed_is_held_with_its_reasons_and_nothing_is_refused(self):
        self.decide()
        model = score.learn()
        self.assertEqual((model.precision, model.recall), (1, 1))
        step.forget()
        comment = post_from("rana@reader.example", self.article, "Our casino has a bonus: earn quick money")
        self.assertEqual(comment.state, State.HELD)
        self.assertGreater(comment.score, 0.9)
        [check] = [row for row in comment.checks if row["step"] == "score"]
        self.assertRegex(check["reason"], REASONS)
        kept = post_from("ann@reader.example", self.article, "People walked over the closed bridge in spring")
        self.assertEqual(kept.state, State.PUBLISHED)
        self.assertLess(kept.score, 0.1)

    def test_it_never_learns_from_what_it_is_measured_on(self):
        self.decide()
        model = score.learn()
        self.assertEqual(model.removed + model.hit + model.missed, 80)
        self.assertEqual(model.kept + model.wrong + model.right, 80)
        self.assertGreater(model.held_back, 10)

    def test_fresh_comments_and_the_newsrooms_own_teach_nothing(self):
        self.decide()
        make_comment(self.article, text="Fresh words nobody has judged")
        make_comment(
            self.article,
            text="Newsroom words",
            badge="newsroom",
            published_at=timezone.now() - timedelta(days=14),
        )
        model = score.learn()
        self.assertFalse([sign for sign in model.weights if "fresh" in sign or "newsroom" in sign])

    def test_the_page_says_how_good_it_is(self):
        self.client.force_login(make_moderator())
        self.assertContains(self.client.get("/moderation/score/"), "It has not learned yet")
        self.decide()
        score.learn()
        page = self.client.get("/moderation/score/")
        self.assertContains(page, "100% of what it would hold was removed")
        self.assertContains(page, "“casino”")
