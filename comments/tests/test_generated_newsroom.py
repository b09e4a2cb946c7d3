"""A newsroom made by `generate_newsroom`: the same for one seed, and as if all had been done by hand."""

import hashlib
from datetime import UTC, datetime
from io import StringIO
from random import Random

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.test import TestCase
from django.urls import reverse
from django_comments_xtd.models import XtdComment

from articles import body as bodies
from articles import ledger
from articles.models import Article, Author, Change, HomeSlot, SearchEntry, Section, Topic, Version
from articles.search.entries import index_anew
from articles.tests.factories import make_article
from comments.generated.conversations import sizes_of
from comments.models import Case, ModerationAct, Person, ReaderComment, Respect
from comments.tests.factories import make_comment

APPS = ("articles", "comments", "django_comments", "django_comments_xtd", "auth")
State = Article.State


def generate(articles=400, comments=1200, seed=1, **options):
    told = StringIO()
    options |= {"stderr": told, "stdout": told}
    call_command(
        "generate_newsroom",
        articles=articles,
        comments=comments,
        seed=seed,
        **options,
    )
    return told.getvalue()


def digest():
    """Return a hash of every row there is, in the order of the keys."""
    found = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.app_label in APPS and model is not Change:  # the journal says when it was written
            for row in model._base_manager.order_by("pk").values_list():
                found.update(repr(row).encode())
    return found.hexdigest()


