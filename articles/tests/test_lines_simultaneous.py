"""Lines that several people move at once: no loop, no deadlock, and nobody left in the wrong one."""

from functools import partial

from django.test import Client

from articles import publishing
from articles.models import Article, LineListing, LinePlace
from articles.publishing import NotReady
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_account, make_article, make_draft, publish

TIMES = 4


class SimultaneousTests(ConcurrencyTestCase):
    def setUp(self):
        self.chief = make_account()

    def join(self, story, earlier):
        try:
            publishing.continue_story(story, self.chief, earlier)
        except NotReady:
            return "told"
        return "joined"

    def both_at_once(self, *acts):
        return self.at_once(lambda number: acts[number](), len(acts))

    def test_of_two_that_would_close_a_loop_one_is_told(self):
        for number in range(TIMES):
            one, other = make_article(f"One {number}"), make_article(f"Other {number}")
            said = self.both_at_once(partial(self.join, one, other), partial(self.join, other, one))
            self.assertCountEqual(said, ["joined", "told"])

    def test_a_story_that_is_published_while_its_line_moves_stands_where_the_line_is(self):
        for number in range(TIMES):
            first, middle = make_article(f"First {number}"), make_article(f"Middle {number}")
            draft = make_draft(f"Draft {number}")
            self.join(draft, middle)
            self.both_at_once(partial(publish, draft), partial(self.join, middle, first))
            self.assertEqual(LinePlace.objects.get(article=draft).line, first.pk)
            self.assertEqual(LineListing.objects.get(article=draft).line, first.pk)

    def test_a_draft_may_be_deleted_at_the_desk_while_its_line_moves(self):
        for number in range(TIMES):
            first, last, draft = make_article(f"First {number}"), make_article(f"Last {number}"), make_draft()
            self.join(draft, first)
            client = Client()
            client.force_login(self.chief)
            delete = partial(client.post, f"/admin/articles/article/{draft.pk}/delete/", {"post": "yes"})
            deleted, _ = self.both_at_once(delete, partial(self.join, last, draft))
            self.assertEqual(deleted.status_code, 302)
            self.assertFalse(Article.objects.filter(pk=draft.pk).exists())
            self.assertFalse(LinePlace.objects.filter(continues=draft.pk).exists())
