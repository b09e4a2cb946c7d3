from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse

from articles.demo.newsroom import READERS_ADDRESS
from articles.tests.factories import make_article
from comments.models import ModerationAct, ReaderComment
from comments.tests.accounts import PASSWORD, sign_in
from comments.tests.factories import make_moderator


class DemonstrationTests(TestCase):
    def setUp(self):
        make_moderator()
        self.lead = make_article("North Korea says its troops fought for Russia")
        for headline in ("Missiles and drones hit Kyiv", "Most power is back", "Porsche expects less"):
            make_article(headline)

    def load(self):
        call_command("load_demo_comments", stdout=StringIO())

    def test_leaves_the_lead_story_to_the_first_comment(self):
        self.load()
        self.assertFalse(ReaderComment.objects.filter(article=self.lead).exists())

    def test_removes_one_comment_with_a_reason_on_its_day(self):
        self.load()
        act = ModerationAct.objects.get()
        self.assertEqual((act.reason, act.at.date().isoformat()), ("insult", "2025-04-24"))
        self.assertEqual(act.comment.removed_at, act.at)

    def test_a_second_run_changes_nothing(self):
        self.load()
        count = ReaderComment.objects.count()
        self.load()
        self.assertEqual(ReaderComment.objects.count(), count)

    def test_the_reader_of_the_demonstration_signs_in_at_the_readers_door(self):
        get_user_model().objects.create_user(READERS_ADDRESS, READERS_ADDRESS, PASSWORD)
        self.load()
        self.assertRedirects(sign_in(self.client, READERS_ADDRESS), reverse("account"))
