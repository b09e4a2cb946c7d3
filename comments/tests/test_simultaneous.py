"""What holds when several act at the same instant, each over a connection of its own."""

from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_article
from comments.models import ModerationAct, ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_pending
from comments.tokens import comment_of_writer, confirmation_token

WRITERS = 8
REPLIES = 25


class SimultaneousTests(ConcurrencyTestCase):
    def setUp(self):
        self.article = make_article()

    def count(self):
        return Article.objects.get(pk=self.article.pk).comment_count

    def test_replies_of_eight_writers_are_all_there_and_in_order(self):
        root = make_comment(self.article, text="root")
        targets = [root] + [make_comment(below=root, text=f"branch {number}") for number in range(3)]

        def write(writer):
            for number in range(REPLIES):
                make_comment(below=targets[(writer + number) % 4], text=f"{writer}-{number}")

        self.at_once(write, WRITERS)
        thread = list(ReaderComment.objects.in_reading_order())
        self.assertEqual(len(thread), WRITERS * REPLIES + 4)
        self.assertEqual(self.count(), len(thread))
        self.assertEqual(len({comment.place for comment in thread}), len(thread))
        self.assertEqual({comment.order for comment in thread}, set(range(1, len(thread) + 1)))
        self.assertEqual([comment.pk for comment in thread], self.depth_first(root))

    def depth_first(self, comment):
        """Read the tree from `parent_id` alone, replies in the order of their arrival."""
        replies = ReaderComment.objects.filter(parent_id=comment.pk).exclude(pk=comment.pk).order_by("order")
        return [comment.pk] + [pk for reply in replies for pk in self.depth_first(reply)]

    def test_a_link_pressed_six_times_at_once_stores_one_comment(self):
        pending = make_pending(self.article)
        link = reverse("comments:confirmation", args=[confirmation_token(pending)])
        answers = self.at_once(lambda _: Client().post(link), 6)
        self.assertEqual({answer.status_code for answer in answers}, {302})
        # The addresses carry the second in which they were given.
        self.assertEqual(len({comment_of_writer(answer.url.split("/")[-2]).pk for answer in answers}), 1)
        self.assertEqual((ReaderComment.objects.count(), self.count()), (1, 1))

    def test_two_letters_for_the_same_words_answered_at_once_store_one_comment(self):
        tokens = [confirmation_token(make_pending(self.article)) for _ in range(4)]
        self.at_once(lambda number: Client().post(f"/comments/confirm/{tokens[number]}/"), 4)
        self.assertEqual((ReaderComment.objects.count(), self.count()), (1, 1))

    def test_a_comment_removed_by_six_at_once_is_removed_once(self):
        comment, moderator = make_comment(self.article), make_moderator()
        make_comment(self.article)

        def remove(_):
            try:
                acts.remove(comment, moderator, "insult")
            except acts.AlreadyDecided:
                return "late"

        outcomes = self.at_once(remove, 6)
        self.assertEqual(outcomes.count("late"), 5)
        self.assertEqual((ModerationAct.objects.count(), self.count()), (1, 1))

    def test_the_count_is_exact_while_comments_come_and_go(self):
        comments = [make_comment(self.article) for _ in range(6)]
        moderator = make_moderator()

        def come_and_go(number):
            for _ in range(5):
                acts.remove(comments[number], moderator, "insult")
                make_comment(self.article)
                acts.approve(comments[number], moderator)

        self.at_once(come_and_go, 6)
        self.assertEqual(self.count(), ReaderComment.objects.published().count())
        self.assertEqual(self.count(), 36)
