"""The journal of what readers see, as the database itself writes it."""

from datetime import timedelta

from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.kept import marks
from articles.models import Article, Change
from articles.models.change import Position
from articles.tests.factories import make_account, make_article, make_draft


class JournalTests(TestCase):
    def changes_by(self, act):
        newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act()
        return set(Change.objects.filter(pk__gt=newest).values_list("subject", "is_hard"))

    def test_a_publication_is_told_to_every_list_of_the_story(self):
        article = make_draft()
        author, section = article.bylines.get().author, article.section
        told = self.changes_by(
            lambda: publishing.publish(article, make_account(), acknowledged=publishing.EVERYTHING)
        )
        subjects = {subject for subject, _ in told}
        expected = {"stories", f"story:{article.pk}", f"section:{section.pk}", f"author:{author.pk}"}
        self.assertLessEqual(expected, subjects)
        self.assertFalse(any(is_hard for _, is_hard in told))

    def test_a_withdrawal_is_hard(self):
        article = make_article()
        told = self.changes_by(lambda: publishing.withdraw(article, make_account(), notice="It was wrong."))
        self.assertIn((f"story:{article.pk}", True), told)
        self.assertIn(("stories", True), told)

    def test_a_draft_is_nobodys_business(self):
        article = make_article()
        words = {"headline": "Not for readers yet"}
        self.assertEqual(
            self.changes_by(lambda: publishing.save_draft(article, make_account(), **words)), set()
        )

    def test_a_change_past_all_of_our_code_is_told_too(self):
        article = make_article()

        def act():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE articles_article SET takes_comments = NOT takes_comments")

        self.assertEqual(self.changes_by(act), {(f"story:{article.pk}", False), ("every-story", False)})

    def test_what_is_taken_back_is_not_told(self):
        article = make_article()

        def act():
            with transaction.atomic():
                Article.objects.filter(pk=article.pk).update(slug="another")
                transaction.set_rollback(True)

        self.assertEqual(self.changes_by(act), set())

    def test_a_second_migration_changes_no_trigger(self):
        before = _triggers()
        marks.install(connection)
        self.assertEqual(_triggers(), before)

    def test_the_worker_forgets_it_after_an_hour_but_for_the_newest(self):
        make_article()
        newest = Change.objects.latest("pk")
        Change.objects.update(at=timezone.now() - timedelta(hours=2))
        marks.forget_old_changes()
        self.assertEqual(list(Change.objects.all()), [newest])


class PositionTests(TestCase):
    def test_a_number_below_the_next_is_known_unless_its_transaction_ran(self):
        position = Position(10, frozenset({7}))
        self.assertEqual(
            [number for number in range(12) if position.knows(number)], [0, 1, 2, 3, 4, 5, 6, 8, 9]
        )
        self.assertEqual(position.first_unknown, 7)


def _triggers():
    vendor = marks._SQLITE if connection.vendor == "sqlite" else marks._POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(vendor.existing)
        return set(cursor.fetchall())
