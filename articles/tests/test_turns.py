import threading
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from django.test import SimpleTestCase

from articles.kept import turns


class TurnTests(SimpleTestCase):
    def test_no_more_pages_are_made_at_once_than_there_are_turns(self):
        making, most, lock, pages = 0, 0, threading.Lock(), turns.Turns()

        def make(_):
            nonlocal making, most
            with pages.turn():
                with lock:
                    making += 1
                    most = max(most, making)
                threading.Event().wait(0.01)
                with lock:
                    making -= 1

        with ThreadPoolExecutor(8) as readers:
            list(readers.map(make, range(24)))

        self.assertEqual(most, turns.AT_ONCE)

    @mock.patch.object(turns, "PATIENCE_S", 0.01)
    def test_whoever_waits_for_pages_that_hang_goes_ahead_and_leaves_their_turns_alone(self):
        pages = turns.Turns()
        hanging, over = threading.Barrier(turns.AT_ONCE + 1), threading.Event()

        def hang():
            with pages.turn():
                hanging.wait(5)
                over.wait(5)

        with ThreadPoolExecutor(turns.AT_ONCE) as makers:
            for _ in range(turns.AT_ONCE):
                makers.submit(hang)
            hanging.wait(5)
            for _ in range(3):
                with pages.turn():
                    self.assertFalse(pages.free.acquire(blocking=False))
            over.set()

        self.assertTrue(pages.free.acquire(blocking=False))
        pages.free.release()
