"""Many readers at once, other processes, and databases that do not answer."""

import itertools
import threading
import time
from unittest.mock import patch

from django.core.cache import cache
from django.db import OperationalError

from anewz_site.tests.doorway import DoorTestCase, WarmStoryTestCase, ask
from articles import publishing
from articles.kept import door, turns
from articles.kept.shelf import SharedShelf
from articles.kept.watch import OLDEST_S
from articles.models import Change
from articles.tests.factories import make_account, make_article, update_article
from comments.tests.factories import make_comment

READERS = 100


class OneRebuildTests(WarmStoryTestCase):
    looks_by_itself = False

    def setUp(self):
        super().setUp()
        handler = self.inner.handler

        def slowly(environ, start_response):
            time.sleep(0.3)
            return handler(environ, start_response)

        self.inner.handler = slowly

    def readers(self):
        return self.at_once(lambda number: self.get(self.address), READERS)

    @patch.object(door, "GRACE_S", 10)
    def test_the_others_get_the_last_good_copy_for_a_moment(self):
        answered, others_are_done = itertools.count(1), threading.Event()
        handler = self.inner.handler

        def last(environ, start_response):
            others_are_done.wait(30)
            return handler(environ, start_response)

        def read(number):
            answer = self.get(self.address)
            if next(answered) == READERS - 1:
                others_are_done.set()
            return answer

        self.inner.handler = last
        update_article(self.story, headline="Updated")
        self.door.watch.look()
        answers = self.at_once(read, READERS)
        self.assertEqual(self.inner.asked, [self.address])
        self.assertEqual(sum("Updated" in answer.text for answer in answers), 1)
        self.assertIn("Updated", self.get(self.address).text)

    def test_never_after_a_withdrawal(self):
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.door.watch.look()
        answers = self.readers()
        self.assertEqual(self.inner.asked, [self.address])
        self.assertEqual({answer.status for answer in answers}, {410})

    def test_never_after_a_comment_was_removed(self):
        comment = make_comment(self.story, text="Never to be seen again.")
        self.door.watch.look()
        self.assertIn("Never to be seen again.", self.get(self.address).text)
        comment.delete()
        self.door.watch.look()
        self.assertFalse(any("Never to be seen again." in answer.text for answer in self.readers()))

    @patch.object(door, "MAKING_S", 0.05)
    def test_a_page_that_nobody_had_yet_is_made_once(self):
        self.door.shelf.remove(("http", self.address, ""))
        answers = self.readers()
        self.assertEqual(self.inner.asked, [self.address])
        self.assertEqual({answer.status for answer in answers}, {200})


class TurnTests(DoorTestCase):
    def most_at_once(self, **headers):
        """Return how many of eight who come together were inside at the same time."""
        inside, counts, lock = [], [], threading.Lock()

        def act(environ, start_response):
            with lock:
                inside.append(environ)
                counts.append(len(inside))
            time.sleep(0.05)
            with lock:
                inside.pop()
            start_response("204 No Content", [])
            return []

        self.inner.handler = act
        answers = self.at_once(lambda number: ask(self.door, "/comments/", "POST", **headers), 8)
        self.assertEqual({answer.status for answer in answers}, {204})
        return max(counts)

    def test_buttons_are_pressed_one_after_the_other(self):
        self.assertEqual(self.most_at_once(CONTENT_LENGTH="0"), turns.AT_ONCE)

    def test_nobody_waits_while_the_body_of_another_comes_in(self):
        self.assertGreater(self.most_at_once(CONTENT_LENGTH="9"), turns.AT_ONCE)
        self.assertGreater(self.most_at_once(HTTP_TRANSFER_ENCODING="chunked"), turns.AT_ONCE)


