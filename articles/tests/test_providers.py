import time
from urllib.parse import urlsplit

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.providers import cleaned_address, source_of

VIDEO = "https://www.youtube.com/watch?v=a-b_c1d2e3F"
KNOWN = [  # what is pasted, its one form, the beginning of the frame
    (
        "https://www.youtube.com/watch?v=a-b_c1d2e3F",
        VIDEO,
        "https://www.youtube-nocookie.com/embed/a-b_c1d2e3F",
    ),
    (" http://youtu.be/a-b_c1d2e3F?si=secret&t=9 ", VIDEO, "https://www.youtube-nocookie.com/embed/a-"),
    ("m.youtube.com/watch?app=desktop&v=a-b_c1d2e3F#x", VIDEO, "https://www.youtube-nocookie.com/embed/a-"),
    ("https://www.youtube-nocookie.com/embed/a-b_c1d2e3F?autoplay=1", VIDEO, "https://www.youtube-nocookie"),
    ("HTTPS://YouTube.com/live/a-b_c1d2e3F", VIDEO, "https://www.youtube-nocookie.com/embed/a-b_c1d2e3F"),
    (
        "https://youtube.com/shorts/a-b_c1d2e3F?feature=share",
        "https://www.youtube.com/shorts/a-b_c1d2e3F",
        "https://www.youtube-nocookie.com/embed/a-b_c1d2e3F",
    ),
    (
        "https://vimeo.com/76979871?share=copy",
        "https://vimeo.com/76979871",
        "https://player.vimeo.com/video/",
    ),
    (
        "https://player.vimeo.com/video/76979871?title=0&h=8272103f6e",
        "https://vimeo.com/76979871/8272103f6e",
        "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1",
    ),
    (
        "https://twitter.com/jack/status/20/photo/1?s=20",
        "https://x.com/jack/status/20",
        "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=20",
    ),
    (
        "https://www.instagram.com/nasa/p/CuE2WNQs6vH/?igsh=x",
        "https://www.instagram.com/p/CuE2WNQs6vH/",
        "https://www.instagram.com/p/CuE2WNQs6vH/embed/",
    ),
    (
        "https://instagram.com/reels/CuE2WNQs6vH",
        "https://www.instagram.com/reel/CuE2WNQs6vH/",
        "https://www.instagram.com/reel/CuE2WNQs6vH/embed/",
    ),
    (
        "https://www.tiktok.com/@scout2015/video/6718335390845095173?lang=en",
        "https://www.tiktok.com/@scout2015/video/6718335390845095173",
        "https://www.tiktok.com/player/v1/6718335390845095173",
    ),
    ("https://t.me/s/durov/68", "https://t.me/durov/68", "https://t.me/durov/68?embed=1"),
    (
        "https://soundcloud.com/forss/sets-of-mine?utm_source=x",
        "https://soundcloud.com/forss/sets-of-mine",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/forss/sets-of-mine",
    ),
    (
        "https://soundcloud.com/forss/sets/soulhack",
        "https://soundcloud.com/forss/sets/soulhack",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/forss/sets/soulhack",
    ),
    (
        "https://www.openstreetmap.org/#map=15/40.3777/49.8920&layers=T",
        "https://www.openstreetmap.org/#map=15/40.3777/49.8920",
        "https://www.openstreetmap.org/export/embed.html?bbox=49.87689,40.37123,49.90711,40.38417&layer=",
    ),
    (
        "https://www.openstreetmap.org/?mlat=40.3778&mlon=-49.8#map=15/40.3777/49.8920",
        "https://www.openstreetmap.org/?mlat=40.3778&mlon=-49.8#map=15/40.3777/49.8920",
        "https://www.openstreetmap.org/export/embed.html?bbox=49.87689,40.37123,49.90711,40.38417&layer=mapnik"
        "&marker=40.3778,-49.8",
    ),
]
OF_NOBODY = [
    "https://youtube.com.evil.example/watch?v=a-b_c1d2e3F",
    "https://evil.example/https://www.youtube.com/watch?v=a-b_c1d2e3F",
    "https://evil.example/#@www.youtube.com/watch?v=a-b_c1d2e3F",
    "https://www.youtube.com@evil.example/watch?v=a-b_c1d2e3F",
    "https://user:word@www.youtube.com/watch?v=a-b_c1d2e3F",
    "https://www.youtube.com:8443/watch?v=a-b_c1d2e3F",
    "https://www.youtube.com\\@evil.example/watch?v=a-b_c1d2e3F",
    "https://evil.example\\.youtube.com/watch?v=a-b_c1d2e3F",
    "https://www.y\u043eutube.com/watch?v=a-b_c1d2e3F",
    "https://www.youtube.com\u3002evil.example/watch?v=a-b_c1d2e3F",
    "https://www.ti\u212atok.com/@scout2015/video/6718335390845095173",
    "https://www.youtube.com./watch?v=a-b_c1d2e3F",
    "https://\u202ewww.youtube.com/watch?v=a-b_c1d2e3F",
    "https://xyoutube.com/watch?v=a-b_c1d2e3F",
    "https://www.youtube.com/watch?v=a-b_c1d2e3",
    "https://www.youtube.com/watch?v=a-b_c1d2e3FG",
    "https://t.me/durov/68abc",
    "https://www.youtube.com/watch?v=a-b_c1d2e3\uff26",
    'https://www.youtube.com/watch?v="onload="x',
    "https://www.youtube.com/embed/videoseries?list=x",
    "https://www.youtube.com/@ministry",
    "https://www.youtube.com/redirect?q=https://evil.example",
    "https://soundcloud.com/forss/tracks",
    "https://soundcloud.com/forss/sets",
    "https://x.com/jack",
    "https://t.me/durov",
    "https://vm.tiktok.com/ZMabc/",
    "https://www.openstreetmap.org/#map=15/90.3777/49.8920",
    "javascript:alert(1)//https://www.youtube.com/watch?v=a-b_c1d2e3F",
    "javascript://www.youtube.com/watch?v=a-b_c1d2e3F%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//www.youtube.com/watch?v=a-b_c1d2e3F",
    "ftp://www.youtube.com/watch?v=a-b_c1d2e3F",
    "",
]
HOSTS = {
    *("www.youtube-nocookie.com", "player.vimeo.com", "platform.twitter.com", "www.instagram.com"),
    *("www.tiktok.com", "t.me", "w.soundcloud.com", "www.openstreetmap.org"),
}


