"""What readers hear by mail of new comments."""

import re
from datetime import datetime, timedelta
from unittest import mock

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from articles import clock, publishing
from articles.models import OutgoingMail
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_account, make_article
from comments import following
from comments.models import Announcement, DigestEntry, Following, Person, ReaderComment
from comments.moderation import acts
from comments.moderation.undo_time import UNDO_FOR
from comments.tests.cases import make_held
from comments.tests.factories import (
    make_comment,
    make_following,
    make_moderator,
    make_pending,
    make_reader,
    make_wish,
)
from comments.tests.pages import compose, fields_of, last_letter, link_in_last_letter, send
from comments.tokens import confirmation_token, follow_token, following_token, following_written_about

FROM_HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def make_follower(article, name="ana", pace="now", **changes):
    address = f"{name}@reader.example"
    person = Person.objects.of_writer(email=address)
    return make_following(person, article, pace=pace, address=address, **changes)


def before_the_undo_ended():
    return timezone.now() - UNDO_FOR


def work():
    following.write_unfinished()


def letters():
    return OutgoingMail.objects.filter(headers__has_key="List-Unsubscribe").order_by("pk")


def written_to():
    return list(letters().values_list("recipient", flat=True))


class WishTests(TestCase):
    """Two boxes in the second step; what was ticked holds once the mailbox has answered."""

    def setUp(self):
        self.article = make_article()

    def test_the_boxes_are_offered_and_not_ticked(self):
        page = compose(self.client, self.article)
        for name in ("follows_replies", "follows_story"):
            self.assertContains(page, f'name="{name}"')
        self.assertNotContains(page, "checked")
        send(self.client, self.article)
        self.client.post(link_in_last_letter())
        self.assertFalse(Following.objects.exists())

    def test_what_was_ticked_holds_after_the_button(self):
        send(self.client, self.article, follows_replies="on", follows_story="on", pace="daily")
        self.assertFalse(Following.objects.exists())
        link = link_in_last_letter()
        self.assertContains(self.client.get(link), "once a day, in the morning", count=2)
        self.client.post(link)
        person = ReaderComment.objects.get().person
        found = {(f.article, f.pace, f.letters_go_to) for f in Following.objects.of(person)}
        address = "leyla@reader.example"
        self.assertEqual(found, {(None, "daily", address), (self.article, "daily", address)})

    def test_pressed_again_begins_nothing_that_was_stopped(self):
        send(self.client, self.article, follows_story="on")
        link = link_in_last_letter()
        self.client.post(link)
        following.stop(Following.objects.get())
        self.client.post(link)
        self.assertFalse(Following.objects.in_force().exists())

    def test_is_kept_through_an_error_and_another_look(self):
        said = {"name": "Leyla M.", "follows_story": "on", "pace": "daily"}
        wrong = send(self.client, self.article, **said, email="leyla@")
        again = compose(self.client, self.article, **said)
        refused = compose(self.client, self.article, "", **said)
        once_more = compose(self.client, self.article, **fields_of(refused))
        for page in (wrong, again, once_more):
            self.assertRegex(page.content.decode(), r'name="follows_story"[^>]*checked')
            self.assertRegex(page.content.decode(), r'value="daily"\s+selected')

    def test_an_account_with_an_address_follows_at_once_and_one_without_is_not_asked(self):
        reader = make_reader(email="rana@reader.example")
        self.client.force_login(reader)
        send(self.client, self.article, follows_replies="on")
        self.assertEqual(Following.objects.get().letters_go_to, "rana@reader.example")
        self.client.force_login(make_reader("none"))
        self.assertNotContains(compose(self.client, self.article), "follows_")
        send(self.client, self.article, "Words.", follows_replies="on")
        self.assertEqual(Following.objects.count(), 1)


class FollowWithoutCommentingTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.address = reverse("comments:follow", args=[self.article.pk])

    def ask(self, email="ana@reader.example", pace="daily", **extra):
        return self.client.post(self.address, {"email": email, "pace": pace}, **extra or FROM_HERE)

    def link(self):
        return next(line for line in last_letter().text.split() if "/comments/follow/" in line)

    def test_form_below_the_thread_letter_button(self):
        story = self.client.get(self.article.get_absolute_url())
        self.assertContains(story, f'action="{self.address}"')
        self.assertContains(self.ask(), "ana@reader.example")
        self.assertEqual((Following.objects.count(), Person.objects.count()), (0, 0))
        for method in (self.client.get, self.client.head, self.client.options):
            method(self.link())
        self.assertFalse(Following.objects.exists())
        self.assertContains(self.client.post(self.link()), "You follow this conversation")
        found = Following.objects.get()
        self.assertEqual((found.article, found.pace), (self.article, "daily"))
        self.assertEqual(found.letters_go_to, "ana@reader.example")

    def test_the_answer_is_the_same_for_known_and_unknown_addresses(self):
        make_follower(self.article, "ana")
        known, unknown = self.ask("ana@reader.example"), self.ask("eva@reader.example")
        self.assertEqual(known.content.replace(b"ana@", b"eva@"), unknown.content)
        self.assertEqual(OutgoingMail.objects.count(), 2)

    def test_pressed_again_begins_nothing_that_was_stopped(self):
        self.ask()
        self.client.post(self.link())
        following.stop(Following.objects.get())
        self.assertEqual(self.client.post(self.link()).status_code, 200)
        self.assertFalse(Following.objects.in_force().exists())

    def test_asked_again_after_a_stop_it_begins_again(self):
        stopped = make_follower(self.article, "ana", stopped_at=timezone.now())
        self.ask()
        self.client.post(self.link())
        self.assertEqual(Following.objects.in_force().get(), stopped)

    def test_sent_from_another_site_sends_nothing_and_keeps_the_address(self):
        answer = self.ask(headers={"Origin": "https://evil.example"})
        self.assertContains(answer, "ana@reader.example", status_code=403)
        self.assertFalse(OutgoingMail.objects.exists())

    def test_what_is_no_address_is_given_back(self):
        self.assertContains(self.ask("ana@"), "ana@", status_code=422)
        self.assertContains(self.ask(pace="hourly"), "ana@reader.example", status_code=422)

    def test_as_many_letters_as_to_anybody(self):
        with mock.patch("comments.limits.allow", return_value=False):
            self.assertContains(self.ask(), "ana@reader.example", status_code=429)
        self.assertFalse(OutgoingMail.objects.exists())

    def test_an_account_follows_at_once(self):
        reader = make_reader(email="rana@reader.example")
        self.client.force_login(reader)
        self.assertNotContains(self.client.get(self.address), 'name="email"')
        self.assertContains(self.ask(""), "You follow this conversation")
        self.assertEqual(Following.objects.get().person.user, reader)

    def test_a_story_withdrawn_meanwhile_is_not_named(self):
        link = reverse("comments:follow_confirmation", args=[follow_token(make_wish(self.article))])
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertNotContains(self.client.get(link), "Troops")
        self.assertEqual(self.ask().status_code, 410)


class NowTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops & tanks")

    def test_names_who_wrote_and_where_never_the_words(self):
        followed = make_follower(self.article)
        comment = make_comment(self.article, name="Rana & K.")
        work()
        letter = letters().get()
        self.assertEqual(
            (letter.recipient, letter.subject), ("ana@reader.example", "New comment: Troops & tanks")
        )
        for part in ("Rana & K.", "Troops & tanks", comment.get_absolute_url()):
            self.assertIn(part, letter.text)
        (token,) = re.findall(r"/comments/no-more-news/([^/\s]+)/", letter.text)
        self.assertEqual(following_written_about(token), followed)
        self.assertIn("Rana &amp; K.", letter.html)
        self.assertNotIn("Seoul", f"{letter.subject} {letter.text} {letter.html}")

    def test_one_click_to_stop(self):
        make_follower(self.article)
        make_comment(self.article)
        work()
        headers = letters().get().headers
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertRegex(headers["List-Unsubscribe"], r"^<http\S+/comments/no-more-news/\S+/>$")

    def test_a_reply_is_told_to_whom_it_answers_and_to_nobody_else(self):
        mine = make_comment(self.article, user_email="ana@reader.example")
        other = make_comment(self.article, text="Other.")
        make_follower(None)
        make_comment(below=other, text="To another.")
        make_comment(below=make_comment(below=mine, text="To me."), text="To the reply.")
        work()
        self.assertEqual([letter.subject for letter in letters()], ["A reply to you"])
        self.assertIn("Leyla M. replied", letters().get().text)

    def test_who_follows_both_hears_of_a_reply_once(self):
        mine = make_comment(self.article, user_email="ana@reader.example")
        make_follower(None)
        make_follower(self.article)
        make_comment(below=mine, text="To me.")
        work()
        self.assertEqual([letter.subject for letter in letters()], ["A reply to you"])
        Following.objects.filter(article=None).update(pace="daily")
        make_comment(below=mine, text="To me again.")
        work()
        self.assertEqual(letters().last().subject, "New comment: Troops & tanks")
        self.assertEqual((letters().count(), DigestEntry.objects.count()), (2, 0))

    def test_ones_own_comments_are_not_told(self):
        make_follower(self.article)
        mine = make_comment(self.article, user_email="ana@reader.example")
        make_follower(None)
        make_comment(below=mine, text="And another thing.", user_email="ana@reader.example")
        work()
        self.assertEqual(written_to(), [])

    def test_nobody_else_is_written_to(self):
        make_follower(self.article, "stopped", stopped_at=timezone.now())
        make_follower(make_article("Another"), "elsewhere")
        off = make_reader("off", email="off@reader.example", is_active=False)
        make_following(Person.objects.of_writer(off), self.article)
        make_following(Person.objects.of_writer(make_reader("none")), self.article)
        make_comment(self.article)
        make_follower(self.article, "late")
        work()
        self.assertEqual(written_to(), [])

    def test_a_comment_removed_or_a_story_withdrawn_before_the_worker_came_is_not_told(self):
        other = make_article("Another")
        for article in (self.article, other):
            make_follower(article)
            comment = make_comment(article)
        acts.remove(ReaderComment.objects.get(article=self.article), make_moderator(), "insult")
        publishing.withdraw(comment.article, make_account(), notice="It was not true.")
        work()
        self.assertEqual(written_to(), [])
        waiting = Announcement.objects.filter(finished_at=None)
        self.assertEqual(waiting.get().comment.article, self.article)  # which a moderator may bring back

    def test_what_was_brought_back_before_its_letter_is_told_then_and_once(self):
        for pace in ("now", "daily"):
            make_follower(self.article, pace, pace=pace)
        removal = acts.remove(make_comment(self.article), make_moderator(), "insult")
        work()
        self.assertEqual((written_to(), DigestEntry.objects.count()), ([], 0))
        acts.undo(removal, make_moderator())
        for _ in range(2):
            following.write_unfinished()
        self.assertEqual((written_to(), DigestEntry.objects.count()), (["now@reader.example"], 1))

    def test_what_stays_removed_is_forgotten_as_what_was_told(self):
        follower = make_follower(self.article, pace="daily")
        gone, told = make_comment(self.article), make_comment(self.article)
        work()
        acts.remove(gone, make_moderator(), "insult")
        Announcement.objects.filter(comment=gone).update(finished_at=None)
        long_ago = timezone.now() - following.KEPT_FOR - timedelta(days=1)
        for rows in (Announcement.objects, DigestEntry.objects):
            rows.update(at=long_ago)
        following.forget_old()
        self.assertEqual(Announcement.objects.get().comment, told)
        self.assertEqual(follower.entries.get().comment, told)

    def test_a_comment_approved_late_is_told_then_and_once(self):
        make_follower(self.article)
        held = make_held(self.article)
        make_comment(self.article, text="Later, and at once.")
        work()
        self.assertEqual(len(written_to()), 1)
        moderator = make_moderator()
        acts.approve(held, moderator, now=before_the_undo_ended())
        work()
        self.assertEqual(len(written_to()), 2)
        acts.remove(held, moderator, "insult")
        acts.approve(held, moderator, now=before_the_undo_ended())
        work()
        self.assertEqual(len(written_to()), 2)

    def test_where_nobody_follows_nothing_is_added(self):
        make_comment(self.article)
        self.assertFalse(Announcement.objects.exists())

    def test_an_address_that_takes_no_letter_holds_up_no_other(self):
        wrong = make_reader(email="no address")
        make_following(Person.objects.of_writer(wrong), self.article)
        make_follower(self.article)
        make_comment(self.article)
        with self.assertLogs("comments.following") as logs:
            work()
        self.assertEqual(written_to(), ["ana@reader.example"])
        self.assertNotIn("no address", " ".join(logs.output))


