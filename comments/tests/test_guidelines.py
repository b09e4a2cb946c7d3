import re

from django.test import SimpleTestCase

from articles.demo import texts
from comments.moderation.guidelines import Guideline


class GuidelinesPageTests(SimpleTestCase):
    def test_numbers_as_many_guidelines_as_moderators_name(self):
        (page,) = (text for text in texts.pages() if text.slug == "comment-guidelines")
        printed = re.findall(r"<li>(.*?)</li>", page.body)
        named = [int(re.search(r"guideline (\d+)", label)[1]) for label in Guideline.labels]
        self.assertEqual(named, list(range(1, len(printed) + 1)))
