"""deploy/nginx.conf in front of the real server: what it keeps, and how it loses it by the same acts."""

import http.client
import socket
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from unittest import skipUnless

from django.utils import timezone

from anewz_site.tests import nginx
from anewz_site.tests.doorway import Answer
from anewz_site.tests.server import Server
from articles import publishing
from articles.models import BreakingNews
from articles.pictures import fallback
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_account, make_article, update_article
from articles.tests.picture_files import make_picture, stripes
from comments.models import ReaderComment
from comments.tests.factories import make_comment, make_pending
from comments.tokens import confirmation_token

AT_MOST_S = 1.0


class NginxAnswer(Answer):
    @property
    def was_kept(self):
        return self.headers.get("X-Cache") == "HIT"


@skipUnless(nginx.FOUND, "no nginx on this machine")
class NginxTests(ConcurrencyTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.picture = make_picture(stripes(400, 300))
        self.story = make_article("Troops fought in Kursk", picture=self.picture)
        self.other = make_article("Another story")
        self.address = self.story.get_absolute_url()
        self.server = Server(
            WEB_CONCURRENCY="2",
            NGINX_CACHE=f"{folder.name}/cache",
            NGINX_SENDS_PICTURES="1",
            TRUSTED_PROXIES="127.0.0.1/32",
        )
        self.addCleanup(self.server.stop)
        self.nginx = nginx.Nginx(self.server.port, self.server.data_dir, folder.name)
        self.addCleanup(self.nginx.stop)

    def ask(self, address, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.nginx.port, timeout=10)
        connection.request(method, address, headers={"Host": "localhost"} | headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return NginxAnswer(answer.status, dict(answer.getheaders()), body)

    def warm(self, address):
        """Ask until nginx answers by itself; workers that have just begun purge once."""
        for _ in range(100):
            if self.ask(address).was_kept:
                return
            time.sleep(0.05)
        self.fail(f"{address} is never kept")

    def assertWithin(self, condition):
        began = time.monotonic()
        while not condition():
            self.assertLess(time.monotonic() - began, AT_MOST_S)
            time.sleep(0.01)

    def test_browsers_are_told_to_ask_each_time(self):
        self.warm(self.address)
        told = self.ask(self.address).headers["Cache-Control"]
        self.assertEqual(told, "public, max-age=0, must-revalidate")
        self.assertIn("no-store", self.ask("/account/sign-in/").headers["Cache-Control"])

    def test_nobody_gets_a_page_that_has_ended(self):
        ends_at = timezone.now() + timedelta(seconds=4)
        BreakingNews.objects.create(words="Until then", ends_at=ends_at)
        self.assertWithin(lambda: "Until then" in self.ask("/corrections/").text)
        self.warm("/corrections/")
        time.sleep(max(0, ends_at.timestamp() - time.time()) + 1)
        self.assertNotIn("Until then", self.ask("/corrections/").text)

    def test_a_page_is_kept_until_an_act_and_others_stay(self):
        for address in (self.address, "/", "/robots.txt"):
            self.warm(address)
        update_article(self.story, headline="Updated")
        self.assertWithin(lambda: b"Updated" in self.ask(self.address).body)
        self.assertWithin(lambda: b"Updated" in self.ask("/").body)
        self.assertTrue(self.ask("/robots.txt").was_kept)
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.assertWithin(lambda: self.ask(self.address).status == 410)
        self.assertWithin(lambda: b"Updated" not in self.ask("/").body)

    def test_answers_for_programs_are_kept_and_thrown_out_too(self):
        listed, told = "/api/v1/stories/?section=world", f"/api/v1/stories/{self.story.slug}/"
        for address in (listed, told):
            self.warm(address)
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.assertWithin(lambda: self.ask(told).status == 410)
        self.assertWithin(lambda: b"Troops" not in self.ask(listed).body)
        self.assertEqual(self.ask(told).headers["Access-Control-Allow-Origin"], "*")

    def test_a_comment_leaves_other_stories_with_nginx(self):
        self.warm(self.other.get_absolute_url())
        self.warm(self.address)
        make_comment(self.story, text="Said just now.")
        self.assertWithin(lambda: b"Said just now." in self.ask(self.address).body)
        self.assertTrue(self.ask(self.other.get_absolute_url()).was_kept)

    def test_each_coding_is_kept_and_thrown_out(self):
        for accepted in ("br", "gzip"):
            for _ in range(40):
                answer = self.ask(self.address, **{"Accept-Encoding": accepted})
                if answer.was_kept:
                    break
                time.sleep(0.05)
            self.assertTrue(answer.was_kept)
            self.assertEqual(answer.headers["Content-Encoding"], accepted)
        update_article(self.story, headline="Updated")
        before = answer.headers["ETag"]
        for accepted in ("br", "gzip"):
            wanted = {"Accept-Encoding": accepted}
            self.assertWithin(
                lambda wanted=wanted: self.ask(self.address, **wanted).headers["ETag"] != before
            )

    def test_whoever_posts_sees_their_words_on_the_next_page(self):
        self.warm(self.address)
        pending = make_pending(self.story, text="My own words.")
        button = f"/comments/confirm/{confirmation_token(pending)}/"
        posted = self.ask(button, "POST", **{"Content-Length": "0"})
        self.assertEqual(posted.status, 302)
        self.assertTrue(ReaderComment.objects.filter(comment="My own words.").exists())
        cookie = posted.headers["Set-Cookie"].partition(";")[0]
        self.assertIn(b"My own words.", self.ask(self.address, Cookie=cookie).body)

    def test_who_is_signed_in_and_parameters_of_nobody_go_past(self):
        self.warm(self.address)
        self.assertFalse(self.ask(self.address, Cookie="sessionid=abc").was_kept)
        for _ in range(2):
            self.assertFalse(self.ask(f"{self.address}?utm_source=x").was_kept)
            self.assertFalse(self.ask("/latest/?before=5-1&before=9-1").was_kept)

    def test_a_head_a_date_and_a_tag_are_answered_by_nginx(self):
        self.warm(self.address)
        tag = self.ask(self.address).headers["ETag"]
        self.assertEqual(self.ask(self.address, **{"If-None-Match": tag}).status, 304)
        self.assertEqual(self.ask(self.address, "HEAD").body, b"")

    def test_warm_pages_go_on_without_the_site(self):
        self.warm(self.address)
        self.server.process.terminate()
        self.server.process.wait(30)
        self.assertEqual(self.ask(self.address).status, 200)
        self.assertIn(self.ask("/never-asked-for/").status, (502, 504))

    def test_static_files_and_pictures_come_from_the_disk(self):
        names = [path.name for path in Path(self.server.data_dir, "static", "css").glob("site.*.css")]
        style = self.ask(f"/static/css/{names[0]}", **{"Accept-Encoding": "gzip"})
        self.assertEqual((style.status, style.headers["Content-Encoding"]), (200, "gzip"))
        self.assertIn("immutable", style.headers["Cache-Control"])
        self.assertNotIn("X-Cache", style.headers)

    def test_slow_clients_hold_no_thread_of_the_site(self):
        slow = []
        for _ in range(80):
            client = socket.create_connection(("127.0.0.1", self.nginx.port))
            client.sendall(b"GET /latest/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            slow.append(client)
            self.addCleanup(client.close)
        began = time.monotonic()
        self.assertEqual(self.ask("/corrections/").status, 200)
        self.assertLess(time.monotonic() - began, 2)

    def test_a_killed_worker_costs_no_reader_an_error(self):
        children = Path(f"/proc/{self.server.process.pid}/task/{self.server.process.pid}/children")
        statuses = []
        for number in range(150):
            if number == 50:
                subprocess.run(["kill", "-9", children.read_text().split()[0]], check=True)
            statuses.append(self.ask(f"/latest/?x={number}").status)
        self.assertEqual(set(statuses), {200})

    def test_a_picture_is_sent_by_nginx_if_the_site_says_so(self):
        address = fallback(self.picture, "16x9").url
        self.assertEqual(self.ask(address).status, 404)  # the tests' own pictures lie elsewhere
        folder = Path(self.server.data_dir, "media", "renditions", self.picture.token)
        folder.mkdir(parents=True)
        (folder / address.rpartition("/")[2]).write_bytes(b"A picture.")
        sent = self.ask(address)
        self.assertEqual((sent.status, sent.body), (200, b"A picture."))
        self.assertEqual(sent.headers["Content-Type"], "image/jpeg")
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.assertEqual(self.ask(address).status, 404)
        self.assertEqual(self.ask(f"/sent-by-nginx/renditions/{self.picture.token}/x.jpg").status, 404)


@skipUnless(nginx.FOUND, "no nginx on this machine")
class TlsTests(ConcurrencyTestCase):
    def test_the_part_for_tls_is_understood(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost "
                f"-keyout {folder}/privkey.pem -out {folder}/fullchain.pem".split(),
                check=True,
                capture_output=True,
            )
            tls = (nginx.DEPLOY / "tls.conf").read_text().replace("/etc/ssl/anewz", folder)
            text = nginx.configuration(8000, 80, folder, folder, listen=tls)
            self.assertEqual(nginx.syntax_error(text), "")
