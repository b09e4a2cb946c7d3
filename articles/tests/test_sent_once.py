"""One press too many, without JavaScript, makes no second story."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Article
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.desk import story_data
from articles.tests.factories import make_member

ADD = reverse("admin:articles_article_add")


def opened(client):
    form = client.get(ADD).context["adminform"].form
    return story_data() | {"key": form["key"].value()}


class SentTwiceTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Reporter"))
        self.typed = opened(self.client) | {"headline": "The harbour is open"}

    def test_the_same_form_twice_is_one_story(self):
        first, second = self.client.post(ADD, self.typed), self.client.post(ADD, self.typed)
        self.assertEqual(Article.objects.count(), 1)
        self.assertEqual(first["Location"], second["Location"])

    def test_other_words_in_it_are_a_story_of_their_own(self):
        self.client.post(ADD, self.typed)
        self.client.post(ADD, self.typed | {"headline": "The harbour is shut"})
        self.assertEqual(Article.objects.count(), 2)

    def test_the_same_words_in_two_pages_are_two_stories(self):
        self.client.post(ADD, self.typed)
        self.client.post(ADD, self.typed | {"key": opened(self.client)["key"]})
        self.assertEqual(Article.objects.count(), 2)

    def test_the_key_of_somebody_else_leads_to_no_story_of_theirs(self):
        self.client.post(ADD, self.typed)
        self.client.force_login(make_member("Moderator"))
        self.assertEqual(self.client.post(ADD, self.typed).status_code, 403)


class SentAtOnceTests(ConcurrencyTestCase):
    def test_six_presses_at_once_are_one_story(self):
        clients = [self.client_class() for _ in range(6)]
        reporter = make_member("Reporter")
        for client in clients:
            client.force_login(reporter)
        typed = opened(clients[0]) | {"headline": "The harbour is open"}
        answers = self.at_once(lambda number: clients[number].post(ADD, typed), 6)
        self.assertEqual(Article.objects.count(), 1)
        self.assertEqual({answer.status_code for answer in answers}, {302})
