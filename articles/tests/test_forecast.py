"""The home page as it will be, and what changes until then."""

from datetime import datetime, timedelta
from itertools import pairwise

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.admin.forecast import MORNING, next_time, usual_times
from articles.forecast import forecast
from articles.home import home_at
from articles.models import BreakingNews, SectionRole
from articles.tests.factories import make_account, make_article, make_draft, make_member, make_section
from articles.tests.test_home_slots import HOUR, place, wall_time
from articles.zones import site_zone

PAGE = "admin:articles_homeslot_forecast"


class ForecastTests(TestCase):
    def setUp(self):
        self.now = timezone.now()
        self.lead = make_article("Today's lead")

    def said(self, hours=24):
        return [change.sentence for change in forecast(self.now, self.now + hours * HOUR).changes]

    def test_tells_in_order_what_comes_out_starts_and_ends(self):
        tomorrow = make_article("Tomorrow's lead", published_at=self.now + 3 * HOUR)
        place(self.lead, 1, end=self.now + 2 * HOUR)
        place(tomorrow, 1, start=self.now + 4 * HOUR)
        BreakingNews.objects.create(
            words="Power is out", starts_at=self.now + HOUR, ends_at=self.now + 5 * HOUR
        )
        self.assertEqual(
            self.said(),
            [
                "Breaking news starts: “Power is out”",
                "“Today's lead” leaves place 1 of the home page.",
                "“Tomorrow's lead” comes out, in World.",
                "“Tomorrow's lead” takes place 1 of the home page.",
                "Breaking news ends: “Power is out”",
            ],
        )

    def test_leaves_out_what_is_past_later_or_no_longer_to_come(self):
        make_article("Later", published_at=self.now + 48 * HOUR)
        called_off = make_article("Called off", published_at=self.now + HOUR)
        publishing.call_off(called_off, make_account())
        place(self.lead, 1, start=self.now - 3 * HOUR, end=self.now - HOUR)
        place(self.lead, 1, start=self.now + 48 * HOUR)
        self.assertEqual(self.said(), [])

    def test_says_where_a_slot_starts_before_its_story_is_out(self):
        place(make_draft("Unready"), 1, start=self.now + HOUR)
        self.assertEqual(
            self.said(),
            [
                "“Unready” takes place 1 of the home page. Readers see it there once it is out, "
                "and it is not yet."
            ],
        )

    def test_says_the_lead_that_the_home_page_has_at_each_instant(self):
        """On a busy day, the forecast and the page never differ: before, at and between all changes."""
        brief = make_section("Morning Brief", is_brief=True)
        for hours in range(1, 12, 3):
            late = make_article(f"News {hours}", published_at=self.now + hours * HOUR)
            edition = make_article(
                f"Brief {hours}", published_at=self.now + (hours + 1) * HOUR, section=brief
            )
            place(late, 2, start=self.now + (hours - 1) * HOUR, end=self.now + (hours + 2) * HOUR)
            place(edition, 3, start=self.now + hours * HOUR, end=self.now + (hours + 2) * HOUR)
        place(self.lead, 1, start=self.now + 5 * HOUR, end=self.now + 6 * HOUR)
        place(make_article("Second of one number"), 1, start=self.now + 5.5 * HOUR, end=self.now + 7 * HOUR)
        place(make_draft("Unready"), 1, start=self.now)
        found = forecast(self.now, self.now + 24 * HOUR)
        self.assertEqual(found.lead, home_at(self.now).lead)
        self.assertGreater(len({change.lead for change in found.changes}), 5)
        for change in found.changes:
            with self.subTest(change=change.sentence):
                self.assertEqual(change.lead, home_at(change.at).lead)
        for earlier, later in pairwise(found.changes):
            if earlier.at < later.at:
                between = later.at - timedelta(microseconds=1)
                self.assertEqual(earlier.lead, home_at(between).lead, "nothing changes in between")

    def test_costs_the_same_however_much_is_to_come(self):
        for number in range(12):
            article = make_article(f"Story {number}", published_at=self.now + (number + 1) * HOUR)
            place(article, number, start=self.now + number * HOUR)
        with self.assertNumQueries(4):  # slots, what comes out, breaking news, the newest story now
            self.assertGreater(len(forecast(self.now, self.now + 24 * HOUR).changes), 20)


class ForecastPageTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))
        self.then = timezone.now() + 24 * HOUR
        make_article("Today's lead")
        self.tomorrow = make_article("Tomorrow's lead", published_at=self.then - HOUR)

    def ask(self, page="", at=None, **asked):
        at = wall_time(self.then) if at is None else at
        asked = {"instant-at": at, "instant-zone": site_zone().key} | asked
        return self.client.get(reverse(f"{PAGE}{page}"), asked)

    def test_lists_what_changes_and_links_to_the_page(self):
        response = self.ask()
        self.assertContains(response, "“Tomorrow&#x27;s lead” comes out, in World.")
        self.assertContains(response, reverse(f"{PAGE}_page"))

    def test_shows_the_home_page_of_readers_with_another_clock(self):
        readers = self.client.get("/")
        self.assertNotContains(readers, "Tomorrow&#x27;s lead")
        response = self.ask("_page")
        self.assertTemplateUsed(response, "articles/home.html")
        self.assertEqual(response.context["lead"], self.tomorrow)
        self.assertContains(response, "The home page as it will be on")
        self.assertContains(response, f"{timezone.localdate(self.then):%Y-%m-%d}")

    def test_shows_the_breaking_news_of_that_hour(self):
        BreakingNews.objects.create(words="Now alone", ends_at=timezone.now() + HOUR)
        BreakingNews.objects.create(words="Then alone", starts_at=self.then - HOUR, ends_at=self.then + HOUR)
        response = self.ask("_page")
        self.assertContains(response, "Then alone")
        self.assertNotContains(response, "Now alone")

    def test_is_kept_by_nobody_and_indexed_by_nobody(self):
        response = self.ask("_page")
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertContains(response, '<meta name="robots" content="noindex">')

    def test_without_a_time_it_isnext_time_morning(self):
        response = self.client.get(reverse(PAGE))
        at = timezone.localtime(response.context["form"].instant, site_zone())
        self.assertEqual(at.time(), MORNING)

    def test_a_time_that_has_passed_and_one_that_is_none_are_told(self):
        for at, sentence in (("2020-01-01T06:30", "This time has passed."), ("", "Give a day and an hour.")):
            with self.subTest(at=at):
                self.assertContains(self.ask(at=at), sentence)
                page = self.ask("_page", at=at)
                self.assertContains(self.client.get(page["Location"]), sentence)

    def test_nobody_else_may_ask(self):
        section = make_section("Sport")
        limited = make_member(None, "sport-editor")
        group = make_member("Editor", "other").groups.get()
        SectionRole.objects.create(user=limited, section=section, group=group)
        for account in (limited, make_member("Moderator")):
            self.client.force_login(account)
            for page in ("", "_page"):
                with self.subTest(account=account, page=page):
                    self.assertEqual(self.ask(page).status_code, 403)
        self.client.logout()
        for page in ("", "_page"):
            response = self.ask(page)
            self.assertEqual(response.status_code, 302)
            self.assertIn("/admin/login/", response["Location"])

    def test_only_reads(self):
        self.assertEqual(self.client.post(reverse(PAGE)).status_code, 405)


class UsualTimesTests(TestCase):
    def at(self, hour, minute=0):
        return datetime(2026, 3, 4, hour, minute, tzinfo=site_zone())

    def test_offers_an_hour_ahead_tonight_and_tomorrow_morning(self):
        labels = [label for label, _ in usual_times(self.at(12))]
        self.assertEqual(labels, ["In 1 hour", "Tonight, 20:00", "Tomorrow, 06:30"])

    def test_tonight_is_not_offered_once_it_has_come(self):
        labels = [label for label, _ in usual_times(self.at(21))]
        self.assertEqual(labels, ["In 1 hour", "Tomorrow, 06:30"])

    def test_thenext_time_morning_is_today_s_before_it_has_come(self):
        self.assertEqual(next_time(MORNING, self.at(5)), self.at(6, 30))
        self.assertEqual(next_time(MORNING, self.at(6, 30)), self.at(6, 30) + timedelta(days=1))
