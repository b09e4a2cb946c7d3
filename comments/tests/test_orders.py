"""The views of a thread besides the newest first: oldest, most respected, newsroom replies and picks."""

import gzip
import re

from django.db import connection
from django.db.models import F
from django.http import Http404
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.tests.factories import make_article, update_article
from comments.models import ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator
from comments.tests.many import make_many_comments
from comments.threads import COMMENTS_PER_PAGE, ThreadPage, page_of
from comments.threads.conversations import CONVERSATIONS_PER_PAGE, MostRespectedPage, OldestPage
from comments.threads.highlights import ABOVE_THE_THREAD, HighlightsPage

MOST_QUERIES = 8
MOST_BYTES = 60_000


class OrderTestCase(TestCase):
    def setUp(self):
        self.article = make_article()
        self.thread = reverse("comments:thread", args=[self.article.slug])

    def make(self, *names, below=None, **changes):
        return [make_comment(self.article, name=name, below=below, **changes) for name in names]

    def respect(self, **counts):
        for name, count in counts.items():
            ReaderComment.objects.filter(user_name=name).update(respect_count=count)

    def names(self, page):
        return [comment.user_name for comment in page]

    def follow(self, url, kind, **sizes):
        query = dict(part.split("=") for part in url.split("?")[1].split("&"))
        self.assertEqual(query.pop("order"), kind.order)
        return kind(self.article, query, **sizes)

    def walk(self, kind, **sizes):
        """Return the names of every page, by the links to the next and back by those before."""
        page, pages = kind(self.article, **sizes), []
        while True:
            pages.append(self.names(page))
            if page.next_url is None:
                break
            page = self.follow(page.next_url, kind, **sizes)
        back = [self.names(page)]
        while page.previous_url:
            page = self.follow(page.previous_url, kind, **sizes)
            back.append(self.names(page))
        self.assertEqual(back[::-1], pages)
        return pages


class OldestTests(OrderTestCase):
    def test_pages_hold_every_conversation_once(self):
        self.make(*"abcdefgh")
        self.assertEqual(self.walk(OldestPage, size=3), [["a", "b", "c"], ["d", "e", "f"], ["g", "h"]])

    def test_a_conversation_shows_its_first_replies_and_leads_to_the_rest(self):
        [root] = self.make("root")
        first, second, third = self.make("r1", "r2", "r3", below=root)
        self.make("r1a", below=first)
        page = OldestPage(self.article, replies=2)
        self.assertEqual(self.names(page), ["root", "r1", "r1a"])
        more = page.comments[-1].more
        self.assertEqual((more.count, more.is_counted), (2, True))
        rest = self.client.get(more.url)
        self.assertEqual(self.names(rest.context["page"]), ["r2", "r3"])

    def test_no_reply_of_a_neighbour_is_among_them(self):
        one, two = self.make("one", "two")
        self.make("below two", below=two)
        self.make("below one", below=one)
        self.assertEqual(self.names(OldestPage(self.article)), ["one", "below one", "two", "below two"])

    def test_held_comments_are_neither_shown_nor_counted(self):
        [root] = self.make("root")
        self.make("r1", below=root)
        self.make("held", below=root, state=ReaderComment.State.HELD)
        self.make("r2", below=root)
        self.make("held root", state=ReaderComment.State.HELD)
        page = OldestPage(self.article, replies=1)
        self.assertEqual(self.names(page), ["root", "r1"])
        self.assertEqual(page.comments[-1].more.count, 1)

    def test_a_removed_opening_keeps_its_place_above_its_replies(self):
        root, _ = self.make("root", "other")
        self.make("reply", below=root)
        acts.remove(root, make_moderator(), "insult")
        self.assertEqual(self.names(OldestPage(self.article)), ["root", "reply", "other"])
        self.assertNotContains(self.client.get(f"{self.thread}?order=oldest"), ">root<")

    def test_further_replies_are_counted_only_so_far(self):
        make_many_comments(self.article, 130, replies_per_thread=129)
        more = OldestPage(self.article).comments[-1].more
        self.assertEqual((more.count, more.is_counted), (100, False))
        self.assertContains(self.client.get(f"{self.thread}?order=oldest"), "At least 100 more replies")

    def test_a_page_begins_where_it_began_when_comments_and_replies_come(self):
        made = self.make(*"abcde")
        second = OldestPage(self.article, size=3).next_url
        self.make("f")
        self.make("reply", below=made[0])
        self.assertEqual(self.names(self.follow(second, OldestPage, size=3)), ["d", "e", "f"])


