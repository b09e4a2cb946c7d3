from unittest import mock

from django.test import Client, TestCase
from django.urls import reverse

from articles import publishing
from articles.tests.factories import make_account, make_article, make_draft
from comments.models import PendingComment, ReaderComment
from comments.moderation import acts
from comments.tests.factories import make_comment, make_moderator
from comments.tests.pages import compose, fields_of, send

WORDS = "Seoul said this in October."
LARGE_NUMBERS = [str(2**31), str(2**63), "9" * 5000]
ODD_NUMBERS = ["", "0", "-1", "x", "1.5", "1 ", "٣", "1\0", "%00", "1e9", "[]", *LARGE_NUMBERS]


class RefusedWordsTests(TestCase):
    """Whatever is wrong, the reader gets the reason and every word back."""

    def setUp(self):
        self.article = make_article()

    def assertRefused(self, response, reason, *, words=WORDS, status=422):
        self.assertContains(response, reason, status_code=status)
        self.assertContains(response, words, status_code=status, html=False)
        self.assertEqual(PendingComment.objects.count(), 0)

    def test_too_long(self):
        long = "word " * 601
        reason = "at most 3,000 characters. Yours has 3004"
        for response in (compose(self.client, self.article, long), self.send_second_step(comment=long)):
            self.assertRefused(response, reason, words=long.strip())

    def test_three_thousand_characters_with_line_ends_of_the_web_are_not_too_long(self):
        text = "\r\n".join("x" * 99 for _ in range(30))
        self.assertEqual(compose(self.client, self.article, text).status_code, 200)

    def test_empty(self):
        for nothing in ("", " \n ", "\u200b\u2060"):
            first_step = compose(self.client, self.article, nothing)
            for response in (first_step, self.send_second_step(comment=nothing)):
                self.assertRefused(response, "Write something first.", words="")

    def test_wrong_address(self):
        for email in ("", "leyla", "leyla@", "a@b.example\nBcc: all@b.example", f"{'l' * 250}@b.example"):
            with self.subTest(email=email):
                response = self.send_second_step(email=email)
                self.assertRefused(response, 'class="field__error" id="id_email_error"')

    def test_wrong_name(self):
        for name in ("", "Leyla\r\nBcc: all@b.example", "\u202eMalyel", "L" * 51):
            with self.subTest(name=name):
                self.assertRefused(self.send_second_step(name=name), 'id="id_name_error"')

    def test_nul(self):
        response = compose(self.client, self.article, f"{WORDS}\0")
        self.assertRefused(response, "a character that cannot be shown")
        self.assertNotContains(response, "\0", status_code=422)

    def test_an_answered_comment_that_is_no_longer_there(self):
        removed = make_comment(self.article, text="Fools, all of you.")
        acts.remove(removed, make_moderator(), "insult")
        held = make_comment(self.article, text="Buy here.", state=ReaderComment.State.HELD)
        elsewhere = make_comment(make_article("Another story"), text="Elsewhere.")
        for target in (removed.pk, held.pk, elsewhere.pk, 4711, 2**63):
            with self.subTest(target=target):
                response = self.send_second_step(reply_to=target)
                self.assertRefused(response, "no longer there")
                for secret in ("Fools", "Buy here", "Elsewhere"):
                    self.assertNotContains(response, secret, status_code=422)
                again = fields_of(response) | {"comment": WORDS}
                self.assertEqual(self.post(again | {"email": f"l{target}@reader.example"}).status_code, 302)
                PendingComment.objects.all().delete()

    def test_a_form_that_was_open_for_too_long_can_be_sent_again_as_it_stands(self):
        with mock.patch("django_comments.forms.time.time", return_value=0):
            page = compose(self.client, self.article)
        data = fields_of(page) | {"comment": WORDS, "name": "Leyla", "email": "leyla@reader.example"}
        response = self.post(data)
        self.assertRefused(response, "open for too long")
        self.assertEqual(self.post(fields_of(response) | {"comment": WORDS}).status_code, 302)

    def test_the_form_of_another_story(self):
        page = compose(self.client, make_article("Another story"))
        data = fields_of(page) | {"comment": WORDS, "name": "Leyla", "email": "leyla@reader.example"}
        self.assertRefused(self.post(data), "could not trust it")

    def test_a_filled_trap(self):
        self.assertRefused(self.send_second_step(honeypot="http://spam.example"), "could not trust it")

    def test_without_the_token_of_the_page(self):
        client = Client(enforce_csrf_checks=True)
        page = compose(client, self.article)
        data = fields_of(page) | {"comment": WORDS, "name": "Leyla", "email": "leyla@reader.example"}
        foreign = client.post(self.url, data | {"csrfmiddlewaretoken": "forged"})
        self.assertRefused(foreign, "cookie", status=403)
        self.assertEqual(client.post(self.url, data).status_code, 302)

    def test_too_many_letters(self):
        with mock.patch("comments.limits.allow", side_effect=[True, True, False]):
            self.assertRefused(self.send_second_step(), "as many letters to this address", status=429)

    def test_a_story_that_takes_no_comments(self):
        closed = make_article("Closed", takes_comments=False)
        withdrawn = make_article("Withdrawn")
        publishing.withdraw(withdrawn, make_account(), notice="It was not true.")
        draft = make_draft("Secret plans")
        for pk, status in ((closed.pk, 403), (withdrawn.pk, 410), (draft.pk, 404), (4711, 404), (2**63, 404)):
            for step in ("compose", "posting"):
                with self.subTest(pk=pk, step=step):
                    response = self.client.post(f"/comments/{step}/{pk}/", {"comment": WORDS})
                    self.assertRefused(response, "readonly", status=status)
                    self.assertNotContains(response, "Secret plans", status_code=status)

    @property
    def url(self):
        return reverse("comments:posting", args=[self.article.pk])

    def post(self, data):
        return self.client.post(self.url, data)

    def send_second_step(self, *, comment=WORDS, **changes):
        page = compose(self.client, self.article)
        data = fields_of(page) | {"comment": comment, "name": "Leyla", "email": "leyla@reader.example"}
        return self.post(data | changes)


