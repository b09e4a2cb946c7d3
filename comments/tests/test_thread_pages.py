from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.tests.factories import make_account, make_article, make_draft
from comments.models import ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator
from comments.tests.many import make_many_comments
from comments.threads import COMMENTS_PER_PAGE, ThreadPage, address_of


class ThreadPageTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def walk(self):
        """Return the texts of every page, following the links to older comments."""
        page, texts = ThreadPage(self.article, size=3), []
        while True:
            texts.append([comment.user_name for comment in page])
            if page.next_url is None:
                return texts
            page = self.follow(page.next_url)

    def follow(self, url):
        name, key = url.split("?")[1].split("=")
        return ThreadPage(self.article, {name: key}, size=3)

    def make(self, *names, below=None):
        return [make_comment(self.article, name=name, below=below) for name in names]

    def test_pages_hold_every_comment_once(self):
        self.make(*"abcdefgh")
        self.assertEqual(self.walk(), [["h", "g", "f"], ["e", "d", "c"], ["b", "a"]])

    def test_the_way_back_meets_the_same_pages(self):
        self.make(*"abcdefgh")
        second = self.follow(ThreadPage(self.article, size=3).next_url)
        first = self.follow(second.previous_url)
        self.assertEqual([comment.user_name for comment in first], ["h", "g", "f"])
        self.assertIsNone(first.previous_url)
        self.assertEqual([comment.user_name for comment in self.follow(first.next_url)], ["e", "d", "c"])

    def test_a_page_begins_where_it_began_when_new_ones_arrive(self):
        self.make(*"abcde")
        older = ThreadPage(self.article, size=3).next_url
        self.make("newer")
        self.make("reply", below=ReaderComment.objects.get(user_name="d"))
        self.assertEqual([comment.user_name for comment in self.follow(older)], ["b", "a"])

    def test_a_removed_comment_keeps_its_place_and_a_held_one_has_none(self):
        self.make(*"abc")
        acts.remove(ReaderComment.objects.get(user_name="b"), make_moderator(), "insult")
        make_comment(self.article, name="held", state=ReaderComment.State.HELD)
        self.assertEqual(self.walk(), [["c", "b", "a"]])

    def test_the_lasting_address_leads_to_the_page_where_the_comment_stands(self):
        make_many_comments(self.article, COMMENTS_PER_PAGE + 20)
        for comment in ReaderComment.objects.all():
            response = self.client.get(comment.get_absolute_url(), follow=True)
            page, anchor = response.redirect_chain[-1][0].split("#")
            self.assertEqual(anchor, f"comment-{comment.pk}")
            self.assertContains(response, f'id="comment-{comment.pk}"')

    def test_a_reply_on_a_later_page_stands_with_its_thread(self):
        root = make_comment(self.article)
        reply = make_comment(below=root)
        make_many_comments(self.article, COMMENTS_PER_PAGE)
        self.assertIn(f"?from={root.pk}#comment-{reply.pk}", address_of(reply))

    def test_a_reply_says_whom_it_answers_where_that_is_not_plain(self):
        root = make_comment(self.article, name="Root")
        reply = make_comment(below=root, name="Reply")
        deeper = make_comment(below=reply, name="Deeper")
        shown = {comment.pk: comment.answered for comment in ThreadPage(self.article)}
        self.assertEqual(shown, {root.pk: None, reply.pk: None, deeper.pk: reply})
        later = ThreadPage(self.article, {"after": str(root.pk)})
        self.assertEqual(later.comments[0].answered, root)

    def test_a_preview_shows_the_place_to_write(self):
        self.client.force_login(make_account())
        preview = reverse("articles:preview", args=[make_draft().pk])
        self.assertContains(self.client.get(preview), "Leave the first comment")

    def test_a_closed_thread_says_so_and_offers_no_reply(self):
        closed = make_article("Closed", takes_comments=False)
        make_comment(closed)
        story = self.client.get(closed.get_absolute_url())
        self.assertContains(story, "The conversation below this story is closed.")
        self.assertNotContains(story, "<textarea")
        self.assertNotContains(story, "reply_to=")

    def test_an_answered_comment_that_was_removed_loses_its_name(self):
        root = make_comment(self.article, name="Root")
        reply = make_comment(below=root, name="Rude")
        make_comment(below=reply, name="Deeper")
        acts.remove(reply, make_moderator(), "insult")
        story = self.client.get(self.article.get_absolute_url())
        self.assertContains(story, "in reply to a removed comment")
        self.assertNotContains(story, "Rude")

    def test_a_page_costs_the_same_however_long_the_thread(self):
        costs = []
        for more in (10, 490, 1500):
            make_many_comments(self.article, more)
            last_but_few = ReaderComment.objects.in_reading_order().reverse()[5]
            thread = reverse("comments:thread", args=[self.article.slug])
            urls = [self.article.get_absolute_url(), thread, f"{thread}?after={last_but_few.pk}"]
            urls += [f"{thread}?before={last_but_few.pk}", last_but_few.get_absolute_url()]
            costs.append([self.cost(url) for url in urls])
        self.assertEqual(costs[1], costs[2])
        self.assertTrue(all(few <= many for few, many in zip(*costs[:2], strict=True)))

    def test_reading_order_is_that_of_the_index(self):
        standing = ReaderComment.objects.filter(article=self.article).standing()
        rows = standing.in_reading_order().for_thread()
        self.assertNotIn("articles_article", str(rows.query))
        self.assertNotIn("hashed", rows.explain())  # PostgreSQL would read every story's comments
        if connection.vendor == "sqlite":
            self.assertIn("USING INDEX comment_in_reading_order", rows.explain())
            self.assertNotIn("TEMP B-TREE", rows.explain())

    def cost(self, url):
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(url)
        self.assertIn(response.status_code, (200, 302))
        return len(queries)
