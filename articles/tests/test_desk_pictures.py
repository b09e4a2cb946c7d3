from unittest import mock

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from articles import pictures, publishing
from articles.admin import several_pictures
from articles.models import LogEntry, Picture, SectionRole
from articles.tests.desk import page_of
from articles.tests.factories import (
    make_account,
    make_article,
    make_draft,
    make_member,
    make_section,
    update_article,
)
from articles.tests.picture_files import file_of, make_picture, stripes
from articles.tests.picture_words import file_with_xmp
from articles.tests.test_picture_metadata import WHOLE, WHOLE_WORDS

LIST = "admin:articles_picture_changelist"
SEVERAL, WORDS = "admin:articles_picture_several", "admin:articles_picture_several_words"


def page(picture, name="change"):
    return reverse(f"admin:articles_picture_{name}", args=[picture.pk])


def figure_of(picture):
    return f'<p>Text</p><figure data-picture="{picture.token}"></figure>'


def small(name="IMG_1.jpg"):
    return file_of(stripes(64, 48), name=name)


QUERIES = {"change": 9, "delete": 10, "words": 6}  # session, account and rights among them


class DeskPicturesTestCase(TestCase):
    def setUp(self):
        self.editor = make_member("Editor")
        self.client.force_login(self.editor)


class OnePictureTests(DeskPicturesTestCase):
    def add(self, file, **changes):
        data = {"original": file, "focal_x": 50, "focal_y": 50} | changes
        return self.client.post(reverse("admin:articles_picture_add"), data)

    def test_what_the_file_says_is_filled_in_and_shown_to_be_checked(self):
        response = self.add(file_with_xmp("JPEG", WHOLE), caption="Ours")
        picture = Picture.objects.get()
        self.assertRedirects(response, page(picture))
        self.assertEqual((picture.caption, picture.rights), ("Ours", WHOLE_WORDS["rights"]))
        self.assertContains(self.client.get(page(picture)), WHOLE_WORDS["alt_text"])

    def test_its_page_shows_every_crop(self):
        picture = make_picture(stripes(640, 480))
        response = self.client.get(page(picture))
        for crop in pictures.fallbacks(picture):
            self.assertContains(response, crop.url)

    def test_a_new_focal_point_gives_new_crops(self):
        picture = make_picture(stripes(640, 200))
        words = {"alt_text": "Troops", "caption": "", "credit": "AnewZ", "rights": ""}
        self.client.post(page(picture), words | {"focal_x": 10, "focal_y": 90})
        picture.refresh_from_db()
        self.assertEqual((picture.focal_x, picture.focal_y), (10, 90))
        self.assertContains(self.client.get(page(picture)), "1x1-200-10-90.jpg")

    def test_the_page_of_an_act_shows_the_crops_of_all_that_readers_would_see(self):
        head, inside = make_picture(stripes(640, 480)), make_picture(stripes(640, 480))
        article = make_draft(picture=head, body=figure_of(inside))
        response = self.client.get(page_of(article, "publication"))
        for picture in (head, inside):
            for crop in pictures.fallbacks(picture):
                self.assertContains(response, crop.url)


