"""What the holder of a preview link notes on the text, and where the newsroom finds it."""

from unittest import mock

from django.contrib.auth.models import Permission
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import publishing
from articles.body import split
from articles.sharing import acts
from articles.sharing import views as sharing
from articles.tests.desk import page_of
from articles.tests.factories import make_account, make_draft, make_member
from articles.tests.previews import make_link, make_note, make_reading, notes_of

SCRIPT = "<script>alert(1)</script>"


class NotesTestCase(TestCase):
    def setUp(self):
        self.article = make_draft(body="<p>They met twice.</p><p>Nobody said why.</p>")
        self.link, self.reading = make_reading(self.article)
        self.blocks = [block.attributes["id"] for block in split(self.article.draft.body)]

    def leave(self, comment="Three times, I think.", name="Nigar", block="", reading=None):
        data = {"comment": comment, "name": name, "block": block}
        return self.client.post(reading or self.reading, data)


class HolderTests(NotesTestCase):
    def test_leaves_a_note_on_a_paragraph_and_finds_it_there(self):
        response = self.leave(block=self.blocks[0])
        self.assertEqual(response["Location"], f"{self.reading}#{self.blocks[0]}")
        note = notes_of(self.link).get()
        self.assertEqual((note.block, note.passage), (self.blocks[0], "They met twice."))
        self.assertEqual(note.mark, self.article.mark)
        html = self.client.get(self.reading).content.decode()
        places = [
            html.index(text) for text in ("They met twice.", "Three times, I think.", "Nobody said why.")
        ]
        self.assertEqual(places, sorted(places))

    def test_leaves_a_note_on_the_whole_story(self):
        self.assertEqual(self.leave()["Location"], f"{self.reading}#note-on-story")
        self.assertContains(self.client.get(self.reading), "Three times, I think.")

    def test_is_asked_for_the_name_once(self):
        self.leave(name="  Nigar   Aliyeva ")
        self.assertContains(self.client.get(self.reading), 'value="Nigar Aliyeva"', count=3)

    def test_who_forgets_something_keeps_the_words_and_learns_what(self):
        for wrong, sentence in (
            ({"name": ""}, "Give a name"),
            ({"name": "Ni\u202egar"}, "invisible"),
            ({"comment": " "}, "Write something first."),
            ({"comment": "Mine. " * 400}, "at most 2,000 characters"),
        ):
            with self.subTest(wrong):
                response = self.leave(**({"block": self.blocks[1], "comment": "My words"} | wrong))
                self.assertContains(response, sentence, status_code=422)
                self.assertContains(
                    response, '<details class="margin__write" open>', status_code=422, count=1
                )
                self.assertContains(response, wrong.get("comment", "My words").strip(), status_code=422)
        self.assertFalse(notes_of(self.link).exists())

    def test_a_paragraph_that_is_gone_meanwhile_costs_nobody_the_words(self):
        publishing.save_draft(self.article, make_account(), body="<p>Everything is new.</p>")
        self.assertContains(self.leave(name="", block=self.blocks[0]), "Three times", status_code=422)
        self.leave(block=self.blocks[0])
        self.assertContains(self.client.get(self.reading), "Three times")

    def test_odd_input_is_a_note_on_the_whole_story_or_refused(self):
        for block in ("x", "p-12345678'", "é", "p-1234567890", SCRIPT):
            with self.subTest(block):
                self.assertEqual(self.leave(block=block).status_code, 302)
                self.assertEqual(notes_of(self.link).last().block, "")
        self.assertEqual(self.leave(comment="a\0b").status_code, 422)
        self.assertEqual(self.client.post(self.reading, b"\xff", content_type="text/plain").status_code, 422)

    def test_words_are_text(self):
        self.leave(comment=SCRIPT, name=SCRIPT, block=self.blocks[0])
        self.client.force_login(make_member("Editor"))
        for page in (self.reading, reverse("articles:preview", args=[self.article.pk])):
            self.assertNotContains(self.client.get(page), SCRIPT)

    def test_sees_no_note_of_another_link(self):
        other, _ = make_link(self.article)
        make_note(other, "Not for your eyes")
        self.assertNotContains(self.client.get(self.reading), "Not for your eyes")

    def test_too_many_are_refused_with_the_words_kept(self):
        with mock.patch.object(sharing, "NOTES", (0, 3600)):
            self.assertContains(self.leave(), "Three times", status_code=429)
        with mock.patch.object(acts, "MOST_NOTES", 0):
            self.assertContains(self.leave(), "Three times", status_code=422)
        self.assertFalse(notes_of(self.link).exists())

    def test_leaves_none_by_a_dead_link(self):
        acts.revoke(self.link, make_account())
        self.assertEqual(self.leave().status_code, 404)
        self.assertFalse(notes_of(self.link).exists())

    def test_one_left_on_a_fixed_link_names_the_words_that_it_shows(self):
        link, reading = make_reading(self.article, follows=False)
        mark = self.article.mark
        publishing.save_draft(self.article, make_account(), body="<p>Everything is new.</p>")
        self.leave(block=self.blocks[0], reading=reading)
        note = notes_of(link).get()
        self.assertEqual((note.mark, note.passage), (mark, "They met twice."))