class WatchTests(WarmStoryTestCase):
    """The thread that looks into the journal, as it runs in a server."""

    looks_by_itself = False

    def seen_after(self, words, most_s):
        began = time.monotonic()
        while words not in self.get(self.address).text:
            self.assertLess(time.monotonic() - began, most_s)
            time.sleep(0.005)

    def test_what_another_process_changed_is_there_within_a_quarter_of_a_second(self):
        update_article(self.story, headline="Updated")
        self.seen_after("Updated", 0.25)

    def test_what_a_request_changed_is_there_at_once(self):
        def act(environ, start_response):
            update_article(self.story, headline="Updated")
            start_response("302 Found", [])
            return []

        self.inner.handler, handler = act, self.inner.handler
        ask(self.door, "/admin/", "POST")
        self.inner.handler = handler
        self.assertIn("Updated", self.get(self.address).text)

    def test_warm_pages_go_on_without_the_database(self):
        with patch.object(Change.objects, "since", side_effect=OperationalError("gone")):
            time.sleep(OLDEST_S + 0.1)
            began = time.monotonic()
            self.assertIn("Troops", self.get(self.address).text)
            self.assertTrue(self.door.watch.is_out_of_reach)
            for _ in range(20):
                self.assertEqual(self.get(self.address).status, 200)
            self.assertLess(time.monotonic() - began, 1)
        update_article(self.story, headline="Updated")
        self.seen_after("Updated", 3)

    def test_a_database_that_hangs_makes_nobody_wait_for_long(self):
        hangs = threading.Event()
        self.addCleanup(hangs.set)
        with patch.object(Change.objects, "since", side_effect=lambda position: hangs.wait()):
            time.sleep(OLDEST_S + 0.1)
            began = time.monotonic()
            answers = self.at_once(lambda number: self.get(self.address), 20)
            self.assertEqual({answer.status for answer in answers}, {200})
            self.assertLess(time.monotonic() - began, 1)

    def test_a_page_that_has_ended_goes_on_while_the_database_hangs(self):
        hangs = threading.Event()
        self.addCleanup(hangs.set)
        self.inner.handler = lambda environ, start_response: hangs.wait(30)
        with patch.object(Change.objects, "since", side_effect=lambda position: hangs.wait(30)):
            time.sleep(OLDEST_S + 0.1)
            page = self.page(self.address)
            page.ends_at = page.frame.ends_at = 0
            began = time.monotonic()
            self.assertEqual(self.get(self.address).status, 200)
            self.assertLess(time.monotonic() - began, 5)

    def test_a_database_that_hangs_keeps_threads_free_for_warm_pages(self):
        hangs = threading.Event()
        handler = self.inner.handler

        def hang(environ, start_response):
            hangs.wait(30)
            return handler(environ, start_response)

        self.inner.handler = hang
        with patch.object(Change.objects, "since", side_effect=lambda position: hangs.wait(30)):
            inside = [
                threading.Thread(target=ask, args=(self.door, address))
                for address in ["/latest/", *["/health/"] * (door.MOST_INSIDE - 1)]
            ]
            for thread in inside:
                thread.start()
            time.sleep(OLDEST_S + 0.2)
            for method in ("GET", "POST"):
                refused = ask(self.door, "/admin/", method)
                self.assertEqual((refused.status, refused.headers["Retry-After"]), (503, "30"))
            began = time.monotonic()
            self.assertEqual(
                {answer.status for answer in self.at_once(lambda _: self.get("/latest/"), 5)}, {503}
            )
            self.assertLess(time.monotonic() - began, 3)
            hangs.set()
            for thread in inside:
                thread.join()
        self.inner.handler = handler
        time.sleep(door.TRY_AGAIN_S)
        self.assertEqual(ask(self.door, "/health/").status, 200)


class OutageTests(WarmStoryTestCase):
    def setUp(self):
        super().setUp()
        self.door.watch.keep_up = lambda **kwargs: None

    def break_django(self):
        def handler(environ, start_response):
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return _Closable([b"Out of reach."])

        self.inner.handler = handler

    @patch.object(door, "TRY_AGAIN_S", 60)
    def test_the_last_good_copy_goes_on_while_the_page_cannot_be_made(self):
        update_article(self.story, headline="Updated")
        self.door.watch.look()
        self.break_django()
        self.assertIn("Troops", self.get(self.address).text)
        self.assertEqual(len(self.inner.asked), 1)
        self.assertIn("Troops", self.get(self.address).text)
        self.assertEqual(len(self.inner.asked), 1)  # nobody tries again for a while

    def test_not_what_was_taken_from_readers(self):
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.door.watch.look()
        self.break_django()
        self.assertEqual(self.get(self.address).status, 503)

    def test_what_is_not_warm_says_so(self):
        self.break_django()
        self.assertEqual(self.get("/latest/").status, 503)


class _Closable(list):
    def close(self):
        pass


class SharedTests(DoorTestCase):
    """Two processes that share what they keep."""

    def setUp(self):
        super().setUp()
        cache.clear()
        self.addCleanup(cache.clear)
        self.story = make_article("Troops fought in Kursk")
        self.address = self.story.get_absolute_url()
        self.one, self.two = (self.new_door(shared=SharedShelf("test")) for _ in range(2))
        self.one.watch.look()
        self.two.watch.look()

    def test_a_page_is_made_for_all(self):
        made, taken = ask(self.one, self.address), ask(self.two, self.address)
        self.assertEqual(made.body, taken.body)
        self.assertEqual(made.headers, taken.headers)
        self.assertEqual(self.inner.asked, [self.address])

    def test_one_that_is_old_is_nobodys(self):
        ask(self.one, self.address)
        update_article(self.story, headline="Updated")
        self.assertIn("Updated", ask(self.two, self.address).text)
        self.assertIn("Updated", ask(self.one, self.address).text)
        self.assertEqual(self.inner.asked, [self.address] * 2)

    def test_another_build_of_the_site_has_its_own(self):
        ask(self.one, self.address)
        ask(self.new_door(shared=SharedShelf("other")), self.address)
        self.assertEqual(self.inner.asked, [self.address] * 2)

    def test_a_store_that_fails_costs_no_reader_an_error_and_is_left_alone_for_a_while(self):
        with patch.object(cache, "get", side_effect=ConnectionError("gone")) as asked:
            for _ in range(2):
                self.assertEqual(ask(self.one, self.address).status, 200)
            self.assertEqual(ask(self.one, "/latest/").status, 200)
        self.assertEqual(asked.call_count, 1)
