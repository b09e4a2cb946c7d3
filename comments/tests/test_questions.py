"""A conversation that asks for questions: its words, its orders, what waits for an answer."""

import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import OutgoingMail
from articles.tests.factories import make_article
from comments.models import ReaderComment, Thread
from comments.moderation import acts
from comments.tests.cases import make_held
from comments.tests.factories import make_comment, make_expert, make_moderator
from comments.tests.many import make_many_comments
from comments.tests.pages import compose, last_letter, link_in_last_letter, send
from comments.threads import page_of
from comments.threads.conversations import UnansweredPage
from comments.tokens import status_token

LINK = re.compile(r"https?://\S+")
MOST_QUERIES = 8
State = ReaderComment.State


class QuestionsTestCase(TestCase):
    def setUp(self):
        self.article = make_article()
        self.thread = Thread.objects.create(article=self.article, mode=Thread.Mode.QUESTIONS)
        self.address = reverse("comments:thread", args=[self.article.slug])

    def ask(self, name="Leyla M.", **changes):
        return make_comment(self.article, name=name, **changes)

    def answer(self, question, badge="newsroom", **changes):
        return make_comment(below=question, badge=badge, **changes)

    def answered_at(self, question):
        return ReaderComment.objects.get(pk=question.pk).answered_at

    def unanswered(self):
        return [question.user_name for question in page_of(self.article, {"order": "unanswered"})]


class WordsTests(QuestionsTestCase):
    def test_a_story_asks_for_questions(self):
        page = self.client.get(self.article.get_absolute_url())
        self.assertContains(page, "What would you like to know?")
        self.assertContains(page, "Ask the first question")
        self.assertNotContains(page, "What is your opinion on this topic?")
        self.assertNotContains(page, "Leave ")

    def test_back_at_comments_it_asks_for_opinions(self):
        Thread.objects.update(mode=Thread.Mode.COMMENTS)
        page = self.client.get(self.article.get_absolute_url())
        self.assertContains(page, "What is your opinion on this topic?")
        self.assertNotContains(page, "Unanswered")

    def test_writing_is_asked_for_in_the_same_words(self):
        page = compose(self.client, self.article, "When?")
        self.assertContains(page, '<h1 class="list-title">Your question</h1>')
        self.assertContains(page, ">Your question</label>")
        self.assertContains(
            compose(self.client, self.article, ""), "Your words were not sent", status_code=422
        )

    def test_a_reply_is_no_question(self):
        reply = self.client.get(
            f"{reverse('comments:compose', args=[self.article.pk])}?reply_to={self.ask().pk}"
        )
        self.assertContains(reply, ">Your reply</label>")

    def test_page_and_feed_are_named_after_it(self):
        self.ask()
        self.assertContains(self.client.get(self.address), "<title>Questions and answers: ")
        self.assertContains(self.client.get(f"{self.address}feed.xml"), "<title>Questions and answers: ")

    def test_how_many_there_are_is_said(self):
        first = self.ask()
        self.assertContains(self.client.get(self.address), ">1 question</p>")
        self.answer(first)
        self.ask()
        page = self.client.get(self.address)
        self.assertContains(page, ">3 questions and answers</p>")
        self.assertContains(page, ">Unanswered (1)</a>")
        self.assertContains(page, 'data-one="%s new question" data-several="%s new questions and answers"')


class WordsToTheWriterTests(QuestionsTestCase):
    """On every page and in every letter, from the first button to the appeal."""

    def test_before_a_question_is_published(self):
        sent = send(self.client, self.article, "When?")
        self.assertContains(self.client.get(sent.url), "then your question is published")
        self.assertEqual(last_letter().subject, "Publish your question")
        page = self.client.get(link_in_last_letter())
        self.assertContains(page, "Publish my question")
        self.assertNotContains(page, "comment?")

    def test_after_it_was_removed_and_came_back(self):
        question = self.ask()
        acts.remove(question, make_moderator(), "insult")
        self.assertEqual(last_letter().subject, "Your question was removed")
        self.assertContains(self.status_of(question), "Your question was removed</h1>")
        acts.approve(question, make_moderator())
        self.assertEqual(last_letter().subject, "Your question is back")
        self.assertContains(self.status_of(question), "your question in the conversation")

    def test_a_reply_and_an_answer_are_called_so(self):
        question = self.ask()
        self.assertContains(self.status_of(self.answer(question)), "Your answer is published")
        self.assertContains(self.status_of(self.answer(question, badge="")), "Your reply is published")

    def test_no_letter_about_a_question_speaks_of_a_comment(self):
        question = self.ask()
        removed = acts.remove(question, make_moderator(), "insult")
        send(self.client, self.article, "When?")
        acts.undo(removed, make_moderator())
        acts.remove(question, make_moderator(), "insult")
        acts.approve(question, make_moderator())
        letters = OutgoingMail.objects.all()
        self.assertGreaterEqual(len(letters), 3)
        for letter in letters:
            for text in (letter.subject, LINK.sub("", letter.text), LINK.sub("", letter.html)):
                self.assertNotIn("comment", text.lower())

    def status_of(self, comment):
        return self.client.get(reverse("comments:status", args=[status_token(comment)]))


