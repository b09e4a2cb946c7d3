"""The archive by date: which days have stories, by the site's own calendar, and the pages that say so."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import archive, publishing
from articles.clock import EVERY_HOUR
from articles.models import ArchiveDay
from articles.models.archive_day import bounds, count_all_days, count_newest_days
from articles.tests.factories import make_account, make_article, make_draft, publish

HOUR = timedelta(hours=1)
BAKU = ZoneInfo("Asia/Baku")


def at(year, month, day, hour=12, minute=0, zone=BAKU):
    return datetime(year, month, day, hour, minute, tzinfo=zone)


class CountTests(TestCase):
    def counts(self):
        return {row.day: row.stories for row in ArchiveDay.objects.all()}

    def test_a_story_is_counted_on_its_day_by_the_site_s_own_calendar(self):
        make_article("Late", published_at=datetime(2025, 4, 28, 20, 30, tzinfo=UTC))  # 00:30 in Baku
        self.assertEqual(self.counts(), {date(2025, 4, 29): 1})

    def test_no_draft_is_counted_and_a_withdrawn_story_no_more(self):
        make_draft("Draft")
        one = make_article("One")
        other = make_article("Other")
        self.assertEqual(self.counts(), {date(2025, 4, 29): 2})
        publishing.withdraw(other, make_account(), notice="It was wrong.")
        self.assertEqual(self.counts(), {date(2025, 4, 29): 1})
        publishing.withdraw(one, make_account(), notice="It was wrong too.")
        self.assertEqual(self.counts(), {})

    def test_a_story_that_is_scheduled_anew_moves_and_one_called_off_goes(self):
        hour = timezone.localtime() + timedelta(days=2)
        story = make_article("Scheduled", published_at=hour)
        publish(story, at=hour + timedelta(days=3))
        self.assertEqual(self.counts(), {(hour + timedelta(days=3)).date(): 1})
        publishing.call_off(story, make_account())
        self.assertEqual(self.counts(), {})

    def test_saving_words_counts_nothing_anew(self):
        story = make_article("Out")
        ArchiveDay.objects.update(stories=7)
        story.save()
        self.assertEqual(self.counts(), {date(2025, 4, 29): 7})

    def test_another_zone_has_its_days_counted_when_migrate_has_run(self):
        make_article("Late", published_at=datetime(2025, 4, 28, 20, 30, tzinfo=UTC))
        with override_settings(TIME_ZONE="UTC"):
            count_all_days()
            self.assertEqual(
                [span.first for span in archive.days_of(date(2025, 4, 1), timezone.now())],
                [date(2025, 4, 28)],
            )

    def test_what_an_older_build_published_is_counted_by_the_clock(self):
        make_article(published_at=timezone.now())
        today, counted = timezone.localdate(), self.counts()
        ArchiveDay.objects.filter(day=today).delete()
        self.assertIn(count_newest_days, EVERY_HOUR)
        count_newest_days()
        self.assertEqual(self.counts(), counted)
        with CaptureQueriesContext(connection) as asked:
            count_newest_days()
        writing = ("INSERT", "UPDATE", "DELETE")
        self.assertFalse([one for one in asked.captured_queries if one["sql"].startswith(writing)])

    def test_a_day_on_which_the_clocks_change_has_23_or_25_hours(self):
        with override_settings(TIME_ZONE="Europe/Berlin"):
            for day, hours in ((date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 6, 1), 24)):
                begin, end = (instant.astimezone(UTC) for instant in bounds(day))
                self.assertEqual(end - begin, hours * HOUR, day)

    def test_every_hour_of_such_a_day_is_of_that_day(self):
        with override_settings(TIME_ZONE="Europe/Berlin"):
            begin, _ = bounds(date(2025, 10, 26))
            for hours in (0, 24.9):
                make_article(f"After {hours}", published_at=begin.astimezone(UTC) + hours * HOUR)
            self.assertEqual(self.counts(), {date(2025, 10, 26): 2})
            page = self.client.get("/archive/2025/10/26/")
            self.assertEqual(len(page.context["page"]), 2)


class PageTests(TestCase):
    def setUp(self):
        make_article("Older", published_at=at(2024, 12, 31, 23, 59))
        make_article("Morning", published_at=at(2025, 4, 29, 0, 0))
        make_article("Evening", published_at=at(2025, 4, 29, 23, 59))
        make_article("Newer", published_at=at(2025, 5, 2))

    def shown(self, address):
        return [article.headline for article in self.client.get(address).context["page"]]

    def test_the_archive_tells_years_and_months_with_their_counts(self):
        page = self.client.get("/archive/")
        years = [
            (year, [(span.first.month, span.stories) for span in months])
            for year, months in page.context["years"]
        ]
        self.assertEqual(years, [(2025, [(5, 1), (4, 2)]), (2024, [(12, 1)])])
        self.assertContains(page, 'href="/archive/2025/04/"')

    def test_a_year_leads_to_its_place_among_the_others(self):
        answer = self.client.get("/archive/2025/")
        self.assertRedirects(answer, "/archive/#year-2025")
        self.assertContains(self.client.get("/archive/"), 'id="year-2025"')

    def test_a_month_tells_its_days_and_leads_past_months_without_stories(self):
        page = self.client.get("/archive/2025/04/")
        self.assertContains(page, 'href="/archive/2025/04/29/"')
        self.assertContains(page, "2 stories")
        self.assertContains(page, 'href="/archive/2024/12/"')
        self.assertContains(page, 'href="/archive/2025/05/"')

    def test_a_day_shows_its_stories_and_leads_past_days_without(self):
        self.assertEqual(self.shown("/archive/2025/04/29/"), ["Evening", "Morning"])
        page = self.client.get("/archive/2025/04/29/")
        self.assertContains(page, 'href="/archive/2024/12/31/"')
        self.assertContains(page, 'href="/archive/2025/05/02/"')

    def test_a_long_day_is_cut_into_pages_that_leave_nothing_out(self):
        for number in range(30):
            make_article(f"Story {number}", published_at=at(2025, 4, 29, 12))
        page = self.client.get("/archive/2025/04/29/").context["page"]
        older = self.client.get(f"/archive/2025/04/29/{page.older_url}").context["page"]
        newer = self.client.get(f"/archive/2025/04/29/{older.newer_url}").context["page"]
        self.assertEqual(len({article.pk for article in [*page, *older]}), 32)
        self.assertEqual([article.pk for article in newer], [article.pk for article in page])
        self.assertIsNone(older.older_url)

    def test_of_today_only_what_is_out_counts(self):
        now = timezone.now()
        begin, end = bounds(timezone.localdate())
        make_article("Out", published_at=now)
        make_article("Scheduled", published_at=end - timedelta(microseconds=1))
        self.assertEqual(self.shown(f"/archive/{timezone.localdate():%Y/%m/%d}/"), ["Out"])
        self.assertEqual(archive.months(now)[0].stories, 1)
        self.assertEqual(archive.day_after(date(2025, 5, 2), now), timezone.localdate())

    def test_a_scheduled_story_makes_no_day(self):
        make_article("Scheduled", published_at=timezone.now() + timedelta(days=2))
        self.assertIsNone(archive.day_after(date(2025, 5, 2), timezone.now()))
        to_come = timezone.localdate() + timedelta(days=9)
        self.assertEqual(archive.day_before(to_come, timezone.now()), date(2025, 5, 2))
        self.assertEqual(archive.months(timezone.now())[0].first, date(2025, 5, 1))

    def test_an_address_without_stories_answers_with_a_sentence_and_a_way_on(self):
        to_come = timezone.localdate() + timedelta(days=3)
        for address, sentence in [
            ("/archive/2025/04/30/", "Nothing was published on 30 April 2025."),
            ("/archive/2025/03/", "Nothing was published in March 2025."),
            (f"/archive/{to_come:%Y/%m/%d}/", "is still to come."),
            ("/archive/2023/", "Nothing was published in 2023."),
            (f"/archive/{to_come.year + 1}/", f"{to_come.year + 1} is still to come."),
            ("/archive/99/", "There is no such date."),
            ("/archive/2025/13/", "There is no such date."),
            ("/archive/2025/02/30/", "There is no such date."),
            ("/archive/2025/4/29/", "There is no such date."),
            ("/archive/9999/12/31/", "There is no such date."),
            ("/archive/0000/01/01/", "There is no such date."),
            ("/archive/２０２５/04/29/", "There is no such date."),
            ("/archive/%00/x/", "There is no such date."),
        ]:
            with self.subTest(address=address):
                page = self.client.get(address)
                self.assertContains(page, sentence, status_code=404)
                self.assertContains(page, 'href="/archive/"', status_code=404)
        for query in ("?before=1-1", "?after=1-1"):
            self.assertEqual(self.client.get(f"/archive/2025/04/30/{query}").status_code, 404)
        page = self.client.get("/archive/2025/04/30/")
        self.assertContains(page, 'href="/archive/2025/04/29/"', status_code=404)
        self.assertContains(page, 'href="/archive/2025/05/02/"', status_code=404)

    def test_latest_stands_under_its_days(self):
        page = self.client.get("/latest/")
        self.assertEqual(
            [(group.title, len(group.articles)) for group in page.context["days"]],
            [("Friday 2 May 2025", 1), ("Tuesday 29 April 2025", 2), ("Tuesday 31 December 2024", 1)],
        )
        self.assertContains(page, 'href="/archive/2025/04/29/"')
        self.assertContains(page, "<h2", count=3)
