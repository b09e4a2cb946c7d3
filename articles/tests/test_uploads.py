import struct
import zlib
from io import BytesIO
from unittest import mock

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, TestCase
from PIL import Image, ImageCms, ImageDraw

from articles import imaging
from articles.models import Picture
from articles.tests.picture_files import RED, colours_of, file_of, make_picture, nearest, stripes


def png_bomb(side=20_000):
    """A PNG of a few hundred kilobytes at most that would unpack to 400 million pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class RefusalTests(SimpleTestCase):
    def assertRefused(self, file, reason):
        with self.assertRaises(ValidationError) as refusal:
            imaging.take_in(file)
        self.assertIn(reason, refusal.exception.messages[0])

    def test_whatever_is_no_picture_in_spite_of_its_name(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        for content in (svg, b"", b"%PDF-1.7", b"<html>", b"\x00" * 100):
            with self.subTest(content):
                self.assertRefused(SimpleUploadedFile("photo.jpg", content), "send a JPEG, a PNG or a WebP")

    def test_formats_that_we_do_not_take(self):
        for format in ("GIF", "BMP", "TIFF", "AVIF", "ICO"):
            with self.subTest(format):
                self.assertRefused(file_of(stripes(64, 64), format, name="photo.png"), "send a JPEG")

    def test_animations(self):
        frames = [stripes(64, 48), stripes(64, 48, colours=(RED,))]
        for format in ("PNG", "WEBP"):
            with self.subTest(format):
                moving = file_of(frames[0], format, save_all=True, append_images=frames[1:])
                self.assertRefused(moving, "moves")
        moving = file_of(frames[0], "GIF", name="photo.jpg", save_all=True, append_images=frames[1:])
        self.assertRefused(moving, "send a JPEG")

    def test_a_bomb_before_a_pixel_is_decoded(self):
        bomb = png_bomb()
        self.assertLess(len(bomb), 60_000)
        with mock.patch("PIL.ImageFile.ImageFile.load") as load:
            self.assertRefused(SimpleUploadedFile("photo.png", bomb), "million pixels")
            self.assertRefused(SimpleUploadedFile("photo.png", png_bomb(8_000)), "million pixels")
        load.assert_not_called()

    def test_too_many_bytes(self):
        with mock.patch.object(imaging, "MAX_BYTES", 100):
            self.assertRefused(file_of(stripes()), "larger than")

    def test_ribbons(self):
        self.assertRefused(file_of(stripes(1000, 100)), "8 times")

    def test_damaged_files(self):
        for format in ("JPEG", "PNG", "WEBP"):
            whole = file_of(stripes(), format).read()
            for end in (len(whole) // 2, len(whole) - 100, 60):
                with self.subTest(format=format, end=end), self.assertRaises(ValidationError):
                    imaging.take_in(SimpleUploadedFile("photo.jpg", whole[:end]))


class TakingInTests(SimpleTestCase):
    def kept(self, file):
        upload = imaging.take_in(file)
        return Image.open(BytesIO(upload.content))

    def test_nothing_but_pixels_is_kept(self):
        exif = Image.Exif()
        exif[0x010F] = "Secret camera"
        exif.get_ifd(0x8825)[2] = (40.0, 22.0, 33.0)  # GPS latitude
        file = file_of(stripes(), exif=exif, comment=b"Secret comment", dpi=(72, 72))
        upload = imaging.take_in(file)
        self.assertNotIn(b"Secret", upload.content)
        self.assertNotIn(b"Exif", upload.content)
        self.assertFalse(Image.open(BytesIO(upload.content)).getexif())

    def test_what_hides_behind_a_picture_is_gone(self):
        page = b"<html><script>alert(1)</script></html>"
        upload = imaging.take_in(SimpleUploadedFile("page.html", file_of(stripes()).read() + page))
        self.assertNotIn(b"<script>", upload.content)
        self.assertEqual(upload.extension, "jpg")

    def test_is_turned_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # lies on its side: its top is at the right
        kept = self.kept(file_of(stripes(400, 300), exif=exif))
        self.assertEqual(kept.size, (300, 400))
        self.assertEqual(nearest(kept.getpixel((150, 10))), "red")
        self.assertEqual(nearest(kept.getpixel((150, 390))), "blue")

    def test_colours_of_the_press_become_colours_of_the_screen(self):
        kept = self.kept(file_of(stripes(mode="CMYK")))
        self.assertEqual(kept.mode, "RGB")
        self.assertEqual(nearest(kept.getpixel((10, 10))), "red")

    def test_a_profile_is_applied_not_lost(self):
        # Under this profile, sRGB with two primaries exchanged, the number for red means blue.
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for one, other in ((b"rXYZ", b"????"), (b"bXYZ", b"rXYZ"), (b"????", b"bXYZ")):
            profile = profile.replace(one, other)
        profile = profile.replace("sRGB".encode("utf-16-be"), "eRGB".encode("utf-16-be"))
        for format in ("PNG", "JPEG"):
            with self.subTest(format):
                kept = self.kept(file_of(stripes(), format, icc_profile=profile))
                self.assertEqual(nearest(kept.getpixel((10, 10))), "blue")
                self.assertNotIn("icc_profile", kept.info)

    def test_a_broken_profile_hinders_nobody(self):
        kept = self.kept(file_of(stripes(), icc_profile=b"nonsense"))
        self.assertEqual(nearest(kept.getpixel((10, 10))), "red")

    def test_sixteen_bits_are_scaled_not_cut(self):
        grey = Image.new("I;16", (64, 64), 32_768)
        kept = self.kept(file_of(grey, "PNG"))
        self.assertAlmostEqual(kept.convert("L").getpixel((5, 5)), 127, delta=2)

    def test_transparent_parts_become_white(self):
        clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
        ImageDraw.Draw(clear).rectangle((0, 0, 49, 99), fill=(*RED, 255))
        palette = clear.quantize()
        for image, format in (
            (clear, "PNG"),
            (clear, "WEBP"),
            (palette, "PNG"),
            (clear.convert("LA"), "PNG"),
        ):
            with self.subTest(mode=image.mode, format=format):
                kept = self.kept(file_of(image, format, **({"lossless": True} if format == "WEBP" else {})))
                self.assertEqual(kept.mode, "RGB")
                self.assertEqual(nearest(kept.getpixel((90, 50))), "white")


class PictureUploadTests(TestCase):
    def test_a_file_that_is_no_picture_is_an_error_of_that_field(self):
        picture = Picture(original=SimpleUploadedFile("photo.jpg", b"<svg>"))
        with self.assertRaises(ValidationError) as refusal:
            picture.full_clean()
        self.assertEqual(list(refusal.exception.message_dict), ["original"])

    def test_no_way_around_the_check(self):
        with self.assertRaises(ValidationError):
            Picture.objects.create(original=SimpleUploadedFile("photo.jpg", b"<svg>"))

    def test_a_full_disk_is_told_before_anything_is_written(self):
        with (
            mock.patch("articles.storage.shutil.disk_usage", return_value=mock.Mock(free=1000)),
            self.assertRaises(ValidationError) as refusal,
        ):
            Picture(original=file_of(stripes())).full_clean()
        self.assertIn("no room", str(refusal.exception))

    def test_names_cannot_be_guessed_and_tell_nothing(self):
        one, other = make_picture(), make_picture()
        self.assertGreaterEqual(len(one.token), 22)
        self.assertNotEqual(one.token, other.token)
        self.assertEqual(one.original.name, f"originals/{one.token}.jpg")

    def test_knows_its_size(self):
        picture = make_picture(stripes(800, 600))
        picture.refresh_from_db()
        self.assertEqual((picture.width, picture.height), (800, 600))
        self.assertEqual(colours_of(picture.original), ["red", "green", "blue"])

    def test_keeps_its_file(self):
        picture = make_picture()
        picture.original = file_of(stripes(400, 300))
        with self.assertRaises(ValidationError):
            picture.save()
