"""Which comment led to a correction: who says so, what readers find, how it is taken back."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.tests.factories import DAY, make_account, make_article, make_member, update_article
from comments.models import ModerationAct, ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_reader

Act = ModerationAct.Act


class TracingTestCase(TestCase):
    def setUp(self):
        self.article = make_article(published_at=DAY)
        self.comment = make_comment(self.article, submit_date=DAY)
        self.correction = self.correct("The month was wrong.")
        self.moderator = make_moderator()
        self.page = reverse("moderation:correction", args=[self.comment.pk])
        self.client.force_login(self.moderator)

    def correct(self, note, kind="correction"):
        update_article(self.article, kind=kind, note=note, standfirst=f"After {note}")
        return self.article.versions.public().latest("number")

    def trace(self, correction="", seen="", **changes):
        data = {"correction": correction and correction.pk, "seen": seen and seen.pk}
        return self.client.post(self.page, data | changes, follow=True)

    def led_to(self):
        return ReaderComment.objects.get(pk=self.comment.pk).led_to

    def story(self):
        return self.client.get(self.article.get_absolute_url())


class TraceTests(TracingTestCase):
    def test_readers_find_it_on_the_comment_and_where_it_leads(self):
        self.assertNotContains(self.story(), "Led to a correction")
        self.trace(self.correction)
        history = reverse("articles:history", args=[self.article.slug])
        for address in (self.article.get_absolute_url(), f"{self.article.get_absolute_url()}comments/"):
            page = self.client.get(address)
            link = f'href="{history}#version-{self.correction.number}">Led to a correction</a>'
            self.assertContains(page, link)

    def test_it_is_written_down_and_told_in_public_without_names(self):
        self.trace(self.correction)
        act = ModerationAct.objects.get()
        self.assertEqual((act.act, act.by, act.before), (Act.LED, self.moderator, {"led_to": None}))
        self.assertContains(self.client.get("/moderation-log/"), "A correction was traced to a comment")
        log = self.client.get(reverse("moderation:log"))
        self.assertContains(log, "moderator traced a correction to")
        self.assertContains(log, f"version {self.correction.number}")

    def test_an_undo_brings_back_what_was_said_before(self):
        self.trace(self.correction)
        second = self.correct("The year was wrong, too.")
        self.trace(second, seen=self.correction)
        act = ModerationAct.objects.filter(act=Act.LED).first()
        self.client.post(reverse("moderation:undo", args=[act.pk]))
        self.assertEqual(self.led_to(), self.correction)
        with self.assertRaises(acts.AlreadyDecided):
            acts.undo(act, self.moderator)

    def test_what_was_said_since_is_not_overruled_unseen(self):
        self.trace(self.correction)
        first = ModerationAct.objects.get()
        self.trace(self.correct("Another."), seen=self.correction)
        with self.assertRaises(acts.NotTheLatest):
            acts.undo(first, self.moderator)

    def test_picking_and_tracing_do_not_stand_in_each_others_way(self):
        pick = acts.pick(self.comment, self.moderator)
        self.trace(self.correction)
        acts.undo(pick, self.moderator)
        self.assertEqual(self.led_to(), self.correction)

    def test_that_it_led_to_none_can_be_said_too(self):
        self.trace(self.correction)
        self.trace(seen=self.correction)
        self.assertIsNone(self.led_to())
        self.assertEqual(ModerationAct.objects.first().act, Act.UNLED)
        self.assertNotContains(self.story(), "Led to a correction")

    def test_who_comes_second_is_told_what_the_first_did(self):
        self.trace(self.correction)
        page = self.trace(self.correct("Another."))
        self.assertContains(page, "moderator traced a correction to it already")
        self.assertEqual(self.led_to(), self.correction)

    def test_the_button_that_takes_it_back_stands_on_the_page(self):
        page = self.trace(self.correction)
        self.assertContains(page, "Traced a correction to comment")
        self.assertNotContains(page, "Letters about it leave")


class ChoiceTests(TracingTestCase):
    def assert_refused(self, version):
        page = self.trace(version)
        sentence = "Choose a correction of this story that came after the comment."
        self.assertContains(page, sentence, status_code=422)
        with self.assertRaises(acts.NoSuchCorrection):
            acts.trace(self.comment, self.moderator, version)
        self.assertIsNone(self.led_to())

    def test_offered_are_the_corrections_since_the_comment(self):
        page = self.client.get(self.page)
        self.assertContains(page, "The month was wrong.")
        self.correct("Only an update.", kind="update")
        self.assertNotContains(self.client.get(self.page), "Only an update.")

    def test_no_version_of_another_kind(self):
        self.assert_refused(self.correct("Only an update.", kind="update"))

    def test_no_correction_of_another_story(self):
        other = make_article("Other")
        update_article(other, kind="correction")
        self.assert_refused(other.versions.latest("number"))

    def test_none_from_before_the_comment(self):
        later = make_comment(self.article, submit_date=timezone.now() + timedelta(minutes=1))
        page = self.client.get(reverse("moderation:correction", args=[later.pk]))
        self.assertContains(page, "This story has no correction that came after the comment.")

    def test_no_comment_that_readers_do_not_see(self):
        acts.remove(self.comment, self.moderator, "insult")
        self.assertEqual(self.client.get(self.page).status_code, 404)
        with self.assertRaisesMessage(acts.AlreadyDecided, "Readers do not see this comment now"):
            acts.trace(self.comment, self.moderator, self.correction)

    def test_a_correction_whose_hour_has_not_come_is_not_shown(self):
        self.comment.led_to = self.correction
        self.assertEqual(self.comment.correction, self.correction)
        self.comment.led_to.published_at = timezone.now() + timedelta(hours=1)
        self.assertIsNone(self.comment.correction)

    def test_below_a_withdrawn_story_there_is_no_such_page(self):
        self.trace(self.correction)
        publishing.withdraw(self.article, make_account(), notice="It was wrong.")
        self.assertEqual(self.client.get(self.page).status_code, 404)
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), "Led to", status_code=410)


class EditorTests(TracingTestCase):
    def setUp(self):
        super().setUp()
        self.conversation = reverse("moderation:conversation", args=[self.article.pk])
        self.client.force_login(make_member("Editor"))

    def test_an_editor_says_it_from_the_page_of_the_story(self):
        desk = self.client.get(reverse("admin:articles_article_change", args=[self.article.pk]))
        self.assertContains(desk, f'href="{self.conversation}"')
        link = f"https://anewz.example{self.comment.get_absolute_url()}"
        self.assertRedirects(self.client.get(self.conversation, {"comment": link}), self.page)
        page = self.trace(self.correction)
        self.assertEqual(self.led_to(), self.correction)
        self.assertNotContains(page, 'aria-label="Moderation"')

    def test_a_link_that_leads_nowhere_is_kept_and_said(self):
        elsewhere = make_comment(make_article("Other"))
        for link in ("nonsense", elsewhere.get_absolute_url(), "9" * 30, ""):
            page = self.client.get(self.conversation, {"comment": link})
            self.assertTrue(page.context["sought"].errors)
            self.assertEqual(page.context["sought"]["comment"].value(), link)

    def test_an_editor_opens_a_story_to_questions(self):
        data = {"mode": "questions", "rule": "open", "closes_after_days": ""}
        data |= {"seen_mode": "comments", "seen_rule": "open", "seen_closes_after_days": ""}
        self.client.post(self.conversation, data)
        self.assertContains(self.story(), "What would you like to know?")

    def test_nobody_else_says_it(self):
        for account in (make_member("Reporter"), make_reader()):
            self.client.force_login(account)
            for address in (self.page, self.conversation):
                self.assertIn(self.client.get(address).status_code, (302, 403))
            with self.assertRaises(PermissionDenied):
                acts.trace(self.comment, account, self.correction)
