"""What everybody may read of moderation: what was decided, and nothing of whom."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.tests.factories import make_account, make_article
from comments.figures import HELD_FOR, moderation_figures
from comments.models import HeatStep, ReaderComment
from comments.moderation import acts
from comments.public_log import ON_A_PAGE
from comments.status import WHY_HELD
from comments.tests.cases import make_held
from comments.tests.factories import make_comment, make_moderator

LOG = "/moderation-log/"


class PublicLogTests(TestCase):
    def setUp(self):
        self.article, self.moderator = make_article(), make_moderator("olga-the-moderator")

    def test_it_tells_what_was_decided_and_by_which_guideline(self):
        comment = make_comment(self.article, text="Secret words.", name="Loud Reader")
        acts.remove(comment, self.moderator, "insult", note="A note of ours.", words="Words to you.")
        acts.warn(comment.person, self.moderator, "insult", "Words of the warning.")
        page = self.client.get(LOG)
        self.assertContains(page, "A comment was removed: insult (guideline 2).")
        self.assertContains(page, "Somebody was warned")
        self.assertContains(page, comment.get_absolute_url())
        ours = ("A note of ours", "Words to you", "Words of the warning")
        for secret in ("Secret words", "Loud Reader", "olga", *ours):
            self.assertNotContains(page, secret)

    def test_what_was_taken_back_says_so(self):
        acts.undo(acts.remove(make_comment(self.article), self.moderator, "insult"), self.moderator)
        page = self.client.get(LOG)
        self.assertContains(page, "Taken back since.", count=1)
        self.assertContains(page, "A decision was taken back")

    def test_notes_and_questions_among_moderators_are_not_there(self):
        acts.note(make_comment(self.article).person, self.moderator, "Hm.")
        self.assertContains(self.client.get(LOG), "Nothing has been decided yet.")

    def test_what_a_conversation_did_by_itself_is_told_with_its_figures(self):
        Step = HeatStep.objects.create
        for by in (None, self.moderator):
            Step(article=self.article, before=0, step=1 if by is None else 0, why="70 comments came", by=by)
        page = self.client.get(LOG)
        self.assertContains(page, "70 comments came", count=1)
        self.assertContains(page, self.article.headline)
        publishing.withdraw(self.article, make_account(), notice="It was wrong.")
        page = self.client.get(LOG)
        self.assertContains(page, "Below a story that was withdrawn")
        self.assertNotContains(page, self.article.live_version.headline)

    def test_it_leads_to_no_story_that_is_gone_and_to_no_comment_that_never_stood(self):
        held, stood = make_held(self.article), make_comment(self.article)
        for comment in (held, stood):
            acts.remove(comment, self.moderator, "insult")
        self.assertNotContains(self.client.get(LOG), held.get_absolute_url())
        self.assertContains(self.client.get(LOG), stood.get_absolute_url())
        publishing.withdraw(self.article, make_account(), notice="It was wrong.")
        self.assertNotContains(self.client.get(LOG), stood.get_absolute_url())

    def test_its_pages_follow_each_other_without_gap(self):
        comment = make_comment(self.article)
        for _ in range(ON_A_PAGE // 2 + 1):
            acts.remove(comment, self.moderator, "insult")
            acts.approve(comment, self.moderator)
        with self.assertNumQueries(6):
            first = self.client.get(LOG)
        second = self.client.get(LOG + first.context["page"].older_url)
        self.assertEqual((len(first.context["page"]), len(second.context["page"])), (ON_A_PAGE, 2))
        for odd in ("x", "-1", "9" * 30, "%00"):
            self.assertEqual(self.client.get(f"{LOG}?before={odd}").status_code, 404)


class FigureTests(TestCase):
    def setUp(self):
        self.article, self.moderator = make_article(), make_moderator()

    def test_decisions_are_counted_by_guideline_and_without_what_was_taken_back(self):
        for reason in ("insult", "insult", "advertising"):
            acts.remove(make_comment(self.article), self.moderator, reason)
        acts.undo(acts.remove(make_comment(self.article), self.moderator, "hatred"), self.moderator)
        acts.approve(make_held(self.article), self.moderator)
        found = moderation_figures()
        self.assertEqual((found.removed, found.approved), (3, 1))
        self.assertEqual(
            found.by_guideline, [("insult (guideline 2)", 2), ("advertising or spam (guideline 6)", 1)]
        )

    def test_the_wait_is_that_of_held_comments(self):
        now = timezone.now()
        for hours in (1, 2, 9):
            held = make_held(self.article)
            ReaderComment.objects.filter(pk=held.pk).update(submit_date=now - timedelta(hours=hours))
            acts.approve(held, self.moderator, now=now)
        acts.remove(make_comment(self.article), self.moderator, "insult")
        found = moderation_figures(now)
        self.assertEqual((found.waited_cases, found.waited), (3, "2\xa0hours"))

    def test_each_check_says_how_often_moderators_let_stand_what_it_held(self):
        for step, decide in (("words", acts.approve), ("words", acts.remove), ("links", acts.approve)):
            held = make_held(self.article)
            passed = {"step": "length", "decision": "pass", "reason": ""}
            also = {"step": "rule", "decision": "hold", "reason": ""}
            held.checks = [passed, {"step": step, "decision": "hold", "reason": ""}, also]
            held.save(update_fields=["checks"])
            decide(held, self.moderator, *(["insult"] if decide is acts.remove else []))
        found = [(held, stand) for _, held, stand in moderation_figures().by_check]
        self.assertEqual(found, [(2, 1), (1, 1)])
        page = self.client.get("/transparency/")
        self.assertContains(page, "a word on our list of suspect words: 2, of which moderators let 1 stand")

    def test_every_check_that_can_hold_has_its_words(self):
        self.assertEqual(set(HELD_FOR), set(WHY_HELD))

    def test_what_is_older_than_ninety_days_does_not_count(self):
        old = timezone.now() - timedelta(days=91)
        acts.remove(make_comment(self.article), self.moderator, "insult", now=old)
        self.assertEqual(moderation_figures().removed, 0)

    def test_they_stand_on_the_page_of_transparency(self):
        acts.remove(make_comment(self.article), self.moderator, "insult")
        self.assertContains(self.client.get("/transparency/"), "1 removed: insult (guideline 2).")
