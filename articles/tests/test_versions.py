from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import LogEntry, PublishedVersionIsFinal, Version, protection
from articles.tests.factories import DAY, make_account, make_article, make_draft, update_article

HOUR = timedelta(hours=1)


class PublishedVersionTests(TestCase):
    """What readers have seen is never changed or deleted, by anybody."""

    def assert_refused(self, act, refusal=IntegrityError):
        with self.assertRaises(refusal), transaction.atomic():
            act()

    def test_save_and_delete_refuse_politely(self):
        version = make_article().live_version
        version.headline = "Rewritten"
        self.assert_refused(version.save, PublishedVersionIsFinal)
        self.assert_refused(version.delete, PublishedVersionIsFinal)

    def test_the_database_refuses_an_update_of_rows(self):
        make_article()
        self.assert_refused(lambda: Version.objects.update(headline="Rewritten"))

    def test_the_database_refuses_a_bulk_update(self):
        version = make_article().live_version
        version.note = "Added later"
        self.assert_refused(lambda: Version.objects.bulk_update([version], ["note"]))

    def test_the_database_refuses_a_bare_delete(self):
        article = make_article()
        update_article(article)
        first = Version.objects.filter(article=article, number=1)
        self.assert_refused(lambda: first._raw_delete("default"))

    def test_the_database_refuses_plain_sql(self):
        make_article()
        statement = "UPDATE articles_version SET sealed_at = NULL, number = NULL, published_at = NULL"
        self.assert_refused(lambda: connection.cursor().execute(statement))

    def test_a_story_that_was_published_is_not_deleted(self):
        article = make_article()
        with self.assertRaises(Exception):  # noqa: B017 (ProtectedError or the trigger: either will do)
            with transaction.atomic():
                article.delete()
        self.assertTrue(Version.objects.filter(article=article).exists())

    def test_a_draft_can_be_changed_and_deleted(self):
        article = make_draft()
        Version.objects.filter(article=article).update(headline="Other words")
        article.delete()
        self.assertFalse(Version.objects.exists())

    def test_the_log_is_only_added_to(self):
        make_article()
        self.assert_refused(lambda: LogEntry.objects.update(note="Never happened"))
        self.assert_refused(lambda: LogEntry.objects.all()._raw_delete("default"))

    def test_installing_the_protection_twice_changes_nothing(self):
        protection.install(connection)
        make_article()
        self.assert_refused(lambda: Version.objects.update(headline="Rewritten"))


class PublicVersionTests(TestCase):
    def test_versions_are_public_while_their_story_is(self):
        article = make_article()
        update_article(article, now=DAY + HOUR)
        self.assertEqual(list(article.versions.public(DAY).values_list("number", flat=True)), [1])
        self.assertEqual(article.versions.public().count(), 2)
        publishing.withdraw(article, make_account(), notice="Gone.")
        self.assertEqual(article.versions.public().count(), 0)

    def test_a_version_replaced_before_its_hour_was_never_public(self):
        soon = timezone.now() + HOUR
        article = make_article("Never seen", published_at=soon)
        publishing.save_draft(article, make_account(), headline="Seen")
        publishing.schedule(article, make_account(), at=soon + HOUR)
        seen = article.versions.public(soon + 2 * HOUR)
        self.assertEqual([version.headline for version in seen], ["Seen"])


class ReadingTimeTests(TestCase):
    def test_is_a_minute_for_238_words_and_never_none(self):
        self.assertEqual(Version(word_count=0).reading_minutes, 1)
        self.assertEqual(Version(word_count=238).reading_minutes, 1)
        self.assertEqual(Version(word_count=239).reading_minutes, 2)
