"""Two at the same story: nobody's words are lost, and each sees what the other did."""

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Article, Presence, Revision
from articles.tests.desk import page_of, story_data
from articles.tests.factories import make_article, make_draft, make_member, make_section, publish


class ConflictTestCase(TestCase):
    def setUp(self):
        self.editor, self.reporter = make_member("Editor"), make_member("Reporter")
        self.client.force_login(self.editor)
        self.article = make_draft("First words", body="<p>First paragraph.</p><p>Second paragraph.</p>")

    def reload(self):
        return Article.objects.get(pk=self.article.pk)

    def body(self, first="First paragraph.", second="Second paragraph."):
        return f"<p>{first}</p><p>{second}</p>"

    def autosave(self, **data):
        return self.client.post(page_of(self.article, "autosave"), data)


class LateSaveTests(ConflictTestCase):
    def setUp(self):
        super().setUp()
        self.opened = story_data(self.article, headline="Mine", body=self.body(second="Second, mine."))
        theirs = {"headline": "Theirs", "body": self.body("First, theirs.")}
        publishing.save_draft(self.article, self.reporter, **theirs)

    def save_late(self, **changes):
        return self.client.post(page_of(self.article), self.opened | changes)

    def merge_address(self):
        aside = Revision.objects.of(self.article).waiting().get()
        return reverse("admin:articles_article_merge", args=[self.article.pk, aside.pk])

    def test_the_second_to_save_sees_both_texts_side_by_side(self):
        response = self.client.post(page_of(self.article), self.opened, follow=True)
        self.assertRedirects(response, self.merge_address())
        for words in ("Theirs", "Mine", "First, theirs.", "Second, mine.", "editor wrote what stands"):
            self.assertContains(response, words)
        self.assertEqual(self.reload().draft.headline, "Theirs")

    def test_merging_keeps_what_each_changed(self):
        page = self.client.post(page_of(self.article), self.opened, follow=True)
        form = page.context["form"]
        data = {"seen": form["seen"].value()}
        for part, field in form.rows():
            if field:
                data[field.html_name] = "mine" if part.name == "headline" else part.choice
        self.client.post(self.merge_address(), data)
        draft = self.reload().draft
        self.assertEqual(draft.headline, "Mine")
        self.assertIn("First, theirs.", draft.body)
        self.assertIn("Second, mine.", draft.body)
        self.assertFalse(Revision.objects.of(self.article).waiting().exists())

    def test_what_both_changed_has_to_be_chosen(self):
        self.save_late()
        address = self.merge_address()
        data = {"seen": self.reload().mark}
        self.assertContains(self.client.post(address, data), "Choose one of them.")
        self.assertEqual(self.reload().draft.headline, "Theirs")

    def test_a_third_save_meanwhile_is_shown_before_the_merge(self):
        self.save_late()
        seen = self.reload().mark
        publishing.save_draft(self.article, self.reporter, headline="Third")
        data = {"seen": seen} | {f"part-{number}": "mine" for number in range(9)}
        response = self.client.post(self.merge_address(), data)
        self.assertContains(response, "Somebody saved once more meanwhile")
        self.assertEqual(self.reload().draft.headline, "Third")

    def test_until_it_is_merged_the_story_says_what_was_set_aside(self):
        self.save_late()
        self.assertContains(self.client.get(page_of(self.article)), "Words of editor were set aside")

    def test_a_draft_that_was_published_meanwhile_is_seen_too(self):
        publish(self.article)
        response = self.client.post(page_of(self.article), self.opened, follow=True)
        self.assertRedirects(response, self.merge_address())
        self.assertEqual(self.reload().live_version.headline, "Theirs")

    def test_a_place_that_somebody_changed_is_shown_and_a_second_save_means_it(self):
        self.article.section = make_section("Politics")
        self.article.save()
        sport = make_section("Sport")
        data = self.opened | {"section": sport.pk, "seen": self.reload().mark}
        response = self.client.post(page_of(self.article), data)
        self.assertContains(response, "section Politics")
        self.assertEqual(self.reload().section.name, "Politics")
        again = response.context["adminform"].form.data
        self.client.post(page_of(self.article), again)
        self.assertEqual(self.reload().section, sport)

    def test_an_act_is_bound_to_the_words_that_its_page_showed(self):
        data = {"seen": self.opened["seen"]}
        response = self.client.post(page_of(self.article, "publication"), data)
        self.assertContains(response, "reporter changed the story on")
        self.assertEqual(self.reload().state, Article.State.DRAFT)