class SeveralTests(DeskPicturesTestCase):
    def send(self, *files, follow=True):
        return self.client.post(reverse(SEVERAL), {"files": files}, follow=follow)

    def test_are_taken_in_at_once_and_their_words_asked_for_together(self):
        response = self.send(small(), file_with_xmp("PNG", WHOLE), file_of(stripes(64, 48), "WEBP"))
        self.assertEqual(response.request["PATH_INFO"], reverse(WORDS))
        self.assertContains(response, WHOLE_WORDS["alt_text"])
        chosen = list(Picture.objects.order_by("pk"))
        self.assertEqual([picture.uploaded_by for picture in chosen], [self.editor] * 3)
        data = {f"{picture.pk}-alt_text": f"Picture {n}" for n, picture in enumerate(chosen)}
        data |= {f"{picture.pk}-credit": "AnewZ" for picture in chosen}
        response = self.client.post(
            response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"], data
        )
        self.assertRedirects(response, reverse(LIST))
        words = Picture.objects.order_by("pk").values_list("alt_text", "credit")
        self.assertEqual(list(words), [(f"Picture {n}", "AnewZ") for n in range(3)])

    def test_one_that_is_refused_is_named_with_its_reason_and_the_others_are_kept(self):
        response = self.send(small(), SimpleUploadedFile("<b>notes.jpg", b"no picture"), small())
        self.assertContains(response, "“&lt;b&gt;notes.jpg” was not taken: This is not a picture")
        self.assertContains(response, "Taken in: 2 pictures.")
        self.assertEqual(Picture.objects.count(), 2)

    def test_a_full_disk_is_told_of_each_file(self):
        with mock.patch("articles.storage.os.fsync", side_effect=OSError(28, "No space left on device")):
            response = self.send(small(), small("IMG_2.jpg"))
        self.assertContains(response, "no room left", count=2)
        self.assertFalse(Picture.objects.exists())

    def test_where_nothing_is_taken_in_the_page_says_so(self):
        for files, reason in (
            ([], "No file was chosen."),
            ([SimpleUploadedFile("x.jpg", b"<svg>")], "“x.jpg” was not"),
        ):
            response = self.send(*files)
            self.assertContains(response, reason)
            self.assertContains(response, "Nothing was taken in")
        self.assertFalse(Picture.objects.exists())

    def test_more_than_the_page_takes_are_named_and_the_first_are_kept(self):
        with mock.patch.object(several_pictures, "AT_ONCE", 2):
            response = self.send(small(), small(), small("IMG_3.jpg"))
        self.assertContains(response, "“IMG_3.jpg” was not taken: it is more than 2 files")
        self.assertEqual(Picture.objects.count(), 2)

    def test_the_server_takes_more_files_than_the_page_so_that_it_can_name_them(self):
        self.send(*(SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(several_pictures.AT_ONCE + 10)))
        response = self.client.get(reverse(SEVERAL))
        self.assertEqual(response.status_code, 200)

    def test_each_stands_in_the_record(self):
        self.send(small(), small())
        entries = LogEntry.objects.filter(act=LogEntry.Act.ADD, by=self.editor)
        self.assertEqual(entries.count(), 2)

    def test_words_too_long_come_back_with_the_reason_and_nothing_is_lost(self):
        picture = make_picture(stripes(64, 48))
        address = f"{reverse(WORDS)}?picture={picture.pk}"
        data = {f"{picture.pk}-{name}": "Kept" for name in ("alt_text", "caption", "rights")}
        response = self.client.post(address, data | {f"{picture.pk}-credit": "x" * 121})
        self.assertContains(response, "at most 120 characters")
        self.assertContains(response, "Kept")
        self.assertNotEqual(Picture.objects.get().caption, "Kept")

    def test_only_words_are_taken_and_only_of_pictures_that_the_address_names(self):
        one, other = make_picture(stripes(64, 48)), make_picture(stripes(64, 48))
        data = {
            f"{key}-{name}": "Changed"
            for key in (one.pk, other.pk)
            for name in ("alt_text", "credit", "token")
        }
        self.client.post(f"{reverse(WORDS)}?picture={one.pk}", data | {f"{one.pk}-focal_x": 1})
        for picture in (one, other):
            before = picture.token
            picture.refresh_from_db()
            self.assertEqual((picture.token, picture.focal_x), (before, 50))
        self.assertEqual((one.credit, other.credit), ("Changed", "AnewZ graphics"))

    def test_odd_addresses_are_not_found(self):
        for query in (
            "",
            "picture=",
            "picture=x",
            "picture=9",
            "picture=%00",
            f"picture={'9' * 40}",
            "picture=-1",
            "picture=²",
        ):
            with self.subTest(query):
                self.assertEqual(self.client.get(f"{reverse(WORDS)}?{query}").status_code, 404)

    def test_the_words_cost_the_same_however_many_pictures(self):
        for role in ("Editor", "Reporter"):
            self.client.force_login(make_member(role, f"{role} counting"))
            asking = ""
            for number in range(3):
                asking += f"picture={make_picture(stripes(64, 48)).pk}&"
                with self.subTest(role, number=number), self.assertNumQueries(QUERIES["words"]):
                    self.client.get(f"{reverse(WORDS)}?{asking}")

    def test_a_reporter_adds_several_but_leaves_those_of_published_stories_alone(self):
        self.client.force_login(make_member("Reporter"))
        self.assertContains(self.client.get(reverse(LIST)), reverse(SEVERAL))
        self.send(small())
        shown = make_picture(stripes(64, 48))
        make_article(picture=shown)
        response = self.client.post(f"{reverse(WORDS)}?picture={shown.pk}", {f"{shown.pk}-credit": "Mine"})
        self.assertEqual(response.status_code, 404)

    def test_nobody_without_the_right_adds_any(self):
        for role in ("Moderator", None):
            self.client.force_login(make_member(role))
            self.assertEqual(self.send(small(), follow=False).status_code, 403)
            self.assertEqual(self.client.get(reverse(WORDS)).status_code, 403)
        self.assertFalse(Picture.objects.exists())


