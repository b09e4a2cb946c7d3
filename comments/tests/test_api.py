"""What `/api/v1/` tells of a thread: what its page shows, and of what is gone only that it was there."""

from django.test import TestCase

from articles.tests.factories import make_account, make_article, update_article
from comments.models import ReaderComment, Thread
from comments.moderation import acts
from comments.tests.factories import make_comment, make_expert, make_moderator
from comments.tests.many import make_many_comments

OF_WORDS = {
    *("name", "person", "html", "published", "was_edited", "respect"),
    *("badge", "line", "is_picked", "led_to_correction"),
}


class ThreadTests(TestCase):
    def setUp(self):
        self.story = make_article()

    def read(self, query="", story=None):
        response = self.client.get(f"/api/v1/stories/{(story or self.story).slug}/thread/{query}")
        self.assertEqual(response.status_code, 200)
        return response.json()

    def comment(self, comment, **asked):
        return next(one for one in self.read(**asked)["comments"] if one["id"] == comment.pk)

    def test_tells_words_and_place_of_a_comment(self):
        first = make_comment(self.story, text="Seoul said this.\n\nTwice <b>.", name="Leyla M.")
        reply = make_comment(below=first, name="Rana")
        told = self.comment(first)
        self.assertEqual((told["name"], told["level"], told["parent"]), ("Leyla M.", 0, None))
        self.assertEqual(told["html"], first.html)
        self.assertNotIn("<b>", told["html"])
        self.assertEqual(self.comment(reply)["parent"], {"id": first.pk, "name": "Leyla M."})
        self.assertEqual(told["url"], f"http://localhost:8000/comments/{first.pk}/")

    def test_of_what_is_gone_or_waits_only_that_it_was_there(self):
        moderator = make_moderator()
        removed, withdrawn, held = (make_comment(self.story, text="Secret words.") for _ in range(3))
        for one in (withdrawn, held):
            make_comment(below=one, text="An answer.")
        acts.remove(removed, moderator, reason="insult")
        withdrawn.change_state("withdrawn")
        held.change_state("held")
        self.assertNotIn("Secret", str(self.read()))
        for comment, state in ((removed, "removed"), (withdrawn, "withdrawn"), (held, "held")):
            with self.subTest(state=state):
                told = self.comment(comment)
                self.assertEqual(told["state"], state)
                self.assertEqual({told[name] for name in OF_WORDS}, {None})
        self.assertEqual(self.comment(removed)["removal_reason"], "insult (guideline 2)")
        self.assertIsNotNone(self.comment(removed)["removed"])
        below = [one["parent"] for one in self.read()["comments"] if one["level"] == 1]
        self.assertEqual({parent["name"] for parent in below}, {None})

    def test_a_held_comment_without_answers_is_not_told_of(self):
        make_comment(self.story, state="held")
        self.assertEqual(self.read()["comments"], [])

    def test_holds_the_same_comments_as_the_page_in_every_order(self):
        make_many_comments(self.story, 70)
        acts.pick(make_comment(self.story), make_moderator())
        for order in ("", "oldest", "respected", "unanswered", "highlights"):
            with self.subTest(order=order):
                page = self.client.get(f"{self.story.get_absolute_url()}comments/?order={order}")
                told, shown = self.read(f"?order={order}"), page.context["page"]
                self.assertEqual([one["id"] for one in told["comments"]], [one.pk for one in shown])
                self.assertEqual(told["order"], order or "newest")

    def test_leads_through_all_pages_and_back_and_shows_each_comment_once(self):
        make_many_comments(self.story, 130)
        for order in ("newest", "oldest", "respected"):
            with self.subTest(order=order):
                pages = [self.read(f"?order={order}")]
                while address := pages[-1]["next"]:
                    pages.append(self.client.get(address).json())
                comments = [one for page in pages for one in page["comments"]]
                keys = {one["id"] for one in comments}
                self.assertEqual(len(comments), len(keys))
                hidden = sum(one["more_replies"]["count"] for one in comments if one["more_replies"])
                self.assertEqual(len(keys) + hidden, 130)
                back = self.client.get(pages[-1]["previous"]).json()
                self.assertEqual(back["comments"], pages[-2]["comments"])

    def test_more_replies_are_where_it_says(self):
        first = make_comment(self.story)
        replies = [make_comment(below=first) for _ in range(5)]
        more = next(
            one["more_replies"] for one in self.read("?order=oldest")["comments"] if one["more_replies"]
        )
        self.assertEqual((more["count"], more["is_exact"]), (2, True))
        told = self.client.get(more["self"]).json()["comments"]
        self.assertEqual([one["id"] for one in told], [reply.pk for reply in replies[3:]])

    def test_every_order_that_it_offers_is_one(self):
        make_expert(self.story)
        for order in self.read()["orders"]:
            with self.subTest(order=order):
                self.assertEqual(self.client.get(order["self"]).json()["order"], order["name"])

    def test_tells_who_answers_questions(self):
        expert = make_expert(self.story, make_account("seismologist"), name="Prof. Aynur H.", line="in Baku")
        answer = make_comment(below=make_comment(self.story), badge="expert", expert=expert)
        self.assertEqual(self.read()["experts"], [{"name": "Prof. Aynur H.", "line": "in Baku"}])
        self.assertEqual(self.read()["mode"], "questions")
        told = self.comment(answer)
        self.assertEqual((told["badge"], told["line"]), ("expert", "in Baku"))

    def test_says_whether_and_why_nobody_can_write(self):
        self.assertEqual((self.read()["is_open"], self.read()["why_closed"]), (True, None))
        Thread.objects.create(article=self.story, rule="closed")
        told = self.read()
        self.assertFalse(told["is_open"])
        self.assertIn("closed the conversation", told["why_closed"])

    def test_a_correction_that_a_comment_led_to_is_named_once_readers_see_it(self):
        comment = make_comment(self.story)
        update_article(self.story, kind="correction", headline="Right")
        ReaderComment.objects.filter(pk=comment.pk).update(led_to=self.story.versions.get(number=2))
        told = self.comment(comment)["led_to_correction"]
        self.assertTrue(told.endswith(f"{self.story.get_absolute_url()}history/#version-2"))

    def test_says_which_order_is_none(self):
        response = self.client.get(f"/api/v1/stories/{self.story.slug}/thread/?order=worst")
        self.assertEqual(response.status_code, 400)
        self.assertIn("newest, oldest, respected", response.json()["detail"])

    def test_a_key_that_is_none_is_refused(self):
        for order in ("newest", "oldest", "respected", "unanswered", "highlights"):
            for name in ("before", "after", "from"):
                for key in ("abc", "%00", "-1", str(2**63), "9" * 20, ""):
                    with self.subTest(order=order, name=name, key=key):
                        query = f"?order={order}&{name}={key}"
                        response = self.client.get(f"/api/v1/stories/{self.story.slug}/thread/{query}")
                        self.assertEqual(response.status_code, 400)