class AutosaveTests(ConflictTestCase):
    def test_saves_what_is_typed_and_tells_the_new_mark(self):
        answer = self.autosave(headline="Typed", seen=self.article.mark).json()
        article = self.reload()
        self.assertEqual((article.draft.headline, answer["seen"]), ("Typed", article.mark))
        again = self.autosave(headline="Typed on", seen=answer["seen"])
        self.assertEqual(again.status_code, 200)
        self.assertEqual(self.reload().draft.headline, "Typed on")

    def test_a_new_story_is_begun_by_its_first_words(self):
        answer = self.client.post(reverse("admin:articles_article_begin"), {"headline": "Begun"}).json()
        story = Article.objects.get(draft__headline="Begun")
        self.assertEqual((story.created_by, answer["page"]), (self.editor, page_of(story)))
        data = story_data(headline="Begun, and saved") | {
            name: answer[name] for name in ("seen", "seen_place")
        }
        self.assertRedirects(self.client.post(answer["page"], data), page_of(story))
        self.assertEqual(Article.objects.get(pk=story.pk).draft.headline, "Begun, and saved")

    def test_no_words_begin_no_story(self):
        before = Article.objects.count()
        self.assertEqual(self.client.post(reverse("admin:articles_article_begin"), {}).json(), {})
        self.assertEqual(Article.objects.count(), before)

    def test_pauses_when_somebody_else_has_saved_and_keeps_the_words(self):
        seen = self.article.mark
        publishing.save_draft(self.article, self.reporter, headline="Theirs")
        response = self.autosave(headline="Mine", seen=seen)
        self.assertEqual(response.status_code, 409)
        self.assertIn("reporter saved this story", response.json()["refusal"])
        aside = Revision.objects.of(self.article).waiting().get()
        self.assertEqual(aside.words["headline"], "Mine")
        self.assertEqual(self.client.get(response.json()["merge"]).status_code, 200)
        self.assertEqual(self.reload().draft.headline, "Theirs")

    def test_a_greeting_that_changes_nothing_begins_no_draft(self):
        live = make_article("Live")
        version = live.live_version
        data = {"headline": version.headline, "standfirst": version.standfirst, "body": version.body}
        data |= {"dateline": version.dateline, "seen": live.mark}
        data |= {f"sources-0-{name}": value for name, value in version.sources[0].items()}
        self.assertEqual(self.client.post(page_of(live, "autosave"), data).status_code, 200)
        live.refresh_from_db()
        self.assertIsNone(live.draft)

    def test_tells_who_else_has_the_story_open(self):
        Presence.objects.note(self.article, self.reporter)
        self.assertContains(self.client.get(page_of(self.article)), "reporter has this story open too.")
        answer = self.autosave(headline="Typed", seen=self.article.mark).json()
        self.assertEqual(answer["others"], ["reporter"])

    def test_tells_why_words_are_not_saved(self):
        data = {"headline": "x" * 300, "seen": self.article.mark, "sources-0-name": ""}
        data |= {"sources-0-address": "javascript:alert(1)", "sources-0-note": ""}
        response = self.autosave(**data)
        self.assertEqual(response.status_code, 422)
        self.assertIn("at most 200 characters", response.json()["refusal"])

    def test_only_posts_save_and_only_for_those_who_may_write(self):
        self.assertEqual(self.client.get(page_of(self.article, "autosave")).status_code, 405)
        self.client.force_login(make_member("Moderator"))
        self.assertEqual(self.autosave(headline="Mine", seen="").status_code, 403)
        self.assertEqual(self.reload().draft.headline, "First words")


class EarlierSavesTests(ConflictTestCase):
    def test_an_earlier_save_can_be_read_and_taken_again(self):
        publishing.save_draft(self.article, self.reporter, headline="Worse words")
        listed = self.client.get(page_of(self.article, "revisions"))
        self.assertContains(listed, "First words")
        first = Revision.objects.of(self.article).last()
        address = reverse("admin:articles_article_revision", args=[self.article.pk, first.pk])
        self.assertContains(self.client.get(address), "<ins>Worse</ins>")
        self.client.post(address)
        self.assertEqual(self.reload().draft.headline, "First words")

    def test_belongs_to_its_story(self):
        other = Revision.objects.of(make_draft("Other")).first()
        for name in ("revision", "merge"):
            address = reverse(f"admin:articles_article_{name}", args=[self.article.pk, other.pk])
            self.assertEqual(self.client.get(address).status_code, 404)
