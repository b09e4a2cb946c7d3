from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import TestCase
from django.urls import reverse
from django_comments.models import CommentFlag

from articles.models import Article
from articles.tests.factories import make_article
from comments.models import ModerationAct, ModerationActIsFinal, ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_reader


class ActTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.moderator = make_moderator()

    def count(self):
        self.article.refresh_from_db()
        return self.article.comment_count

    def test_removal_leaves_the_place_and_says_why(self):
        comment = make_comment(self.article)
        make_comment(below=comment, text="I remember.", name="Rana K.")
        acts.remove(comment, self.moderator, "insult", note="Called him a name.")
        page = self.client.get(self.article.get_absolute_url())
        self.assertContains(page, "Removed by a moderator: insult (guideline 2).")
        self.assertContains(page, "I remember.")
        for secret in ("Seoul said", "Leyla", "Called him"):
            self.assertNotContains(page, secret)

    def test_the_library_sees_the_state_too(self):
        comment = make_comment(self.article)
        acts.remove(comment, self.moderator, "insult")
        comment.refresh_from_db()
        self.assertEqual((comment.is_public, comment.is_removed, comment.html), (False, True, ""))
        self.assertEqual(CommentFlag.objects.get().flag, CommentFlag.MODERATOR_DELETION)

    def test_approval_brings_the_text_back(self):
        comment = make_comment(self.article)
        acts.remove(comment, self.moderator, "insult")
        acts.approve(comment, self.moderator)
        self.assertContains(self.client.get(self.article.get_absolute_url()), "Seoul said")

    def test_a_held_comment_that_is_removed_never_had_a_place(self):
        comment = make_comment(self.article, state=ReaderComment.State.HELD)
        acts.remove(comment, self.moderator, "advertising")
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), "Removed by")

    def test_the_count_follows_every_change(self):
        comment = make_comment(self.article)
        held = make_comment(self.article, state=ReaderComment.State.HELD)
        make_comment(below=comment)
        self.assertEqual(self.count(), 2)
        acts.remove(comment, self.moderator, "insult")
        self.assertEqual(self.count(), 1)
        acts.approve(held, self.moderator)
        acts.approve(comment, self.moderator)
        self.assertEqual(self.count(), 3)
        comment.delete()
        self.assertEqual(self.count(), 2)

    def test_an_editor_who_saves_an_older_copy_of_the_story_loses_no_count(self):
        older = Article.objects.get(pk=self.article.pk)
        make_comment(self.article)
        older.takes_comments = False
        older.save()
        self.assertEqual(self.count(), 1)
        self.assertFalse(self.article.takes_comments)

    def test_the_second_moderator_learns_what_the_first_did(self):
        comment = make_comment(self.article)
        acts.remove(comment, self.moderator, "insult")
        with self.assertRaisesMessage(acts.AlreadyDecided, "removed it already: insult (guideline 2)"):
            acts.remove(comment, make_moderator("second"), "hatred")
        self.assertEqual(ModerationAct.objects.get().reason, "insult")
        self.assertEqual(self.count(), 0)

    def test_a_removal_without_a_guideline_is_refused(self):
        for reason in ("", "because"):
            with self.subTest(reason=reason), self.assertRaises(acts.ReasonMissing):
                acts.remove(make_comment(self.article), self.moderator, reason)

    def test_nobody_decides_without_the_right(self):
        with self.assertRaises(PermissionDenied):
            acts.remove(make_comment(self.article), make_reader(), "insult")

    def test_no_row_is_ever_deleted(self):
        comment = make_comment(self.article)
        comment.delete()
        ReaderComment.objects.filter(pk=comment.pk).delete()
        comment.refresh_from_db()
        self.assertEqual(comment.state, "removed")

    def test_the_record_is_final(self):
        act = acts.remove(make_comment(self.article), self.moderator, "insult")
        for change in (act.save, act.delete):
            with self.subTest(change.__name__), self.assertRaises(ModerationActIsFinal):
                change()
        records = ModerationAct.objects.all()
        for change in (lambda: records.update(reason="hatred"), lambda: records._raw_delete("default")):
            with self.subTest("database"), self.assertRaises(DatabaseError), transaction.atomic():
                change()


class DeskTests(TestCase):
    def setUp(self):
        self.comment = make_comment(text="You are all fools.")
        self.client.force_login(make_moderator())
        self.list_url = reverse("admin:comments_readercomment_changelist")
        self.page_url = reverse("admin:comments_readercomment_change", args=[self.comment.pk])

    def decision_url(self, **chosen):
        query = urlencode(chosen | {"comments": self.comment.pk})
        return f"{reverse('moderation:several')}?{query}"

    def test_lists_comments_with_state_story_name_and_text(self):
        page = self.client.get(self.list_url)
        for text in ("You are all fools.", "Leyla M.", "Published", self.comment.article.headline):
            self.assertContains(page, text)

    def test_from_the_list_to_a_removal_with_a_reason(self):
        choice = {"action": "remove", "_selected_action": [self.comment.pk]}
        asked = self.client.post(self.list_url, choice)
        self.assertRedirects(asked, self.decision_url(act="remove"))
        page = self.client.get(asked.url)
        self.assertContains(page, "You are all fools.")
        chosen = {"comments": [self.comment.pk], "seen": page.context["marks"], "sure": "yes"}
        form = chosen | {"act": "remove", "reason": "insult", "note": "Plain."}
        self.client.post(reverse("moderation:several"), form)
        act = ModerationAct.objects.get()
        self.assertEqual((act.act, act.reason, act.note), ("remove", "insult", "Plain."))

    def test_the_page_of_a_comment_leads_to_the_acts_and_has_no_field_to_write_in(self):
        page = self.client.get(self.page_url)
        self.assertContains(page, self.decision_url())
        self.assertNotContains(page, "<textarea")
        self.assertNotContains(page, "/delete/")

    def test_a_comment_cannot_be_written_changed_or_deleted(self):
        add, delete = reverse("admin:comments_readercomment_add"), self.page_url.replace("change", "delete")
        for url in (add, delete, self.page_url):
            self.assertEqual(self.client.post(url, {"comment": "Nice.", "post": "yes"}).status_code, 403)
        self.comment.refresh_from_db()
        self.assertEqual(self.comment.comment, "You are all fools.")

    def test_is_closed_to_everybody_but_moderators(self):
        reporter = get_user_model().objects.create_user("reporter", is_staff=True)
        self.client.force_login(reporter)
        for url in (self.list_url, self.page_url, self.decision_url()):
            self.assertEqual(self.client.get(url).status_code, 403)
        self.assertEqual(self.client.post(self.decision_url(), {"act": "remove"}).status_code, 403)

    def test_odd_keys_choose_nothing(self):
        for key in ("", "x", "-1", "99999999999999999999999", "1\0", "٣"):
            with self.subTest(key=key):
                page = self.client.get(reverse("moderation:several"), {"comments": key})
                self.assertContains(page, "Nothing was ticked")

    def test_script_in_a_comment_stays_text(self):
        make_comment(self.comment.article, text="<script>alert(1)</script>", name="<img src=x>")
        page = self.client.get(self.list_url)
        self.assertNotContains(page, "<script>alert(1)")
        self.assertNotContains(page, "<img src=x>")
