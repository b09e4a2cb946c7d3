"""A story that readers see keeps what publication asked for, whatever is changed around its words."""

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article, Picture
from articles.tests.desk import page_of, story_data
from articles.tests.factories import make_account, make_article, make_draft, make_member
from articles.tests.picture_files import make_picture, stripes


class PublishedStoryTests(TestCase):
    def setUp(self):
        self.client.force_login(make_member("Editor"))
        self.picture = make_picture(stripes(320, 240))
        self.article = make_article(picture=self.picture)

    def test_it_keeps_its_section_and_the_words_stay_in_the_form(self):
        data = story_data(self.article, section="", headline="My new headline")
        page = self.client.post(page_of(self.article), data)
        self.assertContains(page, "A published story stands in a section.")
        self.assertContains(page, "My new headline")

    def test_an_author_stands_in_the_byline_once(self):
        rows = {"bylines-TOTAL_FORMS": 1, "bylines-0-author": self.article.bylines.get().author_id}
        page = self.client.post(page_of(self.article), story_data(self.article, headline="Kept", **rows))
        self.assertContains(page, "This author stands in the byline already.")
        self.assertContains(page, "Kept")
        self.assertEqual(self.article.bylines.count(), 1)

    def test_it_keeps_a_byline(self):
        byline = self.article.bylines.get()
        rows = {"bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 1, "bylines-0-id": byline.pk}
        rows |= {"bylines-0-author": byline.author_id, "bylines-0-order": 0, "bylines-0-DELETE": "on"}
        page = self.client.post(page_of(self.article), story_data(self.article, **rows))
        self.assertContains(page, "A published story has a byline.")
        self.assertTrue(self.article.bylines.exists())
        draft = make_draft("Draft")
        rows |= {"bylines-0-id": draft.bylines.get().pk, "bylines-0-author": draft.bylines.get().author_id}
        self.client.post(page_of(draft), story_data(draft, **rows))
        self.assertFalse(draft.bylines.exists(), "a draft may be without one for a while")

    def test_it_takes_no_picture_that_is_not_complete(self):
        bare = make_picture(stripes(320, 200), credit="")
        page = self.client.post(page_of(self.article), story_data(self.article, picture=bare.pk))
        self.assertContains(page, "has no credit")
        self.assertEqual(Article.objects.get(pk=self.article.pk).picture, self.picture)

    def test_its_picture_keeps_alt_text_and_credit(self):
        address = reverse("admin:articles_picture_change", args=[self.picture.pk])
        words = {"alt_text": "", "credit": " ", "caption": "", "rights": "", "focal_x": 50, "focal_y": 50}
        page = self.client.post(address, words)
        self.assertContains(page, "it needs its alt text")
        self.assertContains(page, "it needs its credit")
        self.assertTrue(Picture.objects.get(pk=self.picture.pk).is_complete)

    def test_a_picture_that_was_put_to_use_meanwhile_is_not_deleted(self):
        unused = make_picture(stripes(300, 200))
        address = reverse("admin:articles_picture_delete", args=[unused.pk])
        self.assertContains(self.client.get(address), "Are you sure")
        draft = make_draft("Uses it", picture=unused)
        page = self.client.post(address, {"post": "yes"}, follow=True)
        self.assertEqual(page.status_code, 200)
        self.assertTrue(Picture.objects.filter(pk=unused.pk).exists())
        self.assertEqual(Article.objects.get(pk=draft.pk).picture, unused)

    def test_of_two_who_publish_at_once_the_second_learns_of_the_first(self):
        draft = make_draft("Twice")
        publishing.publish(draft, make_account("second"), acknowledged=publishing.EVERYTHING)
        page = self.client.post(page_of(draft, "publication"), {"seen": draft.mark})
        self.assertContains(page, "second published this story", status_code=409)
