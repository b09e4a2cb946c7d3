"""Prepared questions give what the ordinary querysets give, wherever one is asked."""

import gc
from contextlib import contextmanager
from unittest import mock, skipUnless

from django.contrib.sites.models import Site
from django.db import NotSupportedError, connection, transaction
from django.test import TestCase, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from anewz_site.tests.newsroom import Newsroom
from anewz_site.tests.test_query_counts import pages
from articles.kept.snapshot import snapshot
from articles.models import Article, Section
from articles.prepared import Prepared, PreparedUpdate, prepared
from articles.tests.factories import make_article, make_section
from comments import posting
from comments.models import ReaderComment
from comments.tests.factories import make_pending


def contents(instance, without=()):
    """Return what an instance holds, and what the instances hold that were loaded with it."""
    if instance is None or id(instance) in without:
        return instance
    without = (*without, id(instance))
    cached = instance._state.fields_cache
    others = {name: contents(other, without) for name, other in cached.items()}
    own = {name: value for name, value in vars(instance).items() if name != "_state"}
    return type(instance), own, others, instance._state.db, instance._state.adding


def _amid(article):
    """Pages of the thread that begin and end amid a conversation."""
    opening = ReaderComment.objects.filter(article=article, opens_thread=True).latest("pk")
    thread = reverse("comments:thread", args=[article.slug])
    return [f"{thread}?after={opening.pk}", f"{thread}?before={opening.pk}"]


@prepared
def _among(at, keys):
    return Article.objects.visible(at).for_cards().filter(pk__in=keys).order_by("pk")


class PreparedTests(TestCase):
    def test_every_question_gives_the_rows_of_its_queryset_on_every_page(self):
        newsroom, asked, test, answer = Newsroom(), set(), self, Prepared.__call__
        newsroom.grow()
        Site.objects.get_current()

        def compare(question, *values, **parts):
            rows = list(answer(question, *values, **parts))
            test.assertEqual(
                [contents(row) for row in rows],
                [contents(row) for row in question.queryset(*values, **parts)],
            )
            asked.add(question)
            return iter(rows)

        with mock.patch.object(Prepared, "__call__", compare):
            for address in [*(page[1] for page in pages(newsroom)), *_amid(newsroom.discussed)]:
                with self.subTest(page=address):
                    self.client.get(address)
            words = {
                "email": "new@reader.example",
                "text": "Both may be true. " * 4,
                "network": "10.1.2.0/24",
            }
            posting.confirm(make_pending(newsroom.discussed, **words))
        known = {question for question in gc.get_objects() if type(question) is Prepared}
        unasked = {question.queryset.__qualname__ for question in known - asked - {_among, _sections}}
        self.assertEqual(unasked, set())

    def test_every_change_is_that_of_its_queryset(self):
        made, test, change = set(), self, PreparedUpdate.__call__
        story = make_article("A story")

        def compare(question, *values):
            queryset, changes = question.queryset(*values)
            with transaction.atomic():
                count = queryset.update(**changes)
                changed = list(queryset.values(*changes))
                transaction.set_rollback(True)
            test.assertEqual(change(question, *values), count)
            test.assertEqual(list(queryset.values(*changes)), changed)
            made.add(question)
            return count

        with mock.patch.object(PreparedUpdate, "__call__", compare):
            stored = posting.confirm(make_pending(story, email="new@reader.example"))
        story.refresh_from_db()
        self.assertEqual((story.comment_count, story.newest_comment_at), (1, stored.published_at))
        known = {question for question in gc.get_objects() if type(question) is PreparedUpdate}
        self.assertEqual({question.queryset.__qualname__ for question in known - made}, set())

    def test_values_are_put_where_they_belong_each_time(self):
        now = timezone.now()
        articles = [make_article(f"Story {number}") for number in range(3)]
        for count in (1, 2, 3, 1):
            keys = [article.pk for article in articles[:count]]
            self.assertEqual(list(_among(now, keys)), articles[:count])
        self.assertEqual(list(_among(articles[0].published_at.replace(year=1999), keys)), [])

    def test_a_number_that_no_row_can_have_finds_none(self):
        make_article()
        for number in (2**63, -(2**63) - 1, 10**30):
            self.assertEqual(list(_among(timezone.now(), [number])), [])

    def test_costs_one_query(self):
        article = make_article()
        for _ in range(2):
            with self.assertNumQueries(1):
                [found] = _among(timezone.now(), [article.pk])
                self.assertEqual((found.headline, found.section.name), (article.headline, "World"))
        with self.assertNumQueries(1):
            self.assertTrue(found.takes_comments)  # left behind, so it is loaded when it is asked for

    def test_refuses_what_would_not_be_the_same(self):
        with self.assertRaises(TypeError):
            list(prepared(lambda name: Section.objects.filter(name__contains=name))("World"))
        with self.assertRaises(TypeError):
            list(prepared(lambda: Article.objects.prefetch_related("topics"))())
        with self.assertRaises(TypeError):
            list(prepared(lambda: Section.objects.values("name"))())


@prepared
def _sections(slug):
    return Section.objects.filter(slug=slug)


@contextmanager
def longer_names():
    """Change a column as a migration does while other processes still run: over a connection of its own."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_section ALTER COLUMN name TYPE varchar(99)")
            yield
            cursor.execute("ALTER TABLE articles_section ALTER COLUMN name TYPE varchar(60)")
    finally:
        other.close()


@skipUnless(connection.vendor == "postgresql", "SQLite plans in no time")
class PlanTests(TransactionTestCase):
    def setUp(self):
        connection.close()  # the plans of a connection end with it
        self.section = make_section("World")

    def ask(self):
        return list(_sections("world"))

    def planned(self):
        """Return how often each question was asked by its plan."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT custom_plans + generic_plans FROM pg_prepared_statements WHERE statement LIKE %s",
                ["%articles_section%"],
            )
            return [count for (count,) in cursor.fetchall()]

    def test_the_database_plans_a_question_that_comes_again_once(self):
        for _ in range(3):
            self.assertEqual(self.ask(), [self.section])
        self.assertEqual(self.planned(), [2])  # of the first time nothing is kept

    def test_plans_outlast_the_page_that_was_made_with_them(self):
        for _ in range(4):
            with snapshot():
                self.assertEqual(self.ask(), [self.section])
        self.assertEqual(self.planned(), [3])

    def test_a_table_that_changed_meanwhile_fails_one_page_at_most(self):
        for _ in range(3):
            with snapshot():
                self.ask()
        with longer_names():
            with self.assertRaises(NotSupportedError), snapshot():
                self.ask()
            for _ in range(3):
                with snapshot():
                    self.assertEqual(self.ask(), [self.section])

    def test_a_table_that_changed_meanwhile_fails_no_question_by_itself(self):
        for _ in range(3):
            self.ask()
        with longer_names():
            self.assertEqual(self.ask(), [self.section])
            self.assertEqual(self.ask(), [self.section])
