from django.test import SimpleTestCase
from django.urls import reverse

from articles.addresses import path_to

NAMES = {
    "articles:home": [],
    "articles:story": ["pyongyang-says_2"],
    "articles:page": ["about-us"],
    "articles:report_error": ["a-story", 12, "p-0123abcd"],
    "articles:rendition": ["t0-_ken", "16x9-1280-50-50.avif"],
    "comments:thread": ["a-story"],
    "comments:comment": [7],
    "comments:respect": [2**31 - 1],
    "comments:compose": [0],
}


class PathTests(SimpleTestCase):
    def test_a_path_is_the_one_that_django_gives(self):
        for name, parts in NAMES.items():
            with self.subTest(name=name):
                self.assertEqual(path_to(name, *parts), reverse(name, args=parts))
