import threading
import time
from urllib.error import HTTPError

from django.test import SimpleTestCase

from articles.outside import FAILURES, post
from articles.tests.mail_server import free_port
from articles.tests.web_server import web_server


class PostTests(SimpleTestCase):
    def test_sends_what_it_is_given(self):
        with web_server() as asked:
            post(asked.address, b"a=b", {"X-Name": "value"}, seconds=2)
        self.assertEqual(asked.forms, [{"a": "b"}])
        path, head = asked.heads[0]
        self.assertEqual((path, head["X-Name"]), ("/hub", "value"))

    def test_any_other_answer_than_well_received_is_a_failure(self):
        for status in (400, 404, 500, 503):
            with self.subTest(status), web_server(status) as asked:
                with self.assertRaises(HTTPError) as caught:
                    post(asked.address, seconds=2)
                self.assertEqual(caught.exception.code, status)

    def test_is_led_nowhere_else(self):
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status), web_server(status, head=[("Location", "/elsewhere")]) as asked:
                with self.assertRaises(HTTPError):
                    post(asked.address, headers={"Authorization": "Bearer secret"}, seconds=2)
                self.assertEqual((len(asked.forms), asked.gone_to), (1, []))

    def test_ends_where_nobody_answers(self):
        with self.assertRaises(FAILURES):
            post(f"http://127.0.0.1:{free_port()}/", seconds=2)
        with web_server(waits_s=5) as asked:
            self.assert_ends_soon(asked)

    def test_ends_where_an_answer_trickles_for_ever(self):
        with web_server(trickles=b"HTTP/1.") as asked:
            self.assert_ends_soon(asked)

    def test_reads_no_more_of_an_answer_than_what_became_of_it(self):
        with web_server(trickles=b"HTTP/1.1 200 OK\r\n\r\n") as asked:
            began = time.monotonic()
            post(asked.address, seconds=5)
            self.assertLess(time.monotonic() - began, 1)
            timers = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
            self.assertTrue(all(timer.finished.is_set() for timer in timers))

    def assert_ends_soon(self, asked):
        began = time.monotonic()
        with self.assertRaises(FAILURES):
            post(asked.address, seconds=0.3)
        self.assertLess(time.monotonic() - began, 2)
