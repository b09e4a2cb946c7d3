"""Who is named to answer below a story: what they may, what readers read of them, how the desk names them."""

from django.db import transaction
from django.urls import reverse

from articles import publishing
from articles.tests.factories import make_account, make_article, make_member
from comments import personal_data
from comments.models import ReaderComment, Thread
from comments.moderation import experts
from comments.tests.factories import make_comment, make_expert, make_moderator, make_reader
from comments.tests.pages import compose, fields_of, send
from comments.tests.test_questions import QuestionsTestCase

State = ReaderComment.State


class ExpertTests(QuestionsTestCase):
    def setUp(self):
        super().setUp()
        self.account = make_reader("prof", first_name="Aynur", last_name="H.")
        self.expert = make_expert(self.article, self.account)

    def post(self, question=None, text="It was a shallow quake."):
        self.client.force_login(self.account)
        reply_to = question.pk if question else ""
        return send(self.client, self.article, text, reply_to=reply_to)

    def test_who_answers_stands_at_the_head_of_the_thread(self):
        for address in (self.article.get_absolute_url(), self.address):
            page = self.client.get(address)
            self.assertContains(page, "Answers:")
            self.assertContains(page, '<bdi class="experts__name">Prof. Aynur H.</bdi>, ')
            self.assertContains(page, "seismologist in Baku")

    def test_the_answer_carries_name_badge_and_line(self):
        question = self.ask()
        page = self.post(question)
        answer = ReaderComment.objects.get(parent_id=question.pk, level=1)
        self.assertEqual((answer.user_name, answer.badge), ("Prof. Aynur H.", "expert"))
        self.assertEqual(self.answered_at(question), answer.published_at)
        page = self.client.get(page.url, follow=True)
        self.assertContains(page, '<span class="comment__badge">Expert</span>')
        self.assertContains(page, '<span class="comment__line" dir="auto">seismologist in Baku</span>')

    def test_they_are_told_by_which_name_they_write(self):
        self.client.force_login(self.account)
        page = compose(self.client, self.article, "Words.", reply_to=self.ask().pk)
        self.assertContains(page, "Posted as <strong>Prof. Aynur H.</strong>")
        self.assertNotIn("name", fields_of(page))

    def test_no_check_holds_what_they_write(self):
        Thread.objects.update(rule="held")
        self.post(self.ask(), "See https://one.example/ https://two.example/ https://three.example/")
        self.assertEqual(ReaderComment.objects.latest("pk").state, State.PUBLISHED)

    def test_they_answer_where_readers_can_ask_no_more(self):
        question = self.ask()
        Thread.objects.update(rule="closed")
        self.post(question)
        self.assertEqual(ReaderComment.objects.latest("pk").badge, "expert")

    def test_they_answer_as_many_as_they_can(self):
        question = self.ask()
        for number in range(22):
            self.assertEqual(self.post(question, f"Answer {number}.").status_code, 302)

    def test_their_account_lists_what_waits_for_them_and_leads_to_the_answer(self):
        first, second = self.ask(text="First question?"), self.ask(text="Second question?")
        self.answer(self.ask(text="Answered question?"))
        make_comment(make_article("Elsewhere"), text="A comment elsewhere.")
        Thread.objects.filter(article=self.article).update(rule="closed")
        self.client.force_login(self.account)
        page = self.client.get(reverse("account"))
        self.assertEqual(list(page.context["questions"]), [first, second])
        compose_address = f"{reverse('comments:compose', args=[self.article.pk])}?reply_to={first.pk}"
        self.assertContains(page, f'href="{compose_address}"')
        self.assertContains(self.client.get(compose_address), "Your reply to")

    def test_nothing_waits_for_whoever_answers_no_more(self):
        self.ask()
        ends = (
            lambda: Thread.objects.update(mode=Thread.Mode.COMMENTS),
            lambda: publishing.withdraw(self.article, make_account(), notice="It was wrong."),
            lambda: experts.end(self.expert, make_moderator()),
        )
        self.client.force_login(self.account)
        for end in ends:
            with self.subTest(end), transaction.atomic():
                self.assertContains(self.client.get(reverse("account")), "Questions for you")
                end()
                self.assertNotContains(self.client.get(reverse("account")), "Questions for you")
                transaction.set_rollback(True)

    def test_elsewhere_they_are_a_reader(self):
        other = make_article("Elsewhere")
        Thread.objects.create(article=other, mode=Thread.Mode.QUESTIONS, rule="held")
        self.client.force_login(self.account)
        send(self.client, other)
        comment = ReaderComment.objects.latest("pk")
        self.assertEqual((comment.badge, comment.state, comment.user_name), ("", State.HELD, "Aynur H."))

    def test_ended_they_are_a_reader_and_their_answers_keep_the_badge(self):
        self.post(self.ask())
        experts.end(self.expert, make_moderator())
        self.post(self.ask(), "Another answer.")
        self.assertEqual(ReaderComment.objects.latest("pk").badge, "")
        self.assertContains(self.client.get(self.address), "seismologist in Baku", count=1)

    def test_another_account_is_a_reader_here(self):
        self.client.force_login(make_reader("other"))
        send(self.client, self.article)
        self.assertEqual(ReaderComment.objects.latest("pk").badge, "")

    def test_where_comments_are_asked_for_they_are_a_reader(self):
        Thread.objects.update(mode=Thread.Mode.COMMENTS)
        self.post(self.ask())
        self.assertEqual(ReaderComment.objects.latest("pk").badge, "")
        self.assertNotContains(self.client.get(self.address), "Answers:")

    def test_their_data_is_told_and_their_name_forgotten(self):
        self.post(self.ask())
        owner = personal_data.of_account(self.account)
        told = personal_data.export(owner)["named to answer"]
        self.assertEqual([row["name"] for row in told], ["Prof. Aynur H."])
        personal_data.erase(owner)
        page = self.client.get(self.address)
        self.assertNotContains(page, "Aynur")
        self.assertNotContains(page, "seismologist")
        self.assertContains(page, '<span class="comment__badge">Expert</span>')


