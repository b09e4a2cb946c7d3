"""Prepared questions give what the ordinary querysets give, wherever one is asked."""

import gc
from unittest import mock

from django.contrib.sites.models import Site
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from anewz_site.tests.newsroom import Newsroom
from anewz_site.tests.test_query_counts import pages
from articles.models import Article, Section
from articles.prepared import Prepared, prepared
from articles.tests.factories import make_article
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
        unasked = {question.queryset.__qualname__ for question in known - asked - {_among}}
        self.assertEqual(unasked, set())

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
