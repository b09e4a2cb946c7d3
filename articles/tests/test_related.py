from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import RelatedStory
from articles.related import RELATED_COUNT, related_to
from articles.tests.factories import DAY, make_account, make_article, make_draft, make_section, make_topic

HOUR = timedelta(hours=1)


class RelatedTests(TestCase):
    def setUp(self):
        self.war = make_topic("The war")
        self.story = make_article("Troops", topics=[self.war])

    def related(self, story=None):
        story = story or self.story
        return related_to(story, list(story.topics.all()), timezone.now())

    def titles(self):
        return [entry.title for entry in self.related()]

    def pick(self, target, **changes):
        return RelatedStory.objects.create(article=self.story, target=target, **changes)

    def test_picked_stories_come_first_in_the_editor_s_order_with_their_reason(self):
        found = make_article("Found", topics=[self.war])
        self.pick(make_article("Second"), order=2)
        self.pick(make_article("First"), order=1, reason="Background")
        self.assertEqual(self.titles(), ["First", "Second", found.headline])
        self.assertEqual(
            [entry.reason for entry in self.related()],
            ["Background", "Picked by the editors", "Same topic: The war"],
        )

    def test_a_story_that_is_merely_new_is_not_related(self):
        make_article("Something else", topics=[make_topic("Sport")])
        self.assertEqual(self.related(), [])

    def test_a_story_without_topics_finds_nothing(self):
        bare = make_article("Bare")
        make_article("Another bare one")
        self.assertEqual(self.related(bare), [])

    def test_more_shared_topics_come_before_nearness_in_time(self):
        kursk = make_topic("Kursk")
        self.story.topics.add(kursk)
        make_article("Near", topics=[self.war], published_at=DAY)
        make_article("Far", topics=[self.war], published_at=DAY - 48 * HOUR)
        make_article("Both", topics=[self.war, kursk], published_at=DAY - 24 * HOUR)
        self.assertEqual(self.titles(), ["Both", "Near", "Far"])

    def test_never_shows_what_readers_may_not_see(self):
        account = make_account()
        withdrawn = make_article("Withdrawn", topics=[self.war])
        publishing.withdraw(withdrawn, account, notice="Gone.")
        draft = make_draft("Draft", topics=[self.war])
        scheduled = make_article("Scheduled", topics=[self.war], published_at=timezone.now() + HOUR)
        for target in (withdrawn, draft, scheduled):
            self.pick(target)
        self.assertEqual(self.related(), [])

    def test_never_shows_an_edition_of_a_brief(self):
        brief = make_section("Morning Brief", is_brief=True)
        self.pick(make_article("Picked edition", section=brief))
        make_article("Found edition", section=brief, topics=[self.war])
        self.assertEqual(self.related(), [])

    def test_never_shows_the_story_itself_or_one_story_twice(self):
        twin = make_article("Twin", topics=[self.war])
        self.pick(twin)
        self.assertEqual(self.titles(), ["Twin"])

    def test_takes_an_outside_address(self):
        RelatedStory.objects.create(article=self.story, url="https://example.org/", title="The treaty")
        [entry] = self.related()
        self.assertEqual(
            (entry.title, entry.url, entry.article), ("The treaty", "https://example.org/", None)
        )

    def test_costs_the_same_however_many_stories_share_a_topic(self):
        for number in range(RELATED_COUNT + 3):
            make_article(f"Story {number}", topics=[self.war])
        with self.assertNumQueries(3):  # the picked, the found, the topics of the found
            self.assertEqual(len(related_to(self.story, [self.war], timezone.now())), RELATED_COUNT)
