from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, TestCase
from PIL import Image

from articles import imaging
from articles.models import Picture
from articles.picture_metadata import MAX_XMP_BYTES, words_of
from articles.tests.picture_files import file_of, stripes
from articles.tests.picture_words import file_with_xmp, iim, jpeg_with_iim, languages, names, xmp

NOTHING = {"alt_text": "", "caption": "", "credit": "", "rights": ""}
WHOLE = xmp(
    languages("dc:description", az="Limanda kranlar", x_default="Cranes at the\n harbour &amp; ships")
    + names("dc:creator", "Aysel Quliyeva", "Rauf Əliyev")
    + languages("dc:rights", x_default="© 2025 Agency")
    + languages("xmpRights:UsageTerms", x_default="No use after May")
    + languages("Iptc4xmpCore:AltTextAccessibility", x_default="Three cranes against a grey sky"),
    'photoshop:Credit="Agency"',
)
WHOLE_WORDS = {
    "alt_text": "Three cranes against a grey sky",
    "caption": "Cranes at the harbour & ships",
    "credit": "Aysel Quliyeva, Rauf Əliyev / Agency",
    "rights": "© 2025 Agency · No use after May",
}
OLD = iim(
    (1, 90, b"\x1b%G"),
    (2, 0, b"\x00\x04"),
    (2, 105, b"Harbour open"),
    (2, 80, "Rauf Əliyev".encode()),
    (2, 110, b"Agency"),
    (2, 116, "© Agency".encode()),
    (2, 120, b"Cranes at work"),
)
OLD_WORDS = {
    "alt_text": "",
    "caption": "Cranes at work",
    "credit": "Rauf Əliyev / Agency",
    "rights": "© Agency",
}


def exif_of(**tags):
    exif = Image.Exif()
    for number, value in tags.items():
        exif[int(number.lstrip("t"), 16)] = value
    return exif


