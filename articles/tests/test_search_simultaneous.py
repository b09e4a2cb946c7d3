"""What the search knows of stories that several people change at once."""

from django.utils import timezone

from articles.models import Article, SearchEntry
from articles.search.entries import entry_of, index_anew
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article, make_topic


class SimultaneousTests(ConcurrencyTestCase):
    def test_of_two_changes_to_one_story_the_second_sees_the_first(self):
        story = make_article("Troops")
        topics = [make_topic(f"Topic {number}") for number in range(4)]
        for _ in range(3):
            story.topics.clear()
            self.at_once(lambda number: story.topics.add(topics[number]), 4)
            entry = SearchEntry.objects.get(article=story)
            self.assertEqual(entry.marks, entry_of(Article.objects.get(pk=story.pk)).marks)
            self.assertEqual(len(entry.marks.split()), 1 + 1 + len(topics) + story.authors.count())

    def test_stories_of_one_instant_that_are_written_at_once_all_find_a_place(self):
        now = timezone.now()
        stories = [make_article(f"Story {number}", published_at=now) for number in range(6)]
        for _ in range(3):
            SearchEntry.objects.all().delete()
            self.at_once(lambda number: index_anew(stories[number].pk), len(stories))
            self.assertEqual(SearchEntry.objects.count(), len(stories))
            self.assertEqual(len(set(SearchEntry.objects.values_list("place", flat=True))), len(stories))
