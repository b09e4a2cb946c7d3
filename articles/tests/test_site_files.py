"""Small files at fixed addresses, which programs look for."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import TestCase
from django.utils import timezone
from PIL import Image

from articles.site_files import AI_CRAWLERS
from articles.tests.factories import make_article


class SiteFileTests(TestCase):
    def lines(self, address):
        answer = self.client.get(address)
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "text/plain; charset=utf-8"))
        self.assertFalse(answer.cookies)
        return answer.content.decode().splitlines()

    def test_robots_are_kept_from_what_is_no_page_for_readers(self):
        lines = self.lines("/robots.txt")
        self.assertEqual(lines[0], "User-agent: *")
        for path in ("/admin/", "/search/?", "/shared/"):
            self.assertIn(f"Disallow: {path}", lines)
        self.assertNotIn("Disallow: /", lines)

    def test_crawlers_of_models_are_kept_out_where_the_newsroom_wants_it(self):
        for wanted, names in ((["all"], AI_CRAWLERS), (["GPTBot", "CCBot"], ["GPTBot", "CCBot"])):
            with self.settings(AI_CRAWLERS_KEPT_OUT=wanted):
                lines = self.lines("/robots.txt")
            for name in names:
                self.assertEqual(lines[lines.index(f"User-agent: {name}") + 1], "Disallow: /")
            self.assertEqual(lines.count("Disallow: /"), len(names))

    def test_whom_to_tell_of_a_hole(self):
        told = dict(line.split(": ", 1) for line in self.lines("/.well-known/security.txt"))
        self.assertEqual(told["Contact"], "mailto:newsroom@localhost")
        self.assertEqual(told["Canonical"], "http://localhost:8000/.well-known/security.txt")
        expires = datetime.fromisoformat(told["Expires"]) - timezone.now()
        self.assertTrue(timedelta(days=30) < expires < timedelta(days=365))

    def test_who_we_are(self):
        self.assertIn("About us: http://localhost:8000/about/", self.lines("/humans.txt"))

    def test_how_a_browser_installs_the_site(self):
        answer = self.client.get("/manifest.webmanifest")
        self.assertEqual(answer["Content-Type"], "application/manifest+json")
        told = answer.json()
        self.assertEqual((told["name"], told["start_url"], told["display"]), ("AnewZ", "/", "standalone"))
        for icon in told["icons"]:
            file = Path(settings.BASE_DIR, icon["src"].lstrip("/"))
            self.assertTrue(file.exists(), icon)
            if file.suffix == ".png":
                with Image.open(file) as image:
                    self.assertEqual(icon["sizes"], "{}x{}".format(*image.size))
        self.assertNotIn("related_applications", told)
        self.assertContains(self.client.get("/"), '<link rel="manifest" href="/manifest.webmanifest">')

    def test_the_language_of_the_site_is_named(self):
        for code, preferred in (("en-gb", "en"), ("az", "az, en")):
            with self.settings(LANGUAGE_CODE=code):
                self.assertEqual(self.client.get("/manifest.webmanifest").json()["lang"], code)
                lines = self.lines("/.well-known/security.txt")
            self.assertIn(f"Preferred-Languages: {preferred}", lines)

    def test_the_apps_of_the_newsroom_are_named_where_it_has_some(self):
        self.assertNotContains(self.client.get("/"), "apple-itunes-app")
        play = "https://play.google.com/store/apps/details?id=tv.anewz"
        links = {"play_store": play, "app_store": "https://apps.apple.com/az/app/anewz/id6740000000?l=en"}
        with self.settings(APP_LINKS=links):
            page = self.client.get(make_article().get_absolute_url())
            told = self.client.get("/manifest.webmanifest").json()
        self.assertContains(page, '<meta name="apple-itunes-app" content="app-id=6740000000">')
        self.assertEqual(told["related_applications"], [{"platform": "play", "url": play}])

    def test_what_works_without_a_network_is_kept_by_a_short_script(self):
        answer = self.client.get("/service-worker.js")
        self.assertEqual(answer["Content-Type"], "text/javascript")
        script = answer.content.decode()
        self.assertLess(len(script.splitlines()), 100)
        [listed] = re.findall(r"^const FILES = (.*);$", script, re.MULTILINE)
        page, *files = json.loads(listed)
        self.assertContains(self.client.get(page), "You are offline")
        for address in files:
            self.assertTrue(finders.find(address.removeprefix("/static/")), address)