class MostRespectedTests(OrderTestCase):
    def test_pages_hold_every_conversation_once_whatever_is_alike(self):
        self.make(*"abcdefgh")
        self.respect(a=5, c=2, d=2, f=2, h=2)
        self.assertEqual(self.walk(MostRespectedPage, size=3), [["a", "h", "f"], ["d", "c", "g"], ["e", "b"]])

    def test_a_page_stays_where_it_is_when_respect_comes(self):
        self.make(*"abcdef")
        self.respect(a=3, b=3, c=2, d=2, e=1)
        second = MostRespectedPage(self.article, size=3).next_url
        self.assertEqual(self.names(self.follow(second, MostRespectedPage, size=3)), ["c", "e", "f"])
        self.respect(d=9, b=7)  # both before the page, the first of them what it was counted from
        self.assertEqual(self.names(self.follow(second, MostRespectedPage, size=3)), ["c", "e", "f"])

    def test_a_page_can_begin_with_a_comment(self):
        made = self.make(*"abc")
        self.respect(a=3, b=3)
        page = page_of(self.article, {"order": "respected", "from": f"3-{made[0].pk}"})
        self.assertEqual(self.names(page), ["a", "c"])

    def test_replies_stand_below_what_they_answer_however_respected_they_are(self):
        one, two = self.make("one", "two")
        self.make("reply", below=one)
        self.respect(reply=9, two=1)
        self.assertEqual(self.names(MostRespectedPage(self.article)), ["two", "one", "reply"])


class HeldOpeningTests(OrderTestCase):
    """Who is held takes nobody else's words away: a place without a name stays above the replies."""

    ORDERS = ("", "?order=oldest", "?order=respected")

    def setUp(self):
        super().setUp()
        [self.root] = self.make("Rude R.", text="Rude words.", user_email="rude@reader.example")
        [self.reply] = self.make("Reply", below=self.root)
        self.respect(**{"Rude R.": 731})

    def hold(self):
        ReaderComment.objects.get(pk=self.root.pk).change_state("held")

    def take_approval_back(self):
        """As it is after a reply to a comment that was let pass by mistake."""
        self.hold()
        ReaderComment.objects.filter(pk=self.root.pk).update(published_at=None)

    def assert_nameless_place(self):
        for order in self.ORDERS:
            with self.subTest(order):
                page = self.client.get(f"{self.thread}{order}")
                self.assertEqual([one.pk for one in page.context["page"]], [self.root.pk, self.reply.pk])
                self.assertContains(page, "This comment waits for a moderator.", count=1)
                self.assertContains(page, "1 comment")
                for secret in ("Rude", "731", self.root.person_mark):
                    self.assertNotContains(page, secret)

    def test_edited_and_held_it_keeps_a_nameless_place_in_every_order(self):
        self.hold()
        self.assert_nameless_place()

    def test_so_it_does_when_an_approval_is_taken_back(self):
        self.take_approval_back()
        self.assert_nameless_place()
        update_article(self.article, kind="correction", note="Another month.")
        page = self.client.get(self.thread).context["page"]
        self.assertEqual(page.first_before_correction, self.reply)

    def test_the_addresses_of_both_lead_to_their_places(self):
        self.hold()
        make_many_comments(self.article, COMMENTS_PER_PAGE + 5)
        for comment in (self.root, self.reply):
            page = self.client.get(comment.get_absolute_url(), follow=True)
            self.assertIn(f"?from={self.root.pk}#comment-{comment.pk}", page.redirect_chain[-1][0])
            self.assertContains(page, f'id="comment-{comment.pk}"')

    def test_without_a_reply_that_readers_saw_it_has_no_place(self):
        self.hold()
        ReaderComment.objects.get(pk=self.reply.pk).change_state("held")
        ReaderComment.objects.filter(pk=self.reply.pk).update(published_at=None)
        for order in self.ORDERS:
            page = self.client.get(f"{self.thread}{order}")
            self.assertEqual(list(page.context["page"]), [])
            self.assertNotContains(page, "waits for a moderator")
        self.assertEqual(self.client.get(self.root.get_absolute_url()).status_code, 404)

    def test_it_can_be_neither_answered_reported_nor_respected(self):
        self.hold()
        for name in ("report", "respect"):
            address = reverse(f"comments:{name}", args=[self.root.pk])
            self.assertEqual(self.client.post(address, {"reason": "insult"}).status_code, 404)
        compose = reverse("comments:compose", args=[self.article.pk])
        self.assertEqual(self.client.get(f"{compose}?reply_to={self.root.pk}").status_code, 404)

    def test_a_reply_further_down_says_that_what_it_answers_waits(self):
        self.hold()
        page = ThreadPage(self.article, {"after": str(self.root.pk)})
        self.assertEqual(page.comments[0].answered, self.root)
        shown = self.client.get(f"{self.thread}?after={self.root.pk}")
        self.assertContains(shown, "in reply to a comment that waits for a moderator")

    def test_many_held_cost_no_more_queries(self):
        make_many_comments(self.article, 500)
        ReaderComment.objects.filter(opens_thread=True, pk__gt=self.reply.pk).update(state="held")
        for order in self.ORDERS:
            with CaptureQueriesContext(connection) as queries:
                self.client.get(f"{self.thread}{order}")
            self.assertLessEqual(len(queries), MOST_QUERIES)


