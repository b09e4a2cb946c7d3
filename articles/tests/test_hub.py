"""What the hub is told, and when: a real one, that takes it, is away, hangs or refuses."""

import time
from datetime import timedelta
from itertools import pairwise
from unittest import mock

from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import clock, feeds, hub, publishing
from articles.feed_formats import FORMATS
from articles.models import HubLook, HubPing
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import (
    make_account,
    make_article,
    make_author,
    make_draft,
    make_section,
    make_topic,
    update_article,
)
from articles.tests.mail_server import free_port
from articles.tests.web_server import web_server

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LISTED = "articles.feeds.TopicListing.objects.filter"
PLACES = {"/", "/section/world/", "/topic/kursk/", "/author/leyla-m/"}


class HubTestCase(ConcurrencyTestCase):
    hub_answers = (204,)

    def setUp(self):
        self.hub = self.enterContext(web_server(*self.hub_answers))
        self.enterContext(override_settings(WEBSUB_HUB=self.hub.address))
        self.about = {
            "section": make_section("World"),
            "topics": [make_topic("Kursk")],
            "author": make_author("Leyla M."),
        }
        make_article("Elsewhere", section=make_section("Sport"), topics=[make_topic("Judo")])
        self.story = make_article("Told before", **self.about)
        hub.look()

    def told(self):
        """Let the worker look and tell; return the places of which all feeds were told, each of them once."""
        hub.look()
        hub.tell_hub()
        told, self.hub.forms[:] = self.hub.forms[:], []
        addresses = [form["hub.url"].removeprefix("http://localhost:8000") for form in told]
        self.assertEqual(len(addresses), len(set(addresses)))
        places = {address.rpartition("/")[0] + "/" for address in addresses}
        self.assertEqual(set(addresses), {f"{place}feed.{form}" for place in places for form in FORMATS})
        return places

    def at(self, instant):
        return mock.patch("django.utils.timezone.now", return_value=instant)


class WhichFeedsTests(HubTestCase):
    def test_what_feeds_said_before_the_first_look_is_no_news(self):
        self.assertEqual(self.told(), set())

    def test_a_story_is_told_of_where_it_stands_and_nowhere_else(self):
        make_article("News", **self.about)
        self.assertEqual(self.told(), PLACES)
        self.assertEqual(self.told(), set())

    def test_is_told_in_the_words_that_hubs_know(self):
        make_article("News", **self.about)
        hub.look()
        hub.tell_hub()
        form = self.hub.forms[0]
        self.assertEqual(set(form), {"hub.mode", "hub.url", "hub.topic"})
        self.assertEqual((form["hub.mode"], form["hub.topic"]), ("publish", form["hub.url"]))
        self.assertEqual(self.hub.heads[0][1]["Content-Type"], "application/x-www-form-urlencoded")

    def test_a_section_a_topic_and_an_author_that_are_new_are_told_of_too(self):
        about = {"section": make_section("New"), "topics": [make_topic("Lachin")]}
        make_article("News", **about, author=make_author("Orkhan"))
        self.assertEqual(self.told(), {"/", "/section/new/", "/topic/lachin/", "/author/orkhan/"})

    def test_updates_corrections_and_other_words_are_told(self):
        for kind in ("update", "style", "clarification", "correction"):
            with self.subTest(kind):
                update_article(self.story, kind=kind, headline=f"Changed: {kind}")
                is_told = {"/corrections/"} if kind in ("clarification", "correction") else set()
                # The feed of corrections names the story by its headline.
                self.assertEqual(self.told() - {"/corrections/"} | is_told, PLACES | is_told)

    def test_the_first_correction_is_told_to_those_who_follow_corrections(self):
        update_article(self.story, kind="correction", note="It was 3.")
        self.assertEqual(self.told(), PLACES | {"/corrections/"})

    def test_a_withdrawal_is_told_and_a_return_too(self):
        publishing.withdraw(self.story, make_account(), notice="It was wrong.")
        self.assertEqual(self.told(), PLACES)
        publishing.ask_back(self.story, make_account(), note="It was right.")
        self.assertEqual(self.told(), set())
        publishing.restore(self.story, make_account("second"), note="It was right.")
        self.assertEqual(self.told(), PLACES)

    def test_a_feed_that_cannot_be_made_keeps_nobody_from_the_others(self):
        make_article("News", **self.about)
        with mock.patch(LISTED, side_effect=ValueError), self.assertLogs("articles.hub"):
            self.assertEqual(self.told(), PLACES - {"/topic/kursk/"})

    def test_a_topic_that_is_taken_from_a_story_is_told(self):
        self.told_once_of_all()
        self.story.topics.clear()
        self.assertEqual(self.told(), {"/topic/kursk/"})

    def test_an_edition_of_a_brief_is_news_of_its_section_alone(self):
        make_article("Edition", section=make_section("Brief", is_brief=True), author=make_author("Desk"))
        self.assertEqual(self.told(), {"/section/brief/", "/author/desk/"})

    def test_what_stands_in_no_feed_any_more_is_told_nowhere(self):
        self.told_once_of_all()
        with mock.patch.object(feeds, "FEED_STORIES", 0):
            update_article(self.story, headline="Emptied")
            self.told()
            update_article(self.story, headline="Changed far below")
            self.assertEqual(self.told(), set())

    def test_what_changes_no_feed_is_told_nowhere(self):
        self.told_once_of_all()
        self.story.takes_comments = False
        self.story.save()
        self.assertEqual(self.told(), set())

    def test_a_feed_that_moved_is_told_of_under_its_new_address(self):
        self.told_once_of_all()
        topic = self.about["topics"][0]
        topic.slug = "kursk-region"
        topic.save()
        update_article(self.story, headline="After the move")
        self.assertEqual(self.told(), PLACES - {"/topic/kursk/"} | {"/topic/kursk-region/"})

    def test_many_changes_are_told_at_once(self):
        for number in range(5):
            make_article(f"News {number}", **self.about)
            update_article(self.story, headline=f"Again {number}")
        self.assertEqual(self.told(), PLACES)  # each feed once, says `told`

    def test_a_journal_that_begins_anew_is_read_from_its_beginning(self):
        HubLook.objects.update(next=10**15)
        update_article(self.story, headline="After the restore")
        hub.look()
        update_article(self.story, headline="And again")
        self.assertEqual(self.told(), PLACES)

    def test_without_a_hub_nothing_is_noted(self):
        HubLook.objects.all().delete()
        HubPing.objects.all().delete()
        DBTaskResult.objects.all().delete()
        with self.settings(WEBSUB_HUB=""):
            make_article("News", **self.about)
            hub.look()
            hub.tell_hub()
        self.assertFalse(
            HubPing.objects.exists() or HubLook.objects.exists() or DBTaskResult.objects.exists()
        )

    def told_once_of_all(self):
        update_article(self.story, headline="So that every feed is known")
        self.assertEqual(self.told(), PLACES)


