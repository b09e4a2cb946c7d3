"""How a reader gets an account, gets into it, and who does not."""

import re
from datetime import timedelta
from html import unescape
from unittest import mock

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from articles import login_limits
from articles.models import OutgoingMail
from articles.tests.factories import make_account, make_article
from comments import limits
from comments.account_pages.holders import forget_unconfirmed
from comments.models import Person, ReaderComment
from comments.tests.accounts import (
    PASSWORD,
    RANA,
    link_in_letter,
    make_account_of,
    open_account,
    sign_in,
    sign_up,
)
from comments.tests.factories import make_comment
from comments.tests.pages import compose, fields_of, last_letter

User = get_user_model()
HASHER = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
AS_IN_PRODUCTION = override_settings(PASSWORD_HASHERS=[HASHER])


def said(response):
    """What an answer says, without what is new each time."""
    lines = response.content.decode().splitlines()
    return response.status_code, response.get("Location"), [li for li in lines if "csrfmiddleware" not in li]


class WayTests(TestCase):
    def test_from_signing_up_to_a_comment_without_a_letter(self):
        article = make_article()
        self.assertRedirects(sign_up(self.client), reverse("account_email_verification_sent"))
        self.assertEqual(last_letter().recipient, RANA)
        link = link_in_letter()
        self.assertContains(self.client.get(link), RANA)
        self.assertFalse(EmailAddress.objects.get().verified)
        self.assertRedirects(self.client.post(link), reverse("account"))
        letters = OutgoingMail.objects.count()
        page = compose(self.client, article, "Seoul said so.")
        self.assertContains(page, "Posted as <strong>Rana K.</strong>")
        data = fields_of(page) | {"comment": "Seoul said so."}
        self.client.post(reverse("comments:posting", args=[article.pk]), data)
        comment = ReaderComment.objects.get()
        self.assertEqual(
            (comment.user_name, comment.user.email, comment.state), ("Rana K.", RANA, "published")
        )
        self.assertEqual(OutgoingMail.objects.count(), letters)
        self.assertContains(self.client.get(reverse("account")), "Seoul said so.")

    def test_signing_out_and_in(self):
        open_account(self.client)
        self.client.get(reverse("account_logout"))
        self.assertEqual(self.client.get(reverse("account")).status_code, 200)
        self.assertRedirects(self.client.post(reverse("account_logout")), reverse("account_login"))
        self.assertRedirects(
            self.client.get(reverse("account")), f"{reverse('account_login')}?next=/account/"
        )
        self.assertRedirects(sign_in(self.client), reverse("account"))

    def test_whoever_begins_to_write_can_sign_in_and_comes_back(self):
        make_account_of()
        article = make_article()
        writing = f"{reverse('comments:compose', args=[article.pk])}?reply_to={make_comment(article).pk}"
        page = self.client.get(writing)
        link = re.search(r'href="([^"]+)">Sign in</a> first', page.content.decode())[1]
        entrance = self.client.get(unescape(link))
        fields = fields_of(entrance) | {"login": RANA, "password": PASSWORD}
        self.assertRedirects(self.client.post(reverse("account_login"), fields), writing)
        self.assertNotContains(self.client.get(writing), "You have an account?")

    def test_the_way_to_sign_in_is_not_offered_where_words_would_be_lost(self):
        self.assertNotContains(
            compose(self.client, make_article(), ""), "You have an account?", status_code=422
        )

    def test_a_user_name_says_nothing_and_is_shown_nowhere(self):
        account = open_account(self.client)
        self.assertRegex(account.username, r"^reader-[0-9a-f]{24}$")
        self.assertNotContains(self.client.get(reverse("account")), account.username)

    def test_an_account_that_is_switched_off_gets_nobody_in_and_no_letter(self):
        account = make_account_of()
        User.objects.filter(pk=account.pk).update(is_active=False)
        self.assertEqual(sign_in(self.client).status_code, 422)
        self.client.post(reverse("account_reset_password"), {"email": RANA})
        self.assertNotIn("/new-password/", last_letter().text)

    def test_no_cookie_before_the_reader_acts_but_the_form_s_own(self):
        self.assertFalse(self.client.get(reverse("account")).cookies)
        self.assertEqual(set(self.client.get(reverse("account_login")).cookies), {"csrftoken"})

    def test_whoever_opens_the_letter_elsewhere_gives_the_password(self):
        sign_up(self.client)
        elsewhere, link = Client(), link_in_letter()
        self.assertContains(elsewhere.get(link), "Give the password")
        self.assertEqual(elsewhere.post(link).status_code, 422)
        self.assertEqual(elsewhere.post(link, {"password": "wrong"}).status_code, 422)
        self.assertFalse(EmailAddress.objects.get().verified)
        self.assertRedirects(elsewhere.post(link, {"password": PASSWORD}), reverse("account"))
        self.assertTrue(EmailAddress.objects.get().verified)

    def test_a_link_confirms_once(self):
        open_account(self.client)
        self.assertEqual(self.client.post(link_in_letter()).status_code, 410)
        self.assertEqual(self.client.get("/account/confirm/wrong/").status_code, 410)

    def test_who_is_not_confirmed_is_not_let_in_and_gets_the_letter_anew(self):
        sign_up(Client())
        self.assertRedirects(sign_in(self.client), reverse("account_email_verification_sent"))
        self.assertEqual(OutgoingMail.objects.filter(recipient=RANA).count(), 2)
        self.assertEqual(self.client.get(reverse("account")).status_code, 302)

    def test_a_forgotten_password_is_replaced_once(self):
        account, elsewhere = make_account_of(), Client()
        sign_in(elsewhere)
        self.client.post(reverse("account_reset_password"), {"email": RANA})
        link = link_in_letter()
        self.assertFalse(self.client.get(link).cookies.get("sessionid"))
        self.assertEqual(self.client.post(link, {"password1": "12345678"}).status_code, 422)
        self.assertRedirects(
            self.client.post(link, {"password1": "another slow bus"}), reverse("account_login")
        )
        self.assertEqual(self.client.post(link, {"password1": "a third slow bus"}).status_code, 410)
        account.refresh_from_db()
        self.assertTrue(account.check_password("another slow bus"))
        self.assertEqual(elsewhere.get(reverse("account")).status_code, 302)
        self.assertIn("was changed", last_letter().subject)

    def test_changing_the_password_asks_for_the_one_before(self):
        account = make_account_of()
        sign_in(self.client)
        url, new = reverse("account_change_password"), "another slow bus"
        self.assertEqual(self.client.post(url, {"password": "no", "new_password": new}).status_code, 422)
        self.assertRedirects(
            self.client.post(url, {"password": PASSWORD, "new_password": new}), reverse("account")
        )
        account.refresh_from_db()
        self.assertTrue(account.check_password(new))

    def test_changing_the_address_waits_for_its_letter(self):
        account = make_account_of()
        sign_in(self.client)
        data = {"email": "new@reader.example", "password": PASSWORD}
        self.client.post(reverse("account_email"), data)
        account.refresh_from_db()
        self.assertEqual((account.email, last_letter().recipient), (RANA, "new@reader.example"))
        self.assertRedirects(self.client.post(link_in_letter()), reverse("account"))
        account.refresh_from_db()
        self.assertEqual(account.email, "new@reader.example")
        self.assertEqual(last_letter().recipient, RANA)
        self.assertEqual(list(EmailAddress.objects.values_list("email", flat=True)), ["new@reader.example"])

    def test_letters_name_our_own_address_whatever_the_request_claims(self):
        with override_settings(ALLOWED_HOSTS=["*"], SITE_URL="https://news.example"):
            self.client.post(
                reverse("account_signup"),
                {"name": "Rana", "email": RANA, "password1": PASSWORD},
                headers={"Host": "evil.example"},
            )
        self.assertIn("https://news.example/account/confirm/", last_letter().text)
        self.assertNotIn("evil", last_letter().text + last_letter().html)

    def test_nobody_is_led_to_another_site(self):
        make_account_of()
        data = {"login": RANA, "password": PASSWORD}
        for wanted in ("https://evil.example/", "//evil.example/", "http://testserver.evil.example/"):
            response = Client().post(reverse("account_login"), data | {"next": wanted})
            self.assertEqual(response["Location"], reverse("account"))
        response = Client().post(reverse("account_login"), data | {"next": "/latest/"})
        self.assertEqual(response["Location"], "/latest/")


