"""What is kept, for whom, and what its answers say."""

import gzip
import time
from datetime import timedelta
from unittest.mock import patch

import brotli
from django.test import SimpleTestCase
from django.urls import get_resolver
from django.utils import timezone
from django.utils.http import http_date

from anewz_site.tests.doorway import DoorTestCase, WarmStoryTestCase, ask
from articles import ages, publishing
from articles.context import midnight_after
from articles.kept.lifetimes import NOT_PURGED, PURGED
from articles.kept.page import coding_for
from articles.models import BreakingNews, HomeSlot, Page
from articles.tests.factories import (
    make_account,
    make_article,
    make_draft,
    make_topic,
    publish,
    update_article,
)
from comments.models import Thread
from comments.tests.factories import make_comment

HOUR = timedelta(hours=1)
FEEDS = ("feed", "section_feed", "topic_feed", "author_feed", "corrections_feed")
KEPT = {
    **{f"api:{name}": () for name in ("root", "description", "sections", "story")},
    "api:stories": ("section", "topic", "author", "before", "after"),
    "articles:app": (),
    "articles:archive": (),
    "articles:archive_day": ("before", "after"),
    "articles:archive_month": (),
    "articles:author": ("before", "after"),
    "articles:corrections": ("before", "after"),
    **{f"articles:{name}{kind}": () for name in FEEDS for kind in ("", "_as")},
    "articles:history": ("from", "to"),
    "articles:home": (),
    "articles:latest": ("before", "after"),
    "articles:line": ("before", "after"),
    "articles:page": (),
    "articles:about": (),
    "articles:offline": (),
    "articles:robots": (),
    "articles:service_worker": (),
    "articles:humans": (),
    "articles:manifest": (),
    "articles:section": ("before", "after"),
    "articles:sitemap": (),
    "articles:sitemap_month": (),
    "articles:sitemap_news": (),
    "articles:share_card": (),
    "articles:story": (),
    "articles:text_latest": ("before", "after"),
    "articles:text_story": (),
    "articles:topic": ("before", "after"),
    "comments:api_thread": ("order", "before", "after", "from"),
    "comments:count": (),
    "comments:feed": (),
    "comments:thread": ("order", "before", "after", "from"),
}


class PermissionTests(SimpleTestCase):
    def test_these_pages_may_be_kept_and_no_others(self):
        found = {
            f"{namespace}:{pattern.name}": pattern.callback.kept_parameters
            for namespace, (_, resolver) in get_resolver().namespace_dict.items()
            for pattern in resolver.url_patterns
            if hasattr(getattr(pattern, "callback", None), "kept_parameters")
        }
        self.assertEqual(found, KEPT)


class KeyTests(WarmStoryTestCase):
    def test_a_page_is_made_once(self):
        self.assertContains200(self.get(self.address))
        self.assertEqual(self.inner.asked, [])

    def test_unknown_parameters_neither_split_nor_fill_it(self):
        for number in range(5):
            self.assertContains200(self.get(f"{self.address}?utm_source={number}&before=1-1"))
        self.assertEqual(self.inner.asked, [])
        self.assertEqual(len(self.door.shelf), 1)

    def test_known_ones_do_in_any_order_and_the_last_of_a_name_counts(self):
        self.get("/latest/?before=5-1&x=1&after=1-1")
        self.get("/latest/?after=2-1&after=1-1&before=5-1")
        self.assertEqual(self.inner.asked, ["/latest/"])

    def test_whoever_is_signed_in_goes_past(self):
        self.get(self.address, HTTP_COOKIE="sessionid=abc")
        self.assertEqual(self.inner.asked, [self.address])

    def test_other_cookies_change_nothing(self):
        self.assertContains200(self.get(self.address, HTTP_COOKIE="theme=dark; csrftoken=x"))
        self.assertEqual(self.inner.asked, [])

    def test_a_host_that_is_not_ours_is_refused_as_ever(self):
        self.assertEqual(self.get(self.address, HTTP_HOST="evil.example").status, 400)
        self.assertEqual(len(self.door.shelf), 1)

    def test_what_a_proxy_or_a_stranger_claims_is_in_no_kept_page(self):
        plain = self.page(self.address).body
        self.door.shelf.remove(("http", self.address, ""))
        self.get(
            self.address, HTTP_X_FORWARDED_HOST="evil.example", HTTP_HOST="localhost", REMOTE_ADDR="6.6.6.6"
        )
        self.assertEqual(self.page(self.address).body, plain)

    def test_what_is_not_there_fills_nothing(self):
        for number in range(3):
            self.assertEqual(self.get(f"/story/none-{number}/").status, 404)
        self.assertEqual(len(self.door.shelf), 1)

    def test_no_kept_page_sets_a_cookie(self):
        self.assertNotIn("Set-Cookie", self.get(self.address).headers)

    def test_what_is_never_kept_waits_for_no_look_into_the_journal(self):
        with patch.object(self.door.watch, "keep_up", side_effect=AssertionError):
            self.assertEqual(self.get("/static/none.css").status, 404)
            self.assertEqual(self.get("/admin/").status, 302)

    def test_pages_that_nobody_asks_for_make_room(self):
        self.door = self.new_door(room=100_000)
        stories = [make_article(f"Story {number}") for number in range(8)]
        for story in stories:
            self.get("/")
            self.get(story.get_absolute_url())
        self.assertLess(self.door.shelf.taken, 100_000)
        self.assertIsNotNone(self.page("/"))
        self.assertIsNone(self.page(stories[0].get_absolute_url()))

    def assertContains200(self, answer):
        self.assertEqual(answer.status, 200)
        self.assertIn("Troops fought in Kursk", answer.text)