class NothingEarlyTests(HubTestCase):
    """Neither of feeds that are known, nor of those at which nobody has looked yet."""

    def test_a_draft_is_told_nowhere(self):
        draft = make_draft("Secret", **self.about)
        self.assertEqual(self.told(), set())
        chief = make_account()
        publishing.submit(draft, chief)
        publishing.set_embargo(draft, chief, until=timezone.now() + HOUR)
        self.assertEqual(self.told(), set())

    def test_the_draft_and_the_embargo_of_a_published_story_are_told_nowhere(self):
        publishing.save_draft(self.story, make_account(), headline="Secret")
        publishing.set_embargo(self.story, make_account(), until=timezone.now() + HOUR)
        self.assertEqual(self.told(), set())

    def test_a_scheduled_story_is_told_when_its_hour_comes_and_not_before(self):
        topic = make_topic("Secret")
        hour = timezone.now() + HOUR
        make_article("Secret", published_at=hour, **self.about | {"topics": [topic]})
        self.assertEqual(self.told(), set())
        with self.at(hour - MINUTE):
            self.assertEqual(self.told(), set())
        with self.at(hour):
            self.assertEqual(self.told(), PLACES - {"/topic/kursk/"} | {"/topic/secret/"})
        with self.at(hour + MINUTE):
            self.assertEqual(self.told(), set())

    def test_a_schedule_that_was_called_off_is_never_told(self):
        hour = timezone.now() + HOUR
        story = make_article("Secret", published_at=hour, **self.about)
        self.told()
        publishing.call_off(story, make_account())
        self.assertEqual(self.told(), set())
        with self.at(hour + MINUTE):
            self.assertEqual(self.told(), set())

    def test_a_story_that_came_out_while_no_worker_ran_is_told_afterwards(self):
        hour = timezone.now() + HOUR
        make_article("News", published_at=hour, **self.about)
        self.told()
        with self.at(hour + 3 * DAY):
            self.assertEqual(self.told(), PLACES)


class WhenTests(HubTestCase):
    def setUp(self):
        super().setUp()
        DBTaskResult.objects.all().delete()

    def looks(self):
        return DBTaskResult.objects.filter(task_path=hub.look_in_background.module_path)

    def test_an_act_has_the_worker_look_in_a_moment_and_many_acts_once(self):
        for number in range(3):
            update_article(self.story, headline=f"News {number}")
        look = self.looks().get()
        self.assertLess(abs(look.run_after - timezone.now()), timedelta(seconds=5))

    def test_a_scheduled_story_has_it_look_at_its_hour(self):
        hour = timezone.now() + HOUR
        make_article("News", published_at=hour, **self.about)
        self.assertEqual(self.looks().get().run_after, hour + hub.SETTLES)

    def test_drafts_have_it_look_for_nothing(self):
        publishing.submit(make_draft(**self.about), make_account())
        self.assertFalse(self.looks().exists())

    def test_the_task_looks_and_tells(self):
        update_article(self.story, headline="News")
        hub.look_in_background.call()
        self.assertEqual(len(self.hub.forms), len(PLACES) * len(FORMATS))

    def test_the_clock_looks_and_tells_what_no_task_did(self):
        self.assertLessEqual({hub.look, hub.tell_hub}, set(clock.EVERY_MINUTE))

    def test_what_takes_long_is_left_to_the_next_task(self):
        update_article(self.story, headline="News")
        with mock.patch.object(hub, "ROUND_S", -1):
            hub.look_in_background.call()
        self.assertEqual(self.hub.forms, [])
        self.assertEqual(DBTaskResult.objects.filter(task_path=hub.tell_in_background.module_path).count(), 1)
        hub.tell_in_background.call()
        self.assertEqual(len(self.hub.forms), len(PLACES) * len(FORMATS))


