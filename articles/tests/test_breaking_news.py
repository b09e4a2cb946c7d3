"""The bar on every page: what stands there, until when, and who puts it there."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import BreakingNews, LogEntry
from articles.tests.factories import make_account, make_article, make_draft, make_member
from articles.tests.test_home_slots import HOUR, wall_time
from articles.zones import site_zone

WORDS = "Power is out in Spain and Portugal"


def break_news(words=WORDS, *, start=None, end=None, article=None):
    start = start or timezone.now() - timedelta(minutes=5)
    return BreakingNews.objects.create(
        words=words, starts_at=start, ends_at=end or start + HOUR, article=article
    )


class BarTests(TestCase):
    def page(self, path="/"):
        return self.client.get(path)

    def shown(self, at=None):
        return BreakingNews.objects.showing(at).first()

    def test_stands_on_every_page_from_its_start_until_before_its_end(self):
        news = break_news()
        story = make_article()
        for path in ("/", "/latest/", story.get_absolute_url(), "/corrections/", "/no-such-page/"):
            with self.subTest(path=path):
                self.assertContains(self.page(path), WORDS, status_code=404 if "no-such" in path else 200)
        second = timedelta(seconds=1)
        for at, expected in (
            (news.starts_at - second, None),
            (news.starts_at, news),
            (news.ends_at - second, news),
            (news.ends_at, None),
        ):
            with self.subTest(at=at):
                self.assertEqual(self.shown(at), expected)

    def test_is_a_region_with_a_name(self):
        break_news()
        self.assertContains(self.page(), '<section class="breaking" aria-label="Breaking news">')

    def test_of_several_the_newest_stands_and_the_other_comes_back_after_it(self):
        now = timezone.now()
        longer = break_news("Longer", start=now - 2 * HOUR, end=now + 3 * HOUR)
        newer = break_news("Newer", start=now - HOUR, end=now + HOUR)
        self.assertEqual(self.shown(), newer)
        self.assertEqual(self.shown(now + HOUR), longer)

    def test_links_to_its_story_while_readers_see_that(self):
        soon = timezone.now() + HOUR
        story = make_article("Power cut", published_at=soon)
        break_news(article=story, end=soon + HOUR)
        self.assertContains(self.page(), WORDS)
        self.assertNotContains(self.page(), story.slug)
        self.assertFalse(self.shown().is_linked)
        self.assertTrue(self.shown(soon).is_linked)

    def test_a_draft_s_address_is_not_told(self):
        draft = make_draft("Power cut")
        break_news(article=draft)
        self.assertNotContains(self.page(), draft.slug)

    def test_the_link_leads_to_the_story(self):
        story = make_article("Power cut")
        break_news(article=story)
        self.assertContains(self.page("/latest/"), f'href="{story.get_absolute_url()}">{WORDS}</a>')

    def test_goes_with_a_story_that_is_withdrawn(self):
        story = make_article()
        break_news(article=story)
        publishing.withdraw(story, make_account(), notice="It was not true.")
        self.assertNotContains(self.page("/latest/"), WORDS)

    def test_costs_one_query(self):
        break_news(article=make_article())
        with self.assertNumQueries(1):
            self.assertIn("/story/", self.shown().article.get_absolute_url())

    def test_the_database_refuses_an_end_before_the_start(self):
        now = timezone.now()
        with self.assertRaises(IntegrityError), transaction.atomic():
            break_news(start=now, end=now - HOUR)


class BreakingNewsDeskTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))

    def add(self, *, words=WORDS, start="", end=None):
        end = wall_time(timezone.now() + 2 * HOUR) if end is None else end
        zone = site_zone().key
        data = {"words": words, "article": "", "start-at": start, "start-zone": zone}
        data |= {"end-at": end, "end-zone": zone}
        return self.client.post(reverse("admin:articles_breakingnews_add"), data)

    def end(self, news, method="post"):
        return getattr(self.client, method)(reverse("admin:articles_breakingnews_end", args=[news.pk]))

    def test_an_editor_puts_it_on_every_page_at_once(self):
        self.assertEqual(self.add().status_code, 302)
        self.assertContains(self.client.get("/latest/"), WORDS)
        self.assertEqual(LogEntry.objects.get().subject, f"breaking news “{WORDS}”")

    def test_the_form_proposes_an_end_in_two_hours(self):
        page = self.client.get(reverse("admin:articles_breakingnews_add"))
        form = page.context["adminform"].form
        self.assertEqual(f"{form.end['at'].value():%H:%M}", wall_time(timezone.now() + 2 * HOUR)[-5:])

    def test_an_end_is_demanded_and_lies_within_a_day(self):
        now = timezone.now()
        for changes, sentence in (
            ({"end": ""}, "Give a day and an hour."),
            ({"end": wall_time(now + 25 * HOUR)}, "A bar stands for 24 hours at most."),
            (
                {"start": wall_time(now + 4 * HOUR), "end": wall_time(now + 2 * HOUR)},
                "The bar ends after it starts.",
            ),
            ({"words": "x" * 121}, "at most 120 characters"),
        ):
            with self.subTest(sentence=sentence):
                self.assertContains(self.add(**changes), sentence)
        self.assertFalse(BreakingNews.objects.exists())

    def test_one_press_ends_it(self):
        news = break_news()
        address = reverse("admin:articles_breakingnews_end", args=[news.pk])
        for name, keys in (("changelist", []), ("change", [news.pk])):
            page = self.client.get(reverse(f"admin:articles_breakingnews_{name}", args=keys))
            self.assertContains(page, f'formaction="{address}"')
        self.end(news)
        self.assertNotContains(self.client.get("/latest/"), WORDS)
        self.assertEqual(LogEntry.objects.get().note, "Ended it.")

    def test_looking_ends_nothing_and_what_is_over_stays_over(self):
        news = break_news()
        for method in ("get", "head"):
            self.assertEqual(self.end(news, method).status_code, 405)
        over = break_news("Over", start=timezone.now() - 3 * HOUR)
        self.end(over)
        self.assertEqual(BreakingNews.objects.get(pk=over.pk).ends_at, over.ends_at)
        self.assertTrue(BreakingNews.objects.showing().exists())

    def test_only_editors_end_it(self):
        news = break_news()
        for role in ("Reporter", "Moderator", None):
            self.client.force_login(make_member(role))
            self.assertEqual(self.end(news).status_code, 403)
        self.assertEqual(BreakingNews.objects.showing().first(), news)

    def test_what_readers_may_have_seen_is_not_deleted(self):
        seen, unseen = break_news(), break_news("Later", start=timezone.now() + HOUR)
        for news, status in ((seen, 403), (unseen, 302)):
            address = reverse("admin:articles_breakingnews_delete", args=[news.pk])
            self.assertEqual(self.client.post(address, {"post": "yes"}).status_code, status)
        self.assertEqual(list(BreakingNews.objects.all()), [seen])

    def test_the_list_says_what_stands_now(self):
        now = timezone.now()
        story = make_article()
        publishing.withdraw(story, make_account(), notice="Gone.")
        break_news("Of a withdrawn story", article=story)
        break_news("Newest")
        break_news("Older", start=now - HOUR, end=now + HOUR)
        break_news("Later", start=now + HOUR)
        page = self.client.get(reverse("admin:articles_breakingnews_changelist"))
        for words in ("On every page", "Behind a newer one", "To come", "Its story was withdrawn"):
            self.assertContains(page, f">{words}</td>")
