"""A CDN is told by name what changed, and asked again while it does not answer."""

import http.server
import threading
import time
from unittest.mock import patch

from anewz_site.tests.doorway import DoorTestCase
from articles.kept import purging
from articles.kept.lifetimes import PURGED_BY_NAME
from articles.kept.purging import Hook
from articles.tests.factories import make_article, update_article


class Cdn(http.server.BaseHTTPRequestHandler):
    told, refusals = [], 0

    def do_POST(self):
        if Cdn.refusals:
            Cdn.refusals -= 1
            self.send_error(503)
            return
        Cdn.told.append((self.headers["Surrogate-Key"].split(), self.headers["Authorization"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


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

    def wait(self):
        until = time.monotonic() + 5
        while not Cdn.told and time.monotonic() < until:
            time.sleep(0.01)

    def test_a_page_names_what_it_shows_and_may_be_kept_for_longer(self):
        self.assertIn(f"story:{self.story.pk}", self.answer.headers["Surrogate-Key"].split())
        self.assertIn("s-maxage=30, stale-while-revalidate=0", self.answer.headers["Cache-Control"])
        self.assertIn("s-maxage=300", self.get("/robots.txt").headers["Cache-Control"])

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

    def test_one_that_hangs_holds_up_nobody(self):
        with patch.object(purging, "urlopen", side_effect=lambda *args, **kwargs: time.sleep(60)):
            began = time.monotonic()
            update_article(self.story, headline="Updated")
            self.assertIn("Updated", self.get(self.story.get_absolute_url()).text)
            self.assertLess(time.monotonic() - began, 5)
