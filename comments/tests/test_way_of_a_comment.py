from datetime import timedelta
from importlib import import_module
from unittest import mock

from django.apps import apps
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import OutgoingMail
from articles.tests.factories import make_account, make_article
from comments import posting
from comments.models import PendingComment, ReaderComment
from comments.moderation import acts
from comments.tests.cases import post_from
from comments.tests.factories import make_comment, make_moderator, make_pending, make_reader
from comments.tests.pages import compose, fields_of, last_letter, link_in_last_letter, send
from comments.tokens import comment_of_writer, confirmation_token


class WithoutAnAccountTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def test_story_page_to_published_comment(self):
        story = self.client.get(self.article.get_absolute_url())
        self.assertContains(story, "What is your opinion on this topic?")
        self.assertContains(story, "Leave the first comment")

        step = compose(self.client, self.article, "First.\n\nSecond.")
        self.assertContains(step, "<p>First.</p>\n<p>Second.</p>")

        sent = send(self.client, self.article, "First.\n\nSecond.")
        self.assertRedirects(sent, sent.url)
        self.assertNotIn("leyla", sent.url)
        self.assertContains(self.client.get(sent.url), "leyla@reader.example")
        self.assertEqual(ReaderComment.objects.count(), 0)

        link = link_in_last_letter()
        self.assertContains(self.client.get(link), "<p>First.</p>")
        self.assertEqual(ReaderComment.objects.count(), 0)

        stored = self.client.post(link)
        comment = ReaderComment.objects.get()
        status = self.client.get(stored.url)
        self.assertContains(status, "Your comment is published")
        self.assertContains(status, f'href="{comment.get_absolute_url()}"')
        story = self.client.get(comment.get_absolute_url(), follow=True)
        self.assertContains(story, "<p>First.</p>")
        self.assertContains(story, "1 comment")
        self.assertNotContains(story, "Leave the first comment")

    def test_looking_at_the_link_changes_nothing(self):
        send(self.client, self.article)
        for method in (self.client.get, self.client.head, self.client.options):
            method(link_in_last_letter())
        self.assertEqual(ReaderComment.objects.count(), 0)

    def test_the_letter_holds_neither_words_nor_name(self):
        send(self.client, self.article, "Buy my thing.", name="Spam King")
        letter = last_letter()
        for text in (letter.subject, letter.text, letter.html):
            self.assertNotIn("Buy", text)
            self.assertNotIn("Spam", text)

    def test_pressed_again_leads_to_the_same_comment(self):
        send(self.client, self.article)
        again = [self.client.post(link_in_last_letter()), self.client.post(link_in_last_letter())]
        again.append(self.client.get(link_in_last_letter()))
        # Each address is signed with its second, so it is the comment that is compared.
        led_to = {comment_of_writer(response.url.split("/")[-2]) for response in again}
        self.assertEqual(led_to, {ReaderComment.objects.get()})
        self.assertEqual(ReaderComment.objects.count(), 1)

    def test_the_same_words_sent_twice_make_one_comment(self):
        for _ in range(2):
            send(self.client, self.article)
            self.client.post(link_in_last_letter())
        self.assertEqual(ReaderComment.objects.count(), 1)

    def test_a_removed_comment_never_returns(self):
        send(self.client, self.article)
        self.client.post(link_in_last_letter())
        acts.remove(ReaderComment.objects.get(), make_moderator(), "insult")
        self.client.post(link_in_last_letter())
        send(self.client, self.article)
        self.client.post(link_in_last_letter())
        comment = ReaderComment.objects.get()
        self.assertEqual(comment.state, "removed")
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), "Seoul said")

    def test_a_removed_comment_does_not_return_in_disguise(self):
        removed = post_from("lou@reader.example", self.article, "Seoul said this.")
        acts.remove(removed, make_moderator(), "insult")
        for email, text in [
            ("lou+2@reader.example", "Seoul said this."),
            ("Lou@reader.example", "Seoul  said\n\nthis. "),
            ("lou@reader.example", "SEOUL s\u200baid thís."),
            ("lou@reader.example", "Sеoul said this."),  # with a Cyrillic е
        ]:
            with self.subTest(email=email, text=text):
                self.assertEqual(post_from(email, self.article, text), removed)
        for email, text, answered in [
            ("lou@reader.example", "Seoul said that.", None),
            ("zoe@reader.example", "Seoul said this.", None),
            ("lou@reader.example", "Seoul said this.", make_comment(self.article)),
        ]:
            self.assertNotEqual(post_from(email, self.article, text, reply_to=answered), removed)

    def test_earlier_fingerprints_are_taken_anew(self):
        texts = ("Seoul said this.", "Seoul  said  this.", "Other words.", "None of them.")
        first, again, other, without = (make_comment(self.article, text=text) for text in texts)
        for comment in (first, again, other):
            ReaderComment.objects.filter(pk=comment.pk).update(fingerprint=f"earlier {comment.pk}")
        migration = import_module("comments.migrations.0022_fingerprints_of_folded_words")
        migration.take_anew(apps, None)
        found = dict(ReaderComment.objects.values_list("pk", "fingerprint"))
        self.assertEqual(found[first.pk], posting.fingerprint_of(first))
        self.assertEqual(found[again.pk], f"earlier {again.pk}")
        self.assertEqual(found[other.pk], posting.fingerprint_of(other))
        self.assertIsNone(found[without.pk])

    def test_the_link_ends_after_three_days_and_keeps_the_words(self):
        pending = make_pending(self.article, created_at=timezone.now() - timedelta(days=3, seconds=1))
        link = reverse("comments:confirmation", args=[confirmation_token(pending)])
        for response in (self.client.get(link), self.client.post(link)):
            self.assertContains(response, "Seoul said this in October.", status_code=410)
            self.assertContains(response, "three days", status_code=410)
        self.assertEqual(ReaderComment.objects.count(), 0)

    def test_outdated_words_are_forgotten(self):
        old = make_pending(self.article, created_at=timezone.now() - PendingComment.KEPT_FOR)
        send(self.client, self.article)
        self.assertFalse(PendingComment.objects.filter(pk=old.pk).exists())

    def test_a_forged_or_borrowed_token_is_not_found(self):
        sent = send(self.client, self.article)
        borrowed = sent.url.split("/")[-2]
        for token in ("x", "a:b:c", borrowed, confirmation_token(make_pending(self.article))[:-1]):
            with self.subTest(token=token):
                self.assertEqual(self.client.post(f"/comments/confirm/{token}/").status_code, 404)

    def test_a_story_withdrawn_or_closed_meanwhile_gives_the_words_back(self):
        for change, status in ((self.withdraw, 410), (self.close, 403)):
            send(self.client, self.article)
            change()
            for method in (self.client.get, self.client.post):
                with self.subTest(change=change.__name__, method=method.__name__):
                    response = method(link_in_last_letter())
                    self.assertContains(response, "Seoul said this in October.", status_code=status)
            self.article = make_article("Another story")
        self.assertEqual(ReaderComment.objects.count(), 0)

    def test_a_reply_whose_target_is_removed_meanwhile_gives_the_words_back(self):
        target = make_comment(self.article, text="Gone soon.")
        send(self.client, self.article, reply_to=target.pk)
        acts.remove(target, make_moderator(), "insult")
        response = self.client.post(link_in_last_letter())
        self.assertContains(response, "Seoul said this in October.", status_code=409)

    def test_a_reply_stands_below_what_it_answers(self):
        target = make_comment(self.article)
        step = self.client.get(reverse("comments:compose", args=[self.article.pk]), {"reply_to": target.pk})
        self.assertContains(step, "Your reply to")
        send(self.client, self.article, "I agree.", reply_to=fields_of(step)["reply_to"])
        self.client.post(link_in_last_letter())
        self.assertEqual(ReaderComment.objects.get(comment="I agree.").parent_id, target.pk)

    def withdraw(self):
        publishing.withdraw(self.article, make_account(), notice="It was not true.")

    def close(self):
        self.article.takes_comments = False
        self.article.save()


class SignedInTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.reader = make_reader()
        self.client.force_login(self.reader)

    def test_posts_at_once_under_the_accounts_name(self):
        self.assertContains(compose(self.client, self.article), "Posted as <strong>Rana K.</strong>")
        response = send(self.client, self.article, name="Somebody Else", email="else@reader.example")
        comment = ReaderComment.objects.get()
        self.assertRedirects(response, comment.get_absolute_url(), target_status_code=302)
        self.assertEqual((comment.user, comment.user_name, comment.user_email), (self.reader, "Rana K.", ""))
        self.assertFalse(OutgoingMail.objects.exists())

    def test_an_account_without_a_name_is_asked_for_one_and_never_shows_its_login(self):
        self.client.force_login(make_reader("rkasimova", first_name="", last_name=""))
        self.assertContains(compose(self.client, self.article), 'name="name"')
        send(self.client, self.article, name="R.")
        self.assertEqual(ReaderComment.objects.get().user_name, "R.")

    def test_the_same_form_sent_twice_makes_one_comment(self):
        urls = {send(self.client, self.article).url for _ in range(2)}
        self.assertEqual((len(urls), ReaderComment.objects.count()), (1, 1))

    def test_is_stopped_after_many_comments(self):
        with mock.patch("comments.limits.allow", return_value=False):
            response = send(self.client, self.article)
        self.assertContains(response, "Seoul said this in October.", status_code=429)
        self.assertEqual(ReaderComment.objects.count(), 0)
