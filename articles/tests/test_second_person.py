"""Where a second pair of eyes is asked for, nobody brings only their own words to readers."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import gate, publishing
from articles.models import Article
from articles.publishing import EVERYTHING
from articles.tests.desk import page_of, story_data
from articles.tests.factories import make_draft, make_member, make_section

HOUR = timedelta(hours=1)


class SecondPersonTests(TestCase):
    def setUp(self):
        self.strict = make_section("Culture", needs_second_person=True)
        self.writer, self.second = make_member("Editor", "writer"), make_member("Editor", "second")
        self.article = make_draft(section=self.strict, by=self.writer)

    def may_publish(self, account):
        article = Article.objects.get(pk=self.article.pk)
        found = gate.findings(article, by=account, at=timezone.now() + HOUR)
        return not any(finding.rule == "second pair of eyes" for finding in found)

    def test_the_rule_has_the_name_that_these_tests_look_for(self):
        self.assertFalse(self.may_publish(self.writer))
        self.assertTrue(self.may_publish(self.second))

    def test_whoever_only_scheduled_is_no_writer(self):
        publishing.schedule(self.article, self.second, at=timezone.now() + HOUR, acknowledged=EVERYTHING)
        self.assertTrue(self.may_publish(self.second))
        self.assertFalse(self.may_publish(self.writer))
        later = timezone.now() + 2 * HOUR
        publishing.schedule(self.article, self.second, at=later, acknowledged=EVERYTHING)
        self.assertEqual(Article.objects.get(pk=self.article.pk).published_at, later)

    def test_calling_off_changes_nobodys_part(self):
        publishing.schedule(self.article, self.second, at=timezone.now() + HOUR, acknowledged=EVERYTHING)
        publishing.call_off(self.article, self.second)
        self.assertTrue(self.may_publish(self.second))
        self.assertFalse(self.may_publish(self.writer))

    def test_words_that_were_set_aside_count_once_they_are_merged(self):
        colleague = make_member("Reporter", "colleague")
        article = make_draft("Another", section=self.strict, by=colleague)
        with self.assertRaises(publishing.StaleDraft) as late:
            publishing.save_draft(article, self.writer, seen="0.0.draft", headline="The writer's")
        self.article = article
        self.assertTrue(self.may_publish(self.writer))
        publishing.save_draft(article, colleague, headline="The writer's")
        late.exception.aside.settle()
        self.assertFalse(self.may_publish(self.writer))

    def test_words_that_readers_saw_before_count_no_more(self):
        publishing.publish(self.article, self.second, acknowledged=EVERYTHING)
        publishing.save_draft(self.article, self.second, headline="The second's")
        self.assertTrue(self.may_publish(self.writer))
        self.assertFalse(self.may_publish(self.second))

    def test_a_story_goes_into_a_stricter_section_only_after_a_second_person(self):
        article = make_draft("Own words", section=make_section("Sport"), by=self.writer)
        publishing.publish(article, self.writer, acknowledged=EVERYTHING)
        self.client.force_login(self.writer)
        data = story_data(article, section=self.strict.pk)
        self.assertContains(self.client.post(page_of(article), data), "somebody else than the writer")
        self.assertEqual(Article.objects.get(pk=article.pk).section.name, "Sport")
        publishing.save_draft(article, self.second, headline="Looked at")
        publishing.update(article, self.writer, note="Seen by two.", acknowledged=EVERYTHING)
        article = Article.objects.get(pk=article.pk)
        self.client.post(page_of(article), story_data(article, section=self.strict.pk))
        self.assertEqual(Article.objects.get(pk=article.pk).section, self.strict)
