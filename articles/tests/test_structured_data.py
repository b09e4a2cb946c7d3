import json
import re

from django.test import TestCase

from articles import pictures
from articles.addresses import absolute
from articles.models import Picture
from articles.tests.factories import make_article
from articles.tests.picture_files import make_picture, stripes


class PictureDataTests(TestCase):
    def images(self, article):
        page = self.client.get(article.get_absolute_url()).content.decode()
        graph = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]
        return json.loads(graph)["@graph"][0].get("image", [])

    def test_a_story_offers_its_picture_in_three_shapes_each_of_which_is_served(self):
        picture = make_picture(stripes(1600, 900), caption="In Kursk", rights="© AnewZ")
        images = self.images(make_article(picture=picture))
        sizes = [(image["width"], image["height"]) for image in images]
        self.assertEqual(sizes, [(1280, 720), (1200, 900), (900, 900)])
        for image, rendition in zip(images, pictures.shared(picture), strict=True):
            self.assertEqual(image["url"], absolute(rendition.url))
            self.assertEqual(self.client.get(rendition.url).status_code, 200)
            self.assertEqual(image["caption"], "In Kursk")
            self.assertEqual(image["creditText"], "AnewZ graphics")
            self.assertEqual(image["copyrightNotice"], "© AnewZ")

    def test_rights_that_nobody_named_are_left_out(self):
        (image, *_) = self.images(make_article(picture=make_picture(stripes(64, 48))))
        self.assertNotIn("copyrightNotice", image)

    def test_a_picture_that_readers_do_not_get_is_not_named(self):
        article = make_article(picture=make_picture(stripes(64, 48)))
        Picture.objects.update(credit="")
        self.assertEqual(self.images(article), [])
        self.assertEqual(self.images(make_article("Without any")), [])