class AnswerTests(DoorTestCase):
    def setUp(self):
        super().setUp()
        make_article("Troops fought in Kursk", body="<p>North Korea has said so.</p>" * 20)

    def test_is_the_page_that_django_makes(self):
        kept, made = self.get("/latest/"), ask(self.inner, "/latest/")
        self.assertEqual(kept.body, made.body)
        ours = {"ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Length"}
        self.assertEqual(
            {name: sorted(value.split("; ")) for name, value in kept.headers.items() if name not in ours},
            {name: sorted(value.split("; ")) for name, value in made.headers.items() if name not in ours},
        )

    def test_comes_in_the_coding_that_is_wanted(self):
        plain = self.get("/").body
        for accepted, decode, name in [
            ("gzip, deflate, br", brotli.decompress, "br"),
            ("gzip", gzip.decompress, "gzip"),
        ]:
            answer = self.get("/", HTTP_ACCEPT_ENCODING=accepted)
            self.assertEqual(decode(answer.body), plain)
            self.assertEqual(answer.headers["Content-Encoding"], name)
            self.assertEqual(answer.headers["Content-Length"], str(len(answer.body)))
            self.assertIn("Accept-Encoding", answer.headers["Vary"])

    def test_weighs_what_a_reader_accepts(self):
        for accepted, coding in [
            ("", ""),
            ("identity", ""),
            ("gzip;q=1.0, br;q=0.5", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("*", "br"),
            ("gzip;q=0, br;q=0", ""),
            ("gzip;q=nonsense", ""),
        ]:
            with self.subTest(accepted=accepted):
                self.assertEqual(coding_for(accepted), coding)

    def test_head_has_the_headers_alone(self):
        whole, head = self.get("/"), ask(self.door, "/", "HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers, whole.headers)

    def test_permits_the_frames_of_its_embeds_each_time(self):
        embed = '<figure data-embed="https://vimeo.com/76979871"><figcaption>A parade.</figcaption></figure>'
        address = make_article("Parade", body=f"<p>One.</p>{embed}").get_absolute_url()
        policies = [self.get(address).headers["Content-Security-Policy"] for _ in range(2)]
        self.assertEqual(self.inner.asked.count(address), 1)
        for policy in policies:
            self.assertIn("frame-src https://player.vimeo.com", policy.split("; "))

    def test_whoever_has_it_is_told_so(self):
        first = self.get("/")
        for given in [
            {"HTTP_IF_NONE_MATCH": first.headers["ETag"]},
            {"HTTP_IF_NONE_MATCH": f'"other", {first.headers["ETag"]}'},
            {"HTTP_IF_MODIFIED_SINCE": first.headers["Last-Modified"]},
        ]:
            with self.subTest(given=given):
                again = self.get("/", **given)
                self.assertEqual((again.status, again.body), (304, b""))
                self.assertEqual(again.headers["ETag"], first.headers["ETag"])

    def test_whoever_has_another_gets_it(self):
        first = self.get("/")
        update_article(make_article("Second", published_at=timezone.now()))
        for given in [
            {"HTTP_IF_NONE_MATCH": first.headers["ETag"]},
            {"HTTP_IF_MODIFIED_SINCE": http_date(time.time() - 3600)},
            {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": http_date(time.time() + 3600)},
        ]:
            with self.subTest(given=given):
                self.assertEqual(self.get("/", **given).status, 200)

    def test_a_date_that_two_pages_share_tells_nobody_that_nothing_changed(self):
        story = make_article("Changed within a second")
        with patch("time.time", return_value=time.time()):
            first = self.get(story.get_absolute_url())
            update_article(story, headline="Other words")
            given = {"HTTP_IF_MODIFIED_SINCE": first.headers["Last-Modified"]}
            second = self.get(story.get_absolute_url(), **given)
        self.assertEqual(second.status, 200)
        self.assertNotIn("Last-Modified", second.headers)

    def test_a_page_made_anew_with_the_same_bytes_keeps_its_date(self):
        first = self.get("/latest/").headers
        self.page("/latest/").made_at -= 100
        make_topic("Not on that page")
        self.page("/latest/").become_old(is_hard=False)
        again = self.get("/latest/").headers
        self.assertEqual(again["ETag"], first["ETag"])
        self.assertLess(again["Last-Modified"], http_date(time.time() - 90))

    def test_says_how_long_others_may_keep_it(self):
        self.assertEqual(
            self.get("/").headers["Cache-Control"],
            "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=3600",
        )

    def test_nobody_may_keep_it_past_its_end(self):
        self.assertIn("s-maxage=0, stale-while-revalidate=0", NOT_PURGED.cache_control(0.4))
        self.assertIn("s-maxage=90, stale-while-revalidate=0", PURGED.cache_control(90.9))
        self.assertIn("s-maxage=300, stale-while-revalidate=20", PURGED.cache_control(320))

    def test_a_withdrawn_story_and_an_old_address_are_kept_too(self):
        story = make_article("Withdrawn")
        publishing.withdraw(story, make_account(), notice="It was wrong.")
        moved = make_article("Moved")
        old = moved.get_absolute_url()
        moved.slug = "moved-on"
        moved.save()
        for _ in range(2):
            self.assertEqual(self.get(story.get_absolute_url()).status, 410)
            answer = self.get(old)
            self.assertEqual((answer.status, answer.headers["Location"]), (301, moved.get_absolute_url()))
        self.assertEqual(self.inner.asked, [story.get_absolute_url(), old])


class TimeTests(DoorTestCase):
    """A page ends by itself at the instant at which it stops being true."""

    def setUp(self):
        super().setUp()
        self.now = timezone.now()

    def ends_at(self, address):
        self.get(address)
        return self.page(address).ends_at

    def test_with_the_hour_of_a_story_to_come(self):
        at = self.now + timedelta(minutes=5)
        shown = make_article("Shown")
        publish(make_draft("To come"), at=at, now=self.now)
        for address in [
            "/",
            "/latest/",
            shown.section.get_absolute_url(),
            shown.get_absolute_url(),
            "/feed.xml",
        ]:
            with self.subTest(address=address):
                self.assertEqual(self.ends_at(address), min(at, midnight_after(self.now)).timestamp())

    def test_a_story_comes_to_the_second(self):
        publish(make_draft("To come"), at=self.now + timedelta(seconds=1.5), now=self.now)
        comes_at, began, early = self.now.timestamp() + 1.5, 0, []
        while began < comes_at:
            began = time.time()
            is_there = "To come" in self.get("/latest/").text
            if time.time() < comes_at:
                early.append(is_there)
        self.assertTrue(is_there)
        self.assertTrue(early)
        self.assertFalse(any(early))

    def test_a_bar_waits_for_its_story_on_every_page(self):
        at = self.now + timedelta(minutes=2)
        story = publish(make_draft("To come"), at=at, now=self.now).article
        BreakingNews.objects.create(words="Soon", article=story, ends_at=self.now + timedelta(minutes=30))
        page = Page.objects.create(slug="ownership", title="Ownership").get_absolute_url()
        self.assertEqual(self.ends_at(page), min(at, midnight_after(self.now)).timestamp())

    def test_when_its_story_grows_old(self):
        grows_old_at = self.now + timedelta(seconds=90)
        story = make_article("Old soon", published_at=grows_old_at - ages.OLD_AFTER).get_absolute_url()
        for address in (story, f"{story}text/"):
            expected = min(grows_old_at, midnight_after(self.now)).timestamp()
            self.assertEqual(self.ends_at(address), expected)

    def test_with_a_slot_and_a_bar(self):
        story = make_article("Shown")
        starts, ends = self.now + timedelta(minutes=4), self.now + timedelta(minutes=3)
        HomeSlot.objects.create(order=1, article=story, starts_at=starts)
        self.assertLessEqual(self.ends_at("/"), starts.timestamp())
        BreakingNews.objects.create(words="Now", ends_at=ends)
        self.assertLessEqual(
            self.ends_at("/about/") if self.page("/about/") else ends.timestamp(), ends.timestamp()
        )
        self.assertLessEqual(self.ends_at("/latest/"), ends.timestamp())

    def test_with_the_heat_of_a_conversation(self):
        story = make_article("Hot")
        until = self.now + timedelta(minutes=2)
        Thread.objects.create(article=story, heat=1, heat_why="Many came", heat_until=until)
        self.assertEqual(self.ends_at(story.get_absolute_url()), until.timestamp())

    def test_with_the_day(self):
        self.assertLessEqual(self.ends_at("/"), midnight_after(self.now).timestamp())


class LateCountTests(DoorTestCase):
    def test_a_card_says_a_minute_late_at_most_how_many_comments_there_are(self):
        story = make_article("Discussed")
        self.get("/")
        before = self.page("/")
        make_comment(story)
        self.assertNotIn("1 comment", self.get("/").text)
        self.assertIs(self.page("/"), before)
        self.assertLessEqual(before.ends_at, time.time() + 60)
        with patch("time.time", return_value=time.time() + 61):
            self.assertIn("1 comment", self.get("/").text)
