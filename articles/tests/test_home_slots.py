"""The places of the home page: who stands where, from when and until when."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import clock, publishing
from articles.home import forget_ended_slots, home_at
from articles.models import Article, HomeSlot, LogEntry
from articles.tests.factories import make_account, make_article, make_draft, make_member
from articles.zones import site_zone

HOUR = timedelta(hours=1)


def place(article, order=1, *, start=None, end=None):
    return HomeSlot.objects.create(
        article=article, order=order, starts_at=start or timezone.now() - HOUR, ends_at=end
    )


def wall_time(at):
    return timezone.localtime(at, site_zone()).strftime("%Y-%m-%dT%H:%M")


class PlacedTests(TestCase):
    def setUp(self):
        self.now = timezone.now()
        self.first, self.second = make_article("First"), make_article("Second")

    def placed(self, at=None):
        at = at or self.now
        return list(Article.objects.visible(at).placed(at))

    def test_a_slot_holds_from_its_start_until_before_its_end(self):
        start, end = self.now + HOUR, self.now + 2 * HOUR
        place(self.first, start=start, end=end)
        for at, expected in (
            (start - timedelta(seconds=1), []),
            (start, [self.first]),
            (end - timedelta(seconds=1), [self.first]),
            (end, []),
        ):
            with self.subTest(at=at):
                self.assertEqual(self.placed(at), expected)

    def test_of_two_with_one_number_the_one_that_started_last_stands_first_and_the_other_behind_it(self):
        third = make_article("Third")
        place(self.first, 1, start=self.now - 2 * HOUR)
        place(self.second, 1, start=self.now - HOUR, end=self.now + HOUR)
        place(third, 2, start=self.now)
        self.assertEqual(self.placed(), [self.second, self.first, third])
        self.assertEqual(self.placed(self.now + HOUR), [self.first, third])

    def test_a_story_in_two_slots_stands_once_in_the_better_one(self):
        place(self.first, 3)
        place(self.second, 2)
        place(self.first, 1, end=self.now + HOUR)
        self.assertEqual(self.placed(), [self.first, self.second])
        self.assertEqual(self.placed(self.now + HOUR), [self.second, self.first])

    def test_a_slot_whose_story_is_withdrawn_falls_to_the_one_behind_it(self):
        place(self.second, 1, start=self.now - 2 * HOUR)
        place(self.first, 1)
        publishing.withdraw(self.first, make_account(), notice="Gone.")
        self.assertEqual(home_at(timezone.now()).lead, self.second)

    def test_costs_one_query_however_many_slots(self):
        for order in range(1, 12):
            place(make_article(f"Story {order}"), order)
        with self.assertNumQueries(1):
            self.assertEqual(len(self.placed()), 11)

    def test_the_database_refuses_an_end_before_the_start(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            place(self.first, start=self.now, end=self.now - HOUR)

    def test_ended_slots_are_forgotten_after_thirty_days(self):
        old = place(self.first, start=self.now - 900 * HOUR, end=self.now - 721 * HOUR)
        kept = [place(self.first, start=self.now - 900 * HOUR, end=self.now - 719 * HOUR), place(self.second)]
        self.assertIn(forget_ended_slots, clock.EVERY_HOUR)
        forget_ended_slots()
        self.assertFalse(HomeSlot.objects.filter(pk=old.pk).exists())
        self.assertEqual(HomeSlot.objects.count(), len(kept))


class SlotPageTests(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)
        self.article = make_article("Lead story")

    def save(self, slot=None, *, article=None, order=1, start="", end="", follow=False):
        address = (
            reverse("admin:articles_homeslot_change", args=[slot.pk])
            if slot
            else reverse("admin:articles_homeslot_add")
        )
        zone = site_zone().key
        data = {"order": order, "article": (article or self.article).pk}
        data |= {"start-at": start, "start-zone": zone, "end-at": end, "end-zone": zone}
        return self.client.post(address, data, follow=follow)

    def test_a_slot_left_without_times_holds_from_now_until_somebody_ends_it(self):
        before = timezone.now()
        self.assertEqual(self.save().status_code, 302)
        slot = HomeSlot.objects.get()
        self.assertTrue(before <= slot.starts_at <= timezone.now())
        self.assertIsNone(slot.ends_at)
        self.assertEqual(home_at(timezone.now()).lead, self.article)

    def test_start_and_end_are_asked_by_the_clock_of_a_zone(self):
        start = (timezone.now() + 2 * HOUR).replace(second=0, microsecond=0)
        self.save(start=wall_time(start), end=wall_time(start + HOUR))
        slot = HomeSlot.objects.get()
        self.assertEqual((slot.starts_at, slot.ends_at), (start, start + HOUR))

    def test_an_end_before_the_start_and_a_time_that_has_passed_are_refused_and_what_was_typed_stays(self):
        start = timezone.now() + 2 * HOUR
        for times, sentence in (
            ({"start": wall_time(start), "end": wall_time(start - HOUR)}, "A slot ends after it starts."),
            ({"start": wall_time(start - 4 * HOUR)}, "This time has passed."),
            ({"end": "nonsense"}, "Enter a valid date/time."),
        ):
            with self.subTest(sentence=sentence):
                response = self.save(order=7, **times)
                self.assertContains(response, sentence)
                self.assertContains(response, 'name="order" value="7"')
                for typed in times.values():
                    self.assertContains(response, f'value="{typed}"')
        self.assertFalse(HomeSlot.objects.exists())

    def test_what_stands_is_kept_to_the_second_while_its_minute_is_not_changed(self):
        slot = place(self.article, start=timezone.now() - HOUR)
        response = self.save(slot, order=2, start=wall_time(slot.starts_at))
        self.assertEqual(response.status_code, 302)
        changed = HomeSlot.objects.get()
        self.assertEqual((changed.order, changed.starts_at), (2, slot.starts_at))

    def test_what_is_done_to_a_slot_stands_in_the_record(self):
        self.save(order=3)
        self.save(HomeSlot.objects.get(), order=1, start=wall_time(HomeSlot.objects.get().starts_at))
        notes = LogEntry.objects.filter(subject="home slot “Lead story”").values_list("act", "note")
        acts = dict(notes)
        self.assertIn("Place 3, from", acts["add"])
        self.assertIn("Changed Order. Place 1, from", acts["change"])

    def test_the_list_says_where_each_stands_and_why_not(self):
        now = timezone.now()
        soon = make_article("Soon", published_at=now + HOUR)
        place(self.article)
        place(soon, 2)
        place(make_draft("Unready"), 3)
        place(make_article("Tomorrow"), 1, start=now + 24 * HOUR)
        place(make_article("Yesterday"), 1, start=now - 24 * HOUR, end=now - HOUR)
        response = self.client.get(reverse("admin:articles_homeslot_changelist"))
        for words in ("Lead", "Its story is scheduled", "Its story is draft", "To come"):
            self.assertContains(response, f">{words}</td>")
        self.assertNotContains(response, "Yesterday")

        def listed(time):
            page = self.client.get(reverse("admin:articles_homeslot_changelist"), {"time": time})
            return {str(slot) for slot in page.context["cl"].result_list}

        self.assertEqual(listed("now"), {"Lead story", "Soon", "Unready"})
        self.assertEqual(listed("to-come"), {"Tomorrow"})
        self.assertEqual(listed("over"), {"Yesterday"})
        self.assertEqual(len(listed("all")), 5)

    def test_completion_offers_what_readers_see_or_soon_will_before_drafts(self):
        make_article("Harbour opens", published_at=timezone.now() + HOUR)
        make_draft("Harbour, a draft of today", now=timezone.now())
        make_article("Harbour closes")
        asked = {"app_label": "articles", "model_name": "homeslot", "field_name": "article", "term": "harb"}
        found = self.client.get(reverse("admin:autocomplete"), asked).json()["results"]
        self.assertEqual([row["text"] for row in found][-1], "Harbour, a draft of today")
        self.assertEqual(len(found), 3)