class EnumerationTests(TestCase):
    """Who has an account is told to nobody but its mailbox."""

    def setUp(self):
        make_account_of()

    def assert_same(self, ask):
        known, unknown = Client(), Client()
        self.assertEqual(said(ask(known, RANA)), said(ask(unknown, "nobody@reader.example")))
        self.assertEqual(set(known.cookies), set(unknown.cookies))

    def test_signing_up(self):
        self.assert_same(sign_up)
        self.assertEqual(OutgoingMail.objects.filter(subject__contains="already").get().recipient, RANA)
        self.assertEqual(User.objects.count(), 2)

    def test_signing_in(self):
        def wrong(client, email):
            answer = sign_in(client, email, "wrong")
            answer.content = answer.content.replace(email.encode(), b"")
            return answer

        self.assert_same(wrong)

    def test_a_new_password(self):
        self.assert_same(
            lambda client, email: client.post(reverse("account_reset_password"), {"email": email})
        )
        self.assertEqual(OutgoingMail.objects.count(), 2)

    def test_changing_to_an_address_that_somebody_has(self):
        def change(client, email):
            sign_in(client, "sevda@reader.example")
            return client.post(reverse("account_email"), {"email": email, "password": PASSWORD})

        make_account_of("sevda@reader.example")
        self.assert_same(change)

    @AS_IN_PRODUCTION
    def test_as_much_work_for_known_and_unknown(self):
        for act in (sign_up, lambda client, email: sign_in(client, email, "wrong words here")):
            counts = []
            for email in (RANA, f"nobody{len(counts)}@reader.example"):
                with mock.patch(f"{HASHER}.encode", return_value="pbkdf2_sha256$1$a$b") as encode:
                    with mock.patch(f"{HASHER}.must_update", return_value=False):
                        User.objects.filter(email=RANA).update(password="pbkdf2_sha256$1000000$salt$hash")
                        act(Client(), email)
                counts.append(encode.call_count)
            self.assertEqual(counts, [1, 1])

    def test_the_limits_are_the_same(self):
        for _ in range(limits.TO_ONE_MAILBOX_FROM_ONE_NETWORK[0]):
            for email in (RANA, "nobody@reader.example"):
                Client().post(reverse("account_reset_password"), {"email": email})
        for email in (RANA, "nobody@reader.example"):
            answer = Client().post(reverse("account_reset_password"), {"email": email})
            self.assertEqual(answer.status_code, 429)


