"""What is settled about a conversation before readers see its story, and by whom."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.tests.factories import make_article, make_draft, make_member, publish
from comments import personal_data
from comments.models import Thread
from comments.tests.factories import make_expert, make_moderator, make_reader

HEADLINE = "The lake is drying"
RULES = {"mode": "questions", "rule": "held", "closes_after_days": 3}
SEEN = {"seen_mode": "comments", "seen_rule": "open", "seen_closes_after_days": ""}


class ToComeTests(TestCase):
    def setUp(self):
        self.article = make_draft(HEADLINE)
        self.scheduled = make_article(HEADLINE, published_at=timezone.now() + timedelta(hours=1))
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)

    def address_of(self, article):
        return reverse("moderation:conversation", args=[article.pk])

    def set_rules(self, article):
        return self.client.post(self.address_of(article), RULES | SEEN, follow=True)

    def test_an_editor_asks_for_questions_before_publication(self):
        for article in (self.article, self.scheduled):
            with self.subTest(state=article.state):
                desk = self.client.get(reverse("admin:articles_article_change", args=[article.pk]))
                self.assertContains(desk, self.address_of(article))
                self.assertContains(self.client.get(self.address_of(article)), HEADLINE)
                self.assertContains(self.set_rules(article), "Saved.")
                self.assertEqual(Thread.objects.get(article=article).mode, "questions")

    def test_readers_find_it_so_from_the_first_second(self):
        self.set_rules(self.article)
        account = make_reader("prof", email="prof@reader.example", is_staff=True)
        named = {"account": "prof", "name": "Prof. Aynur H.", "line": "seismologist in Baku"}
        self.client.post(reverse("moderation:name_expert", args=[self.article.pk]), named)
        publish(self.article)
        page = self.client.get(self.article.get_absolute_url())
        self.assertContains(page, "What would you like to know?")
        self.assertContains(page, "Prof. Aynur H.")
        self.assertTrue(Thread.objects.get(article=self.article).expert_of(account))

    def test_a_moderator_learns_of_no_story_early(self):
        self.set_rules(self.article)
        self.client.force_login(make_moderator())
        for article in (self.article, self.scheduled):
            self.assertEqual(self.client.get(self.address_of(article)).status_code, 404)
            self.assertEqual(self.set_rules(article).status_code, 404)
        log = self.client.get(reverse("moderation:log"))
        self.assertContains(log, "changed the rules of")
        self.assertContains(log, "a story that readers do not see")
        self.assertNotContains(log, HEADLINE)

    def test_once_it_is_there_the_log_names_it(self):
        self.set_rules(self.article)
        publish(self.article)
        self.client.force_login(make_moderator())
        self.assertContains(self.client.get(reverse("moderation:log")), HEADLINE)

    def test_who_has_no_right_to_publish_settles_nothing(self):
        for member in (make_member("Reporter"), make_member(None)):
            self.client.force_login(member)
            self.assertEqual(self.client.get(self.address_of(self.article)).status_code, 404)
            self.assertEqual(self.set_rules(self.article).status_code, 404)
        self.assertFalse(Thread.objects.exists())

    def test_whoever_is_to_answer_is_not_told_of_which_story(self):
        account = make_reader("prof")
        expert = make_expert(self.article, account)
        (told,) = personal_data.export(personal_data.of_account(account))["named to answer"]
        self.assertEqual((told["name"], told["story"]), (expert.name, None))
        publish(self.article)
        (told,) = personal_data.export(personal_data.of_account(account))["named to answer"]
        self.assertEqual(told["story"], self.article.slug)

    def test_what_was_withdrawn_is_settled(self):
        publish(self.article)
        publishing.withdraw(self.article, self.editor, notice="It was not true.")
        self.assertEqual(self.client.get(self.address_of(self.article)).status_code, 404)
