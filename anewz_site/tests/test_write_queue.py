"""On SQLite those who write wait in a queue: one after the other, in the order in which they came."""

import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock, skipUnless

from django.contrib.sites.models import Site
from django.db import OperationalError, connection, transaction
from django.test import SimpleTestCase, TransactionTestCase

from anewz_site.queued_sqlite3.queue import Queue, queue_of

# Another process: takes its turn, says so, and holds it until it is killed.
HOLDS = """
import sys, time
from anewz_site.queued_sqlite3.queue import Queue
queue = Queue(sys.argv[1])
queue.join(5)
print("has it", flush=True)
time.sleep(60)
"""


class QueueTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "queue")
        self.queue = Queue(self.path)

    def wait_until(self, condition):
        for _ in range(500):
            if condition():
                return
            time.sleep(0.01)
        self.fail("It never came to that.")

    def test_threads_come_in_the_order_in_which_they_joined(self):
        order = []

        def write(number):
            self.queue.join(5)
            order.append(number)
            self.queue.leave()

        self.queue.join(5)
        writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for number, writer in enumerate(writers):
            writer.start()
            self.wait_until(lambda number=number: len(self.queue._waiting) == number + 1)
        self.queue.leave()
        for writer in writers:
            writer.join()

        self.assertEqual(order, list(range(8)))

    def test_whoever_gives_up_leaves_the_queue_as_it_is_for_the_others(self):
        self.queue.join(5)
        self.assertFalse(self.queue.join(0.01))
        with ThreadPoolExecutor(1) as other:
            later = other.submit(self.queue.join, 5)
            self.wait_until(lambda: self.queue._waiting)
            self.queue.leave()
            self.assertTrue(later.result(5))

    def test_whoever_is_interrupted_while_waiting_takes_no_turn_along(self):
        class Interrupted(Exception):
            pass

        with mock.patch.object(threading.Event, "wait", side_effect=Interrupted):
            self.queue.join(5)
            with self.assertRaises(Interrupted):
                self.queue.join(5)
        self.queue.leave()
        self.assertTrue(self.queue.join(0.01))

    def test_a_process_has_one_queue_before_a_database_however_many_ask_at_once(self):
        with ThreadPoolExecutor(8) as threads:
            for number in range(50):
                asked = list(threads.map(queue_of, [f"{self.path}-{number}"] * 8))
                self.assertEqual(len(set(asked)), 1)

    def test_one_process_waits_for_another_and_the_turn_of_a_dead_one_is_free(self):
        other = subprocess.Popen([sys.executable, "-c", HOLDS, self.path], stdout=subprocess.PIPE, text=True)
        self.addCleanup(other.wait)
        self.assertEqual(other.stdout.readline(), "has it\n")
        with ThreadPoolExecutor(1) as here:
            turn = here.submit(self.queue.join, 5)
            time.sleep(0.2)
            self.assertFalse(turn.done())
            other.kill()
            self.assertTrue(turn.result(5))
        other.stdout.close()


@skipUnless(connection.vendor == "sqlite", "The queue is SQLite's.")
class WritersTests(TransactionTestCase):
    def setUp(self):
        self.site = Site.objects.get_current()
        self.queue = queue_of(connection.settings_dict["NAME"])

    def is_free(self):
        if free := self.queue.join(0.01):
            self.queue.leave()
        return free

    def rename(self, name):
        try:
            return Site.objects.filter(pk=self.site.pk).update(name=name)
        finally:
            connection.close()

    def test_a_transaction_has_its_turn_from_beginning_to_end(self):
        with transaction.atomic():
            self.assertFalse(self.is_free())
        self.assertTrue(self.is_free())

    def test_a_turn_ends_with_a_transaction_that_fails_or_whose_connection_is_closed(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        self.assertTrue(self.is_free())
        with transaction.atomic():
            connection.close()
        self.assertTrue(self.is_free())

    def test_a_statement_by_itself_waits_too(self):
        with ThreadPoolExecutor(1) as other:
            with transaction.atomic():
                renamed = other.submit(self.rename, "Renamed")
                time.sleep(0.2)
                self.assertFalse(renamed.done())
                self.assertEqual(len(self.queue._waiting), 1)
            self.assertEqual(renamed.result(5), 1)

    def test_a_statement_in_a_transaction_that_was_begun_by_hand_waits_for_nobody(self):
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            with ThreadPoolExecutor(1) as other:
                renamed = other.submit(self.rename, "Second")
                time.sleep(0.2)
                Site.objects.filter(pk=self.site.pk).update(name="First")
                cursor.execute("COMMIT")
                self.assertEqual(renamed.result(5), 1)
        self.assertEqual(Site.objects.get(pk=self.site.pk).name, "Second")

    def test_reading_waits_for_nobody(self):
        def read():
            try:
                return Site.objects.get(pk=self.site.pk).name
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as other, transaction.atomic():
            self.assertEqual(other.submit(read).result(5), self.site.name)

    def test_whose_turn_does_not_come_is_told_that_the_database_is_locked(self):
        options = connection.settings_dict["OPTIONS"]
        self.queue.join(5)
        self.addCleanup(options.__setitem__, "timeout", options["timeout"])
        options["timeout"] = 0.05
        try:
            with self.assertRaisesMessage(OperationalError, "locked"), transaction.atomic():
                self.fail("Nobody may come here.")
            with self.assertRaisesMessage(OperationalError, "locked"):
                Site.objects.filter(pk=self.site.pk).update(name="Late")
        finally:
            self.queue.leave()
        with transaction.atomic():
            self.assertEqual(Site.objects.filter(pk=self.site.pk).update(name="Now"), 1)
