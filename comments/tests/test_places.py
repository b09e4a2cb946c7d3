from django.test import TestCase

from articles.tests.factories import make_article
from comments.models import NotAnswerable, ReaderComment
from comments.models.places import DEEPEST, LENGTH
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator


class PlaceTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def read(self):
        comments = ReaderComment.objects.filter(article=self.article).in_reading_order()
        return list(comments.values_list("comment", flat=True))

    def test_newest_threads_come_first(self):
        make_comment(self.article, text="older")
        make_comment(self.article, text="newer")
        self.assertEqual(self.read(), ["newer", "older"])

    def test_replies_follow_what_they_answer_oldest_first(self):
        first = make_comment(self.article, text="1")
        make_comment(self.article, text="2")
        early = make_comment(below=first, text="1.1")
        make_comment(below=first, text="1.2")
        make_comment(below=early, text="1.1.1")
        self.assertEqual(self.read(), ["2", "1", "1.1", "1.1.1", "1.2"])

    def test_a_reply_moves_no_neighbour(self):
        root = make_comment(self.article)
        early, late = make_comment(below=root), make_comment(below=root)
        make_comment(below=early)
        place = late.place
        late.refresh_from_db()
        self.assertEqual(late.place, place)

    def test_an_endless_exchange_stays_in_order(self):
        texts = [str(number) for number in range(DEEPEST + 10)]
        last = make_comment(self.article, text=texts[0])
        for text in texts[1:]:
            last = make_comment(below=last, text=text)
            self.assertLessEqual(len(last.place), LENGTH)
        self.assertEqual(self.read(), texts)

    def test_the_librarys_columns_are_true(self):
        root = make_comment(self.article)
        reply = make_comment(below=make_comment(below=root))
        self.assertEqual((root.thread_id, root.parent_id, root.level, root.order), (root.pk, root.pk, 0, 1))
        self.assertEqual((reply.thread_id, reply.level, reply.order), (root.pk, 2, 3))
        self.assertEqual(reply.content_object, self.article)

    def test_a_comment_below_another_story_is_not_answerable(self):
        elsewhere = make_comment(make_article("Another story"))
        with self.assertRaises(NotAnswerable):
            make_comment(self.article, parent_id=elsewhere.pk)

    def test_a_held_or_removed_comment_is_not_answerable(self):
        held = make_comment(self.article, state=ReaderComment.State.HELD)
        removed = make_comment(self.article)
        acts.remove(removed, make_moderator(), "insult")
        for comment in (held, removed):
            with self.subTest(comment.state), self.assertRaises(NotAnswerable):
                make_comment(below=comment)
