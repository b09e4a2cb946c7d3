"""The local score: what it learns, how it is measured, and what it may do."""

from datetime import timedelta
from random import Random

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


class ThresholdTests(SimpleTestCase):
    def setUp(self):
        self.model = LearnedScore(weights={"a": 4, "b": 2, "c": -4}, bias=0)

    def measure(self, removed, kept, *, threshold_of="b"):
        self.model.threshold = score._score(self.model, {threshold_of})
        score._measure(self.model, removed, kept)
        return self.model

    def test_it_is_the_lowest_that_is_right_nine_times_in_ten(self):
        removed = [{"a"}] * 6 + [{"b"}] * 3 + [{"c"}] * 2
        chosen = score._chosen(self.model, removed, [{"b"}] + [{"c"}] * 20)
        self.assertEqual(chosen, score._score(self.model, {"b"}))
        chosen = score._chosen(self.model, removed, [{"b"}] * 2 + [{"c"}] * 20)
        self.assertEqual(chosen, score._score(self.model, {"a"}))
        self.assertIsNone(score._chosen(self.model, removed, [{"a"}] * 3))

    def test_it_stays_where_it_is_right_four_times_in_five(self):
        model = self.measure([{"a"}] * 6 + [{"b"}] * 2 + [{"c"}] * 2, [{"b"}] * 2 + [{"c"}] * 20)
        self.assertIsNotNone(model.threshold)
        self.assertEqual((model.hit, model.missed, model.wrong, model.right), (8, 2, 2, 20))
        self.assertEqual((model.precision, model.recall), (0.8, 0.8))

    def test_where_it_is_right_less_often_finds_few_or_is_chance_it_holds_nothing(self):
        for why, removed, kept in [
            ("three times in four", [{"a"}] * 6, [{"a"}] * 2 + [{"c"}] * 20),
            ("four found", [{"a"}] * 4, [{"c"}] * 20),
            ("none found", [{"c"}] * 4, [{"c"}] * 20),
            ("most are removed", [{"a"}] * 8 + [{"c"}] * 72, [{"a"}] * 2 + [{"c"}] * 18),
            ("nothing to measure on", [], []),
        ]:
            with self.subTest(why=why):
                model = self.measure(removed, kept)
                self.assertIsNone(model.threshold)
                self.assertIsNone(model.precision)
                self.assertEqual((model.missed, model.right), (len(removed), len(kept)))
                self.assertFalse(score.opinion_of(model, "a").holds)

    def test_noise_offers_none_and_a_signal_does(self):
        offered = {"noise": 0, "signal": 0}
        for seed in range(40):
            chance = Random(seed)
            words = [f"word {number}" for number in range(200)]
            noise = [{*chance.sample(words, 12)} for _ in range(400)]
            signal = [{*signs, "word casino"} if chance.random() < 0.8 else signs for signs in noise[:200]]
            for kind, removed in (("noise", noise[:200]), ("signal", signal)):
                model = score._model_of([*enumerate(removed)], [*enumerate(noise[200:])])
                offered[kind] += model.threshold is not None
        self.assertEqual(offered["noise"], 0)
        self.assertGreater(offered["signal"], 36)

    def test_no_decision_is_in_two_parts(self):
        parts = score._dealt([(number, {number}) for number in range(10)])
        self.assertEqual(parts, ([{2}, {3}, {4}, {7}, {8}, {9}], [{1}, {6}], [{0}, {5}]))


class LearningTests(TestCase):
    def setUp(self):
        self.article = make_article()
        step.forget()
        self.addCleanup(step.forget)

    def decide(self, count=120):
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

    def test_it_is_measured_on_a_fifth_and_learns_from_three(self):
        self.decide()
        model = score.learn()
        self.assertLess(model.removed + model.hit + model.missed, 120)
        self.assertLess(model.kept + model.wrong + model.right, 120)
        self.assertGreater(model.held_back, 20)
        self.assertGreater(model.removed + model.kept, 2 * model.held_back)

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