class OddAddressTests(TestCase):
    """Nothing in an address or a form makes the server fail."""

    def setUp(self):
        self.article = make_article()
        self.comment = make_comment(self.article)

    def test_numbers_in_paths(self):
        for number in ODD_NUMBERS:
            for path in ("comments/", "comments/compose/", "comments/confirm/", "comments/sent/"):
                with self.subTest(path=path, number=number[:20]):
                    self.assertEqual(self.client.get(f"/{path}{number}/").status_code, 404)

    def test_numbers_in_queries(self):
        thread = reverse("comments:thread", args=[self.article.slug])
        compose_url = reverse("comments:compose", args=[self.article.pk])
        for number in ODD_NUMBERS:
            for name in ("after", "before", "from"):
                with self.subTest(name=name, number=number[:20]):
                    self.assertEqual(self.client.get(thread, {name: number}).status_code, 404)
            with self.subTest(reply_to=number[:20]):
                status = self.client.get(compose_url, {"reply_to": number}).status_code
                self.assertEqual(status, 404 if number else 200)

    def test_bytes_that_are_no_text(self):
        body = b"comment=%ff%fe%ed%a0%80&reply_to=%c3%28"
        url = reverse("comments:compose", args=[self.article.pk])
        response = self.client.post(url, body, content_type="application/x-www-form-urlencoded")
        self.assertEqual(response.status_code, 422)

    def test_bodies_that_are_no_form(self):
        for step in ("compose", "posting"):
            for content_type in ("application/json", "text/plain", "multipart/form-data", "x"):
                with self.subTest(step=step, content_type=content_type):
                    url = reverse(f"comments:{step}", args=[self.article.pk])
                    response = self.client.post(url, b"\xff\0{", content_type=content_type)
                    self.assertIn(response.status_code, (400, 422))

    def test_methods(self):
        for path in (f"compose/{self.article.pk}", f"posting/{self.article.pk}", str(self.comment.pk)):
            for method in ("PUT", "DELETE", "TRACE", "PATCH"):
                with self.subTest(path=path, method=method):
                    self.assertEqual(self.client.generic(method, f"/comments/{path}/").status_code, 405)


class FloodTests(TestCase):
    def test_nobody_is_sent_twenty_letters(self):
        article = make_article()
        statuses = [send(self.client, article, f"Number {number}.").status_code for number in range(20)]
        self.assertEqual((statuses.count(302), statuses.count(429)), (4, 16))

    def test_another_spelling_of_the_address_is_the_same_mailbox(self):
        article = make_article()
        spellings = ["l@reader.example", "L@reader.example", "l+1@reader.example", "l+2@Reader.example"]
        statuses = [send(self.client, article, "Again.", email=email).status_code for email in spellings * 2]
        self.assertEqual(statuses.count(302), 4)

    def test_a_stranger_does_not_lock_the_owner_of_an_address_out(self):
        article = make_article()
        for number in range(20):
            send(self.client, article, f"Number {number}.")
        owner = Client(REMOTE_ADDR="198.51.100.7")
        self.assertEqual(send(owner, article, "My own words.").status_code, 302)

    def test_many_networks_together_send_no_twenty_letters_either(self):
        article = make_article()
        clients = [Client(REMOTE_ADDR=f"198.51.{number}.7") for number in range(20)]
        statuses = [send(client, article, "Again.").status_code for client in clients]
        self.assertEqual(statuses.count(302), 10)
