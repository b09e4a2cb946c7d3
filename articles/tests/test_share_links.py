from urllib.parse import parse_qs, urlsplit

from django.test import SimpleTestCase

from articles.share_links import share_links

URL = "https://news.example/story/troops/?a=1&b=2"


class ShareLinkTests(SimpleTestCase):
    def test_each_carries_the_address_whatever_the_headline_says(self):
        for headline in ("Plain", 'Is 100 % "enough" & why? #2 + 1', "Qoşunlar ilə 👍"):
            for name, address in share_links(URL, headline):
                with self.subTest(name=name, headline=headline):
                    query = parse_qs(urlsplit(address).query, strict_parsing=True)
                    self.assertIn(URL, " ".join(value for values in query.values() for value in values))
                    if name != "Facebook":
                        self.assertIn(headline, " ".join(v for values in query.values() for v in values))
                    self.assertNotIn(" ", address)
