"""Caches before us: what they may keep, how they lose it, and that they hold up nobody."""

import http.server
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from anewz_site.tests.doorway import DoorTestCase
from articles.kept import purging
from articles.kept.lifetimes import PURGED, PURGED_BY_NAME
from articles.kept.page import MOST_ADDRESSES
from articles.kept.purging import Hook, NginxCache
from articles.models import Article
from articles.tests.factories import make_article, update_article


class Cdn(http.server.BaseHTTPRequestHandler):
    told, refusals, mumbles = [], 0, 0

    def do_POST(self):
        if Cdn.mumbles:
            Cdn.mumbles -= 1
            self.wfile.write(b"hm\r\n")
            return
        if Cdn.refusals:
            Cdn.refusals -= 1
            self.send_error(503)
            return
        Cdn.told.append((self.headers["Surrogate-Key"].split(), self.headers["Authorization"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


class NginxCacheTests(DoorTestCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        self.door.shelf.outer = [NginxCache(self.folder)]
        self.door.lifetimes = PURGED

    def test_what_more_addresses_lead_to_than_are_remembered_is_for_no_cache(self):
        make_article()
        for number in range(MOST_ADDRESSES):
            self.get("/latest/", RAW_URI=f"/latest/?x={number}")
        self.assertIn("s-maxage=30", self.get("/latest/", RAW_URI="/latest/?x=0").headers["Cache-Control"])
        self.assertIn("s-maxage=0", self.get("/latest/", RAW_URI="/latest/?y").headers["Cache-Control"])

    def test_what_pages_do_not_read_takes_no_place_among_the_addresses(self):
        make_article()
        for number in range(MOST_ADDRESSES):
            asked = self.get("/latest/", QUERY_STRING=f"fbclid={number}", RAW_URI=f"/latest/?fbclid={number}")
            self.assertIn("s-maxage=0", asked.headers["Cache-Control"])
        self.assertIn("s-maxage=30", self.get("/latest/").headers["Cache-Control"])

    def test_a_file_that_cannot_be_removed_hides_no_change(self):
        (self.folder / "a" / "bc" / "a-folder-where-a-file-should-be").mkdir(parents=True)
        self.door.watch.next = None
        story = make_article()
        self.get(story.get_absolute_url())
        update_article(story, headline="Updated")
        self.assertIn("Updated", self.get(story.get_absolute_url()).text)


class HookTests(DoorTestCase):
    def setUp(self):
        super().setUp()
        Cdn.told, Cdn.refusals = [], 0
        cdn = http.server.HTTPServer(("127.0.0.1", 0), Cdn)
        threading.Thread(target=cdn.serve_forever, daemon=True).start()
        self.addCleanup(cdn.server_close)
        self.addCleanup(cdn.shutdown)
        self.door.shelf.outer = [Hook(f"http://127.0.0.1:{cdn.server_port}/purge", "secret")]
        self.door.lifetimes = PURGED_BY_NAME
        self.story = make_article()
        self.answer = self.get(self.story.get_absolute_url())
        self.told_before("the-test")

    def wait(self):
        until = time.monotonic() + 5
        while not Cdn.told and time.monotonic() < until:
            time.sleep(0.01)

    def test_a_page_names_what_it_shows_and_may_be_kept_for_longer(self):
        self.assertIn(f"story:{self.story.pk}", self.answer.headers["Surrogate-Key"].split())
        self.assertIn("s-maxage=30, stale-while-revalidate=0", self.answer.headers["Cache-Control"])
        self.assertIn("s-maxage=300", self.get("/robots.txt").headers["Cache-Control"])

    def test_a_count_of_comments_empties_no_card(self):
        self.assertNotIn("count:", self.answer.headers["Surrogate-Key"])
        Article.objects.update(comment_count=5)
        self.assertEqual(self.told_before("the-end"), [])

    def told_before(self, last):
        """Return what the CDN was told since it was last asked about, up to a name of our own."""
        self.door.watch.look()
        self.door.shelf.outer[0].changed({last})
        told = []
        while last not in told:
            self.wait()
            self.assertTrue(Cdn.told, "The CDN was told nothing for five seconds.")
            keys, _ = Cdn.told.pop(0)
            told += keys
        return [key for key in told if key != last]

    def test_what_changed_is_posted(self):
        update_article(self.story)
        self.door.watch.look()
        self.wait()
        keys, authorization = Cdn.told[0]
        self.assertIn(f"story:{self.story.pk}", keys)
        self.assertEqual(authorization, "Bearer secret")

    def test_a_refusal_is_not_the_end(self):
        Cdn.refusals = 2
        update_article(self.story)
        self.door.watch.look()
        self.wait()
        self.assertEqual(len(Cdn.told), 1)

    def test_an_answer_that_is_not_http_is_not_the_end(self):
        Cdn.mumbles = 1
        update_article(self.story)
        self.door.watch.look()
        self.wait()
        self.assertEqual(len(Cdn.told), 1)

    def test_one_that_hangs_holds_up_nobody(self):
        with patch.object(purging, "post", side_effect=lambda *args, **kwargs: time.sleep(60)):
            began = time.monotonic()
            update_article(self.story, headline="Updated")
            self.assertIn("Updated", self.get(self.story.get_absolute_url()).text)
            self.assertLess(time.monotonic() - began, 5)
