"""Related stories that the desk proposes, with their reasons, both ways."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.candidates import PROPOSED, candidates, pointers
from articles.models import Article, LogEntry, RelatedStory, SectionRole
from articles.tests.desk import page_of
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_draft,
    make_member,
    make_section,
    make_topic,
)

SOBER = {"standfirst": "Nothing in common."}


class CandidatesTests(TestCase):
    def setUp(self):
        self.kursk = make_topic("Kursk")
        self.story = make_draft("Troops withdraw", topics=[self.kursk], standfirst="Officials confirm.")

    def proposed(self, story=None):
        found = candidates(story or self.story, Article.objects.all())
        return {entry.article.headline: entry.reasons for entry in found}

    def test_proposes_by_topic_by_words_and_by_link_and_says_so(self):
        make_article("Shared", topics=[self.kursk], published_at=DAY - timedelta(days=400), **SOBER)
        make_article("Fresh troops withdraw", published_at=timezone.now() - timedelta(days=30), **SOBER)
        make_article("Troops arrive, of which one word tells nothing", published_at=timezone.now(), **SOBER)
        linked = make_article("Linked", published_at=DAY - timedelta(days=800), **SOBER)
        make_article("Nothing alike", published_at=timezone.now(), **SOBER)
        body = f'<p>See <a href="{linked.get_absolute_url()}">it</a>.</p>'
        publishing.save_draft(self.story, make_account(), body=body)
        self.assertEqual(
            self.proposed(),
            {
                "Linked": ["The text links to it"],
                "Shared": ["Same topic: Kursk"],
                "Fresh troops withdraw": ["Same words: troops, withdraw"],
            },
        )

    def test_the_closest_comes_first_and_nearness_in_time_decides_between_equals(self):
        now = timezone.now()
        make_article("Far", topics=[self.kursk], published_at=now - timedelta(days=30), **SOBER)
        make_article("Near", topics=[self.kursk], published_at=now - timedelta(days=1), **SOBER)
        make_article(
            "Troops withdraw again", topics=[self.kursk], published_at=now - timedelta(days=60), **SOBER
        )
        found = self.proposed()
        self.assertEqual(list(found), ["Troops withdraw again", "Near", "Far"])
        self.assertEqual(found["Near"], ["Same topic: Kursk", "Of the same week"])

    def test_offers_what_is_out_or_scheduled_and_no_brief_no_draft_and_nothing_withdrawn(self):
        brief = make_section("Morning Brief", is_brief=True)
        make_article("Out", topics=[self.kursk])
        make_article("Scheduled", topics=[self.kursk], published_at=timezone.now() + timedelta(hours=1))
        make_article("Edition", topics=[self.kursk], section=brief)
        make_draft("Draft", topics=[self.kursk])
        withdrawn = make_article("Withdrawn", topics=[self.kursk])
        publishing.withdraw(withdrawn, make_account(), notice="Gone.")
        self.assertEqual(set(self.proposed()), {"Out", "Scheduled"})

    def test_leaves_out_the_story_itself_and_what_was_picked(self):
        picked = make_article("Picked", topics=[self.kursk])
        RelatedStory.objects.create(article=self.story, target=picked)
        self.assertEqual(self.proposed(), {})

    def test_knows_a_link_by_an_old_address(self):
        linked = make_article("Linked", published_at=DAY - timedelta(days=800), **SOBER)
        publishing.save_draft(self.story, make_account(), body='<p><a href="/story/linked/">it</a></p>')
        linked.slug = "moved"
        linked.save()
        self.assertEqual(self.proposed(), {"Linked": ["The text links to it"]})

    def test_a_story_without_a_word_finds_nothing(self):
        make_article("Out", topics=[self.kursk])
        self.assertEqual(self.proposed(Article.objects.create(slug="bare")), {})

    def test_costs_the_same_however_many_stories(self):
        links = ""
        for number in range(20):
            other = make_article(f"Troops {number}", topics=[self.kursk])
            links += f'<p><a href="{other.get_absolute_url()}">it</a></p>'
        story = make_article("Troops withdraw", topics=[self.kursk], body=links)
        with self.assertNumQueries(7):  # its topics; the linked, the near, the alike; and the topics of those
            self.assertEqual(len(candidates(story, Article.objects.all())), PROPOSED)


class PointersTests(TestCase):
    def setUp(self):
        self.kursk = make_topic("Kursk")
        self.story = make_article("New", topics=[self.kursk], published_at=DAY, **SOBER)

    def names(self, story=None):
        return [entry.article.headline for entry in pointers(story or self.story, timezone.now())]

    def test_proposes_older_stories_that_do_not_point_here_yet(self):
        older = make_article("Older", topics=[self.kursk], published_at=DAY - timedelta(days=2))
        pointing = make_article("Pointing", topics=[self.kursk], published_at=DAY - timedelta(days=1))
        make_article("Newer", topics=[self.kursk], published_at=DAY + timedelta(days=1))
        make_draft("Draft", topics=[self.kursk])
        RelatedStory.objects.create(article=pointing, target=self.story)
        self.assertEqual(self.names(), [older.headline])

    def test_nothing_points_to_an_edition_of_a_brief(self):
        brief = make_section("Morning Brief", is_brief=True)
        make_article("Older", topics=[self.kursk], published_at=DAY - timedelta(days=2))
        self.assertEqual(self.names(make_article("Edition", section=brief, topics=[self.kursk])), [])


class RelatedPageTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))
        self.kursk = make_topic("Kursk")
        self.story = make_article("New", topics=[self.kursk])
        self.older = make_article("Older", topics=[self.kursk], published_at=DAY - timedelta(days=2))

    def press(self, **data):
        return self.client.post(page_of(self.story, "related"), data, follow=True)

    def rows(self):
        return list(RelatedStory.objects.values_list("article__slug", "target__slug"))

    def test_a_press_puts_a_story_beside_this_one(self):
        page = self.client.get(page_of(self.story, "related"))
        self.assertContains(page, f'name="target" value="{self.older.pk}"')
        self.assertContains(self.press(target=self.older.pk), "“Older” stands beside “New” now.")
        self.assertEqual(self.rows(), [("new", "older")])
        entry = LogEntry.objects.get(act=LogEntry.Act.CHANGE)
        self.assertEqual((entry.article, entry.note), (self.story, "Added “Older” to the related stories."))

    def test_a_press_lets_an_older_story_point_here(self):
        page = self.client.get(page_of(self.story, "related"))
        self.assertContains(page, f'name="beside" value="{self.older.pk}"')
        self.press(beside=self.older.pk)
        self.assertEqual(self.rows(), [("older", "new")])
        self.assertEqual(LogEntry.objects.get(act=LogEntry.Act.CHANGE).article, self.older)
        self.assertContains(self.client.get(self.older.get_absolute_url()), "Picked by the editors")

    def test_pressing_twice_adds_it_once(self):
        self.press(target=self.older.pk)
        self.assertContains(self.press(target=self.older.pk), "stands beside “New” already.")
        self.assertEqual(len(self.rows()), 1)

    def test_comes_after_what_was_picked_before(self):
        RelatedStory.objects.create(article=self.story, url="https://example.org/", title="Treaty", order=4)
        self.press(target=self.older.pk)
        self.assertEqual(RelatedStory.objects.get(target=self.older).order, 5)

    def test_a_reporter_reads_it_and_changes_no_published_story(self):
        self.client.force_login(make_member("Reporter"))
        page = self.client.get(page_of(self.story, "related"))
        self.assertContains(page, "Older")
        self.assertNotContains(page, 'name="target"')
        self.assertNotContains(page, 'name="beside"')
        for data in ({"target": self.older.pk}, {"beside": self.older.pk}):
            self.assertEqual(self.press(**data).status_code, 403)
        self.assertEqual(self.rows(), [])

    def test_a_reporter_gives_a_draft_its_related_stories(self):
        self.client.force_login(make_member("Reporter"))
        draft = make_draft("Mine", topics=[self.kursk])
        self.client.post(page_of(draft, "related"), {"target": self.older.pk})
        self.assertEqual(self.rows(), [("mine", "older")])

    def test_who_works_in_one_section_hears_of_no_story_to_come_of_another(self):
        sport = make_section("Sport")
        limited = make_member(None, "sport-editor")
        group = make_member("Editor", "other").groups.get()
        SectionRole.objects.create(user=limited, section=sport, group=group)
        own = make_draft("Own", section=sport, topics=[self.kursk])
        hour = timezone.now() + timedelta(hours=1)
        secret = make_article("Secret of another", topics=[self.kursk], published_at=hour)
        self.client.force_login(limited)
        page = self.client.get(page_of(own, "related"))
        self.assertContains(page, "Older")
        self.assertNotContains(page, "Secret of another")
        response = self.client.post(page_of(own, "related"), {"target": secret.pk})
        self.assertEqual(response.status_code, 404)
        self.assertEqual(
            self.client.post(page_of(own, "related"), {"beside": self.older.pk}).status_code, 403
        )

    def test_a_key_that_is_none_is_not_found(self):
        for data in ({}, {"target": "x"}, {"target": "9" * 30}, {"beside": "-1"}, {"target": self.story.pk}):
            with self.subTest(data=data):
                self.assertEqual(self.press(**data).status_code, 404)