class AddressTests(SimpleTestCase):
    def test_each_has_one_form_and_one_frame(self):
        for pasted, address, frame in KNOWN:
            with self.subTest(pasted=pasted):
                source = source_of(pasted)
                self.assertEqual(source.address, address)
                self.assertTrue(source.frame.startswith(frame), source.frame)
                again = source_of(address)
                self.assertEqual((again.address, again.frame), (source.address, source.frame))
                self.assertIn(urlsplit(source.frame).hostname, HOSTS)

    def test_what_only_looks_like_one_is_of_nobody(self):
        for pasted in OF_NOBODY:
            with self.subTest(pasted=pasted):
                self.assertIsNone(source_of(pasted))

    def test_a_draft_keeps_what_was_typed_but_no_address_that_does_something(self):
        for typed, kept in [
            ("https://vimeo.com/about", "https://vimeo.com/about"),
            ("  vimeo.com/a  b ", "vimeo.com/a b"),
            ("java\tscript:alert(1)", ""),
            ("JavaScript:alert(1)", ""),
            ("data:text/html,x", ""),
            ("https://evil.example/" + "x" * 900, "https://evil.example/" + "x" * 479),
        ]:
            with self.subTest(typed=typed):
                self.assertEqual(cleaned_address(typed), kept)

    @given(st.text(max_size=40) | st.sampled_from([pasted for pasted, *_ in KNOWN] + OF_NOBODY))
    def test_cleaning_twice_gives_the_same(self, text):
        once = cleaned_address(text)
        self.assertEqual(cleaned_address(once), once)

    def test_nothing_takes_long_however_it_is_made(self):
        began = time.monotonic()
        for text in ("https://www.youtube.com/watch?" + "&v=" * 100_000, "https://" + "a." * 100_000):
            self.assertIsNone(source_of(text))
            cleaned_address(text)
        self.assertLess(time.monotonic() - began, 2)
