"""What writers are told by letter about what moderators decided."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.mail import call_back, deliver
from articles.models import OutgoingMail
from articles.tests.factories import make_account, make_article
from comments import letters
from comments.models import Sanction
from comments.moderation import acts
from comments.tests.cases import make_held
from comments.tests.factories import make_comment, make_moderator, make_reader
from comments.tokens import status_token, warning_token


class LetterTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.comment = make_comment(self.article)
        self.moderator = make_moderator("vasif")

    def remove(self, comment=None):
        return acts.remove(comment or self.comment, self.moderator, "insult", "He did it before.")

    def written(self, tell, about):
        """Return the letters that are new after telling."""
        OutgoingMail.objects.all().delete()
        tell(about)
        return list(OutgoingMail.objects.all())

    def sanction(self, act):
        return Sanction.objects.get(act=act)

    def assertSays(self, letter, *said):
        for text in (letter.text, letter.html):
            for part in said:
                self.assertIn(part, text)
        for secret in ("Seoul said", "Leyla", "vasif", "He did it before"):
            self.assertNotIn(secret, f"{letter.subject} {letter.text} {letter.html} {letter.headers}")
        self.assertEqual(letter.headers["Auto-Submitted"], "auto-generated")

    def test_a_removal_names_the_rule_and_leads_to_the_appeal(self):
        (letter,) = self.written(letters.tell_removed, self.remove())
        way = reverse("comments:status", args=[status_token(self.comment)])
        self.assertSays(letter, "insult (guideline 2)", way, "Troops", "appeal")
        self.assertEqual(letter.recipient, "leyla@reader.example")

    def test_waits_ten_seconds_and_can_be_called_back(self):
        act = self.remove()
        (letter,) = self.written(letters.tell_removed, act)
        self.assertGreater(letter.next_attempt_at, timezone.now() + timedelta(seconds=9))
        deliver(letter.pk)
        letter.refresh_from_db()
        self.assertIsNone(letter.sent_at)
        self.assertEqual(call_back(f"act {act.pk}"), 1)

    def test_a_held_comment_is_told_when_it_is_published_and_another_is_not(self):
        held = make_held(self.article)
        (letter,) = self.written(letters.tell_published, acts.approve(held, self.moderator))
        way = reverse("comments:status", args=[status_token(held)])
        self.assertSays(letter, "it is published", way)
        self.remove()
        (letter,) = self.written(letters.tell_published, acts.approve(self.comment, self.moderator))
        self.assertSays(letter, "is back")
        self.assertEqual(self.written(letters.tell_published, acts.pick(self.comment, self.moderator)), [])

    def test_a_warning_leads_to_its_page(self):
        act = acts.warn(self.comment.person, self.moderator, "insult", "Answer the argument.")
        (letter,) = self.written(letters.tell_warned, self.sanction(act))
        way = reverse("comments:warning", args=[warning_token(self.sanction(act))])
        self.assertSays(letter, "insult (guideline 2)", way)
        self.assertEqual(letter.about, f"act {act.pk}")

    def test_a_suspension_says_why_and_until_when(self):
        until = timezone.now() + timedelta(days=7)
        act = acts.suspend(self.comment.person, self.moderator, "insult", until, "For a week.")
        (letter,) = self.written(letters.tell_suspended, self.sanction(act))
        year = str(timezone.localtime(until).year)
        self.assertSays(letter, "suspended", "insult (guideline 2)", "For a week.", year)

    def test_a_ban_of_a_network_is_told_to_nobody(self):
        until = timezone.now() + timedelta(days=7)
        act = acts.ban_network("192.0.2.0/24", self.moderator, "advertising", until)
        self.assertEqual(self.written(letters.tell_suspended, self.sanction(act)), [])

    def test_an_account_is_written_to_at_its_own_address(self):
        reader = make_reader(email="rana@reader.example")
        comment = make_comment(self.article, user=reader, user_email="")
        (letter,) = self.written(letters.tell_removed, self.remove(comment))
        self.assertEqual(letter.recipient, "rana@reader.example")

    def test_where_there_is_no_address_there_is_no_letter_and_the_act_stands(self):
        none = make_comment(self.article, user=make_reader(), user_email="")
        self.assertEqual(self.written(letters.tell_removed, self.remove(none)), [])
        wrong = make_comment(self.article, user=make_reader("b", email="no address"), user_email="")
        with self.assertLogs("comments.letters") as logs:
            self.assertEqual(self.written(letters.tell_removed, self.remove(wrong)), [])
        self.assertNotIn("no address", logs.output[0].replace("has no address", ""))

    def test_a_story_withdrawn_since_is_not_named(self):
        act = self.remove()
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        (letter,) = self.written(letters.tell_removed, act)
        self.assertNotIn("Troops", f"{letter.subject} {letter.text} {letter.html}")