class UnansweredTests(QuestionsTestCase):
    def test_what_waits_longest_comes_first(self):
        for name in "abc":
            self.ask(name)
        self.answer(ReaderComment.objects.get(user_name="b"))
        self.assertEqual(self.unanswered(), ["a", "c"])

    def test_pages_hold_each_question_once(self):
        for name in "abcde":
            self.ask(name)
        page, found = UnansweredPage(self.article, size=2), []
        while page:
            found.append([question.user_name for question in page])
            query = page.next_url and dict(part.split("=") for part in page.next_url.split("?")[1].split("&"))
            page = UnansweredPage(self.article, query, size=2) if query else None
        self.assertEqual(found, [["a", "b"], ["c", "d"], ["e"]])

    def test_replies_of_readers_stand_below_and_are_no_answer(self):
        make_comment(below=self.ask("a"), name="another reader")
        self.assertEqual(self.unanswered(), ["a", "another reader"])

    def test_held_removed_and_newsrooms_own_openings_do_not_wait(self):
        self.ask("held", state=State.HELD)
        acts.remove(self.ask("removed"), make_moderator(), "insult")
        self.ask("newsroom", badge="newsroom")
        self.assertEqual(self.unanswered(), [])
        page = self.client.get(f"{self.address}?order=unanswered")
        self.assertContains(page, "Every question has an answer.")
        self.assertContains(page, 'aria-current="true">Unanswered (0)</a>')

    def test_each_page_asks_little_however_many_wait(self):
        make_expert(self.article)
        for more in (10, 600):
            make_many_comments(self.article, more)
            key = ReaderComment.objects.filter(opens_thread=True).order_by("pk")[1].pk
            middle = ReaderComment.objects.filter(opens_thread=False).order_by("pk")[1].pk
            for query in ("", f"?from={middle}", "?order=oldest", "?order=respected", "?order=highlights"):
                self.assert_cheap(query)
            for query in ("", f"&after={key}", f"&before={key}", f"&from={key}"):
                self.assert_cheap(f"?order=unanswered{query}")

    def assert_cheap(self, query):
        with self.subTest(query), CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(f"{self.address}{query}").status_code, 200)
            self.assertLessEqual(len(queries), MOST_QUERIES)

    def test_they_are_found_through_their_index(self):
        make_many_comments(self.article, 1500)
        newest = ReaderComment.objects.latest("pk").pk
        ReaderComment.objects.filter(pk__lt=newest - 50).update(answered_at=timezone.now())
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE comments_readercomment")
                cursor.execute("SET LOCAL enable_seqscan = off")
        waiting = ReaderComment.objects.filter(article=self.article).unanswered()
        for rows in (waiting.order_by("-article_id", "-place")[:20], waiting.order_by().values("state")):
            self.assertIn("questions_unanswered", rows.explain())


class DeskTests(QuestionsTestCase):
    def setUp(self):
        super().setUp()
        self.page = reverse("moderation:conversation", args=[self.article.pk])
        self.client.force_login(make_moderator())

    def test_mode_is_changed_and_written_down(self):
        data = {"mode": "comments", "rule": "open", "closes_after_days": ""}
        data |= {"seen_mode": "questions", "seen_rule": "open", "seen_closes_after_days": ""}
        self.client.post(self.page, data)
        self.assertEqual(Thread.objects.get().mode, "comments")
        log = self.client.get(reverse("moderation:log"))
        self.assertContains(log, "conversation: mode questions → comments")

    def test_it_lists_what_is_unanswered_the_oldest_first(self):
        first, second = self.ask(text="First question?"), self.ask(text="Second question?")
        self.answer(self.ask(text="Answered question?"))
        make_held(self.article, text="Held question?")
        page = self.client.get(self.page)
        self.assertEqual(list(page.context["unanswered"]), [first, second])
        self.assertContains(page, "Unanswered: 2")
        self.assertNotContains(page, "Answered question?")
        self.assertContains(page, f"?reply_to={first.pk}")
