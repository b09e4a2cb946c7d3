import time

from django.test import SimpleTestCase
from django.utils.text import Truncator

from comments.text import as_html, excerpt, normalise

LINK = '<a href="{0}" rel="nofollow ugc noopener">{0}</a>'


class TextTests(SimpleTestCase):
    def test_paragraphs_and_lines(self):
        self.assertEqual(as_html("One\ntwo\r\n\r\n\r\nthree "), "<p>One<br>two</p>\n<p>three</p>")

    def test_markup_is_text(self):
        self.assertEqual(as_html("<b>&amp;"), "<p>&lt;b&gt;&amp;amp;</p>")

    def test_an_address_becomes_a_link_that_vouches_for_nothing(self):
        link = LINK.format("https://a.example/b?c=1&amp;d")
        self.assertEqual(as_html("See https://a.example/b?c=1&d."), f"<p>See {link}.</p>")

    def test_no_other_scheme_is_linked(self):
        for address in ("javascript:alert(1)", "data:text/html,x", "//a.example", "ftp://a.example"):
            self.assertNotIn("<a", as_html(address))

    def test_an_address_cannot_leave_its_attribute(self):
        self.assertNotIn("onclick=x>", as_html('http://a.example/"onclick=x>'))
        self.assertIn("&#x27;", as_html("http://a.example/'b"))

    def test_normalising_twice_gives_the_same(self):
        text = normalise(" a \r\n \r\n\r\n b\r")
        self.assertEqual(text, "a\n\n b")
        self.assertEqual(normalise(text), text)

    def test_an_excerpt_is_plain_text_of_at_most_its_length(self):
        for character in ("a", "é", "e\N{COMBINING ACUTE ACCENT}", "<", "&"):
            for count in (3, 139, 140, 141, 300):
                with self.subTest(character=character, count=count):
                    expected = Truncator(character * count).chars(140, truncate="…")
                    self.assertEqual(excerpt(as_html(character * count)), expected)
        html = as_html("See\nhttps://a.example/?b&c\n\nNo")
        self.assertEqual(excerpt(html), "See https://a.example/?b&c No")

    def test_long_odd_texts_take_no_time(self):
        start = time.perf_counter()
        for text in (
            "\n" * 100_000,
            "http://" * 20_000,
            "http://a" + "." * 100_000,
            " \n" * 50_000,
            "<" * 100_000,
        ):
            as_html(text)
        self.assertLess(time.perf_counter() - start, 1)