class UndoneApprovalTests(TestCase):
    """A letter waits for as long as what shows the comment may be taken back in passing."""

    def setUp(self):
        self.article, self.moderator = make_article(), make_moderator()
        make_follower(self.article)
        self.held = make_held(self.article)

    def approve(self, **changes):
        return acts.approve(self.held, self.moderator, **changes)

    def write(self):
        following.write_in_background.call(Announcement.objects.get().pk)
        work()

    def test_the_letter_waits_until_the_undo_is_over(self):
        self.approve()
        [task] = self.tasks()
        self.assertGreaterEqual(task.run_after, self.held.acts.get().at + UNDO_FOR)
        self.write()
        self.assertEqual(written_to(), [])
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + UNDO_FOR):
            self.write()
        self.assertEqual(written_to(), ["ana@reader.example"])
        self.assertIsNotNone(Announcement.objects.get().finished_at)

    def test_a_comment_that_nobody_held_does_not_wait(self):
        comment = make_comment(self.article, text="At once.")
        self.assertEqual([task.run_after for task in self.tasks()], [get_date_max()])
        acts.pick(comment, self.moderator)
        self.write()
        self.assertEqual(len(written_to()), 1)

    def test_one_taken_back_in_passing_is_told_by_the_next_approval(self):
        acts.undo(self.approve(), self.moderator)
        later = timezone.now() + UNDO_FOR
        with mock.patch("django.utils.timezone.now", return_value=later):
            self.write()
        self.assertEqual(written_to(), [])
        make_follower(self.article, "since")
        self.approve(now=before_the_undo_ended())
        self.write()
        self.assertEqual(written_to(), ["ana@reader.example", "since@reader.example"])

    def test_one_taken_back_later_tells_nobody_twice(self):
        for name in ("daily", "eva"):
            make_follower(self.article, name, pace="daily" if name == "daily" else "now")
        act = self.approve(now=before_the_undo_ended())
        with mock.patch.object(following, "BATCH", 2):
            following.write_batch(Announcement.objects.get().pk)  # one letter, one entry
            acts.undo(act, self.moderator)
            self.write()
            self.assertEqual((written_to(), DigestEntry.objects.count()), (["ana@reader.example"], 1))
            self.approve(now=before_the_undo_ended())
            self.write()
        self.assertEqual(written_to(), ["ana@reader.example", "eva@reader.example"])
        self.assertEqual(DigestEntry.objects.count(), 1)

    def test_a_daily_letter_keeps_what_is_held_again_for_the_day_on_which_it_is_shown(self):
        Following.objects.update(pace="daily")
        act = self.approve(now=before_the_undo_ended())
        self.write()
        acts.undo(act, self.moderator)
        following.write_daily(timezone.now() + timedelta(days=2))
        self.assertEqual((written_to(), DigestEntry.objects.count()), ([], 1))
        self.approve(now=before_the_undo_ended())
        self.write()
        for _ in range(2):
            following.write_daily(timezone.now() + timedelta(days=2))
        self.assertEqual((written_to(), DigestEntry.objects.count()), (["ana@reader.example"], 0))

    def test_one_edited_and_held_before_it_was_told_is_told_when_it_is_let_pass(self):
        comment = make_comment(self.article, text="Edited at once.")
        comment.change_state("held")
        self.write()
        self.assertEqual(written_to(), [])
        acts.approve(comment, self.moderator, now=before_the_undo_ended())
        work()
        self.assertEqual(written_to(), ["ana@reader.example"])

    def tasks(self):
        return DBTaskResult.objects.filter(task_path__endswith="following.write_in_background")


class ManyFollowersTests(TestCase):
    """Killed in the middle, nothing is lost and nothing doubled."""

    def setUp(self):
        self.article = make_article()
        for number in range(25):
            make_follower(self.article, f"reader{number}", pace="daily" if number % 5 == 0 else "now")
        self.now = {f"reader{number}@reader.example" for number in range(25) if number % 5}
        self.batches = mock.patch.object(following, "BATCH", 10)
        self.batches.start()
        self.addCleanup(self.batches.stop)

    def assert_everybody_once(self):
        self.assertEqual((len(written_to()), set(written_to())), (len(self.now), self.now))
        self.assertEqual(DigestEntry.objects.count(), 5)
        self.assertFalse(Announcement.objects.filter(finished_at=None).exists())

    def test_killed_halfway_through_a_batch_goes_on_by_the_clock(self):
        make_comment(self.article)
        announcement, queue, calls = Announcement.objects.get(), following.queue_mail, []

        def dies(*args, **options):
            calls.append(args)
            if len(calls) == 13:
                raise SystemExit
            return queue(*args, **options)

        with mock.patch.object(following, "queue_mail", dies), self.assertRaises(SystemExit):
            while following.write_batch(announcement.pk):
                pass
        self.assertEqual(len(written_to()), 8)
        self.assertIn(following.write_unfinished, clock.EVERY_MINUTE)
        following.write_unfinished()
        following.write_unfinished()
        self.assert_everybody_once()

    def test_the_comment_itself_writes_no_letter_and_the_task_hands_on(self):
        make_comment(self.article)
        self.assertEqual(written_to(), [])
        for _ in range(4):
            following.write_in_background.call(Announcement.objects.get().pk)
        self.assert_everybody_once()

    def test_one_that_fails_holds_up_no_other(self):
        first = make_comment(self.article)
        make_comment(self.article, text="Second.")
        queue = following._queue_letter

        def refuse(followed, comments):
            if first in comments:
                raise RuntimeError("ana@reader.example")
            queue(followed, comments)

        with mock.patch.object(following, "_queue_letter", refuse):
            with self.assertLogs("comments.following") as logs:
                work()
        self.assertNotIn("@", " ".join(logs.output))
        self.assertEqual(len(written_to()), 20)
        work()
        self.assertEqual(len(written_to()), 40)


class DailyTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.zone = timezone.get_current_timezone()
        self.followed = make_follower(self.article, pace="daily")

    def at(self, day, hour, minute=0):
        return datetime(2030, 3, day, hour, minute, tzinfo=self.zone)

    def comment(self, at, **changes):
        comment = make_comment(self.article, text=f"At {at}", **changes)
        work()
        DigestEntry.objects.filter(comment=comment).update(at=at)
        return comment

    def run_at(self, *times):
        for now in times:
            following.write_daily(now)
        return [letter.text.count("wrote:") for letter in letters()]

    def test_one_letter_at_seven_tells_all_that_came_before(self):
        for hour in (9, 15, 23):
            self.comment(self.at(1, hour))
        self.assertEqual(written_to(), [])
        self.assertEqual(self.run_at(self.at(1, 23, 30), self.at(2, 6, 59)), [])
        self.assertEqual(self.run_at(self.at(2, 7), self.at(2, 7, 30), self.at(2, 8)), [3])
        self.assertEqual(letters().get().subject, "New comments: Troops")
        self.assertFalse(DigestEntry.objects.exists())

    def test_what_comes_after_seven_waits_for_the_next_day(self):
        self.comment(self.at(2, 7, 1))
        self.assertEqual(self.run_at(self.at(2, 8), self.at(2, 23)), [])
        self.assertEqual(self.run_at(self.at(3, 9)), [1])  # though the worker was away at seven

    def test_what_was_removed_or_withdrawn_meanwhile_is_not_told(self):
        removed, kept = self.comment(self.at(1, 9)), self.comment(self.at(1, 10), name="Kept K.")
        acts.remove(removed, make_moderator(), "insult")
        self.assertEqual(self.run_at(self.at(2, 7)), [1])
        self.assertIn(kept.get_absolute_url(), letters().get().text)
        self.comment(self.at(2, 9))
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertEqual(self.run_at(self.at(3, 7)), [1])
        self.assertEqual(DigestEntry.objects.get().comment, removed)

    def test_what_was_brought_back_is_told_on_the_next_day(self):
        removal = acts.remove(self.comment(self.at(1, 9)), make_moderator(), "insult")
        self.assertEqual(self.run_at(self.at(2, 7)), [])
        acts.undo(removal, make_moderator())
        self.assertEqual(self.run_at(self.at(3, 7), self.at(4, 7)), [1])

    def test_stopped_it_tells_nothing(self):
        self.comment(self.at(1, 9))
        following.stop(self.followed)
        self.assertEqual(self.run_at(self.at(2, 7)), [])

    def test_killed_before_the_letter_is_promised_it_is_written_later(self):
        self.comment(self.at(1, 9))
        with mock.patch.object(following, "queue_mail", side_effect=SystemExit):
            with self.assertRaises(SystemExit):
                following.write_daily(self.at(2, 7))
        self.assertEqual(self.run_at(self.at(2, 8), self.at(2, 9)), [1])

    def test_one_that_fails_holds_up_no_other(self):
        make_follower(self.article, "eva", pace="daily")
        self.comment(self.at(1, 9))
        queue = following._queue_letter

        def refuse(followed, comments):
            if followed == self.followed:
                raise RuntimeError
            queue(followed, comments)

        with mock.patch.object(following, "_queue_letter", refuse), self.assertLogs("comments.following"):
            following.write_daily(self.at(2, 7))
        self.assertEqual(written_to(), ["eva@reader.example"])
        self.run_at(self.at(2, 8))
        self.assertEqual(written_to(), ["eva@reader.example", "ana@reader.example"])

    def test_is_done_by_the_clock(self):
        for chore in (following.write_daily, following.forget_old):
            self.assertIn(chore, clock.EVERY_HOUR)


class StopTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.followed = make_follower(self.article)
        self.url = reverse("comments:no_more_news", args=[following_token(self.followed)])

    def test_opening_changes_nothing_and_the_button_stops(self):
        for method in (self.client.get, self.client.head, self.client.options):
            method(self.url)
        self.assertTrue(Following.objects.in_force().exists())
        self.assertContains(self.client.post(self.url), "No more letters")
        make_comment(self.article)
        work()
        self.assertEqual(written_to(), [])

    def test_a_mailbox_stops_it_by_itself_without_cookies(self):
        stranger = Client(enforce_csrf_checks=True)
        answer = stranger.post(self.url, {"List-Unsubscribe": "One-Click"})
        self.assertEqual((answer.status_code, bool(answer.cookies)), (200, False))
        self.assertFalse(Following.objects.in_force().exists())

    def test_stops_this_and_nothing_else(self):
        make_follower(None)
        self.client.post(self.url)
        self.assertIsNone(Following.objects.in_force().get().article)

    def test_says_so_long_after_it_is_forgotten(self):
        self.client.post(self.url)
        Following.objects.update(stopped_at=timezone.now() - following.KEPT_FOR - timedelta(minutes=1))
        following.forget_old()
        self.assertFalse(Following.objects.exists())
        for method in (self.client.get, self.client.post):
            self.assertContains(method(self.url), "No more letters")

    def test_a_token_of_another_purpose_is_none(self):
        for token in (
            "x",
            confirmation_token(make_pending(self.article)),
            follow_token(make_wish(self.article)),
        ):
            self.assertEqual(self.client.post(f"/comments/no-more-news/{token}/").status_code, 404)
        self.assertTrue(Following.objects.in_force().exists())

    def test_the_page_names_no_story_that_was_withdrawn(self):
        self.assertContains(self.client.get(self.url), "Troops")
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertNotContains(self.client.get(self.url), "Troops")


class SimultaneousFollowingTests(ConcurrencyTestCase):
    def test_a_letter_is_written_once_while_a_moderator_takes_back_and_lets_pass(self):
        article, moderator = make_article(), make_moderator()
        for number in range(6):
            make_follower(article, f"reader{number}")
        held = make_held(article)

        def act(number):
            for _ in range(4):
                if number:
                    following.write_unfinished()
                else:
                    now = before_the_undo_ended()
                    acts.undo(acts.approve(held, moderator, now=now), moderator)

        with mock.patch.object(following, "BATCH", 2):
            self.at_once(act, 3)
            acts.approve(held, moderator, now=before_the_undo_ended())
            following.write_unfinished()
        self.assertEqual(sorted(written_to()), [f"reader{number}@reader.example" for number in range(6)])

    def test_four_workers_at_once_write_each_letter_once(self):
        article = make_article()
        for number in range(20):
            make_follower(article, f"reader{number}")
        for number in range(3):
            make_comment(article, text=f"{number}")
        with mock.patch.object(following, "BATCH", 6):
            self.at_once(lambda _: following.write_unfinished(), 4)
            following.write_unfinished()
        everybody = [f"reader{number}@reader.example" for number in range(20)] * 3
        self.assertEqual(sorted(written_to()), sorted(everybody))

    def test_four_workers_at_once_write_each_daily_letter_once(self):
        article = make_article()
        for number in range(10):
            make_follower(article, f"reader{number}", pace="daily")
        make_comment(article)
        following.write_unfinished()
        tomorrow = timezone.now() + timedelta(days=2)
        self.at_once(lambda _: following.write_daily(tomorrow), 4)
        self.assertEqual(sorted(written_to()), sorted(f"reader{n}@reader.example" for n in range(10)))

    def test_a_button_pressed_six_times_at_once_follows_once(self):
        wish = make_wish(make_article())
        url = reverse("comments:follow_confirmation", args=[follow_token(wish)])
        answers = self.at_once(lambda _: Client().post(url), 6)
        self.assertEqual({answer.status_code for answer in answers}, {200})
        self.assertEqual(Following.objects.count(), 1)
