"""What writers are told by letter about what moderators decided."""

import re
from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.mail import call_back, deliver
from articles.models import OutgoingMail
from articles.tests.factories import make_account, make_article
from comments import letters
from comments.models import Case, Sanction
from comments.moderation import acts, appeals
from comments.tests.cases import make_held, make_reported
from comments.tests.factories import make_comment, make_moderator, make_reader
from comments.tokens import comment_of_writer, warning_of


def led_to(text):
    """Return the comment to whose page a letter leads its writer."""
    (token,) = re.findall(r"/yours/([^/\s]+)/", text)
    return comment_of_writer(token)


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
        self.assertEqual(led_to(letter.text), self.comment)
        self.assertSays(letter, "insult (guideline 2)", "/yours/", "Troops", "appeal")
        self.assertEqual(letter.recipient, "leyla@reader.example")

    def test_a_removal_says_that_the_moderator_wrote_something_and_not_what(self):
        said = ("The moderator has written", "What the moderator writes to you")
        plain, with_words = (
            self.remove(),
            acts.remove(make_comment(self.article), self.moderator, "insult", words="Nobody is a fool here."),
        )
        for act, is_said in ((plain, False), (with_words, True)):
            (letter,) = self.written(letters.tell_removed, act)
            for part, text in zip(said, (letter.text, letter.html), strict=True):
                self.assertEqual(part in text, is_said)
                self.assertNotIn("fool", text)

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
        self.assertEqual(led_to(letter.text), held)
        self.assertSays(letter, "it is published", "/yours/")
        self.remove()
        (letter,) = self.written(letters.tell_published, acts.approve(self.comment, self.moderator))
        self.assertSays(letter, "is back")
        self.assertEqual(self.written(letters.tell_published, acts.pick(self.comment, self.moderator)), [])

    def test_a_warning_leads_to_its_page(self):
        act = acts.warn(self.comment.person, self.moderator, "insult", "Answer the argument.")
        (letter,) = self.written(letters.tell_warned, self.sanction(act))
        way, token = re.search(r"(/comments/warning/([^/\s]+)/)", letter.text).groups()
        self.assertEqual(warning_of(token), self.sanction(act))
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


class TakenBackTests(TestCase):
    """Whoever was told one thing is told when it is no longer so."""

    def setUp(self):
        self.comment, self.moderator = make_comment(make_article("Troops")), make_moderator("vasif")

    def undone(self, act, *, left=True):
        """Return what is written when the letters about `act` have left, or have not."""
        if left:
            OutgoingMail.objects.all().delete()
        acts.undo(act, self.moderator)
        return [letter.text for letter in OutgoingMail.objects.all()]

    def test_within_ten_seconds_nobody_learns_of_either(self):
        self.assertEqual(self.undone(acts.remove(self.comment, self.moderator, "insult"), left=False), [])

    def test_a_removal(self):
        (text,) = self.undone(acts.remove(self.comment, self.moderator, "insult"))
        self.assertIn("It is published again.", text)
        self.assertEqual(led_to(text), self.comment)

    def test_a_publication(self):
        held = make_held(self.comment.article)
        (text,) = self.undone(acts.approve(held, self.moderator))
        self.assertIn("It waits again", text)

    def test_a_return(self):
        acts.remove(self.comment, self.moderator, "insult")
        (text,) = self.undone(acts.approve(self.comment, self.moderator))
        self.assertIn("It is removed again: insult (guideline 2).", text)

    def test_what_changed_nothing_is_not_spoken_of(self):
        reported = make_reported(self.comment.article)
        self.assertEqual(self.undone(acts.approve(reported, self.moderator)), [])

    def test_a_suspension_and_its_early_end(self):
        ends_at = timezone.now() + timedelta(days=3)
        act = acts.suspend(self.comment.person, self.moderator, "insult", ends_at)
        (text,) = self.undone(act)
        self.assertIn("ended the suspension", text)
        sanction = Sanction.objects.get(
            act=acts.suspend(self.comment.person, self.moderator, "insult", ends_at)
        )
        OutgoingMail.objects.all().delete()
        lift = acts.lift(sanction, self.moderator)
        (letter,) = OutgoingMail.objects.all()
        self.assertIn("You can comment again.", letter.text)
        (text,) = self.undone(lift)
        self.assertIn("You cannot comment until", text)

    def test_an_appeal_against_it_waits_for_nobody(self):
        act = acts.remove(self.comment, self.moderator, "insult")
        appeal = appeals.make(self.comment, "Why?")
        self.undone(act)
        appeal.refresh_from_db()
        self.assertEqual((appeal.outcome, appeal.answer), ("overturned", "The removal was taken back."))
        self.assertEqual(Case.objects.open().count(), 0)