class LimitTests(TestCase):
    def test_an_address_can_be_tried_so_often_and_then_not_even_with_the_right_password(self):
        make_account_of()
        for _ in range(login_limits.TRIES_FOR_A_NAME):
            self.assertEqual(sign_in(self.client, password="wrong").status_code, 422)
        answer = sign_in(self.client)
        self.assertContains(answer, login_limits.TOO_MANY, status_code=429)
        self.assertEqual(sign_in(Client(), REMOTE_ADDR="198.51.100.1").status_code, 302)

    def test_both_doors_count_together(self):
        User.objects.create_superuser("leyla", password="right")
        with mock.patch.object(login_limits, "TRIES_FROM_A_NETWORK", 3):
            for _ in range(3):
                sign_in(self.client, password="wrong")
            data = {"username": "leyla", "password": "right"}
            self.assertContains(self.client.post(reverse("admin:login"), data), login_limits.TOO_MANY)

    def test_a_stolen_session_cannot_try_passwords_without_end(self):
        account = make_account_of()
        self.client.force_login(account)
        for _ in range(login_limits.TRIES_FOR_A_NAME):
            self.client.post(reverse("account_deletion"), {"password": "wrong", "words": "keep"})
        data = {"password": PASSWORD, "words": "keep"}
        self.assertEqual(self.client.post(reverse("account_deletion"), data).status_code, 429)

    def test_letters_to_a_mailbox_are_limited_whatever_the_spelling(self):
        for number in range(limits.TO_ONE_MAILBOX_FROM_ONE_NETWORK[0]):
            self.assertEqual(sign_up(Client(), f"rana+{number}@reader.example").status_code, 302)
        self.assertEqual(sign_up(Client(), "RANA@reader.example").status_code, 429)
        self.assertEqual(OutgoingMail.objects.count(), limits.TO_ONE_MAILBOX_FROM_ONE_NETWORK[0])

    def test_stands_odd_input(self):
        surrogate = "\udc80".encode("utf-8", "surrogatepass")
        for text in ("", "\x00", "x" * 10_000, "🙂", surrogate, "a@[1.2.3.4]"):
            self.assertEqual(sign_in(self.client, text, "x").status_code, 422)
            self.assertEqual(sign_up(self.client, text).status_code, 422)
            self.assertEqual(
                self.client.post(reverse("account_reset_password"), {"email": text}).status_code, 422
            )


