"""A page is read as the database stood at one instant, and knows which changes came after it."""

import threading

from django.db import connection, connections

from articles.kept.snapshot import snapshot
from articles.models import Article, Change
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article


class SnapshotTests(ConcurrencyTestCase):
    def setUp(self):
        self.story = make_article()

    def change_elsewhere(self):
        def act():
            Article.objects.filter(pk=self.story.pk).update(slug="changed-meanwhile")
            connections.close_all()

        thread = threading.Thread(target=act)
        thread.start()
        thread.join(10)

    def test_two_questions_get_answers_of_one_instant(self):
        stories = Article.objects.filter(pk=self.story.pk).values_list("slug", flat=True)
        with snapshot():
            before = stories.get()
            self.change_elsewhere()
            self.assertEqual(stories.get(), before)
        self.assertEqual(stories.get(), "changed-meanwhile")

    def test_what_is_committed_meanwhile_is_not_known(self):
        newest = Change.objects.latest("pk").pk
        with snapshot() as position:
            self.change_elsewhere()
        column = "transaction_id" if connection.vendor == "postgresql" else "pk"
        earlier, later = Change.objects.filter(pk__lte=newest), Change.objects.filter(pk__gt=newest)
        self.assertTrue(all(position.knows(number) for number in earlier.values_list(column, flat=True)))
        self.assertFalse(any(position.knows(number) for number in later.values_list(column, flat=True)))
        self.assertTrue(later.exists())

    def test_afterwards_rows_can_be_written(self):
        with snapshot():
            Article.objects.count()
        Article.objects.filter(pk=self.story.pk).update(slug="written")
