import os
from datetime import timedelta
from unittest import mock

from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.test import SimpleTestCase, TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from articles import pictures, renditions
from articles.models import Picture
from articles.renditions import storage
from articles.tests.factories import make_article, make_draft
from articles.tests.picture_files import colours_of, make_picture, stripes


def figure_of(picture):
    return f'<p>Text</p><figure data-picture="{picture.token}"></figure>'


class CropTests(SimpleTestCase):
    def test_is_the_largest_around_the_focal_point(self):
        self.assertEqual(pictures.crop_box(1200, 900, (4, 3), 10, 90), (0, 0, 1200, 900))
        self.assertEqual(pictures.crop_box(1600, 1600, (16, 9), 50, 50), (0, 350, 1600, 1250))
        self.assertEqual(pictures.crop_box(1600, 900, (4, 3), 50, 50), (200, 0, 1400, 900))

    def test_stays_within_the_edges(self):
        self.assertEqual(pictures.crop_box(1600, 900, (4, 3), 0, 0), (0, 0, 1200, 900))
        self.assertEqual(pictures.crop_box(1600, 900, (4, 3), 100, 100), (400, 0, 1600, 900))


class SizeTests(SimpleTestCase):
    def widths(self, width, height, ratio="original"):
        picture = Picture(width=width, height=height)
        return sorted({r.width for r in pictures.renditions(picture) if r.name.startswith(ratio)})

    def test_none_is_wider_than_the_original(self):
        self.assertEqual(self.widths(6000, 4000), [320, 640, 960, 1280, 1920])
        self.assertEqual(self.widths(1000, 700), [320, 640, 960, 1000])
        self.assertEqual(self.widths(100, 80), [100])
        self.assertEqual(self.widths(1000, 300, "4x3"), [320, 400])

    def test_every_name_is_one_that_is_served(self):
        picture = Picture(token="t", width=1000, height=700, focal_x=0, focal_y=100)
        for rendition in [*pictures.renditions(picture), *pictures.fallbacks(picture)]:
            self.assertRegex(rendition.name, pictures.NAME)