class HijackTests(TestCase):
    """Whoever takes an address before its owner comes gets nothing by it."""

    def test_an_account_opened_with_somebody_else_s_address_does_not_get_what_the_mailbox_wrote(self):
        make_comment(user_email=RANA)
        sign_up(self.client, password="the attacker's own")
        owner, link = Client(), link_in_letter()
        owner.get(link)
        self.assertEqual(owner.post(link).status_code, 422)
        self.assertFalse(Person.objects.filter(merged_into__isnull=False).exists())

    def test_the_owner_opens_an_account_all_the_same_and_the_other_is_gone(self):
        sign_up(Client(), password="the attacker's own")
        account = open_account(self.client)
        self.assertEqual(list(User.objects.all()), [account])
        self.assertEqual(sign_in(Client(), password="the attacker's own").status_code, 422)

    def test_one_mailbox_has_one_account(self):
        make_account_of()
        open_account(Client(), "sevda@reader.example")
        sign_up(self.client, "sevda+two@reader.example")
        self.assertIn("already", last_letter().subject)

    def test_an_account_that_nobody_confirmed_is_forgotten(self):
        make_account_of("sevda@reader.example")
        sign_up(self.client)
        forget_unconfirmed()
        self.assertEqual(User.objects.count(), 2)
        User.objects.update(date_joined=timezone.now() - timedelta(days=8))
        forget_unconfirmed()
        self.assertEqual(User.objects.get().email, "sevda@reader.example")

    def test_an_address_of_another_account_is_not_confirmed(self):
        sign_up(self.client)
        link = link_in_letter()
        make_account_of()
        self.assertEqual(self.client.post(link).status_code, 409)
        self.assertEqual(EmailAddress.objects.filter(verified=True).count(), 1)


