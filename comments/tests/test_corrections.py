"""What readers who commented hear of a correction."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from unittest import mock

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from django_comments.models import Comment
from django_tasks_db.models import DBTaskResult

from articles import clock, publishing
from articles.mail import deliver
from articles.models import LogEntry, OutgoingMail
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_account, make_article, update_article
from articles.tests.mail_server import mail_server
from comments import corrections
from comments.models import CorrectionLetter, CorrectionMailing, PendingComment, ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_pending, make_reader
from comments.tests.many import make_many_comments
from comments.tests.pages import compose, fields_of, link_in_last_letter, send
from comments.tokens import comment_written_to, confirmation_token, no_more_letters_token

ADDRESS = "leyla@reader.example"
LETTER = "Corrected: "


def make_asking(article, **changes):
    return make_comment(article, wants_corrections=True, **changes)


def correct(article, note="It was 600 soldiers, not 6,000.", **changes):
    """Correct the story, and write the letters as the worker would."""
    version = update_article(article, kind="correction", note=note, **changes)
    corrections.write_unfinished()
    return version


def letters():
    return OutgoingMail.objects.filter(subject__startswith=LETTER).order_by("pk")


def written_to():
    return list(letters().values_list("recipient", flat=True))


class WishTests(TestCase):
    """The box in the second step: not ticked, kept, and offered only where there is an address."""

    def setUp(self):
        self.article = make_article()

    def test_the_box_is_offered_and_not_ticked(self):
        page = compose(self.client, self.article)
        self.assertContains(page, "Write to me if this story is corrected")
        self.assertNotIn("checked", page.content.decode())
        send(self.client, self.article)
        self.assertFalse(PendingComment.objects.get().wants_corrections)

    def test_the_wish_goes_with_the_words_until_they_are_a_comment(self):
        send(self.client, self.article, wants_corrections="on")
        link = link_in_last_letter()
        self.assertContains(self.client.get(link), "You asked us to write to you if this story is corrected.")
        self.client.post(link)
        self.assertTrue(ReaderComment.objects.get().wants_corrections)

    def test_is_kept_with_name_and_address_through_an_error_and_another_look(self):
        said = {"name": "Leyla M.", "wants_corrections": "on"}
        wrong = send(self.client, self.article, **said, email="leyla@")
        again = compose(self.client, self.article, **said, email=ADDRESS)
        for page, email, status in ((wrong, "leyla@", 422), (again, ADDRESS, 200)):
            self.assertContains(page, 'name="wants_corrections"', status_code=status)
            self.assertIn("checked", page.content.decode())
            self.assertEqual((fields_of(page)["name"], fields_of(page)["email"]), ("Leyla M.", email))

    def test_is_kept_when_the_words_themselves_are_refused(self):
        said = {"name": "Leyla M.", "wants_corrections": "on", "email": ADDRESS}
        refused = compose(self.client, self.article, "", **said)
        again = compose(self.client, self.article, **fields_of(refused))
        self.assertIn("checked", again.content.decode())
        self.assertEqual(fields_of(again)["email"], ADDRESS)

    def test_an_account_is_asked_if_it_has_an_address(self):
        self.client.force_login(make_reader(email="rana@reader.example"))
        page = compose(self.client, self.article)
        self.assertContains(page, "to the address of your account")
        self.assertNotContains(page, "rana@reader.example")
        send(self.client, self.article, wants_corrections="on")
        self.assertTrue(ReaderComment.objects.get().wants_corrections)

    def test_an_account_without_address_is_not_asked_and_wishes_in_vain(self):
        self.client.force_login(make_reader())
        self.assertNotContains(compose(self.client, self.article), "wants_corrections")
        send(self.client, self.article, wants_corrections="on")
        self.assertFalse(ReaderComment.objects.get().wants_corrections)

    def test_the_same_words_said_again_bring_the_wish_and_never_take_it(self):
        for ticked, wishes in (("", False), ("on", True), ("", True)):
            send(self.client, self.article, wants_corrections=ticked)
            self.client.post(link_in_last_letter())
            self.assertEqual(ReaderComment.objects.get().wants_corrections, wishes)


class LetterTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def test_tells_story_note_change_and_the_way_out(self):
        comment = make_asking(self.article)
        version = correct(self.article, headline="Six hundred fought & <fell>")
        letter = letters().get()
        history = f"{self.article.get_absolute_url()}history/#version-{version.number}"
        self.assertEqual(letter.subject, "Corrected: Six hundred fought & <fell>")
        for text in ("Six hundred fought & <fell>", "It was 600 soldiers", history):
            self.assertIn(text, letter.text)
        (token,) = re.findall(r"/comments/no-more-letters/([^/\s]+)/", letter.text)
        self.assertEqual(comment_written_to(token), comment)
        self.assertIn("Six hundred fought &amp; &lt;fell&gt;", letter.html)
        for secret in ("Leyla", ADDRESS, "Seoul said"):
            self.assertNotIn(secret, f"{letter.text} {letter.html} {letter.headers}")

    def test_arrives_with_one_click_to_stop(self):
        make_asking(self.article)
        correct(self.article)
        with mail_server() as inbox:
            deliver(letters().get().pk)
        (letter,) = inbox.letters
        self.assertEqual(letter.rcpt_tos, [ADDRESS])
        arrived = message_from_bytes(letter.content, policy=policy.default)
        self.assertRegex(arrived["List-Unsubscribe"].strip(), r"^<http\S+/comments/no-more-letters/\S+/>$")
        self.assertEqual(arrived["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertEqual(arrived["Auto-Submitted"], "auto-generated")
        self.assertEqual([name for name, value in arrived.items() if "leyla" in value], ["To"])

    def test_a_headline_adds_no_line_to_the_head(self):
        make_asking(self.article)
        correct(self.article, headline="Troops\r\nBcc: all@reader.example\x1b fought")
        self.assertEqual(letters().get().subject, "Corrected: Troops Bcc: all@reader.example fought")

    def test_only_a_correction_is_written_about(self):
        make_asking(self.article)
        for kind in ("style", "update", "clarification"):
            update_article(self.article, kind=kind)
            corrections.write_unfinished()
        self.assertEqual(CorrectionMailing.objects.count(), 0)
        self.assertEqual(written_to(), [])

    def test_one_letter_for_each_person_and_correction(self):
        with mock.patch.object(corrections, "BATCH", 2):
            root = make_asking(self.article)
            make_asking(self.article, text="And again.", user_email="Leyla@Reader.example")
            make_comment(below=root, text="And again.", wants_corrections=True)
            make_asking(self.article, user_email="rana@reader.example")
            make_comment(below=root, text="Answer.", wants_corrections=True)
            correct(self.article)
        self.assertEqual(sorted(map(str.lower, written_to())), [ADDRESS, "rana@reader.example"])
        correct(self.article, headline="Once more")
        self.assertEqual(len(written_to()), 4)

    def test_an_account_is_written_to_at_its_address_of_today(self):
        reader = make_reader(email="old@reader.example")
        make_asking(self.article, user=reader, user_email="")
        reader.email = "new@reader.example"
        reader.save()
        correct(self.article)
        self.assertEqual(written_to(), ["new@reader.example"])

    def test_nobody_else_is_written_to(self):
        moderator, held = make_moderator(), ReaderComment.State.HELD
        off = make_reader("off", email="off@reader.example", is_active=False)
        make_comment(self.article, user_email="never@asked.example")
        make_asking(self.article, user_email="held@reader.example", state=held)
        acts.remove(make_asking(self.article, user_email="removed@reader.example"), moderator, "insult")
        make_asking(self.article, user=off, user_email="")
        make_asking(self.article, user=make_reader("none"), user_email="")
        make_asking(make_article("Another story"), user_email="elsewhere@reader.example")
        late = timezone.now() + timedelta(minutes=1)
        make_asking(self.article, user_email="late@reader.example", published_at=late)
        correct(self.article)
        self.assertEqual(written_to(), [])

    def test_a_comment_removed_or_a_story_withdrawn_before_the_worker_came_brings_no_letter(self):
        comment, other = make_asking(self.article), make_article("Another story")
        make_asking(other)
        update_article(self.article, kind="correction")
        update_article(other, kind="correction")
        acts.remove(comment, make_moderator(), "insult")
        publishing.withdraw(other, make_account(), notice="It was not true.")
        corrections.write_unfinished()
        self.assertEqual(written_to(), [])
        self.assertFalse(CorrectionMailing.objects.unfinished().exists())

    def test_whoever_asks_later_hears_of_later_corrections(self):
        comment = make_comment(self.article)
        correct(self.article)
        ReaderComment.objects.filter(pk=comment.pk).update(wants_corrections=True)
        corrections.write_batch(CorrectionMailing.objects.get().pk)
        self.assertEqual(written_to(), [])
        correct(self.article, headline="Once more")
        self.assertEqual(written_to(), [ADDRESS])

    def test_a_worker_whose_clock_is_behind_writes_all_the_same(self):
        make_asking(self.article)
        version = update_article(self.article, kind="correction")
        earlier = version.published_at - timedelta(seconds=2)
        with mock.patch("django.utils.timezone.now", return_value=earlier):
            corrections.write_unfinished()
        self.assertEqual(written_to(), [ADDRESS])

    def test_a_mailing_that_fails_holds_up_no_other_and_is_tried_again(self):
        other = make_article("Another story")
        for article in (self.article, other):
            make_asking(article)
            update_article(article, kind="correction")
        render, broken = corrections.render_to_string, self.article

        def refuse(template, letter):
            if letter["article"] == broken:
                raise RuntimeError(ADDRESS)
            return render(template, letter)

        with mock.patch.object(corrections, "render_to_string", refuse):
            with self.assertLogs("comments.corrections") as logs:
                corrections.write_unfinished()
        self.assertNotIn(ADDRESS, " ".join(logs.output))
        self.assertEqual(len(written_to()), 1)
        corrections.write_unfinished()
        self.assertEqual(len(written_to()), 2)

    def test_an_address_that_takes_no_letter_holds_up_no_other_and_is_not_logged(self):
        make_asking(self.article, user=make_reader(email="no address"), user_email="")
        make_asking(self.article)
        with self.assertLogs("comments.corrections") as logs:
            correct(self.article)
        self.assertEqual(written_to(), [ADDRESS])
        self.assertNotIn("no address", " ".join(logs.output))


class ManyReadersTests(TestCase):
    """Thousands may be owed a letter: the correction does not wait for them, and none is lost or doubled."""

    READERS = 500

    def setUp(self):
        self.article = make_article()
        make_many_comments(self.article, self.READERS)
        bases = list(Comment.objects.all())
        for base in bases:
            base.user_email = f"reader{base.pk}@reader.example"
        Comment.objects.bulk_update(bases, ["user_email"])
        ReaderComment.objects.update(wants_corrections=True)
        self.everybody = {base.user_email for base in bases}

    def assert_everybody_once(self):
        self.assertEqual(len(written_to()), self.READERS)
        self.assertEqual(set(written_to()), self.everybody)
        self.assertFalse(CorrectionMailing.objects.unfinished().exists())

    def test_the_correction_itself_writes_no_letter(self):
        DBTaskResult.objects.all().delete()
        update_article(self.article, kind="correction")
        self.assertEqual((written_to(), DBTaskResult.objects.count()), ([], 1))

    def test_a_correction_that_fails_owes_nothing(self):
        refuse = mock.patch.object(CorrectionMailing.objects, "create", side_effect=RuntimeError)
        with refuse, self.assertRaises(RuntimeError):
            update_article(self.article, kind="correction")
        self.assertEqual(self.article.versions.sealed().count(), 1)
        self.assertFalse(LogEntry.objects.filter(act=LogEntry.Act.CORRECT).exists())

    def test_the_task_hands_on_from_batch_to_batch(self):
        update_article(self.article, kind="correction")
        mailing = CorrectionMailing.objects.get()
        for written in (100, 200, 300, 400, 500, 500):
            corrections.write_in_background.call(mailing.pk)
            self.assertEqual(len(written_to()), written)
        corrections.write_in_background.call(mailing.pk)
        self.assert_everybody_once()

    def test_killed_halfway_through_a_batch_goes_on_by_the_clock(self):
        update_article(self.article, kind="correction")
        mailing, queue, calls = CorrectionMailing.objects.get(), corrections.queue_mail, []

        def dies(*args, **options):
            calls.append(args)
            if len(calls) == 150:
                raise SystemExit
            return queue(*args, **options)

        corrections.write_batch(mailing.pk)
        with mock.patch.object(corrections, "queue_mail", dies), self.assertRaises(SystemExit):
            while corrections.write_batch(mailing.pk):
                pass
        self.assertEqual(len(written_to()), 200)
        DBTaskResult.objects.all().delete()  # and its task is lost with it
        self.assertIn(corrections.write_unfinished, clock.EVERY_MINUTE)
        corrections.write_unfinished()
        self.assert_everybody_once()

    def test_whom_we_told_is_forgotten_a_week_later_and_nobody_is_told_again(self):
        correct(self.article)
        finished = timezone.now() - timedelta(days=corrections.KEEP_DAYS, minutes=1)
        CorrectionMailing.objects.update(finished_at=finished)
        self.assertIn(corrections.forget_told, clock.EVERY_HOUR)
        corrections.forget_told()
        self.assertFalse(CorrectionLetter.objects.exists())
        corrections.write_batch(CorrectionMailing.objects.get().pk)
        self.assert_everybody_once()

    def test_letters_that_somebody_waits_for_leave_first(self):
        correct(self.article)
        send(self.client, self.article)
        first = DBTaskResult.objects.ready().order_by("-priority").first()
        self.assertEqual(first.args_kwargs["args"], [OutgoingMail.objects.latest("pk").pk])


class StopTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.comment = make_asking(self.article)
        self.url = reverse("comments:no_more_letters", args=[no_more_letters_token(self.comment)])

    def test_opening_the_link_changes_nothing(self):
        for method in (self.client.get, self.client.head, self.client.options):
            method(self.url)
        page = self.client.get(self.url)
        self.assertContains(page, "No more letters about this story?")
        self.assertNotContains(page, "leyla")
        self.assertIn("no-store", page["Cache-Control"])
        correct(self.article)
        self.assertEqual(written_to(), [ADDRESS])

    def test_one_click_of_a_mailbox_ends_them(self):
        mailbox = Client(enforce_csrf_checks=True)
        for _ in range(2):
            answer = mailbox.post(self.url, {"List-Unsubscribe": "One-Click"})
            self.assertContains(answer, "We will not write to you about corrections of this story any more.")
        correct(self.article)
        self.assertEqual(written_to(), [])

    def test_ends_them_for_all_comments_of_the_person_below_this_story_alone(self):
        make_asking(self.article, text="More.", user_email="Leyla@reader.example")
        make_asking(self.article, user=make_reader(email=ADDRESS), user_email="")
        pending = make_pending(self.article, text="To come.", wants_corrections=True)
        make_asking(self.article, user_email="other@reader.example")
        other = make_article("Another story")
        make_asking(other)
        self.client.post(self.url)
        self.client.post(reverse("comments:confirmation", args=[confirmation_token(pending)]))
        correct(self.article)
        self.assertEqual(written_to(), ["other@reader.example"])
        correct(other)
        self.assertEqual(written_to(), ["other@reader.example", ADDRESS])

    def test_an_account_stops_them_by_a_letter_to_an_earlier_address(self):
        reader = make_reader(email="old@reader.example")
        comment = make_asking(self.article, user=reader, user_email="")
        reader.email = "new@reader.example"
        reader.save()
        self.client.post(reverse("comments:no_more_letters", args=[no_more_letters_token(comment)]))
        correct(self.article)
        self.assertEqual(written_to(), [ADDRESS])

    def test_a_moderator_who_decides_meanwhile_does_not_bring_the_wish_back(self):
        seen_before = ReaderComment.objects.get(pk=self.comment.pk)
        self.client.post(self.url)
        seen_before.change_state("removed")
        seen_before.change_state("published")
        self.assertFalse(ReaderComment.objects.get().wants_corrections)

    def test_a_token_of_another_purpose_is_none(self):
        for token in ("x", confirmation_token(make_pending(self.article)), f"{self.url.split('/')[-2]}x"):
            url = reverse("comments:no_more_letters", args=[token])
            self.assertEqual(self.client.post(url).status_code, 404)
        self.assertTrue(ReaderComment.objects.get().wants_corrections)

    def test_the_page_names_no_story_that_was_withdrawn(self):
        self.assertContains(self.client.get(self.url), self.article.headline)
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertNotContains(self.client.get(self.url), self.article.headline)
        self.assertNotContains(self.client.post(self.url), self.article.headline)


class SimultaneousLettersTests(ConcurrencyTestCase):
    def test_four_workers_at_once_write_each_letter_once(self):
        article = make_article()
        for number in range(40):
            make_asking(article, text=f"{number}", user_email=f"reader{number % 20}@reader.example")
        update_article(article, kind="correction")
        with mock.patch.object(corrections, "BATCH", 3):
            self.at_once(lambda _: corrections.write_unfinished(), 4)
        self.assertEqual(
            sorted(written_to()), sorted(f"reader{number}@reader.example" for number in range(20))
        )
