from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils.formats import date_format

from articles.models import Member
from articles.tests.factories import make_member
from articles.zones import day_of, hour_of, moment_in, never_comes, readings, weekday_of

BERLIN, BAKU = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Baku")


class ReadingsTests(SimpleTestCase):
    def instants(self, *wall_time):
        return [at.astimezone(UTC) for at in readings(datetime(*wall_time), BERLIN)]

    def test_an_ordinary_hour_is_one_instant(self):
        self.assertEqual(self.instants(2027, 1, 1, 12, 0), [datetime(2027, 1, 1, 11, 0, tzinfo=UTC)])
        self.assertFalse(never_comes(datetime(2027, 1, 1, 12, 0), BERLIN))

    def test_an_hour_that_comes_twice_is_two_the_earlier_first(self):
        expected = [datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1)]
        self.assertEqual(self.instants(2027, 10, 31, 2, 30), expected)
        self.assertFalse(never_comes(datetime(2027, 10, 31, 2, 30), BERLIN))

    def test_an_hour_that_never_comes_is_the_one_before_or_the_one_after(self):
        expected = [datetime(2027, 3, 28, hour, 30, tzinfo=UTC) for hour in (0, 1)]
        self.assertEqual(self.instants(2027, 3, 28, 2, 30), expected)
        self.assertTrue(never_comes(datetime(2027, 3, 28, 2, 30), BERLIN))

    def test_an_instant_is_told_by_each_different_clock(self):
        at = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
        self.assertEqual(
            moment_in(at, [BERLIN, BAKU, BERLIN]),
            "28 March 2027, 03:30 GMT+2 (Europe/Berlin), 28 March 2027, 05:30 GMT+4 (Asia/Baku)",
        )


class WordsTests(SimpleTestCase):
    def test_a_day_and_an_hour_read_as_django_writes_them(self):
        for month in range(1, 13):
            local = datetime(2027, month, 2 * month, 2 * month - 1, 5 * month - 5, tzinfo=BAKU)
            self.assertEqual(day_of(local), date_format(local, "j F Y"))
            self.assertEqual(hour_of(local), date_format(local, "H:i"))
            self.assertEqual(weekday_of(local), date_format(local, "l"))


class OwnZoneTests(TestCase):
    def test_everybody_at_the_desk_says_by_which_clock_they_work(self):
        reporter = make_member("Reporter")
        self.client.force_login(reporter)
        address = reverse("admin:articles_member_zone")
        self.assertContains(self.client.get(address), "GMT+4")
        self.client.post(address, {"time_zone": "Europe/Berlin"})
        self.assertEqual(Member.objects.get(user=reporter).time_zone, "Europe/Berlin")
        self.client.post(address, {"time_zone": "America/Baku"})
        self.assertEqual(Member.objects.get(user=reporter).time_zone, "Europe/Berlin")

    def test_whoever_has_no_part_in_stories_has_no_clock(self):
        self.client.force_login(make_member("Moderator"))
        self.assertEqual(self.client.get(reverse("admin:articles_member_zone")).status_code, 403)
