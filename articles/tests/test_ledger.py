from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article, LedgerHead, Recall, Version, protection
from articles.models.ledger import BEGINNING
from articles.tests.factories import make_account, make_article, make_draft, publish, update_article


class LedgerTests(TestCase):
    def setUp(self):
        self.article = make_article("First")
        update_article(self.article, headline="Second")
        make_article("Another story")
        make_draft("No version yet")

    def verify(self):
        said = StringIO()
        call_command("verify_ledger", stdout=said)
        return said.getvalue()

    def tamper(self, **changes):
        """Do what somebody with all rights over the database could."""
        protection.remove(connection)
        Version.objects.filter(ledger_number=2).update(**changes)

    def assert_caught(self, words):
        with self.assertRaisesMessage(CommandError, words):
            self.verify()

    def test_each_published_version_carries_its_hash_and_that_of_the_one_before(self):
        rows = list(Version.objects.sealed().order_by("ledger_number"))
        self.assertEqual([row.ledger_number for row in rows], [1, 2, 3])
        self.assertEqual(
            [row.ledger_previous for row in rows], [BEGINNING, rows[0].ledger_hash, rows[1].ledger_hash]
        )
        for row in rows:
            self.assertEqual(row.ledger_hash, row.expected_hash())

    def test_says_that_nothing_was_changed_and_the_last_hash_to_note_down(self):
        said = self.verify()
        self.assertIn("Nothing was changed.", said)
        self.assertIn(LedgerHead.objects.get(chain="articles.version").hash, said)

    def test_a_changed_word_is_caught(self):
        self.tamper(headline="Rewritten")
        self.assert_caught("Row 2 does not say what it said")

    def test_a_changed_source_or_writer_is_caught(self):
        for changes in ({"sources": []}, {"written_by": None}, {"note_stands_at_foot": True}):
            with self.subTest(changes=changes):
                before = {name: getattr(Version.objects.get(ledger_number=2), name) for name in changes}
                self.tamper(**changes)
                self.assert_caught("Row 2 does not say what it said")
                self.tamper(**before)

    def test_a_row_that_was_taken_out_is_caught(self):
        protection.remove(connection)
        Version.objects.filter(ledger_number=2).update(ledger_number=None)
        self.assert_caught("Row 2 is missing.")

    def test_a_last_row_that_was_taken_out_is_caught(self):
        protection.remove(connection)
        Version.objects.filter(ledger_number=3).update(ledger_number=None)
        self.assert_caught("1 final rows have no place in the chain.")

    def test_a_last_row_that_was_deleted_is_caught(self):
        update_article(self.article, headline="Third")
        protection.remove(connection)
        Article.objects.filter(pk=self.article.pk).update(live_version=self.article.versions.get(number=2))
        Version.objects.filter(ledger_number=4).delete()
        self.assert_caught("4 rows were added, but the last is 3.")

    def test_a_version_that_was_slipped_in_is_caught(self):
        now = timezone.now()
        Version.objects.bulk_create(
            [Version(article=self.article, number=9, kind="correction", sealed_at=now, published_at=now)]
        )
        self.assert_caught("1 final rows have no place in the chain.")

    def test_a_version_that_was_hidden_as_called_off_is_caught(self):
        first = self.article.versions.get(number=1)
        Recall.objects.bulk_create([Recall(version=first, by=make_account())])
        self.assert_caught("articles.recall: 1 final rows have no place in the chain.")

    def test_a_story_that_was_led_back_to_an_earlier_version_is_caught(self):
        Article.objects.filter(pk=self.article.pk).update(live_version=self.article.versions.get(number=1))
        self.assert_caught(f"Story {self.article.pk} shows another version than its newest.")

    def test_a_schedule_that_was_called_off_and_set_again_is_no_fault(self):
        chief, later = make_account(), timezone.now() + timedelta(hours=1)
        draft = make_draft("Scheduled")
        publish(draft, at=later)
        publish(draft, at=later + timedelta(hours=1))
        publishing.call_off(draft, chief)
        publish(draft, at=later)
        self.assertIn("articles.recall: 2 rows", self.verify())

    def test_a_row_that_was_written_anew_with_a_fitting_hash_is_caught(self):
        row = Version.objects.get(ledger_number=2)
        row.headline = "Rewritten"
        self.tamper(headline="Rewritten", ledger_hash=row.expected_hash())
        self.assert_caught("Row 3 does not follow the row before it.")
