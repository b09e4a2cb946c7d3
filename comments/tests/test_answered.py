"""Whether a question has an answer follows what readers see, whatever happens to the answers."""

from importlib import import_module

from django.apps import apps

from comments import changes, personal_data
from comments.models import ReaderComment, Thread
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator, make_reader
from comments.tests.test_questions import QuestionsTestCase

State = ReaderComment.State


class AnsweredTests(QuestionsTestCase):
    def setUp(self):
        super().setUp()
        self.question = self.ask()

    def assert_answered(self, answer):
        self.assertEqual(self.answered_at(self.question), answer and answer.published_at)

    def test_an_answer_of_the_newsroom_or_an_expert_counts(self):
        for badge in ("newsroom", "expert"):
            question = self.ask()
            answer = self.answer(question, badge)
            self.assertEqual(self.answered_at(question), answer.published_at)

    def test_the_first_answer_gives_the_instant(self):
        first = self.answer(self.question)
        self.answer(self.question)
        self.assert_answered(first)

    def test_a_reply_to_a_reply_answers_no_question(self):
        reply = make_comment(below=self.question)
        self.answer(reply)
        self.assert_answered(None)
        self.assertIsNone(self.answered_at(reply))

    def test_a_held_answer_counts_from_when_it_is_approved(self):
        answer = self.answer(self.question, state=State.HELD)
        self.assert_answered(None)
        act = acts.approve(answer, make_moderator())
        answer.refresh_from_db()
        self.assert_answered(answer)
        acts.undo(act, make_moderator())
        self.assert_answered(None)

    def test_removed_it_waits_again_and_undone_it_is_answered(self):
        answer = self.answer(self.question)
        act = acts.remove(answer, make_moderator(), "insult")
        self.assert_answered(None)
        acts.undo(act, make_moderator())
        self.assert_answered(answer)

    def test_another_answer_still_stands(self):
        first, second = self.answer(self.question), self.answer(self.question)
        acts.remove(first, make_moderator(), "insult")
        self.assert_answered(second)
        first.delete()
        self.assert_answered(second)

    def test_withdrawn_it_waits_again(self):
        changes.withdraw(self.answer(self.question))
        self.assert_answered(None)

    def test_deleted_with_its_writer_it_waits_again(self):
        account = make_reader()
        self.answer(self.question, "expert", user=account)
        personal_data.erase(personal_data.of_account(account), words="withdraw")
        self.assert_answered(None)

    def test_an_answer_that_is_changed_and_held_for_it_waits_again(self):
        Thread.objects.update(rule="held")
        changes.edit(self.answer(self.question, "expert"), "Other words.")
        self.assert_answered(None)

    def test_a_question_that_comes_back_is_still_answered(self):
        answer = self.answer(self.question)
        act = acts.remove(self.question, make_moderator(), "insult")
        acts.undo(act, make_moderator())
        self.assert_answered(answer)

    def test_it_is_kept_where_comments_are_asked_for_too(self):
        Thread.objects.update(mode=Thread.Mode.COMMENTS)
        self.assert_answered(self.answer(self.question))

    def test_answers_from_before_there_were_questions_count_too(self):
        first = self.answer(self.question)
        self.answer(self.question)
        self.answer(make_comment(below=self.question))
        waiting = self.ask()
        self.answer(waiting, state=State.HELD)
        ReaderComment.objects.update(answered_at=None)
        import_module("comments.migrations.0016_earlier_answers").answer_earlier_questions(apps, None)
        self.assert_answered(first)
        self.assertEqual(ReaderComment.objects.filter(answered_at__isnull=False).count(), 1)
