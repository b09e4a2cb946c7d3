"""The story so far: a story may continue another, and each of a line tells readers of the others."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.lines import line_of
from articles.models import Article, LineListing, LinePlace, LogEntry
from articles.publishing import NotReady, WrongState
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_draft,
    make_member,
    make_section,
    publish,
    update_article,
)
from articles.tests.previews import make_reading

HOUR = timedelta(hours=1)


class LineTestCase(TestCase):
    def setUp(self):
        self.chief = make_account()

    def make_line(self, *headlines):
        """Return stories that each continue the one before, an hour after it."""
        stories = []
        for number, headline in enumerate(headlines):
            story = make_article(headline, published_at=DAY + number * HOUR)
            if stories:
                self.join(story, stories[-1])
            stories.append(story)
        return stories

    def join(self, story, earlier):
        publishing.continue_story(story, self.chief, earlier)

    def line(self, story, at=None):
        """Return the headlines that readers of the story see of its line; three dots stand for a gap."""
        story = Article.objects.for_story().get(pk=story.pk)
        line = line_of(story, at or timezone.now())
        return [entry.article.headline if entry.article else "…" for entry in line.entries] if line else []


class ReadingTests(LineTestCase):
    def test_every_story_of_a_line_shows_it_the_oldest_first(self):
        for story in (stories := self.make_line("First", "Second", "Third")):
            self.assertEqual(self.line(story), ["First", "Second", "Third"])
        page = self.client.get(stories[1].get_absolute_url())
        self.assertContains(page, "The story so far")
        self.assertContains(
            page, '<a aria-current="page" href="/story/second/">Second</a>', count=1, html=True
        )

    def test_a_story_that_stands_alone_shows_none(self):
        self.assertEqual(self.line(make_article("Alone")), [])

    def test_drafts_scheduled_and_withdrawn_stories_never_show_and_break_nothing(self):
        for hide in (
            lambda story: publishing.withdraw(story, self.chief, notice="It was wrong."),
            lambda story: Article.objects.filter(pk=story.pk).update(state="draft"),
            lambda story: Article.objects.filter(pk=story.pk).update(published_at=timezone.now() + HOUR),
        ):
            first, middle, last = self.make_line("First", "Middle", "Last")
            hide(middle)
            self.assertEqual(self.line(first), ["First", "Last"])
            self.assertEqual(self.line(last), ["First", "Last"])

    def test_with_one_story_left_to_readers_there_is_no_line(self):
        first, last = self.make_line("First", "Last")
        publishing.withdraw(last, self.chief, notice="It was wrong.")
        self.assertEqual(self.line(first), [])

    def test_a_scheduled_story_joins_at_its_instant(self):
        first = make_article("First")
        hour = timezone.now() + HOUR
        self.join(make_article("Later", published_at=hour), first)
        self.assertEqual(self.line(first, hour - timedelta(microseconds=1)), [])
        self.assertEqual(self.line(first, hour), ["First", "Later"])

    def test_a_draft_shows_once_it_is_published(self):
        first, draft = make_article("First"), make_draft("Draft")
        self.join(draft, first)
        self.assertEqual(self.line(first), [])
        publish(draft)
        self.assertEqual(self.line(first), ["First", "Draft"])

    def test_the_preview_of_a_draft_shows_it_at_the_end(self):
        draft = make_draft("Draft")
        self.join(draft, make_article("First"))
        self.assertEqual(self.line(draft), ["First", "Draft"])

    def test_a_long_line_is_shortened_around_the_story(self):
        stories = self.make_line(*map(str, range(1, 21)))
        newest = ["15", "16", "17", "18", "19", "20"]
        for story, shown in [
            (stories[0], ["1", "…", *newest]),
            (stories[1], ["1", "2", "…", *newest[2:]]),
            (stories[9], ["1", "…", "10", "…", *newest[2:]]),
            (stories[14], ["1", "…", *newest]),
            (stories[19], ["1", "…", *newest]),
        ]:
            with self.subTest(story=story):
                self.assertEqual(self.line(story), shown)
        self.assertContains(self.client.get(stories[0].get_absolute_url()), "/story/1/line/")

    def test_seven_stories_are_shown_without_a_gap(self):
        stories = self.make_line(*"1234567")
        self.assertEqual(self.line(stories[3]), list("1234567"))
        self.assertNotContains(self.client.get(stories[0].get_absolute_url()), "/line/")

    def test_the_page_of_the_whole_line_lists_all_of_it_the_newest_first(self):
        stories = self.make_line(*(f"Story {number}" for number in range(25)))
        publishing.withdraw(stories[24], self.chief, notice="It was wrong.")
        page = self.client.get("/story/story-3/line/")
        shown = [article.headline for article in page.context["page"]]
        self.assertEqual(shown, [f"Story {number}" for number in range(23, 3, -1)])
        older = self.client.get(f"/story/story-3/line/{page.context['page'].older_url}")
        self.assertEqual([article.headline for article in older.context["page"]][-1], "Story 0")
        self.assertEqual(self.client.get(f"/story/{make_article('Alone').slug}/line/").status_code, 404)

    def test_the_page_of_the_line_tells_of_no_story_that_readers_do_not_see(self):
        story, draft = make_article("Published"), make_draft("A follow-up")
        address = f"{story.get_absolute_url()}line/"
        self.assertEqual(self.client.get(address).status_code, 404)
        self.join(draft, story)
        self.assertEqual(self.client.get(address).status_code, 404)
        publish(draft, now=timezone.now())
        self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_preview_whose_words_are_fixed_shows_its_own_headline_in_the_line(self):
        story, draft = make_article("Published"), make_draft("As it was shared")
        self.join(draft, story)
        _, address = make_reading(draft, follows=False)
        publishing.save_draft(draft, self.chief, headline="Nobody else may read this")
        page = self.client.get(address)
        self.assertContains(page, "The story so far")
        self.assertNotContains(page, "Nobody else may read this")

    def test_a_line_costs_two_queries_however_long_it_is(self):
        stories = self.make_line(*map(str, range(1, 31)))
        story = Article.objects.for_story().get(pk=stories[9].pk)
        with self.assertNumQueries(2):
            line_of(story, timezone.now())

    def test_what_stands_in_the_line_stands_neither_in_related_nor_in_latest(self):
        first, last = self.make_line("First", "Last")
        page = self.client.get(last.get_absolute_url()).context
        self.assertNotIn(first, page["latest"])


class SayingTests(LineTestCase):
    def assert_refused(self, sentence, story, earlier):
        with self.assertRaisesMessage(NotReady, sentence):
            self.join(story, earlier)

    def test_a_story_does_not_continue_itself(self):
        story = make_article("Story")
        self.assert_refused("A story does not continue itself.", story, story)

    def test_no_line_is_a_loop(self):
        first, _, last = self.make_line("First", "Second", "Third")
        self.assert_refused("“Third” continues this story already", first, last)
        self.assertEqual(self.line(first), ["First", "Second", "Third"])

    def test_no_edition_of_a_brief_stands_in_a_line(self):
        edition = make_article("Edition", section=make_section("Morning Brief", is_brief=True))
        self.assert_refused("An edition of a brief", make_article("Story"), edition)

    def test_a_story_that_was_deleted_meanwhile_is_not_continued(self):
        opened = Article.objects.get(pk=make_draft("Draft").pk)  # without its words, as a form holds it
        Article.objects.get(pk=opened.pk).delete()
        self.assert_refused("was deleted meanwhile", make_article("Story"), opened)

    def test_a_withdrawn_story_keeps_its_place(self):
        first, last = self.make_line("First", "Last")
        publishing.withdraw(last, self.chief, notice="It was wrong.")
        with self.assertRaises(WrongState):
            self.join(last, None)

    def test_two_lines_become_one_and_part_again(self):
        one, other = self.make_line("A1", "A2"), self.make_line("B1", "B2")
        Article.objects.filter(pk=other[0].pk).update(published_at=DAY + 5 * HOUR)
        self.join(other[0], one[1])
        for story in (*one, *other):
            self.assertCountEqual(self.line(story), ["A1", "A2", "B1", "B2"])
        self.join(other[0], None)
        self.assertEqual(self.line(one[0]), ["A1", "A2"])
        self.assertCountEqual(self.line(other[1]), ["B1", "B2"])
        self.join(other[1], None)
        self.assertEqual(self.line(other[0]), [])
        self.assertEqual(LinePlace.objects.count(), 2)
        self.assertEqual(LineListing.objects.count(), 2)

    def test_a_story_may_be_continued_by_several(self):
        first, second = self.make_line("First", "Second")
        other = make_article("Other", published_at=DAY + 3 * HOUR)
        self.join(other, first)
        self.assertEqual(self.line(second), ["First", "Second", "Other"])

    def test_a_deleted_draft_leaves_no_gap(self):
        first, last, draft = (
            make_article("First"),
            make_article("Last", published_at=DAY + HOUR),
            make_draft("Draft"),
        )
        self.join(draft, first)
        self.join(last, draft)
        draft.delete()
        self.assertEqual(self.line(last), ["First", "Last"])
        self.assertEqual(publishing.continued_by(last), first)

    def test_with_the_draft_it_began_with_a_line_parts(self):
        draft, one, other = make_draft("Draft"), make_article("One"), make_article("Other")
        self.join(one, draft)
        self.join(other, draft)
        self.assertCountEqual(self.line(one), ["One", "Other"])
        draft.delete()
        self.assertEqual((self.line(one), self.line(other)), ([], []))
        self.assertFalse(LinePlace.objects.exists() or LineListing.objects.exists())

    def test_each_act_leaves_a_row_in_the_record(self):
        self.make_line("First", "Last")
        entry = LogEntry.objects.filter(act=LogEntry.Act.CHANGE).first()
        self.assertEqual((entry.by, entry.article.headline), (self.chief, "Last"))
        self.assertEqual(entry.note, "It continues “First” now.")

    def test_the_record_names_no_headline_of_a_draft(self):
        story, draft = make_article("Published"), make_draft("Still a secret")
        self.join(story, draft)
        notes = LogEntry.objects.filter(act=LogEntry.Act.CHANGE).values_list("note", flat=True)
        self.assertEqual(list(notes), [f"It continues story {draft.pk} now."])

    def test_what_readers_see_is_moved_by_who_may_publish(self):
        reporter, published = make_member("Reporter"), make_article("Published")
        draft, first = make_draft("Draft"), make_article("First")
        publishing.continue_story(draft, reporter, first)
        with self.assertRaises(PermissionDenied):
            publishing.continue_story(published, reporter, first)
        self.join(published, draft)
        with self.assertRaises(PermissionDenied):
            publishing.continue_story(draft, reporter, None)

    def test_an_update_shows_with_its_new_headline(self):
        first, last = self.make_line("First", "Last")
        update_article(first, headline="First, known better")
        self.assertEqual(self.line(last), ["First, known better", "Last"])
