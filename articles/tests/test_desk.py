from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article, Picture, RelatedStory
from articles.tests.desk import page_of, story_data
from articles.tests.factories import (
    make_article,
    make_author,
    make_draft,
    make_member,
    make_section,
    update_article,
)
from articles.tests.picture_files import file_of, stripes

SCRIPT = "<script>alert(1)</script>"
LIST = "admin:articles_article_changelist"
LIST_QUERIES = 11


class DeskTestCase(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)

    def save(self, article=None, **changes):
        address = page_of(article) if article else reverse("admin:articles_article_add")
        return self.client.post(address, story_data(article, **changes))


class WritingTests(DeskTestCase):
    def test_a_draft_lacks_what_it_likes(self):
        self.save()
        article = Article.objects.get()
        self.assertEqual((article.draft.headline, article.draft.body, article.section), ("", "", None))
        self.assertRedirects(self.save(article), page_of(article))

    def test_the_address_comes_from_the_headline(self):
        self.save(headline="Troops fought in Kursk")
        self.save(headline="Troops fought in Kursk")
        slugs = Article.objects.order_by("pk").values_list("slug", flat=True)
        self.assertEqual(list(slugs), ["troops-fought-in-kursk", "troops-fought-in-kursk-2"])

    def test_byline_and_related_stories_are_saved_with_the_story(self):
        author, other = make_author(), make_article("The other story")
        self.save(
            headline="With all",
            section=make_section().pk,
            **{
                "bylines-TOTAL_FORMS": 1,
                "bylines-0-author": author.pk,
                "bylines-0-order": 0,
                "related_stories-TOTAL_FORMS": 2,
                "related_stories-0-target": other.pk,
                "related_stories-0-order": 0,
                "related_stories-1-url": "https://example.com/treaty",
                "related_stories-1-title": "The treaty",
                "related_stories-1-order": 1,
            },
        )
        article = Article.objects.get(slug="with-all")
        self.assertEqual(list(article.authors.all()), [author])
        self.assertEqual(
            [str(entry) for entry in article.related_stories.all()], ["The other story", "The treaty"]
        )

    def test_half_a_related_story_and_one_to_itself_are_refused_with_the_reason(self):
        article = make_draft()
        for entry in ({"title": "The treaty"}, {"target": article.pk}):
            fields = {f"related_stories-0-{name}": value for name, value in entry.items()}
            response = self.save(
                article,
                headline="Kept",
                **{"related_stories-TOTAL_FORMS": 1, "related_stories-0-order": 0},
                **fields,
            )
            with self.subTest(entry=entry):
                self.assertEqual(response.status_code, 200)
                self.assertContains(response, "Kept")
                self.assertContains(response, "errorlist")
        self.assertFalse(RelatedStory.objects.exists())

    def test_a_published_story_gets_a_draft_and_readers_keep_theirs(self):
        article = make_article("Old words")
        self.save(article, headline="New words")
        self.assertContains(self.client.get(page_of(article)), "You are looking at a newer draft")
        self.assertContains(self.client.get(article.get_absolute_url()), "Old words")
        self.assertNotContains(self.client.get(article.get_absolute_url()), "New words")

    def test_the_body_is_cleaned_whatever_the_editor_sent(self):
        self.save(headline="Clean", body=f"<p>Words{SCRIPT}</p><p onclick='x()'>more</p>")
        self.assertNotRegex(Article.objects.get().draft.body, "script|alert|onclick")


class ReadingTests(DeskTestCase):
    def test_a_published_version_is_read_and_has_no_form(self):
        article = make_article("As it was")
        update_article(article, headline="As it is")
        address = reverse("admin:articles_article_version", args=[article.pk, 1])
        response = self.client.get(address)
        self.assertContains(response, "As it was")
        self.assertNotContains(response, 'id="article_form"')
        self.client.post(address, {"headline": "As I like it"})
        self.assertEqual(article.versions.get(number=1).headline, "As it was")

    def test_no_field_of_readers_or_writers_becomes_script(self):
        article = make_article(SCRIPT, standfirst=SCRIPT, author=make_author(SCRIPT, slug="x"))
        update_article(article, headline=SCRIPT, kind="correction", note=SCRIPT)
        publishing.save_draft(article, self.editor, headline=SCRIPT, body=f"<p>x{SCRIPT}</p>")
        pages = [page_of(article), page_of(article, "update"), page_of(article, "withdrawal")]
        pages += [reverse(LIST), reverse("admin:articles_logentry_changelist")]
        pages += [
            reverse("admin:articles_article_version", args=[article.pk, 2]),
            page_of(article, "history"),
        ]
        for page in pages:
            with self.subTest(page=page):
                self.assertNotContains(self.client.get(page), SCRIPT)

    def test_the_list_finds_a_story_by_the_words_of_its_draft(self):
        make_draft("Talks in Doha")
        make_draft("Power in Spain")
        response = self.client.get(reverse(LIST), {"q": "Doha"})
        self.assertContains(response, "Talks in Doha")
        self.assertNotContains(response, "Power in Spain")

    def test_the_list_costs_the_same_however_many_stories(self):
        for number in range(3):
            publishing.save_draft(make_article(f"Story {number}"), self.editor, headline="Newer")
        self.client.get(reverse(LIST))
        with self.assertNumQueries(LIST_QUERIES):
            self.client.get(reverse(LIST))
        for number in range(12):
            publishing.save_draft(make_article(f"Other story {number}"), self.editor, headline="Newer")
        with self.assertNumQueries(LIST_QUERIES):
            self.client.get(reverse(LIST))

    def test_the_record_lists_what_was_done_even_to_a_draft_that_is_gone(self):
        article = make_draft()
        make_article("Still here")
        article.delete()
        response = self.client.get(reverse("admin:articles_logentry_changelist"))
        self.assertContains(response, "(deleted draft")
        self.assertContains(response, "Still here")

    def test_every_page_gives_up_what_a_browser_could_do(self):
        response = self.client.get(reverse(LIST))
        self.assertIn("camera=()", response["Permissions-Policy"])
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response["Cross-Origin-Opener-Policy"], "same-origin")

    def test_the_editor_s_page_allows_its_own_scripts_by_nonce_and_none_inline(self):
        policy = self.client.get(reverse("admin:articles_article_add"))["Content-Security-Policy"]
        self.assertIn("'nonce-", policy)
        self.assertNotIn("unsafe", policy)


class PicturesTests(DeskTestCase):
    def upload(self, file):
        data = {
            "original": file,
            "alt_text": "Troops",
            "credit": "AnewZ graphics",
            "focal_x": 50,
            "focal_y": 50,
        }
        return self.client.post(reverse("admin:articles_picture_add"), data)

    def test_a_picture_is_taken_in_under_the_name_of_who_brought_it(self):
        self.assertEqual(self.upload(file_of(stripes())).status_code, 302)
        self.assertEqual(Picture.objects.get().uploaded_by, self.editor)

    def test_a_file_that_is_none_comes_back_with_the_reason_and_the_words(self):
        response = self.upload(SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
        self.assertContains(response, "errorlist")
        self.assertContains(response, "AnewZ graphics")
        self.assertFalse(Picture.objects.exists())
