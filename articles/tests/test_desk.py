from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, HomeSlot, Picture, RelatedStory
from articles.tests.desk import act_data, page_of, story_data
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
LIST_QUERIES = 9


class DeskTestCase(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)

    def save(self, article=None, **changes):
        address = page_of(article) if article else reverse("admin:articles_article_add")
        return self.client.post(address, story_data(article, **changes))

    def do(self, act, article, **asked):
        return self.client.post(page_of(article, act), act_data(article, **asked))


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
        for entry in ({"url": "https://example.com/"}, {"target": article.pk}):
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


class StaleDraftTests(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.reporter = make_member("Reporter")
        self.article = make_draft("First words")
        self.opened = story_data(self.article, headline="Mine", body="<p>My own paragraph.</p>")
        publishing.save_draft(self.article, self.reporter, headline="Theirs", body="<p>Their paragraph.</p>")

    def test_the_second_to_save_keeps_all_words_and_sees_the_other_s(self):
        response = self.client.post(page_of(self.article), self.opened)
        self.assertContains(response, "reporter saved this story on")
        self.assertContains(response, "Their paragraph.")
        self.assertContains(response, 'value="Mine"')
        self.assertContains(response, "My own paragraph.")
        self.article.draft.refresh_from_db()
        self.assertEqual(self.article.draft.headline, "Theirs")

    def test_saving_again_means_it(self):
        again = self.client.post(page_of(self.article), self.opened).context["adminform"].form.data
        self.client.post(page_of(self.article), again)
        self.article.draft.refresh_from_db()
        self.assertEqual(self.article.draft.headline, "Mine")

    def test_a_draft_that_was_published_meanwhile_is_seen_too(self):
        opened = story_data(self.article, headline="Mine")
        publishing.publish(self.article, self.editor)
        self.assertContains(self.client.post(page_of(self.article), opened), "editor published this story on")
        self.article.refresh_from_db()
        self.assertIsNone(self.article.draft)

    def test_an_act_is_bound_to_the_words_that_its_page_showed(self):
        data = act_data(self.article)
        publishing.save_draft(self.article, self.reporter, headline="Unseen words")
        response = self.client.post(page_of(self.article, "publication"), data)
        self.assertContains(response, "reporter changed the story on")
        self.article.refresh_from_db()
        self.assertEqual(self.article.state, Article.State.DRAFT)


class ActsTests(DeskTestCase):
    def test_all_that_is_missing_stands_in_one_list(self):
        self.save()
        article = Article.objects.get()
        for answer in (self.client.get(page_of(article, "publication")), self.do("publication", article)):
            for sentence in ("The headline is missing.", "The body is empty.", "The section is missing."):
                self.assertContains(answer, sentence)
        article.refresh_from_db()
        self.assertEqual(article.state, Article.State.DRAFT)

    def test_publishing_shows_the_story_to_readers(self):
        article = make_draft()
        self.assertRedirects(self.do("publication", article), page_of(article))
        self.assertContains(self.client.get(article.get_absolute_url()), article.headline)

    def test_a_story_is_scheduled_in_the_zone_of_the_site_which_is_named(self):
        article = make_draft()
        self.assertContains(self.client.get(page_of(article, "publication")), "Asia/Baku (now GMT+4)")
        hour = timezone.localtime(timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
        self.do("publication", article, at=hour.strftime("%Y-%m-%dT%H:%M"))
        article.refresh_from_db()
        self.assertEqual(article.published_at, hour)
        self.assertContains(self.client.get(reverse(LIST)), "Scheduled for")
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 404)

    def test_an_hour_that_passed_or_is_years_away_is_refused(self):
        article = make_draft()
        for at, words in (("2020-01-01T10:00", "has passed"), ("2205-01-01T10:00", "more than a year away")):
            self.assertContains(self.do("publication", article, at=at), words)

    def test_a_correction_needs_its_note(self):
        article = make_article()
        publishing.save_draft(article, self.editor, headline="Right words")
        self.assertContains(self.do("update", article, kind="correction"), "Say in a public note")
        self.do("update", article, kind="correction", note="The month was wrong.")
        article.refresh_from_db()
        self.assertEqual(
            (article.live_version.headline, article.live_version.kind), ("Right words", "correction")
        )

    def test_withdrawing_needs_a_notice_and_ends_the_editing(self):
        article = make_article()
        self.assertContains(self.do("withdrawal", article), "Tell readers in a notice")
        self.do("withdrawal", article, notice="It was not true.")
        self.assertContains(self.client.get(article.get_absolute_url()), "It was not true.", status_code=410)
        self.assertEqual(self.save(article, headline="Once more").status_code, 403)
        self.assertContains(self.client.get(page_of(article)), "It was not true.")

    def test_the_button_of_an_act_saves_first(self):
        article = make_draft()
        response = self.save(article, headline="Last words", _act="publication")
        self.assertRedirects(response, page_of(article, "publication"))
        article.draft.refresh_from_db()
        self.assertEqual(article.draft.headline, "Last words")

    def test_what_was_done_stands_on_the_story(self):
        article = make_draft()
        self.do("submission", article)
        self.assertContains(self.client.get(page_of(article)), "submitted for review")

    def test_an_act_on_no_story_is_not_found(self):
        for key in (999, 2**70):
            address = reverse("admin:articles_article_publication", args=[key])
            self.assertEqual(self.client.get(address).status_code, 404)


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
            make_article(f"Story {number}")
        self.client.get(reverse(LIST))
        with self.assertNumQueries(LIST_QUERIES):
            self.client.get(reverse(LIST))
        for number in range(12):
            update_article(make_article(f"Other story {number}"))
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


class HomeSlotTests(DeskTestCase):
    def test_two_stories_change_places_in_the_list(self):
        slots = [HomeSlot.objects.create(order=n, article=make_article(f"Story {n}")) for n in (1, 2, 3)]
        data = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3, "_save": "Save"}
        for index, (slot, order) in enumerate(zip(slots, (2, 3, 1), strict=True)):
            data |= {f"form-{index}-id": slot.pk, f"form-{index}-order": order}
        self.client.post(reverse("admin:articles_homeslot_changelist"), data)
        orders = [HomeSlot.objects.get(pk=slot.pk).order for slot in slots]
        self.assertEqual(orders, [2, 3, 1])


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
