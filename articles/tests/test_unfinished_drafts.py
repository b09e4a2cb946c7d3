"""A draft is saved whatever is missing; publication says what."""

from django.test import TestCase

from articles import publishing
from articles.models import Version
from articles.publishing import NotReady
from articles.tests.desk import page_of, story_data
from articles.tests.factories import make_account, make_author, make_draft, make_member, publish


class UnfinishedTests(TestCase):
    def setUp(self):
        self.draft = make_draft("Half a story")
        self.client.force_login(make_member("Reporter"))

    def save(self, **typed):
        data = story_data(self.draft, headline="New words", **typed)
        response = self.client.post(page_of(self.draft), data)
        self.assertEqual(response.status_code, 302)
        self.draft.refresh_from_db()
        self.assertEqual(Version.objects.get(pk=self.draft.draft_id).headline, "New words")

    def test_a_source_without_a_name_or_with_half_an_address(self):
        for name, address in (("", "https://example.org/"), ("The ministry", "exam")):
            with self.subTest(name=name):
                row = {"sources-0-name": name, "sources-0-address": address, "sources-0-note": "By phone"}
                self.save(**row)
                preview = self.client.get(f"/preview/{self.draft.pk}/")
                self.assertNotContains(preview, f'href="{address}" rel="noopener">The')
                with self.assertRaises(NotReady) as refused:
                    publish(self.draft)
                self.assertRegex(str(refused.exception), "Name the source at|is not an address such as")

    def test_while_it_is_typed(self):
        words = story_data(
            self.draft, headline="Typed", **{"sources-0-name": "A", "sources-0-address": "htt"}
        )
        response = self.client.post(page_of(self.draft, "autosave"), words)
        self.assertIn("saved_at", response.json())

    def test_a_byline_and_an_outside_story_without_a_number_and_a_title(self):
        self.save(
            **{
                "bylines-TOTAL_FORMS": 1,
                "bylines-0-author": make_author("Region desk").pk,
                "bylines-0-order": "",
                "related_stories-TOTAL_FORMS": 1,
                "related_stories-0-url": "https://example.org/report",
                "related_stories-0-title": "",
                "related_stories-0-order": "",
            }
        )
        self.assertEqual(self.draft.bylines.get(author__name="Region desk").order, 0)
        self.assertEqual(self.draft.related_stories.get().title, "example.org")

    def test_what_is_too_much_is_refused_and_named(self):
        with self.assertRaises(AssertionError):
            self.save(**{"sources-0-name": "x" * 201})
        publishing.save_draft(self.draft, make_account(), headline="Kept")