class FileTests(SimpleTestCase):
    """From real files of each format to words."""

    def words(self, file):
        return imaging.take_in(file).words

    def test_xmp_is_read_from_every_format(self):
        for format in ("JPEG", "PNG", "WEBP"):
            with self.subTest(format):
                self.assertEqual(self.words(file_with_xmp(format, WHOLE)), WHOLE_WORDS)

    def test_the_old_form_is_read_from_jpeg(self):
        self.assertEqual(self.words(jpeg_with_iim(OLD)), OLD_WORDS)

    def test_exif_is_the_last_resort(self):
        exif = exif_of(t010E="A harbour", t013B="Rauf", t8298="Rauf, 2025", t010F="NIKON", t0110="D850")
        for format in ("JPEG", "PNG", "WEBP"):
            with self.subTest(format):
                words = self.words(file_of(stripes(64, 48), format, exif=exif))
                self.assertEqual((words["caption"], words["credit"]), ("A harbour", "Rauf"))
                self.assertEqual(words["rights"], "Rauf, 2025")

    def test_a_camera_s_own_words_are_no_caption(self):
        exif = exif_of(t010E="OLYMPUS DIGITAL CAMERA", t010F="OLYMPUS IMAGING CORP.")
        self.assertEqual(self.words(file_of(stripes(64, 48), exif=exif)), NOTHING)

    def test_a_file_that_says_nothing_gives_nothing(self):
        for format in ("JPEG", "PNG", "WEBP"):
            self.assertEqual(self.words(file_of(stripes(64, 48), format)), NOTHING)

    def test_the_words_are_taken_out_of_what_we_keep(self):
        for file in (file_with_xmp("JPEG", WHOLE), file_with_xmp("PNG", WHOLE), jpeg_with_iim(OLD)):
            content = imaging.take_in(file).content
            for word in (b"Agency", b"xmpmeta", b"Photoshop", b"GPS"):
                self.assertNotIn(word, content)

    def test_a_picture_with_broken_words_is_a_picture_all_the_same(self):
        for packet in (b"", b"<", b"\xff\xfe" * 50, b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>"):
            with self.subTest(packet):
                self.assertEqual(self.words(file_of(stripes(64, 48), xmp=packet)), NOTHING)
        for block in (b"\x1c", OLD[:-4], b"\x1c\x02\x78\xff\xff", b"\0" * 40):
            with self.subTest(block):
                self.assertEqual(self.words(jpeg_with_iim(block))["alt_text"], "")
        broken = file_of(stripes(64, 48)).read()
        broken = broken[:2] + b"\xff\xe1\x00\x10Exif\0\0MM\0*\xff\xff\xff\xff" + broken[2:]
        self.assertEqual(self.words(SimpleUploadedFile("x.jpg", broken)), NOTHING)


class WordsTests(SimpleTestCase):
    def test_xmp_goes_before_the_old_form_and_each_fills_what_the_other_lacks(self):
        words = words_of(xmp=xmp(languages("dc:description", x_default="New words")), iim=OLD)
        self.assertEqual(words["caption"], "New words")
        self.assertEqual(words["credit"], "Rauf Əliyev / Agency")

    def test_a_headline_stands_in_for_a_caption(self):
        self.assertEqual(words_of(iim=iim((2, 105, b"Harbour open")))["caption"], "Harbour open")

    def test_a_name_that_is_said_twice_stands_once(self):
        for one, other in (("AFP", "Rauf / AFP"), ("Rauf / AFP", "AFP"), ("AFP", "AFP")):
            packet = xmp(names("dc:creator", one), f'photoshop:Credit="{other}"')
            self.assertEqual(words_of(xmp=packet)["credit"], max(one, other, key=len))

    def test_properties_may_be_elements_too(self):
        packet = xmp("<photoshop:Credit>Agency</photoshop:Credit>")
        self.assertEqual(words_of(xmp=packet)["credit"], "Agency")

    def test_old_letters_of_windows_are_read(self):
        self.assertEqual(
            words_of(iim=iim((2, 120, b"Caf\xe9 \x93M\xfcller\x94")))["caption"], "Café “Müller”"
        )

    def test_what_cannot_be_printed_or_stored_is_left_out(self):
        words = words_of(iim=iim((2, 120, b"A\x00B\x07C\nD")), exif={0x013B: "X\0\ud800Y"})
        self.assertEqual((words["caption"], words["credit"]), ("A B C D", "X Y"))


class HostileXmpTests(SimpleTestCase):
    def test_nothing_that_declares_entities_is_parsed(self):
        body = '<a xmlns:dc="http://purl.org/dc/elements/1.1/">&x;</a>'
        laughs = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>' + body
        outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body
        harmless = "<!DOCTYPE a>" + WHOLE.decode().partition("?>")[2]
        for text in (laughs, outside, harmless):
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
                with self.subTest(text=text[:40], encoding=encoding):
                    self.assertEqual(words_of(xmp=text.encode(encoding)), NOTHING)

    def test_no_declared_encoding_is_believed(self):
        declared = b'<?xml version="1.0" encoding="utf-7"?>' + WHOLE.partition(b"?>")[2]
        self.assertEqual(words_of(xmp=declared), WHOLE_WORDS)

    def test_too_much_of_it_is_not_looked_at(self):
        padding = b" " * MAX_XMP_BYTES
        self.assertEqual(words_of(xmp=WHOLE + padding), NOTHING)

    def test_depth_and_repetition_cost_little(self):
        deep = b"<a>" * 100_000 + b"</a>" * 100_000
        many = xmp(names("dc:creator", *["Somebody"] * 20_000))
        self.assertEqual(words_of(xmp=deep), NOTHING)
        self.assertLess(len(words_of(xmp=many)["credit"]), 500)


class PictureFieldsTests(TestCase):
    def test_what_the_file_says_fills_what_is_empty(self):
        picture = Picture.objects.create(original=file_with_xmp("JPEG", WHOLE))
        self.assertEqual({name: getattr(picture, name) for name in NOTHING}, WHOLE_WORDS)

    def test_what_somebody_wrote_stands(self):
        picture = Picture.objects.create(
            original=file_with_xmp("JPEG", WHOLE), caption="Ours", credit="AnewZ", rights=" "
        )
        self.assertEqual((picture.caption, picture.credit), ("Ours", "AnewZ"))
        self.assertEqual(picture.rights, WHOLE_WORDS["rights"])

    def test_a_long_caption_is_cut_where_the_field_ends(self):
        picture = Picture.objects.create(original=jpeg_with_iim(iim((2, 120, b"word " * 400))))
        self.assertEqual(len(picture.caption), 300)
        self.assertTrue(picture.caption.endswith("…"))

    def test_words_that_were_taken_away_do_not_come_back(self):
        picture = Picture.objects.create(original=file_with_xmp("JPEG", WHOLE))
        picture = Picture.objects.get(pk=picture.pk)
        picture.credit = ""
        picture.save()
        self.assertEqual(Picture.objects.get().credit, "")