class UsesTests(DeskPicturesTestCase):
    def test_its_page_lists_heads_drafts_and_versions_with_their_states(self):
        picture = make_picture(stripes(64, 48))
        make_draft("At the head of a draft", picture=picture)
        article = make_article("In the text", body=figure_of(picture))
        update_article(article, body="<p>Gone from it</p>")
        publishing.save_draft(article, make_account(), body=figure_of(picture))
        response = self.client.get(page(picture))
        self.assertContains(response, "At the head of a draft")
        self.assertContains(response, "at the head</li>")
        self.assertContains(response, "Published, with a newer draft")
        self.assertContains(response, reverse("admin:articles_article_version", args=[article.pk, 1]))
        self.assertContains(response, "version 1</a>, an earlier one")
        self.assertContains(response, f'in the text of <a href="{page_of(article)}">the draft</a>')
        self.assertNotContains(response, "version 2")

    def test_a_picture_that_nobody_uses_says_so(self):
        self.assertContains(self.client.get(page(make_picture(stripes(64, 48)))), "No story uses it.")

    def test_stories_that_one_may_not_see_are_counted_and_not_named(self):
        sport, world = make_section("Sport"), make_section("World")
        picture = make_picture(stripes(64, 48))
        make_draft("Secret talks", section=world, picture=picture)
        make_draft("A match", section=sport, picture=picture)
        member = make_member(None, "sports")
        SectionRole.objects.create(user=member, section=sport, group=Group.objects.get(name="Editor"))
        self.client.force_login(member)
        response = self.client.get(page(picture))
        self.assertContains(response, "A match")
        self.assertContains(response, "1 story that is not listed for you")
        self.assertNotContains(response, "Secret talks")

    def test_costs_the_same_however_many_stories_and_versions(self):
        picture = make_picture(stripes(64, 48))
        for number in range(5):
            article = make_article(f"Story {number}", picture=picture, body=figure_of(picture))
            update_article(article, headline=f"Newer {number}")
            for name in ("change", "delete"):
                with self.subTest(name, number=number), self.assertNumQueries(QUERIES[name]):
                    self.client.get(page(picture, name))

    def test_what_is_used_cannot_be_deleted_and_the_page_says_why_and_where(self):
        picture = make_picture(stripes(64, 48))
        make_draft("The only one", body=figure_of(picture))
        for response in (
            self.client.get(page(picture, "delete")),
            self.client.post(page(picture, "delete"), {"post": "yes"}),
        ):
            self.assertContains(response, "This picture cannot be deleted: 1 story uses it.")
            self.assertContains(response, "The only one")
            self.assertNotContains(response, "protected related objects")
        self.assertTrue(Picture.objects.exists())

    def test_what_is_free_is_deleted(self):
        picture = make_picture(stripes(64, 48))
        self.assertContains(self.client.get(page(picture, "delete")), "Are you sure")
        self.client.post(page(picture, "delete"), {"post": "yes"})
        self.assertFalse(Picture.objects.exists())

    def test_several_are_deleted_together_unless_one_is_used(self):
        free, used = make_picture(stripes(64, 48)), make_picture(stripes(64, 48))
        article = make_draft(picture=used)
        chosen = {"action": "delete_selected", "_selected_action": [free.pk, used.pk], "post": "yes"}
        response = self.client.post(reverse(LIST), chosen)
        self.assertContains(response, "Nothing was deleted")
        self.assertContains(response, page(used))
        self.assertEqual(Picture.objects.count(), 2)
        article.delete()
        self.client.post(reverse(LIST), chosen)
        self.assertFalse(Picture.objects.exists())
