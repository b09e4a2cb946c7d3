import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unittest import mock

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F
from django.test import TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import mail, outbox
from articles.mail import deliver, deliver_overdue, queue_mail
from articles.models import OutgoingMail
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.mail_server import free_port, hanging_mail_server, mail_goes_to, mail_server

ADDRESS = "leyla@example.org"


class QueueMailTests(TestCase):
    def test_a_letter_and_its_task_leave_with_the_transaction_or_not_at_all(self):
        with self.assertRaises(RuntimeError), transaction.atomic():
            queue_mail(ADDRESS, "Hello", "Text")
            raise RuntimeError
        self.assertFalse(OutgoingMail.objects.exists())
        self.assertFalse(DBTaskResult.objects.exists())

    def test_nobody_who_posts_talks_to_the_mail_server(self):
        with hanging_mail_server():
            begin = time.monotonic()
            queue_mail(ADDRESS, "Hello", "Text")
            self.assertLess(time.monotonic() - begin, 0.25)

    def test_headers_stay_one_line(self):
        for bad in [
            {"to": "a@example.org\nBcc: b@example.org"},
            {"to": "a@example.org,b@example.org"},
            {"subject": "Hello\r\nBcc: b@example.org"},
            {"headers": {"X-Note": "one\ntwo"}},
            {"headers": {"X-Note: a\r\nBcc": "b@example.org"}},
            {"headers": {"Bcc": "b@example.org"}},
        ]:
            with self.subTest(bad), self.assertRaises((ValueError, ValidationError)):
                queue_mail(**({"to": ADDRESS, "subject": "Hello", "text": "Text"} | bad))
        self.assertFalse(OutgoingMail.objects.exists())


class DeliveryTests(TestCase):
    def setUp(self):
        self.mail = queue_mail(
            ADDRESS,
            "Hello, Ləman",
            "Salam",
            html="<p>Salam</p>",
            headers={"Auto-Submitted": "auto-generated"},
        )

    def fall_due(self):
        OutgoingMail.objects.update(next_attempt_at=timezone.now())

    def test_sends_the_letter_whole_and_once(self):
        with mail_server() as inbox:
            deliver(self.mail.pk)
            deliver(self.mail.pk)
            OutgoingMail.objects.filter(sent_at=None).update(next_attempt_at=timezone.now())
            deliver_overdue()
        (letter,) = inbox.letters
        self.assertEqual(letter.rcpt_tos, [ADDRESS])
        for part in (
            b"Message-ID: " + self.mail.message_id.encode(),
            b"Auto-Submitted: auto-generated",
            b"<p>Salam",
        ):
            self.assertIn(part, letter.content)

    def test_two_workers_send_it_once(self):
        # The second comes while the first still talks to the server.
        sendings = []

        def send(message):
            sendings.append(message)
            deliver(self.mail.pk)
            deliver_overdue()

        with mock.patch.object(EmailMessage, "send", send):
            deliver(self.mail.pk)
        self.assertEqual(len(sendings), 1)

    def test_arrives_once_after_the_server_was_away_refused_for_now_or_hung(self):
        for number, trouble in enumerate(
            [
                lambda: mail_goes_to(free_port()),
                lambda: mail_server(refuse="451 Try again later"),
                hanging_mail_server,
            ],
            start=1,
        ):
            with trouble():
                begin = time.monotonic()
                deliver(self.mail.pk)
                self.assertLess(time.monotonic() - begin, 3)
            self.mail.refresh_from_db()
            self.assertIsNone(self.mail.sent_at)
            self.assertEqual(self.mail.attempts, number)
            self.assertGreater(self.mail.next_attempt_at, timezone.now() + mail.PAUSES[number - 1] * 0.9)
            self.fall_due()
        with mail_server() as inbox:
            deliver_overdue()
            deliver_overdue()
        self.assertEqual(len(inbox.letters), 1)

    def test_a_worker_killed_in_the_middle_loses_nothing(self):
        # A kill leaves no time for any handling: the row stands as the claim left it.
        with mock.patch.object(EmailMessage, "send", side_effect=SystemExit), self.assertRaises(SystemExit):
            deliver(self.mail.pk)
        DBTaskResult.objects.all().delete()  # and its task is lost with it
        self.mail.refresh_from_db()
        self.assertIsNotNone(self.mail.next_attempt_at)
        self.fall_due()
        with mail_server() as inbox:
            deliver_overdue()
        self.assertEqual(len(inbox.letters), 1)

    def test_a_server_that_is_away_is_asked_once_a_round(self):
        for _ in range(5):
            queue_mail(ADDRESS, "Hello", "Text")
        with mail_goes_to(free_port()):
            deliver_overdue()
        self.assertEqual(OutgoingMail.objects.filter(attempts=1).count(), 1)

    def test_one_address_that_is_refused_holds_up_no_other(self):
        queue_mail(ADDRESS, "Hello", "Text")
        with mail_server(refuse="451 Try again later"):
            deliver_overdue()
        self.assertEqual(OutgoingMail.objects.filter(attempts=1).count(), 2)

    def test_gives_up_at_once_on_an_address_that_will_never_do(self):
        with mail_server(refuse="550 No such user"):
            deliver(self.mail.pk)
        self.mail.refresh_from_db()
        self.assertIsNotNone(self.mail.gave_up_at)
        self.assertIsNone(self.mail.next_attempt_at)

    def test_gives_up_after_about_three_days(self):
        waited, start = timedelta(), timezone.now()
        with mail_goes_to(free_port()):
            while True:
                with mock.patch("django.utils.timezone.now", return_value=start + waited):
                    deliver(self.mail.pk)
                self.mail.refresh_from_db()
                if self.mail.gave_up_at:
                    break
                waited = self.mail.next_attempt_at - start
        self.assertTrue(timedelta(days=2.5) < waited < timedelta(days=3.5), waited)

    def test_logs_and_keeps_no_address(self):
        with mail_server(refuse=f"550 <{ADDRESS}> unknown"), self.assertLogs("articles.mail") as logs:
            deliver(self.mail.pk)
        self.mail.refresh_from_db()
        self.assertEqual(self.mail.last_error, "SMTPRecipientsRefused 550")
        self.assertNotIn(ADDRESS, " ".join(logs.output))

    def test_is_forgotten_some_days_after_it_left(self):
        waiting = queue_mail(ADDRESS, "Waits", "Text")
        OutgoingMail.objects.filter(pk=self.mail.pk).update(
            sent_at=timezone.now() - timedelta(days=mail.KEEP_DAYS, minutes=1), next_attempt_at=None
        )
        mail.forget_old_mail()
        self.assertEqual(OutgoingMail.objects.get(), waiting)


class SimultaneousDeliveryTests(ConcurrencyTestCase):
    def test_of_8_workers_at_once_one_sends(self):
        letter = queue_mail(ADDRESS, "Hello", "Text")
        barrier = Barrier(8)

        def work(_):
            try:
                deliver(letter.pk)
            finally:
                connection.close()

        def when_all_have_read(name):
            barrier.wait(timeout=10)
            return F(name)

        meet = mock.patch.object(outbox, "F", when_all_have_read)
        with mail_server() as inbox, meet, ThreadPoolExecutor(8) as threads:
            list(threads.map(work, range(8)))
        self.assertEqual(len(inbox.letters), 1)