def digest_of_run(**changes):
    """Generate as in a database of its own, and leave nothing of it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        generate(**{"articles": 60, "comments": 150} | changes)
        found = digest()
        transaction.set_rollback(True)
    return found


class RepeatTests(TestCase):
    def test_one_seed_makes_the_same_rows_each_time(self):
        self.assertEqual(digest_of_run(), digest_of_run())

    def test_another_seed_makes_others(self):
        self.assertNotEqual(digest_of_run(), digest_of_run(seed=2))

    def test_another_end_makes_others(self):
        until = datetime(2025, 6, 1, tzinfo=UTC)
        self.assertNotEqual(digest_of_run(), digest_of_run(until=until))


class GeneratedNewsroomTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.told = generate()

    def test_holds_as_many_as_were_asked_for(self):
        self.assertEqual(Article.objects.count(), 400)
        self.assertEqual(ReaderComment.objects.count(), 1200)

    def test_tells_how_far_it_is_line_by_line_where_there_is_no_terminal(self):
        self.assertIn("Stories: 400 of 400", self.told)
        self.assertIn("Comments: 1,200 of 1,200", self.told)
        self.assertIn("400 stories and 1,200 comments in", self.told)
        self.assertNotIn("\r", self.told)

    def test_refuses_where_a_newsroom_is_and_changes_nothing(self):
        before = digest()
        with self.assertRaisesMessage(CommandError, "There is a newsroom already, so nothing was changed."):
            generate()
        self.assertEqual(digest(), before)

    def test_has_some_of_all_that_befalls_a_story(self):
        self.assertTrue(set(Article.State) <= set(Article.objects.values_list("state", flat=True)))
        self.assertEqual(set(Version.objects.values_list("kind", flat=True)), set(Version.Kind))
        self.assertTrue(Article.objects.briefs().exists())
        self.assertTrue(Article.objects.filter(published_at__gt="2026-01-01T00:00Z").exists())
        self.assertTrue(Article.objects.filter(related_stories__isnull=False).exists())
        self.assertEqual(HomeSlot.objects.count(), 5)

    def test_has_some_of_all_that_befalls_a_comment(self):
        comments = ReaderComment.objects
        self.assertEqual(set(comments.values_list("state", flat=True)), {"published", "held", "removed"})
        self.assertEqual(
            set(ModerationAct.objects.values_list("act", flat=True)), {"approve", "remove", "pick"}
        )
        self.assertTrue(comments.filter(picked_at__isnull=False).exists())
        self.assertTrue(Respect.objects.exists())
        self.assertLess(Person.objects.count(), 200)

    def test_verifies(self):
        accounts = {account.chain: account for account in ledger.verify()}
        self.assertEqual([account.fault for account in accounts.values() if account.fault], [])
        self.assertEqual(accounts["articles.version"].rows, Version.objects.sealed().count())
        self.assertEqual(accounts["comments.moderationact"].rows, ModerationAct.objects.count())

    def test_texts_are_as_a_save_would_leave_them(self):
        for version in Version.objects.all()[::7]:
            with self.subTest(version=version):
                self.assertEqual(bodies.with_block_ids(bodies.clean(version.body)), version.body)
                self.assertEqual(bodies.count_words(version.body), version.word_count)
                tokens = set(version.pictures.values_list("token", flat=True))
                self.assertEqual(set(bodies.picture_tokens(version.body)), tokens)

    def test_a_changed_text_keeps_the_ids_of_its_blocks(self):
        changed = Version.objects.filter(number=2).select_related("article").first()
        first = changed.article.versions.get(number=1)
        self.assertEqual(bodies.with_block_ids(changed.body, previous=first.body), changed.body)
        before, after = (
            [block.attributes["id"] for block in bodies.split(version.body)] for version in (first, changed)
        )
        self.assertEqual(after[: len(before)], before)

    def test_stories_say_when_they_changed(self):
        for article in Article.objects.filter(live_version__isnull=False):
            seen = article.versions.sealed().exclude(kind="style")
            corrections = seen.filter(kind="correction").order_by("number")
            corrected = corrections.values_list("published_at", flat=True).last()
            with self.subTest(article=article):
                self.assertEqual(article.published_at, seen.get(kind="first").published_at)
                self.assertEqual(article.changed_at, seen.latest("number").published_at)
                self.assertEqual(article.corrected_at, corrected)

    def test_counts_of_comments_are_right(self):
        published = Count("comments", filter=Q(comments__state="published"))
        for article in Article.objects.annotate(published=published):
            self.assertEqual(article.comment_count, article.published)
        for comment in ReaderComment.objects.annotate(given=Count("respects")):
            self.assertEqual(comment.respect_count, comment.given)
        replies = XtdComment.norel_objects.filter(level__gt=0)
        for thread in XtdComment.norel_objects.filter(level=0):
            self.assertEqual(thread.nested_count, replies.filter(thread_id=thread.pk).count())

    def test_stories_know_their_newest_comment(self):
        seen = ReaderComment.objects.filter(state="published").values("article")
        newest = dict(seen.annotate(at=Max("published_at")).values_list("article", "at"))
        told = Article.objects.exclude(newest_comment_at=None).values_list("pk", "newest_comment_at")
        self.assertTrue(newest)
        self.assertEqual(dict(told), newest)

    def test_the_search_knows_them_as_it_would_by_itself(self):
        def entries():
            columns = [field.attname for field in SearchEntry._meta.concrete_fields]
            return list(SearchEntry.objects.order_by("pk").values_list(*columns))

        made = entries()
        self.assertTrue(made)
        with transaction.atomic():
            SearchEntry.objects.all().delete()
            published = Article.objects.filter(state=State.PUBLISHED).order_by("published_at", "pk")
            index_anew(*published.values_list("pk", flat=True))
            by_story = {row[1]: row[2:] for row in entries()}
            transaction.set_rollback(True)
        self.assertEqual({row[1]: row[2:] for row in made}, by_story)

    def test_answers_come_after_what_they_answer(self):
        comments = ReaderComment.objects.in_bulk()
        for comment in comments.values():
            above = comments[comment.parent_id]
            if above != comment:
                self.assertLess(above.published_at, comment.submit_date)
                self.assertEqual(above.article_id, comment.article_id)
                self.assertTrue(comment.place.startswith(above.place))

    def test_what_comes_next_finds_its_place(self):
        comment = make_comment(make_article("By hand", section=Section.objects.first()))
        self.assertEqual(comment.pk, 1201)
        self.assertEqual([account.fault for account in ledger.verify() if account.fault], [])

    def test_every_kind_of_page_answers(self):
        story = Article.objects.visible().filter(versions__kind="correction").first()
        discussed = Article.objects.visible().order_by("-comment_count").first()
        nouns = [Section.objects.first(), Topic.objects.first(), Author.objects.first(), story, discussed]
        addresses = ["/", "/latest/", "/corrections/", "/transparency/", "/moderation-log/", "/about/"]
        addresses += ["/feed.xml", "/corrections/feed.xml", "/sitemap.xml"]
        addresses += [noun.get_absolute_url() for noun in nouns]
        addresses += [f"{discussed.get_absolute_url()}{rest}" for rest in ("comments/", "comments/feed.xml")]
        addresses += [f"{story.get_absolute_url()}history/"]
        for address in addresses:
            with self.subTest(address=address):
                self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_withdrawn_story_says_why(self):
        withdrawn = Article.objects.gone().first()
        page = self.client.get(withdrawn.get_absolute_url())
        self.assertContains(page, withdrawn.withdrawal_notice, status_code=410)

    def test_moderators_find_what_waits(self):
        moderator = get_user_model().objects.filter(groups__name="Moderator").first()
        self.client.force_login(moderator)
        waiting = Case.objects.open().count()
        self.assertEqual(waiting, ReaderComment.objects.filter(state="held").count())
        self.assertGreater(waiting, 0)
        self.assertEqual(self.client.get("/moderation/").status_code, 200)

    def test_editors_find_every_list_of_the_desk(self):
        self.client.force_login(get_user_model().objects.create_superuser("chief"))
        for noun in ("article", "picture", "author", "topic", "logentry", "errorreport"):
            with self.subTest(noun=noun):
                page = self.client.get(reverse(f"admin:articles_{noun}_changelist"))
                self.assertEqual(page.status_code, 200)


class SizesTests(TestCase):
    def test_most_stories_have_no_comment_and_one_has_ten_thousand(self):
        chance = Random(1)
        sizes = sizes_of(40_000, 20_000, chance.random)
        self.assertEqual(sizes.total(), 40_000)
        self.assertGreaterEqual(max(sizes.values()), 10_000)
        self.assertLess(len(sizes), 10_000)

    def test_without_stories_there_is_no_comment(self):
        self.assertEqual(sizes_of(10, 0, lambda: 0.5).total(), 0)