class HighlightsTests(OrderTestCase):
    def setUp(self):
        super().setUp()
        [root] = self.make("plain")
        self.make("newsroom", below=root, badge="newsroom", text="We checked it & it is right.")
        self.make("expert", badge="expert")
        self.make("picked", picked_at=timezone.now())

    def test_are_the_newsrooms_and_experts_answers_and_what_was_picked(self):
        self.assertEqual(self.names(HighlightsPage(self.article)), ["picked", "expert", "newsroom"])

    def test_pages_hold_each_once(self):
        self.assertEqual(self.walk(HighlightsPage, size=2), [["picked", "expert"], ["newsroom"]])

    def test_a_reply_says_whom_it_answers(self):
        self.assertEqual(HighlightsPage(self.article).comments[-1].answered.user_name, "plain")

    def test_it_says_so_even_where_both_are_highlights(self):
        [reply] = self.make("answer", below=ReaderComment.objects.get(user_name="picked"), badge="newsroom")
        page = HighlightsPage(self.article)
        self.assertEqual((page.comments[0], page.comments[0].answered.user_name), (reply, "picked"))

    def test_none_that_readers_do_not_see_is_among_them(self):
        acts.remove(ReaderComment.objects.get(user_name="expert"), make_moderator(), "insult")
        self.make("held", badge="newsroom", state=ReaderComment.State.HELD)
        self.assertEqual(self.names(HighlightsPage(self.article)), ["picked", "newsroom"])

    def test_a_few_stand_above_the_first_page_and_lead_to_their_places(self):
        self.make(*"abcdefg", badge="expert", text="Seven experts.")
        for address in (self.article.get_absolute_url(), self.thread, f"{self.thread}?order=respected"):
            page = self.client.get(address)
            self.assertContains(page, 'class="highlights__one"', count=ABOVE_THE_THREAD)
            newest = ReaderComment.objects.get(user_name="g")
            self.assertContains(page, f'<a class="highlights__words" href="{newest.get_absolute_url()}"')
        self.assertNotContains(self.client.get(f"{self.thread}?order=highlights"), "highlights__one")

    def test_words_above_the_thread_are_plain_text(self):
        self.assertContains(self.client.get(self.thread), ">We checked it &amp; it is right.</a>")


class OrderAddressTests(OrderTestCase):
    def test_an_order_or_key_that_is_none_is_not_found(self):
        self.make("a")
        wrong = [{"order": "best"}, {"order": "oldest", "from": "x"}, {"order": "oldest", "after": "1-2"}]
        wrong += [{"order": "respected", "after": "7"}, {"order": "respected", "from": "1-"}]
        wrong += [{"order": "highlights", "before": "9" * 11}]
        for params in wrong:
            with self.subTest(params), self.assertRaises(Http404):
                page_of(self.article, params)

    def test_numbers_beyond_every_comment_are_empty_pages(self):
        self.make("a", badge="expert")
        queries = ["order=oldest&after=9999999999", "order=highlights&after=0", "order=respected&after=0-0"]
        queries += ["order=highlights&before=9999999999", "order=respected&before=999999999-9999999999"]
        for query in queries:
            self.assertEqual(self.client.get(f"{self.thread}?{query}").status_code, 200)

    def test_the_story_page_leads_to_each_order_and_keeps_to_the_newest(self):
        self.make("a", "b")
        story = self.client.get(f"{self.article.get_absolute_url()}?order=oldest")
        shown = re.findall(r"comment__name\">(\w+)<", story.content.decode())
        self.assertEqual(shown, ["b", "a"])
        for order in ("oldest", "respected"):
            self.assertContains(story, f'href="{self.thread}?order={order}"')

    def test_a_moved_story_keeps_the_order(self):
        self.article.slug = "moved-on"
        self.article.save()
        moved = self.client.get(f"{self.thread}?order=oldest&after=7")
        self.assertEqual(moved.url, "/story/moved-on/comments/?order=oldest&after=7")


class CostTests(OrderTestCase):
    def pages(self):
        key = ReaderComment.objects.filter(opens_thread=True).order_by("pk")[1].pk
        middle = ReaderComment.objects.filter(opens_thread=False).order_by("pk")[1].pk
        yield from ("", f"?from={middle}", f"?before={key}")
        yield from ("?order=oldest", f"?order=oldest&after={key}", f"?order=oldest&before={key}")
        yield from ("?order=respected", f"?order=respected&after=0-{key}", f"?order=respected&before=0-{key}")
        yield from ("?order=highlights", f"?order=highlights&after={key + 5}")

    def test_each_page_is_small_and_asks_little_however_long_the_thread(self):
        for more in (10, 1990):
            make_many_comments(self.article, more)
            ReaderComment.objects.filter(pk__lte=30).update(respect_count=F("pk"), badge="expert")
            for query in self.pages():
                with self.subTest(query, comments=more):
                    with CaptureQueriesContext(connection) as queries:
                        page = self.client.get(f"{self.thread}{query}")
                    self.assertLessEqual(len(queries), MOST_QUERIES)
                    self.assertEqual(page.status_code, 200)
                    self.assertLess(len(gzip.compress(page.content)), MOST_BYTES)

    def test_a_long_conversation_is_not_loaded_whole(self):
        make_many_comments(self.article, 1000, replies_per_thread=999)
        make_many_comments(self.article, CONVERSATIONS_PER_PAGE)
        for order in ("oldest", "respected"):
            page = self.client.get(f"{self.thread}?order={order}")
            self.assertLess(len(page.context["page"]), 50)
