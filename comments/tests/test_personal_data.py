"""What is kept about a person is told to them, and forgotten when they ask."""

import json
import tempfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import error_reports
from articles.models import ErrorReport, OutgoingMail
from articles.passages import passages_of
from articles.tests.factories import make_account, make_article, update_article
from comments import changes, corrections, following, personal_data, posting, respects
from comments.models import (
    Appeal,
    CommentReport,
    CorrectionLetter,
    EarlierText,
    Following,
    ModerationAct,
    PendingComment,
    Person,
    PersonNote,
    ReaderComment,
)
from comments.moderation import acts, reports
from comments.tests.accounts import PASSWORD, RANA, make_account_of, open_account, sign_in, sign_up
from comments.tests.cases import post_from
from comments.tests.factories import make_comment, make_moderator, make_pending
from comments.tokens import status_token

NAME = "Rana Quixotically"
WORDS = "Zanzibarically said"
TEXT = (models.CharField, models.TextField, models.JSONField)


def found_in_database(*secrets):
    """Return the columns of all tables in which one of the texts stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        columns = [field for field in model._meta.concrete_fields if isinstance(field, TEXT)]
        for row in model._base_manager.values_list(*[field.attname for field in columns] or ["pk"]):
            for field, value in zip(columns, row, strict=False):
                if any(secret.lower() in str(value).lower() for secret in secrets):
                    found.add(f"{model._meta.label}.{field.name}")
    for session in Session.objects.all():
        if any(secret.lower() in str(session.get_decoded()).lower() for secret in secrets):
            found.add("sessions.Session")
    return found


class PersonalDataTestCase(TestCase):
    def setUp(self):
        self.article, self.moderator = make_article(), make_moderator("mehriban")

    def leave_traces(self):
        """Do all that a person can do here, before and after opening an account."""
        self.first = post_from("Rana+first@Reader.example", self.article, f"{WORDS} first.", name=NAME)
        self.account = open_account(self.client, name=NAME)
        self.public = self.write("in public.", wants_corrections=True)
        self.held = self.write("and held.", state=ReaderComment.State.HELD)
        EarlierText.objects.create(comment=self.public, text=f"{WORDS} it hastily.")
        self.removed = self.write("and removed.")
        act = acts.remove(self.removed, self.moderator, "insult", words=f"{NAME}, mind the tone.")
        Appeal.objects.create(act=act, comment=self.removed, words=f"{WORDS} in an appeal.")
        acts.note(self.account.person, self.moderator, f"{NAME} knows the region.")
        make_pending(self.article, email="RANA+waits@reader.example", name=NAME, text=f"{WORDS} not yet.")
        other = make_comment(self.article, text="By somebody else.", user_email="sevda@other.example")
        reports.make(other, reason="unlawful", reporter="r" * 64, words="Look.", name=NAME, email=RANA)
        version = self.article.live_version
        error_reports.send(version, passages_of(version)[0], secret="", words="Wrong.", name=NAME, email=RANA)
        update_article(self.article, kind="correction", note="Another month.")
        corrections.write_unfinished()
        following.follow(self.first.person, self.article, Following.Pace.NOW, address=RANA)
        EarlierText.objects.create(comment=self.removed, text=f"{NAME} said it otherwise.")
        self.client.post(reverse("account_reset_password"), {"email": RANA})
        self.client.post(reverse("account_email"), {"email": "next@reader.example", "password": PASSWORD})
        sign_up(Client(), RANA, name=NAME)
        sign_in(Client())
        self.assertTrue(CorrectionLetter.objects.exists())

    def write(self, words, **changes):
        fields = {"user": self.account, "user_email": RANA, "name": NAME} | changes
        return make_comment(self.article, text=f"{WORDS} {words}", **fields)

    def delete(self, words="keep"):
        return self.client.post(reverse("account_deletion"), {"password": PASSWORD, "words": words})


class ErasureTests(PersonalDataTestCase):
    def test_the_traces_are_there_before(self):
        self.leave_traces()
        found = found_in_database(RANA, NAME)
        for column in (
            "auth.User.email",
            "auth.User.first_name",
            "account.EmailAddress.email",
            "django_comments.Comment.user_name",
            "django_comments.Comment.user_email",
            "comments.PendingComment.name",
            "comments.Person.mailbox",
            "comments.PersonNote.text",
            "comments.RemovalWords.text",
            "comments.CommentReport.email",
            "articles.ErrorReport.email",
            "articles.OutgoingMail.recipient",
        ):
            self.assertIn(column, found)

    def test_afterwards_neither_the_address_nor_the_name_is_anywhere(self):
        self.leave_traces()
        self.assertRedirects(self.delete(), reverse("account_deleted"))
        self.assertEqual(found_in_database("reader.example", NAME, "rana"), set())

    def test_what_was_published_stays_without_a_name(self):
        self.leave_traces()
        self.delete()
        self.public.refresh_from_db()
        self.assertEqual((self.public.user_name, self.public.state), ("Deleted account", "published"))
        self.assertIn(WORDS, self.public.html)
        self.assertEqual(
            (self.public.person, self.public.user, self.public.fingerprint, self.public.network),
            (None, None, None, ""),
        )
        page = self.client.get(f"{self.article.get_absolute_url()}comments/")
        self.assertContains(page, "Deleted account")

    def test_what_was_changed_before_goes_even_where_the_words_stay(self):
        self.leave_traces()
        self.delete()
        self.assertFalse(EarlierText.objects.exists())
        self.assertEqual(found_in_database("hastily"), set())

    def test_what_stays_is_nobodys_to_change_or_withdraw(self):
        self.leave_traces()
        page = reverse("comments:status", args=[status_token(self.public)])
        self.delete()
        stands = self.client.get(page)
        self.assertContains(stands, "Everybody can read it")
        self.assertNotContains(stands, "Withdraw the comment")
        for sent in (
            self.client.get(f"{page}edit/"),
            self.client.post(f"{page}edit/", {"comment": "Put into a mouth."}),
            self.client.post(f"{page}withdrawal/"),
        ):
            self.assertContains(sent, changes.GONE, status_code=409)
        self.public.refresh_from_db()
        self.assertEqual(self.public.state, "published")
        self.assertNotIn("Put into a mouth.", self.public.comment)

    def test_what_nobody_read_loses_its_words_in_any_case(self):
        self.leave_traces()
        self.delete()
        for comment, state in ((self.held, "withdrawn"), (self.removed, "removed")):
            comment.refresh_from_db()
            self.assertEqual((comment.comment, comment.state), ("", state))
        self.assertEqual(Appeal.objects.get().words, "")

    def test_all_words_go_where_the_person_wants_it(self):
        self.leave_traces()
        answer = make_comment(below=self.public, text="An answer.", user_email="sevda@other.example")
        self.delete("withdraw")
        self.assertEqual(found_in_database(WORDS), set())
        page = self.client.get(f"{self.article.get_absolute_url()}comments/")
        self.assertContains(page, "Withdrawn by its writer.")
        self.assertContains(page, answer.comment)
        self.article.refresh_from_db()
        self.assertEqual(self.article.comment_count, ReaderComment.objects.published().count())

    def test_the_account_is_closed_and_every_session_with_it(self):
        self.leave_traces()
        elsewhere = Client()
        sign_in(elsewhere)
        self.delete()
        for client in (self.client, elsewhere):
            self.assertEqual(client.get(reverse("account")).status_code, 302)
        self.assertEqual(sign_in(Client()).status_code, 422)
        self.account.refresh_from_db()
        self.assertEqual((self.account.is_active, self.account.has_usable_password()), (False, False))

    def test_the_record_of_decisions_stays(self):
        self.leave_traces()
        before = list(ModerationAct.objects.values_list("act", "comment", "person"))
        self.delete("withdraw")
        self.assertEqual(list(ModerationAct.objects.values_list("act", "comment", "person")), before)
        call_command("verify_ledger", stdout=StringIO())

    def test_what_others_have_stays(self):
        other = make_comment(self.article, text="By somebody else.", user_email="sevda@reader.example")
        self.leave_traces()
        queued = OutgoingMail.objects.exclude(recipient__icontains="rana").count()
        self.delete("withdraw")
        other.refresh_from_db()
        self.assertEqual((other.user_email, other.state), ("sevda@reader.example", "published"))
        self.assertTrue(OutgoingMail.objects.count() <= queued)
        self.assertEqual(CommentReport.objects.get().words, "Look.")
        self.assertEqual(ErrorReport.objects.get().words, "Wrong.")

    def test_asks_for_the_password_and_what_becomes_of_the_words(self):
        self.client.force_login(make_account_of())
        url = reverse("account_deletion")
        for data in ({}, {"password": PASSWORD}, {"password": "no", "words": "keep"}, {"words": "keep"}):
            self.assertEqual(self.client.post(url, data).status_code, 422)
        self.assertEqual(self.client.post(url, {"password": PASSWORD, "words": "x"}).status_code, 422)
        self.client.get(url)
        self.assertEqual(self.client.get(reverse("account")).status_code, 200)

    def test_moderators_still_read_what_is_left(self):
        self.leave_traces()
        person = self.account.person
        acts.warn(person, self.moderator, "insult")
        self.delete()
        self.client.force_login(self.moderator)
        for url in (
            reverse("moderation:queue"),
            reverse("moderation:log"),
            reverse("moderation:person", args=[person.pk]),
        ):
            self.assertEqual(self.client.get(url).status_code, 200)

    def test_a_ban_is_not_escaped_by_deletion(self):
        self.account = open_account(self.client)
        acts.ban(self.account.person, self.moderator, "insult", timezone.now() + timedelta(days=1))
        self.delete()
        self.assertEqual(found_in_database(RANA), set())
        with self.assertRaisesMessage(posting.Refused, "You cannot comment until"):
            post_from("rana+again@reader.example", self.article, "Let me in.")
        PendingComment.objects.all().delete()
        account = open_account(Client())
        self.assertEqual(personal_data.of_account(account).comments.count(), 0)

    def test_what_is_kept_for_a_ban_goes_with_it(self):
        self.account = open_account(self.client)
        acts.ban(self.account.person, self.moderator, "insult", timezone.now() + timedelta(days=1))
        self.delete()
        personal_data.forget_lifted_bars()
        self.assertTrue(Person.objects.filter(mailbox__isnull=False).exists())
        Person.objects.get(mailbox__isnull=False).sanctions.model.objects.update(lifted_at=timezone.now())
        personal_data.forget_lifted_bars()
        self.assertFalse(Person.objects.filter(mailbox__isnull=False).exists())

    def test_a_deletion_that_was_cut_short_is_finished(self):
        self.leave_traces()
        personal_data._begin(personal_data.of_account(self.account), "withdraw")
        personal_data._erase_comment(self.public.pk, "withdraw")
        personal_data.finish_unfinished()
        self.assertEqual(found_in_database("reader.example", NAME, WORDS), set())

    def test_a_second_time_changes_nothing(self):
        self.leave_traces()
        owner = personal_data.of_account(self.account)
        personal_data.erase(owner)
        personal_data.erase(owner)
        self.assertEqual(found_in_database("reader.example", NAME), set())

    def test_the_newsroom_s_accounts_are_not_closed_here(self):
        chief = make_account()
        with self.assertRaises(personal_data.OfNewsroom):
            personal_data.erase(personal_data.of_account(chief))


class ExportTests(PersonalDataTestCase):
    def download(self):
        answer = self.client.post(reverse("account_data"))
        self.assertIn("attachment", answer["Content-Disposition"])
        self.assertIn("no-store", answer["Cache-Control"])
        return json.loads(answer.content)

    def test_tells_all_that_is_kept(self):
        self.leave_traces()
        told = self.download()
        self.assertEqual(told["account"]["email"], RANA)
        self.assertEqual(len(told["comments"]), 4)
        removed = next(one for one in told["comments"] if one["number"] == self.removed.pk)
        self.assertEqual(removed["decisions"][0]["reason"], "insult")
        self.assertEqual(removed["decisions"][0]["words"], f"{NAME}, mind the tone.")
        self.assertEqual(removed["appeals"][0]["words"], f"{WORDS} in an appeal.")
        changed = next(one for one in told["comments"] if one["number"] == self.public.pk)
        self.assertEqual([one["words"] for one in changed["earlier words"]], [f"{WORDS} it hastily."])
        self.assertEqual(told["waiting for your confirmation"][0]["text"], f"{WORDS} not yet.")
        self.assertEqual(told["reports of comments"][0]["words"], "Look.")
        self.assertEqual(told["reports of errors"][0]["words"], "Wrong.")
        self.assertTrue(told["letters"])

    def test_tells_to_what_an_account_gave_respect(self):
        account = make_account_of()
        comment = make_comment(self.article)
        respects.press(comment, respects.giver_of(account, ""), account)
        self.client.force_login(account)
        given = self.download()["respect that you gave"]
        self.assertEqual([one["comment"] for one in given], [comment.pk])

    def test_tells_nothing_of_others(self):
        make_comment(self.article, text="By somebody else.", user_email="sevda@reader.example")
        self.leave_traces()
        told = json.dumps(self.download())
        for secret in ("somebody else", "sevda", "mehriban", "knows the region"):
            self.assertNotIn(secret, told)

    def test_other_parts_name_what_they_keep(self):
        forgotten = []
        personal_data.also_kept["followed"] = (lambda owner: ["A story"], forgotten.append)
        self.addCleanup(personal_data.also_kept.pop, "followed")
        self.client.force_login(make_account_of())
        self.assertEqual(self.download()["followed"], ["A story"])
        self.delete()
        self.assertEqual(len(forgotten), 1)


class CommandTests(PersonalDataTestCase):
    def call(self, *options):
        out = StringIO()
        call_command("personal_data", *options, stdout=out)
        return out.getvalue()

    def test_tells_an_operator_what_is_kept_about_who_has_no_account(self):
        post_from("rana+x@reader.example", self.article, f"{WORDS} here.", name=NAME)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "data.json")
            self.call(RANA, "--export", str(path))
            self.assertEqual(json.loads(path.read_text())["comments"][0]["words"], f"{WORDS} here.")
            self.assertEqual(path.stat().st_mode & 0o077, 0)
            with self.assertRaises(CommandError):
                self.call(RANA, "--export", str(path))

    def test_deletes_who_has_no_account(self):
        post_from("rana+x@reader.example", self.article, f"{WORDS} here.", name=NAME)
        make_pending(self.article, email=RANA, name=NAME)
        self.assertIn("comments: 1", self.call("Rana@reader.example", "--delete"))
        self.assertEqual(found_in_database("reader.example", NAME), set())
        self.assertEqual(ReaderComment.objects.get().state, "published")
        self.call(RANA, "--delete", "--withdraw-words")

    def test_deletes_an_account_with_all_words(self):
        self.leave_traces()
        self.call(RANA, "--delete", "--withdraw-words")
        self.assertEqual(found_in_database("reader.example", NAME, WORDS), set())
        self.assertFalse(PersonNote.objects.exists())

    def test_leaves_the_newsroom_alone(self):
        chief = make_account()
        chief.email = "chief@news.example"
        chief.save()
        make_comment(self.article, user=chief)
        self.call("chief@news.example", "--delete")
        chief.refresh_from_db()
        self.assertTrue(chief.is_active)
