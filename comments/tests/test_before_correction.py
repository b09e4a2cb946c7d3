from django.test import TestCase
from django.urls import reverse

from articles.tests.factories import make_article, update_article
from comments.models import ReaderComment
from comments.tests.factories import make_comment
from comments.tests.many import make_many_comments


class BeforeCorrectionTests(TestCase):
    """Words below a story were written about what it said then."""

    LINE = "comments from before <a href="

    def setUp(self):
        self.article = make_article()

    def story(self):
        return self.client.get(self.article.get_absolute_url()).content.decode()

    def test_a_story_without_correction_has_no_line(self):
        make_comment(self.article)
        update_article(self.article)
        self.assertNotIn(self.LINE, self.story())

    def test_the_line_stands_once_where_the_earlier_threads_begin(self):
        root = make_comment(self.article, text="Oldest.")
        make_comment(self.article, text="Older.")
        update_article(self.article, kind="correction")
        make_comment(self.article, text="Newer.")
        make_comment(below=root, text="A late answer.")
        story = self.story()
        self.assertEqual(story.count(self.LINE), 1)
        found = [story.index(text) for text in ("Newer.", self.LINE, "Older.", "Oldest.", "A late answer.")]
        self.assertEqual(found, sorted(found))

    def test_a_later_page_says_it_again_at_its_head(self):
        make_many_comments(self.article, 60)
        update_article(self.article, kind="correction")
        thread = reverse("comments:thread", args=[self.article.slug])
        for page in (thread, f"{thread}?from={ReaderComment.objects.earliest('pk').pk}"):
            self.assertContains(self.client.get(page), self.LINE, count=1)

    def test_comments_written_since_stand_without_it(self):
        update_article(self.article, kind="correction")
        make_comment(self.article)
        self.assertNotIn(self.LINE, self.story())