class RenditionTests(TestCase):
    def test_a_page_has_something_to_show_at_once(self):
        picture = make_picture()
        for ratio in pictures.RATIOS:
            self.assertTrue(storage.exists(pictures.fallback(picture, ratio).path))
        self.assertIsNone(picture.ready_at)
        self.assertEqual(DBTaskResult.objects.count(), 1)

    def test_are_what_their_names_say(self):
        picture = make_picture(stripes(700, 500), focal_x=0, focal_y=0)
        self.assertTrue(renditions.make(picture))
        picture.refresh_from_db()
        self.assertIsNotNone(picture.ready_at)
        formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
        for rendition in [*pictures.renditions(picture), *pictures.fallbacks(picture)]:
            with self.subTest(rendition.name), Image.open(storage.path(rendition.path)) as image:
                self.assertEqual(image.size, (rendition.width, rendition.height))
                self.assertEqual(image.format, formats[rendition.extension])
                self.assertFalse(image.getexif())

    def test_show_what_the_focal_point_says(self):
        wide = stripes(1600, 400)
        for focal_x, colour in ((0, "red"), (50, "green"), (100, "blue")):
            picture = make_picture(wide, focal_x=focal_x)
            with self.subTest(focal_x):
                middle = colours_of(storage.path(pictures.fallback(picture, "4x3").path))[1]
                self.assertEqual(middle, colour)

    def test_are_made_anew_under_new_names_when_the_focal_point_moves(self):
        picture = make_picture(stripes(700, 500))
        renditions.make(picture)
        picture.refresh_from_db()
        before = pictures.fallback(picture, "16x9").name
        DBTaskResult.objects.all().delete()
        picture.focal_x = 20
        picture.save(update_fields=["focal_x"])
        picture.refresh_from_db()
        self.assertIsNone(picture.ready_at)
        self.assertNotEqual(pictures.fallback(picture, "16x9").name, before)
        self.assertTrue(storage.exists(pictures.fallback(picture, "16x9").path))
        self.assertEqual(DBTaskResult.objects.count(), 1)

    def test_are_left_alone_when_only_words_change(self):
        picture = make_picture(stripes(700, 500))
        renditions.make(picture)
        DBTaskResult.objects.all().delete()
        picture = Picture.objects.get()
        picture.caption = "In Kursk"
        picture.save()
        picture.refresh_from_db()
        self.assertIsNotNone(picture.ready_at)
        self.assertFalse(DBTaskResult.objects.exists())

    def test_of_an_old_focal_point_do_not_make_the_new_one_ready(self):
        picture = make_picture(stripes(400, 300))
        stale = Picture.objects.get()
        picture.focal_x = 10
        picture.save()
        renditions.make(stale)
        picture.refresh_from_db()
        self.assertIsNone(picture.ready_at)

    def test_a_shape_that_is_new_is_made_while_pages_go_on_as_before(self):
        picture = make_picture(stripes(400, 300))
        renditions.make(picture)
        square = pictures.fallback(picture, "1x1")
        storage.delete(square.path)
        Picture.objects.update(renditions_due_at=timezone.now())
        DBTaskResult.objects.all().delete()
        renditions.make_overdue()
        picture.refresh_from_db()
        self.assertIsNotNone(picture.ready_at)
        self.assertEqual(DBTaskResult.objects.count(), 1)
        self.assertTrue(renditions.make(picture))
        self.assertTrue(storage.exists(square.path))

    def test_the_square_one_is_for_others_alone_and_a_jpeg(self):
        names = [r.name for r in pictures.renditions(Picture(width=1000, height=700))]
        self.assertFalse([name for name in names if name.startswith("1x1")])
        self.assertEqual(pictures.sources(Picture(width=10, height=10, ready_at=timezone.now()), "1x1"), [])

    def test_a_long_task_hands_on_what_is_left(self):
        picture = make_picture(stripes(400, 300))
        DBTaskResult.objects.all().delete()
        self.assertFalse(renditions.make(picture, slice_s=-1))
        with mock.patch.object(renditions, "make", return_value=False):
            renditions.make_in_background.call(picture.pk)
        self.assertEqual(DBTaskResult.objects.count(), 1)

    def test_a_picture_whose_worker_died_is_taken_up_again_once(self):
        picture = make_picture(stripes(400, 300))
        DBTaskResult.objects.all().delete()
        renditions.make_overdue()
        self.assertFalse(DBTaskResult.objects.exists())
        Picture.objects.update(renditions_due_at=timezone.now() - timedelta(seconds=1))
        renditions.make_overdue()
        renditions.make_overdue()
        self.assertEqual(DBTaskResult.objects.count(), 1)
        renditions.make(picture)
        self.assertFalse(Picture.objects.filter(renditions_due_at__isnull=False).exists())

    def test_a_full_disk_leaves_no_half_file_and_is_overcome(self):
        picture = make_picture(stripes(400, 300))
        folder = storage.path(pictures.folder(picture.token))
        before = sorted(os.listdir(folder))
        with mock.patch("articles.storage.os.fsync", side_effect=OSError(28, "No space left on device")):
            with self.assertRaises(OSError):
                renditions.make(picture)
        self.assertEqual(sorted(os.listdir(folder)), before)
        self.assertTrue(renditions.make(picture))


class StorageTests(SimpleTestCase):
    def test_the_later_file_of_a_name_takes_its_place_whole(self):
        for content in (b"first", b"second"):
            self.assertEqual(storage.save("test/name.txt", ContentFile(content)), "test/name.txt")
        with storage.open("test/name.txt") as file:
            self.assertEqual(file.read(), b"second")
        self.assertEqual(os.listdir(storage.path("test")), ["name.txt"])


class RemovalTests(TestCase):
    def test_files_go_when_the_deletion_is_certain(self):
        picture = make_picture()
        original, folder = storage.path(picture.original.name), storage.path(pictures.folder(picture.token))
        with self.captureOnCommitCallbacks() as callbacks:
            Picture.objects.all().delete()
        self.assertTrue(os.path.exists(original))
        for callback in callbacks:
            callback()
        self.assertFalse(os.path.exists(original) or os.path.exists(folder))

    def test_a_picture_that_a_story_uses_stays(self):
        at_the_head, in_the_text, in_a_draft = make_picture(), make_picture(), make_picture()
        make_article(picture=at_the_head)
        make_article("Another", body=figure_of(in_the_text))
        make_draft("A third", body=figure_of(in_a_draft))
        for picture in (at_the_head, in_the_text, in_a_draft):
            with self.assertRaises(ProtectedError):
                picture.delete()
