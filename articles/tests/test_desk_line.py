"""The page of the desk on which an editor says which story a story continues."""

from django.contrib.auth.models import Group
from django.test import TestCase

from articles import publishing
from articles.models import LogEntry, SectionRole
from articles.tests.desk import page_of
from articles.tests.factories import (
    make_account,
    make_article,
    make_draft,
    make_member,
    make_section,
    make_topic,
)


class DeskLineTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))
        self.first, self.second = make_article("First"), make_article("Second")

    def say(self, story, follow=True, **data):
        return self.client.post(page_of(story, "line"), {"seen": ""} | data, follow=follow)

    def test_an_address_or_its_last_part_names_the_story(self):
        for typed in ("first", " https://news.example/story/first/?utm=1 ", "/story/first/"):
            with self.subTest(typed=typed):
                answer = self.say(self.second, earlier=typed)
                self.assertContains(answer, "“Second” continues “First” now.")
                self.assertEqual(publishing.continued_by(self.second), self.first)
                publishing.continue_story(self.second, make_account(), None)

    def test_an_address_that_the_story_had_once_names_it(self):
        self.first.slug = "moved"
        self.first.save()
        self.say(self.second, earlier="/story/first/")
        self.assertEqual(publishing.continued_by(self.second), self.first)

    def test_a_story_that_does_not_exist_is_said_to_and_what_was_typed_stays(self):
        answer = self.say(self.second, earlier="no-such-story")
        self.assertContains(answer, "There is no story at “no-such-story” that you can open.")
        self.assertContains(answer, 'value="no-such-story"')
        self.assertContains(self.say(self.second, earlier=" "), "Paste the address of the story")
        self.assertContains(self.say(self.second, earlier="a\0b"), "There is no story at")

    def test_itself_and_a_loop_are_refused_in_a_sentence(self):
        self.assertContains(self.say(self.second, earlier="second"), "does not continue itself")
        self.say(self.second, earlier="first")
        self.assertContains(self.say(self.first, earlier="second"), "continues this story already")

    def test_who_comes_second_is_shown_what_the_first_did(self):
        self.say(self.second, earlier="first")
        third = make_article("Third")
        answer = self.say(self.second, earlier="third")
        self.assertContains(answer, "Somebody changed what this story continues")
        self.assertEqual(publishing.continued_by(self.second), self.first)
        self.say(self.second, earlier="third", seen=self.first.pk)
        self.assertEqual(publishing.continued_by(self.second), third)

    def test_it_can_be_taken_back(self):
        self.say(self.second, earlier="first")
        self.say(self.second, leave="yes", seen=self.first.pk)
        self.assertIsNone(publishing.continued_by(self.second))
        self.assertEqual(LogEntry.objects.first().note, "It continues no story any more.")

    def test_a_reporter_says_it_of_a_draft_and_not_of_what_readers_see(self):
        self.client.force_login(make_member("Reporter"))
        draft = make_draft("Draft")
        self.say(draft, earlier="first")
        self.assertEqual(publishing.continued_by(draft), self.first)
        self.assertEqual(self.say(self.second, earlier="first").status_code, 403)
        self.assertNotContains(self.client.get(page_of(self.second, "line")), 'name="earlier"')

    def test_a_draft_of_another_section_is_neither_found_nor_shown(self):
        hidden = make_draft("Hidden", section=make_section("Politics"), slug="hidden")
        account = make_member(None, "world-editor")
        group = Group.objects.get(name="Editor")
        SectionRole.objects.create(user=account, section=make_section("World"), group=group)
        self.client.force_login(account)
        self.assertContains(self.say(self.second, earlier="hidden"), "There is no story at “hidden”")
        publishing.continue_story(hidden, make_account(), self.second)
        self.assertNotContains(self.client.get(page_of(self.second, "line")), "Hidden")

    def test_earlier_stories_are_proposed_until_one_is_chosen(self):
        earlier = make_article("Troops fought in Kursk", topics=[make_topic()])
        draft = make_draft("Troops fought in Kursk again", topics=[make_topic()])
        button = 'aria-label="Continue: Troops fought in Kursk"'
        self.assertContains(self.client.get(page_of(draft, "line")), button)
        self.assertNotContains(self.say(draft, earlier=earlier.slug), button)
