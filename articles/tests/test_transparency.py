from datetime import UTC, date, datetime, timedelta

from django.test import TestCase
from django.utils import timezone

from articles import error_reports, publishing
from articles.models import ErrorReport
from articles.tests.factories import DAY, make_account, make_article, make_draft, update_article
from articles.tests.reports import make_report
from articles.transparency import Median, figures_at

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
AN_YEAR = 365 * 24 * HOUR


def figures():
    return figures_at(timezone.now())


class MonthsTests(TestCase):
    def month(self, number=0):
        month = figures().months[number]
        return (month.stories, month.corrections, month.clarifications, month.withdrawals, month.reports)

    def test_counts_what_happened_in_each_month(self):
        article = make_article()
        make_report(article, now=DAY)
        update_article(article, kind="correction", now=DAY + HOUR)
        update_article(article, kind="clarification", now=DAY + 2 * HOUR)
        update_article(article, kind="update", now=DAY + 3 * HOUR)
        publishing.withdraw(make_article("Gone"), make_account(), notice="Wrong.", now=DAY + HOUR)
        self.assertEqual(self.month(), (1, 1, 1, 1, 1))

    def test_a_month_is_one_of_the_site_s_zone(self):
        make_article(published_at=datetime(2025, 4, 30, 19, 59, tzinfo=UTC))
        make_article("May in Baku", published_at=datetime(2025, 4, 30, 20, 0, tzinfo=UTC))
        self.assertEqual([month.first_day.month for month in figures().months], [5, 4])
        self.assertEqual([self.month(0)[0], self.month(1)[0]], [1, 1])

    def test_shows_at_most_twelve_months_to_the_last_publication_the_newest_first(self):
        make_article("Old", published_at=DAY - 2 * AN_YEAR)
        make_article("New", published_at=DAY)
        days = [month.first_day for month in figures().months]
        self.assertEqual(
            (len(days), days[0].isoformat(), days[-1].isoformat()), (12, "2025-04-01", "2024-05-01")
        )

    def test_begins_with_the_first_story(self):
        make_article("First", published_at=DAY - 40 * 24 * HOUR)
        make_article("New", published_at=DAY)
        self.assertEqual(len(figures().months), 2)

    def test_a_stranger_s_report_moves_no_month(self):
        make_report(make_article())
        self.assertEqual([month.first_day for month in figures().months], [date(2025, 4, 1)])
        self.assertEqual(figures().reports["received"], 1)

    def test_counts_nothing_that_readers_have_not_seen(self):
        make_article()
        make_draft("Draft")
        make_article("To come", published_at=timezone.now() + HOUR)
        self.assertEqual((len(figures().months), self.month()), (1, (1, 0, 0, 0, 0)))

    def test_tells_what_became_of_the_reports(self):
        article = make_article()
        reports = [make_report(article, words=f"Number {number}.", now=DAY) for number in range(4)]
        version = update_article(article, kind="correction", now=DAY + HOUR)
        error_reports.answer_with(version, reports[:2], make_account())
        error_reports.refuse(reports[2], make_account(), "It is right.")
        self.assertEqual(figures().reports, {"received": 4, "corrected": 2, "no_error": 1, "waiting": 1})


class MedianTests(TestCase):
    def corrected(self, headline, minutes):
        article = make_article(headline)
        report = make_report(article, now=DAY)
        version = update_article(article, kind="correction", now=DAY + minutes * MINUTE)
        error_reports.answer_with(version, [report], make_account(), now=DAY + 2 * HOUR)

    def test_is_the_time_of_the_case_in_the_middle(self):
        for headline, minutes in (("One", 10), ("Two", 45), ("Three", 50000)):
            self.corrected(headline, minutes)
        self.assertEqual(figures().from_report, Median(45 * MINUTE, 3))

    def test_ends_when_readers_saw_the_right_words_not_when_the_report_was_answered(self):
        self.corrected("One", 45)
        self.assertEqual(figures().from_report, Median(45 * MINUTE, 1))

    def test_counts_no_report_that_was_no_error_or_waits(self):
        make_report(words="Waiting.")
        error_reports.refuse(make_report(words="Wrong."), make_account(), "It is right.")
        self.assertIsNone(figures().from_report)

    def test_the_wrong_version_is_the_last_that_was_more_than_a_change_of_style(self):
        article = make_article()
        update_article(article, now=DAY + 10 * MINUTE)
        update_article(article, kind="style", now=DAY + 20 * MINUTE)
        update_article(article, kind="correction", now=DAY + 30 * MINUTE)
        self.assertEqual(figures().from_publication, Median(20 * MINUTE, 1))

    def test_the_correction_of_a_withdrawn_story_is_not_counted_as_ours(self):
        article = make_article()
        update_article(article, kind="correction", now=DAY + HOUR)
        publishing.withdraw(article, make_account(), notice="It was not true.")
        self.assertIsNone(figures().from_publication)

    def test_is_said_in_words(self):
        self.assertEqual(Median(85 * MINUTE, 1).in_words, "1\xa0hour, 25\xa0minutes")
        self.assertEqual(Median(timedelta(seconds=20), 1).in_words, "less than a minute")


class PageTests(TestCase):
    def page(self):
        return self.client.get("/transparency/")

    def test_says_so_where_there_is_nothing_to_count(self):
        response = self.page()
        self.assertContains(response, "Nothing has been published yet")
        self.assertContains(response, "No case yet", count=2)
        self.assertContains(response, "No reader has reported an error yet.")

    def test_is_the_same_for_everyone_and_linked_from_every_page(self):
        self.client.force_login(make_account())
        response = self.page()
        self.assertFalse(response.cookies)
        self.assertIn("public", response["Cache-Control"])
        self.assertContains(self.client.get("/"), 'href="/transparency/"')

    def test_costs_the_same_however_much_there_is(self):
        self.add(1)
        with self.assertNumQueries(17):
            self.page()
        self.add(6)
        with self.assertNumQueries(17):
            self.page()

    def add(self, stories):
        for number in range(stories):
            article = make_article(f"Story {number} of {stories}")
            report = make_report(article, words=article.headline, now=DAY)
            version = update_article(article, kind="correction", now=DAY + HOUR)
            error_reports.answer_with(version, [report], make_account())

    def test_holds_no_word_of_a_report(self):
        make_report(words="My uncle told me.", name="Leyla")
        self.assertEqual(ErrorReport.objects.count(), 1)
        for word in ("uncle", "Leyla"):
            self.assertNotContains(self.page(), word)