class NamingTests(QuestionsTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make_moderator())
        self.account = make_account("colleague", email="colleague@anewz.example")

    def name(self, **changes):
        fields = {"account": "colleague", "name": "Prof. Aynur H.", "line": "seismologist in Baku"}
        address = reverse("moderation:name_expert", args=[self.article.pk])
        return self.client.post(address, fields | changes, follow=True)

    def test_an_expert_is_named_by_login_or_address_and_ended(self):
        for account in ("colleague", "Colleague@anewz.example"):
            self.assertContains(self.name(account=account), "Prof. Aynur H. answers here.")
        expert = self.thread.experts.get()
        self.assertEqual((expert.user, str(expert)), (self.account, "Prof. Aynur H., seismologist in Baku"))
        end = reverse("moderation:end_expert", args=[expert.pk])
        self.assertContains(self.client.post(end, follow=True), "answers here no more.")
        self.assertContains(self.client.post(end, follow=True), "They answer here no more already.")
        self.assertNotContains(self.client.get(self.address), "Answers:")
        self.assertNotContains(self.client.get(reverse("moderation:log")), "Aynur")

    def test_naming_again_changes_the_line(self):
        self.name()
        self.name(line="geologist in Baku")
        self.assertEqual(self.thread.experts.get().line, "geologist in Baku")

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self):
        wrong = [
            ("account", "nobody@anewz.example", "Nobody signs in with that."),
            ("account", "", "Say whose account it is"),
            ("name", "", "Give the name above their answers."),
            ("line", "", "Say in a few words who they are"),
            ("name", "x" * 51, "A name has at most 50 characters here."),
        ]
        for field, value, sentence in wrong:
            with self.subTest(field, value=value):
                page = self.name(**{field: value})
                self.assertContains(page, sentence, status_code=422)
                sent = {"account": "colleague", "name": "Prof. Aynur H.", "line": "seismologist in Baku"}
                for name, kept in (sent | {field: value}).items():
                    self.assertEqual(page.context["expert_form"][name].value(), kept)
        self.assertFalse(self.thread.experts.exists())

    def test_a_reader_who_has_not_proved_the_address_is_not_found(self):
        make_reader("unproved", email="unproved@reader.example")
        self.assertEqual(self.name(account="unproved@reader.example").status_code, 422)

    def test_below_a_story_that_readers_do_not_see_nobody_is_named(self):
        expert = make_expert(self.article, self.account)
        publishing.withdraw(self.article, self.account, notice="It was wrong.")
        self.assertEqual(self.name().status_code, 404)
        end = reverse("moderation:end_expert", args=[expert.pk])
        self.assertEqual(self.client.post(end).status_code, 404)

    def test_a_reporter_names_nobody(self):
        self.client.force_login(make_member("Reporter"))
        self.assertEqual(self.name().status_code, 403)
        self.assertFalse(self.thread.experts.exists())