class NewsroomTests(TestCase):
    """The readers' door leads nobody of the newsroom round what the desk asks for."""

    def setUp(self):
        self.chief = make_account()
        User.objects.filter(pk=self.chief.pk).update(email="chief@news.example")
        self.chief.refresh_from_db()
        self.chief.set_password(PASSWORD)
        self.chief.save()
        EmailAddress.objects.create(user=self.chief, email="chief@news.example", verified=True, primary=True)

    def test_an_account_of_the_newsroom_does_not_sign_in_there(self):
        self.assertEqual(sign_in(self.client, "chief@news.example").status_code, 422)

    def test_nor_gets_a_new_password_or_a_second_account(self):
        self.client.post(reverse("account_reset_password"), {"email": "chief@news.example"})
        self.assertIn("ask an administrator", last_letter().text)
        self.assertNotIn("/new-password/", last_letter().text)
        sign_up(self.client, "chief@news.example")
        self.assertIn("sign in at the desk", last_letter().text)

    def test_what_the_desk_keeps_is_not_changed_there(self):
        self.client.force_login(self.chief)
        self.assertContains(self.client.get(reverse("account")), "account of the newsroom")
        for page in ("account_change_password", "account_email", "account_deletion"):
            self.assertRedirects(self.client.post(reverse(page)), reverse("account"))
        self.chief.refresh_from_db()
        self.assertTrue(self.chief.is_active)

    def test_a_reader_has_nothing_at_the_desk(self):
        account = open_account(self.client)
        self.assertEqual((account.is_staff, account.get_all_permissions()), (False, set()))
        for url in (reverse("admin:index"), reverse("moderation:queue")):
            self.assertEqual(self.client.get(url).status_code, 302)

    def test_what_comes_with_the_form_makes_nobody_staff(self):
        data = {"name": "Rana", "email": RANA, "password1": PASSWORD, "is_staff": "1", "is_superuser": "1"}
        self.client.post(reverse("account_signup"), data | {"username": "chosen"})
        account = User.objects.get(email=RANA)
        self.assertEqual((account.is_staff, account.is_superuser), (False, False))
        self.assertNotEqual(account.username, "chosen")

    def test_a_session_ends_when_the_account_comes_to_the_desk(self):
        account = open_account(self.client)
        account.is_staff = True
        account.save()
        self.assertEqual(self.client.get(reverse("account")).status_code, 302)


class PageTests(TestCase):
    FORMS = ("account_signup", "account_login", "account_reset_password", "account_logout")
    OWN = ("account_name", "account_letters", "account_change_password", "account_email")
    OWN += ("account_data", "account_deletion")

    def test_are_kept_by_nobody_and_found_by_no_search(self):
        make_account_of()
        for client in (Client(), self.client):
            for name in (*self.FORMS, "account", "account_deletion", "account_email_verification_sent"):
                answer = client.get(reverse(name))
                with self.subTest(page=name):
                    self.assertIn("no-store", answer["Cache-Control"])
                    self.assertEqual(answer["X-Robots-Tag"], "noindex")
            sign_in(self.client)

    def test_refuse_a_form_that_is_not_ours(self):
        account = make_account_of()
        for signed_in in (False, True):
            client = Client(enforce_csrf_checks=True)
            if signed_in:
                client.force_login(account)
            for name in self.OWN if signed_in else self.FORMS:
                self.assertEqual(client.post(reverse(name), {"password": PASSWORD}).status_code, 403, name)
        sign_up(self.client, "sevda@reader.example")
        self.assertEqual(client.post(link_in_letter(), {"password": PASSWORD}).status_code, 403)

    def test_ask_who_is_not_signed_in_to_do_so(self):
        for name in ("account", "account_email", "account_change_password", "account_deletion"):
            self.assertRedirects(
                self.client.get(reverse(name)), f"{reverse('account_login')}?next={reverse(name)}"
            )

    def test_what_acts_answers_no_get(self):
        self.client.force_login(make_account_of())
        for name in ("account_name", "account_letters", "account_data"):
            self.assertEqual(self.client.get(reverse(name)).status_code, 405)

    def test_nothing_of_the_library_is_mounted_that_is_not_ours(self):
        for path in ("login/", "signup/", "inactive/", "reauthenticate/", "password/set/", "email/"):
            self.assertEqual(self.client.get(f"/account/{path}").status_code, 404)

    def test_shared_pages_stay_the_same_for_who_is_signed_in(self):
        article = make_article()
        before = self.client.get(article.get_absolute_url())
        open_account(self.client)
        self.assertEqual(self.client.get(article.get_absolute_url()).content, before.content)