class NewsroomTests(NotesTestCase):
    def setUp(self):
        super().setUp()
        self.preview = reverse("articles:preview", args=[self.article.pk])
        self.client.force_login(make_member("Editor"))

    def test_sees_a_note_below_its_paragraph(self):
        make_note(self.link, "Three times.", block=self.blocks[0], passage="They met twice.")
        html = self.client.get(self.preview).content.decode().partition('<div class="prose article-body">')[2]
        places = [html.index(text) for text in ("They met twice.", "Three times.", "Nobody said why.")]
        self.assertEqual(places, sorted(places))
        self.assertIn("For our lawyer", html)
        self.assertNotIn("the paragraph began", html)

    def test_sees_what_the_paragraph_was_where_it_reads_otherwise_or_is_gone(self):
        make_note(self.link, block=self.blocks[0], passage="They met twice.")
        for body in (f'<p id="{self.blocks[0]}">They met thrice.</p>', "<p>Everything is new.</p>"):
            publishing.save_draft(self.article, make_account(), body=body)
            self.assertContains(self.client.get(self.preview), "They met twice.")

    def test_sees_it_on_the_story_s_page_and_among_its_links(self):
        make_note(self.link, "Three times.")
        for name in ("change", "links"):
            page = reverse(f"admin:articles_article_{name}", args=[self.article.pk])
            self.assertContains(self.client.get(page), "Three times.")

    def test_is_done_with_it(self):
        note = make_note(self.link, "Three times.", block=self.blocks[0])
        resolution = reverse("admin:articles_article_resolution", args=[self.article.pk, note.pk])
        self.assertEqual(self.client.get(resolution).status_code, 405)
        response = self.client.post(resolution, {"from": "preview"})
        self.assertEqual(response["Location"], f"{self.preview}#{self.blocks[0]}")
        note.refresh_from_db()
        self.assertEqual(note.resolved_by.username, "editor")
        self.assertNotContains(self.client.get(self.preview), "Three times.")
        self.client.logout()
        self.assertContains(self.client.get(self.reading), "The newsroom has dealt with it.")

    def test_resolves_no_note_by_the_address_of_another_story(self):
        note = make_note(self.link)
        resolution = reverse("admin:articles_article_resolution", args=[make_draft("Another").pk, note.pk])
        self.assertEqual(self.client.post(resolution).status_code, 404)

    def test_the_preview_costs_the_same_however_many_notes(self):
        make_note(self.link)
        with CaptureQueriesContext(connection) as with_one:
            self.client.get(self.preview)
        for block in self.blocks * 3:
            make_note(self.link, block=block)
        with self.assertNumQueries(len(with_one)):
            self.client.get(self.preview)

    def test_offers_to_be_done_with_it_only_to_those_who_may(self):
        make_note(self.link, "Three times.")
        self.assertContains(self.client.get(self.preview), "/resolution/")
        viewer = make_member(None)
        viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
        self.client.force_login(viewer)
        page = self.client.get(self.preview)
        self.assertContains(page, "Three times.")
        self.assertNotContains(page, "/resolution/")
        self.assertNotContains(self.client.get(page_of(self.article)), page_of(self.article, "links"))
