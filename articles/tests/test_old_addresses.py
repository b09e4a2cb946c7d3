"""A changed address: every old one leads to the story, in one step, as long as readers see it."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article, BreakingNews, ErrorReport, LogEntry, OldAddress
from articles.publishing import unused_slug
from articles.reach import reach_of
from articles.tests.desk import page_of, story_data
from articles.tests.factories import make_account, make_article, make_draft, make_member
from articles.tests.reports import INPUT, WORDS, form_of

PAGES = ("", "history/", "report-an-error/", "report-an-error/1/headline/")


class OldAddressTests(TestCase):
    def setUp(self):
        self.story = make_article("First")

    def rename(self, slug, story=None):
        story = Article.objects.get(pk=(story or self.story).pk)
        story.slug = slug
        story.save()

    def assertLeads(self, old, new):
        for page in PAGES:
            with self.subTest(old=old, page=page):
                response = self.client.get(f"/story/{old}/{page}")
                self.assertEqual(
                    (response.status_code, response.get("Location")), (301, f"/story/{new}/{page}")
                )

    def test_every_old_address_leads_to_the_present_one_in_one_step(self):
        for slug in ("second", "third", "fourth"):
            self.rename(slug)
        for old in ("first", "second", "third"):
            self.assertLeads(old, "fourth")
        self.assertEqual(self.client.get("/story/fourth/").status_code, 200)

    def test_a_name_that_comes_back_makes_no_loop(self):
        self.rename("second")
        self.rename("first")
        self.assertEqual(self.client.get("/story/first/").status_code, 200)
        self.assertLeads("second", "first")
        self.assertEqual([str(address) for address in OldAddress.objects.all()], ["second"])
        self.rename("second")
        self.assertEqual(self.client.get("/story/second/").status_code, 200)
        self.assertLeads("first", "second")

    def test_may_be_kept_only_as_long_as_it_is_asked_about(self):
        self.rename("second")
        self.assertIn("max-age=0", self.client.get("/story/first/")["Cache-Control"])

    def test_what_came_along_in_the_address_is_dropped(self):
        self.rename("second")
        response = self.client.get("/story/first/?utm_source=x&next=//evil.example")
        self.assertEqual(response["Location"], "/story/second/")

    def test_a_comparison_of_versions_is_found_again(self):
        self.rename("second")
        response = self.client.get("/story/first/history/?from=1&to=2&utm_source=x")
        self.assertEqual(response["Location"], "/story/second/history/?from=1&to=2")

    def test_a_report_that_is_sent_from_a_page_of_before_arrives(self):
        form = form_of(self.story)
        hidden = dict(INPUT.findall(self.client.get(form).content.decode()))
        self.rename("second")
        self.assertEqual(self.client.post(form, hidden | {"words": WORDS}).status_code, 302)
        self.assertEqual(ErrorReport.objects.get().words, WORDS)

    def test_a_report_about_a_story_that_moved_and_is_gone_gives_the_words_back(self):
        form = form_of(self.story)
        self.rename("second")
        self.story.refresh_from_db()
        publishing.withdraw(self.story, make_account(), notice="It was not true.")
        self.assertContains(self.client.post(form, {"words": WORDS}), WORDS, status_code=410)

    def test_a_stale_copy_of_the_story_takes_no_address_away(self):
        stale = Article.objects.get(pk=self.story.pk)
        self.rename("second")
        stale.slug = "third"
        stale.save()
        for old in ("first", "second"):
            self.assertLeads(old, "third")

    def test_answers_as_the_present_address_does_once_the_story_is_withdrawn(self):
        self.rename("second")
        self.story.refresh_from_db()
        publishing.withdraw(self.story, make_account(), notice="It was not true.")
        for page in PAGES:
            old, present = (self.client.get(f"/story/{slug}/{page}") for slug in ("first", "second"))
            self.assertEqual((old.status_code, present.status_code), (410, 410))
            self.assertContains(old, "It was not true.", status_code=410)

    def test_a_story_that_no_reader_saw_leaves_no_address(self):
        draft = make_draft("Secret")
        scheduled = make_article("Soon", published_at=timezone.now() + timedelta(hours=1))
        for story in (draft, scheduled):
            old = story.slug
            self.rename(f"{old}-renamed", story)
            self.assertEqual(self.client.get(f"/story/{old}/").status_code, 404)
        self.assertFalse(OldAddress.objects.exists())

    def test_an_old_address_is_given_to_no_other_story(self):
        self.rename("second")
        self.assertEqual(unused_slug("First"), "first-2")
        self.assertEqual(unused_slug("Second"), "second-2")
        self.assertEqual(make_draft("First").slug, "first-2")

    def test_a_withdrawal_knows_texts_that_link_to_an_old_address(self):
        make_article("Pointing", body='<p>See <a href="/story/first/">it</a>.</p>')
        make_article("Deeper", body='<p>See <a href="/story/first/?from=mail#p-00000000">it</a>.</p>')
        self.rename("second")
        self.story.refresh_from_db()
        BreakingNews.objects.create(
            words="Ships dock", article=self.story, ends_at=timezone.now() + timedelta(hours=1)
        )
        said = " ".join(reach_of(self.story))
        for place in ("“Pointing”", "“Deeper”", "“Ships dock”"):
            self.assertIn(place, said)


class AddressAtTheDeskTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))
        self.story = make_article("First")

    def save(self, story, **changes):
        return self.client.post(page_of(story), story_data(story, **changes))

    def test_a_new_address_is_recorded_and_the_old_one_leads_on(self):
        self.save(self.story, slug="second")
        self.assertRedirects(self.client.get("/story/first/"), "/story/second/", status_code=301)
        entry = LogEntry.objects.get(act=LogEntry.Act.MOVE)
        self.assertEqual((entry.article, entry.note), (self.story, "from first to second"))
        self.assertEqual(list(LogEntry.objects.filter(act=LogEntry.Act.CHANGE).values_list("note")), [])

    def test_the_old_address_of_another_story_is_refused_with_the_reason(self):
        self.save(self.story, slug="second")
        other = make_draft("Other")
        response = self.save(other, slug="first", headline="Kept words")
        self.assertContains(response, "Another story stood at this address once")
        self.assertContains(response, "Kept words")
        other.refresh_from_db()
        self.assertEqual(other.slug, "other")

    def test_a_story_takes_its_own_old_address_back(self):
        self.save(self.story, slug="second")
        self.save(Article.objects.get(pk=self.story.pk), slug="first")
        self.assertEqual(self.client.get("/story/first/").status_code, 200)
