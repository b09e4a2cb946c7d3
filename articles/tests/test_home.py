from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.home import home_at
from articles.models import HomeSlot
from articles.tests.factories import DAY, make_account, make_article, make_section

HOUR = timedelta(hours=1)


class HomeTests(TestCase):
    def home(self, at=None):
        return home_at(at or timezone.now())

    def test_is_empty_before_the_first_story(self):
        home = self.home()
        self.assertEqual((home.lead, home.beside, home.strips, home.brief), (None, [], [], None))

    def test_the_newest_stories_fill_what_no_editor_placed(self):
        older = make_article("Older", published_at=DAY - HOUR)
        newer = make_article("Newer", published_at=DAY)
        self.assertEqual((self.home().lead, self.home().beside), (newer, [older]))

    def test_placed_stories_stand_in_their_order(self):
        make_article("Newest", published_at=DAY)
        lead, second = make_article("Lead", published_at=DAY - HOUR), make_article("Second")
        HomeSlot.objects.create(order=2, article=second)
        HomeSlot.objects.create(order=1, article=lead)
        self.assertEqual(self.home().lead, lead)
        self.assertEqual(self.home().beside[0], second)

    def test_a_slot_whose_story_is_withdrawn_falls_to_the_next(self):
        lead, second = make_article("Lead"), make_article("Second")
        HomeSlot.objects.create(order=1, article=lead)
        HomeSlot.objects.create(order=2, article=second)
        publishing.withdraw(lead, make_account(), notice="Gone.")
        self.assertEqual(self.home().lead, second)

    def test_a_scheduled_story_takes_its_slot_at_its_hour(self):
        soon = timezone.now() + HOUR
        make_article("Now")
        scheduled = make_article("Soon", published_at=soon)
        HomeSlot.objects.create(order=1, article=scheduled)
        self.assertEqual(self.home().lead.headline, "Now")
        self.assertEqual(self.home(at=soon).lead.headline, "Soon")

    def test_a_story_stands_once(self):
        stories = [make_article(f"Story {number}") for number in range(9)]
        home = self.home()
        shown = [home.lead, *home.beside, *(article for strip in home.strips for article in strip.articles)]
        self.assertEqual(len(shown), len(set(shown)))
        self.assertEqual(set(shown), set(stories))

    def test_offers_the_newest_edition_of_the_brief_alone(self):
        brief = make_section("Morning Brief", is_brief=True)
        make_article("Old edition", section=brief, published_at=DAY - 24 * HOUR)
        newest = make_article("New edition", section=brief, published_at=DAY)
        home = self.home()
        self.assertEqual(home.brief, newest)
        self.assertIsNone(home.lead)

    def test_costs_the_same_however_many_stories(self):
        make_section("Politics")
        for number in range(12):
            make_article(f"Story {number}")
        with self.assertNumQueries(6):  # placed, newest, sections, a strip for each of two, the brief
            self.home()
