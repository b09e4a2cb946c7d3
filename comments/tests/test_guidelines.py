import re
from unittest.mock import patch

from django.test import SimpleTestCase
from django.utils import translation

from articles.demo import texts
from comments.models import ReaderComment
from comments.moderation.guidelines import Guideline


class GuidelinesPageTests(SimpleTestCase):
    def test_numbers_as_many_guidelines_as_moderators_name(self):
        (page,) = (text for text in texts.pages() if text.slug == "comment-guidelines")
        printed = re.findall(r"<li>(.*?)</li>", page.body)
        named = [int(re.search(r"guideline (\d+)", str(label))[1]) for label in Guideline.labels]
        self.assertEqual(named, list(range(1, len(printed) + 1)))


class LabelTests(SimpleTestCase):
    def test_a_page_of_comments_looks_no_label_up_for_each(self):
        comment = ReaderComment(badge="expert", removal_reason="insult")
        labels = comment.get_badge_display(), comment.get_removal_reason_display()
        self.assertEqual(labels, ("expert", "insult (guideline 2)"))
        with patch.object(translation._trans, "gettext", side_effect=AssertionError):
            self.assertEqual((comment.get_badge_display(), comment.get_removal_reason_display()), labels)
