"""What writers read about their own comments."""

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import OutgoingMail
from articles.tests.factories import make_account, make_article
from comments.models import PendingComment, ReaderComment
from comments.moderation import acts, appeals, chain
from comments.status import WHY_HELD
from comments.tests.cases import make_held
from comments.tests.factories import make_comment, make_moderator, make_pending, make_reader
from comments.tests.pages import last_letter, link_in_last_letter, send
from comments.tokens import comment_of_writer, confirmation_token, status_token

NEVER_HOLD = {"staff", "length", "is_open", "slow", "sanctions"}


def page_of(comment):
    return reverse("comments:status", args=[status_token(comment)])


class StatusTests(TestCase):
    def setUp(self):
        self.article = make_article("Troops")
        self.moderator = make_moderator()

    def assertSays(self, comment, *sentences, without=()):
        page = self.client.get(page_of(comment))
        for sentence in sentences:
            self.assertContains(page, sentence)
        for sentence in ("moderator@", self.moderator.username + "<", *without):
            self.assertNotContains(page, sentence)
        return page

    def test_published(self):
        comment = make_comment(self.article)
        link = f'href="{comment.get_absolute_url()}"'
        self.assertSays(comment, "Your comment is published", "Seoul said this", link, "Troops")

    def test_held_says_why_in_words_for_the_writer(self):
        checks = [
            {"step": "length", "decision": "pass", "reason": "9 characters."},
            {"step": "likeness", "decision": "hold", "reason": "Nearly the same as comment 4711."},
            {"step": "links", "decision": "hold", "reason": "3 links, where 2 are usual."},
        ]
        comment = make_held(self.article, checks=checks)
        why = "A moderator reads it before readers see it. Nearly the same words had come before."
        link = f'href="{comment.get_absolute_url()}"'
        self.assertSays(comment, "Your comment is waiting", why, without=["4711", "More links", link])

    def test_every_step_that_can_hold_has_a_sentence(self):
        steps = {path.rpartition(".")[2] for path in chain.STEPS}
        self.assertEqual(steps - NEVER_HOLD - WHY_HELD.keys(), set())

    def test_removed_with_the_rule_and_the_words_that_it_was_about(self):
        comment = make_comment(self.article)
        acts.remove(comment, self.moderator, "insult", "Look at his other ones.")
        self.assertSays(
            comment,
            "Your comment was removed",
            "insult (guideline 2)",
            "Seoul said this",
            "Send the appeal",
            without=["Look at his other ones."],
        )

    def test_removed_before_any_reader_saw_it(self):
        comment = make_held(self.article)
        acts.remove(comment, self.moderator, "insult")
        self.assertSays(comment, "Readers never saw it", without=[comment.get_absolute_url()])

    def test_what_a_moderator_wrote_to_the_person_because_of_it(self):
        comment = make_comment(self.article)
        acts.warn(comment.person, self.moderator, "insult", "Answer the argument.", comment=comment)
        self.assertSays(comment, "A moderator wrote to you about it", "Answer the argument.")

    def test_what_a_moderator_wrote_to_the_writer_with_the_removal(self):
        comment = make_comment(self.article)
        removed = acts.remove(comment, self.moderator, "insult", "For us.", words="Answer the argument.")
        self.assertSays(
            comment, "A moderator wrote to you about it", "Answer the argument.", without=["For us."]
        )
        acts.undo(removed, self.moderator)
        self.assertSays(comment, "Your comment is published", without=["Answer the argument."])

    def test_withdrawn(self):
        comment = make_comment(self.article)
        self.client.post(f"{page_of(comment)}withdrawal/")
        self.assertSays(comment, "You have withdrawn your comment", without=["Seoul said this"])

    def test_edited(self):
        comment = make_comment(self.article)
        self.client.post(f"{page_of(comment)}edit/", {"comment": "Seoul said it in May."})
        self.assertSays(comment, "· edited", "Seoul said it in May.", without=["October"])

    def test_appealed_and_decided(self):
        comment = make_comment(self.article)
        acts.remove(comment, self.moderator, "insult")
        appeal = appeals.make(comment, "Nobody is insulted.")
        self.assertSays(comment, "Nobody is insulted.", "reads it", without=["Send the appeal"])
        appeals.overturn(appeal, make_moderator("second"), "You are right.")
        said = ("Your comment is published", "the comment is back", "You are right.")
        self.assertSays(comment, *said, without=["second"])

    def test_a_story_withdrawn_since_is_not_named(self):
        comment = make_comment(self.article)
        publishing.withdraw(self.article, make_account(), notice="It was not true.")
        self.assertSays(comment, "has been withdrawn since", "Seoul said this", without=["Troops"])

    def test_what_was_written_is_text(self):
        comment = make_comment(self.article, text="<script>alert(1)</script>", name="<img src=x>")
        self.assertSays(comment, "&lt;script&gt;", without=["<script>alert", "<img src=x"])

    def test_is_for_its_writer_alone_and_kept_by_nobody(self):
        page = self.client.get(page_of(make_comment(self.article)))
        self.assertIn("no-store", page["Cache-Control"])
        self.assertEqual(page["X-Robots-Tag"], "noindex")
        for token in ("x", confirmation_token(make_pending(self.article))):
            self.assertEqual(self.client.get(f"/comments/yours/{token}/").status_code, 404)


class WayBackTests(TestCase):
    """The link in the letter leads to the status page, for as long as there is a comment."""

    def setUp(self):
        self.article = make_article()

    def confirmed(self):
        send(self.client, self.article)
        self.link = link_in_last_letter()
        return self.client.post(self.link)

    def test_the_button_and_later_the_link_lead_there(self):
        for answer in (self.confirmed(), self.client.get(self.link)):
            self.assert_leads_to_its_status(answer)

    def assert_leads_to_its_status(self, answer):
        """The tokens of two seconds differ, and lead to the same page."""
        self.assertEqual(answer.status_code, 302)
        token = answer["Location"].rstrip("/").rpartition("/")[2]
        self.assertEqual(comment_of_writer(token), ReaderComment.objects.get())

    def test_the_letter_says_so(self):
        send(self.client, self.article)
        for text in (last_letter().text, last_letter().html):
            self.assertIn("Keep this letter", text)

    def test_lasts_although_the_words_beside_the_comment_are_gone(self):
        self.confirmed()
        PendingComment.objects.update(created_at=timezone.now() - 100 * PendingComment.KEPT_FOR)
        send(self.client, self.article, "Something else.")  # which forgets what is outdated
        self.assert_leads_to_its_status(self.client.get(self.link))
        kept = PendingComment.objects.exclude(stored=None).get()
        self.assertEqual((kept.text, kept.name, kept.email, kept.network), ("", "", "", ""))

    def test_words_that_became_no_comment_are_forgotten(self):
        old = make_pending(self.article, created_at=timezone.now() - PendingComment.KEPT_FOR)
        link = reverse("comments:confirmation", args=[confirmation_token(old)])
        self.assertEqual(self.client.get(link).status_code, 404)

    def test_a_held_comment_leads_there_too_with_an_account_as_well(self):
        many = "http://a.example http://b.example http://c.example"
        self.client.force_login(make_reader())
        answer = send(self.client, self.article, many)
        self.assertRedirects(answer, page_of(ReaderComment.objects.get()))
        self.assertFalse(OutgoingMail.objects.exists())