class HubInTroubleTests(HubTestCase):
    def owe(self):
        """Let a change come that concerns twelve feeds."""
        update_article(self.story, headline=f"News {time.monotonic()}")
        hub.look()
        self.now = timezone.now()

    def tell(self, after=timedelta(0)):
        with self.at(self.now + after):
            hub.tell_hub()
        told, self.hub.forms[:] = len(self.hub.forms), []
        return told

    def away(self):
        return self.settings(WEBSUB_HUB=f"http://127.0.0.1:{free_port()}/")

    def test_one_that_is_away_is_asked_once_and_told_when_it_is_back(self):
        self.owe()
        with self.away():
            self.tell()
        self.assertEqual(HubPing.objects.filter(attempts=1).count(), 1)
        self.assertEqual(HubPing.objects.get(attempts=1).last_error, "URLError")
        self.assertEqual(self.tell(2 * MINUTE), 12)
        self.assertEqual(self.tell(DAY), 0)

    def test_pauses_grow_and_after_a_day_it_is_left_alone(self):
        self.owe()
        HubPing.objects.exclude(path="/feed.xml").delete()
        tried, ping = [self.now], HubPing.objects.get()
        with self.away():
            while ping.next_attempt_at:
                tried.append(ping.next_attempt_at)
                self.tell(ping.next_attempt_at - self.now)
                ping.refresh_from_db()
        pauses = [(later - earlier) / MINUTE for earlier, later in pairwise(tried)][1:]
        self.assertEqual(pauses, sorted(pauses))
        self.assertEqual([round(pause) for pause in pauses[:4]], [1, 2, 5, 10])
        self.assertGreaterEqual(tried[-1], self.now + DAY - MINUTE)
        self.assertLess(tried[-1], self.now + DAY + 3 * HOUR)
        self.assertEqual(self.tell(4 * DAY), 0)
        update_article(self.story, headline="News after that")
        hub.look()
        self.assertEqual(self.tell(MINUTE), 12)

    def test_one_that_hangs_holds_up_nobody(self):
        with web_server(waits_s=10) as hanging, self.settings(WEBSUB_HUB=hanging.address):
            with mock.patch.object(hub, "TIMEOUT_S", 0.3):
                began = time.monotonic()
                self.owe()  # whoever publishes does not wait at all
                hub.tell_hub()
                self.assertLess(time.monotonic() - began, 5)
            self.assertEqual(len(hanging.forms), 1)
        self.assertEqual(self.tell(2 * MINUTE), 12)

    def test_one_that_fails_is_told_again(self):
        with web_server(500, 503, 204) as failing, self.settings(WEBSUB_HUB=failing.address):
            self.owe()
            self.tell()
            self.assertEqual(len(failing.forms), 12)
        errors = HubPing.objects.exclude(last_error="").values_list("last_error", flat=True)
        self.assertEqual(set(errors), {"HTTPError 500", "HTTPError 503"})
        self.assertEqual(self.tell(2 * MINUTE), 2)

    def test_what_changes_while_it_is_told_is_told_again(self):
        self.owe()
        HubPing.objects.exclude(path="/feed.xml").delete()

        def change(*args, **kwargs):
            update_article(self.story, headline="Changed meanwhile")
            hub.look()

        with mock.patch.object(hub, "post", side_effect=change):
            hub.tell_hub()
        hub.tell_hub()
        told = [form["hub.url"] for form in self.hub.forms]
        self.assertIn("http://localhost:8000/feed.xml", told)

    def test_a_failure_takes_nothing_from_what_changed_meanwhile(self):
        self.owe()
        HubPing.objects.update(changed_at=timezone.now() - 2 * DAY)  # the last attempt

        def change_and_fail(*args, **kwargs):
            update_article(self.story, headline="Changed meanwhile")
            hub.look()
            raise OSError

        with mock.patch.object(hub, "post", side_effect=change_and_fail):
            hub.tell_hub()
        hub.tell_hub()
        self.assertEqual(len(self.hub.forms), 12)

    def test_of_two_workers_one_tells(self):
        self.owe()
        self.at_once(lambda number: hub.tell_hub(), 4)
        self.assertEqual(len(self.hub.forms), 12)

    def test_of_two_workers_that_look_at_once_one_notes(self):
        update_article(self.story, headline="News")
        self.at_once(lambda number: hub.look(), 3)
        hub.tell_hub()
        self.assertEqual(len(self.hub.forms), 12)

    def test_what_a_worker_died_over_is_told_by_the_next(self):
        self.owe()
        with mock.patch.object(hub, "post", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                hub.tell_hub()
        self.assertEqual(self.tell(2 * MINUTE), 12)
