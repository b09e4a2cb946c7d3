from unittest import mock

from django.contrib.auth import get_user_model
from django.test import TestCase, override_settings
from django.urls import reverse

from articles import login_limits as login

AT_HOME, ELSEWHERE = "192.0.2.1", "198.51.100.1"
TOO_MANY = "Too many attempts to log in"


class LoginTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        get_user_model().objects.create_superuser("leyla", password="right")

    def try_to_log_in(self, username="leyla", password="wrong", address=AT_HOME, forwarded_for=None):
        credentials = {"username": username, "password": password}
        headers = {"X-Forwarded-For": forwarded_for} if forwarded_for else {}
        return self.client.post(reverse("admin:login"), credentials, REMOTE_ADDR=address, headers=headers)

    def use_up(self, username="leyla", **where):
        for _ in range(login.TRIES_FOR_A_NAME):
            self.assertNotContains(self.try_to_log_in(username, **where), TOO_MANY)

    def test_lets_the_newsroom_in(self):
        self.assertEqual(self.try_to_log_in(password="right").status_code, 302)

    def test_a_name_can_be_tried_so_often_and_then_not_even_with_the_right_password(self):
        self.use_up()
        self.assertContains(self.try_to_log_in(password="right"), TOO_MANY)
        self.assertContains(self.try_to_log_in("LEYLA "), TOO_MANY)

    def test_whoever_logs_in_often_is_not_kept_out(self):
        for _ in range(login.TRIES_FOR_A_NAME + 2):
            self.assertEqual(self.try_to_log_in(password="right").status_code, 302)

    def test_who_is_tried_gets_in_from_elsewhere(self):
        self.use_up()
        self.assertEqual(self.try_to_log_in(password="right", address=ELSEWHERE).status_code, 302)

    def test_a_colleague_beside_the_one_who_is_tried_gets_in(self):
        get_user_model().objects.create_superuser("rashad", password="right")
        self.use_up()
        self.assertEqual(self.try_to_log_in("rashad", "right").status_code, 302)

    def test_neither_the_next_address_nor_a_header_is_a_way_round(self):
        self.use_up()
        self.assertContains(self.try_to_log_in(address="192.0.2.200"), TOO_MANY)
        self.assertContains(self.try_to_log_in(forwarded_for=ELSEWHERE), TOO_MANY)

    @override_settings(TRUSTED_PROXIES=["127.0.0.1"])
    def test_behind_our_proxy_each_network_is_counted_by_itself(self):
        self.use_up(address="127.0.0.1", forwarded_for=AT_HOME)
        response = self.try_to_log_in(password="right", address="127.0.0.1", forwarded_for=ELSEWHERE)
        self.assertEqual(response.status_code, 302)

    def test_who_waits_a_quarter_of_an_hour_may_try_again(self):
        with mock.patch("articles.ratelimit._now_ms", return_value=0):
            self.use_up()
        with mock.patch("articles.ratelimit._now_ms", return_value=15 * 60 * 1000 - 1):
            self.assertContains(self.try_to_log_in(password="right"), TOO_MANY)
        with mock.patch("articles.ratelimit._now_ms", return_value=15 * 60 * 1000):
            self.assertEqual(self.try_to_log_in(password="right").status_code, 302)

    def test_a_network_cannot_try_name_after_name(self):
        with mock.patch.object(login, "TRIES_FROM_A_NETWORK", 3):
            for number in range(3):
                self.assertNotContains(self.try_to_log_in(f"name{number}"), TOO_MANY)
            self.assertContains(self.try_to_log_in("another"), TOO_MANY)

    def test_says_the_same_to_a_name_that_does_not_exist(self):
        def answer(username):
            return self.try_to_log_in(username).content.replace(username.encode(), b"")

        def without_token(page):
            return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]

        self.assertEqual(without_token(answer("leyla")), without_token(answer("nobody")))
        self.use_up("nobody else")
        self.assertContains(self.try_to_log_in("nobody else"), TOO_MANY)

    @override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
    def test_works_as_long_for_a_name_that_does_not_exist(self):
        get_user_model().objects.create_superuser("known", password="right")
        for username in ("known", "nobody"):
            with mock.patch("django.contrib.auth.hashers.PBKDF2PasswordHasher.encode") as encode:
                encode.return_value = "no"
                self.try_to_log_in(username)
            self.assertEqual(encode.call_count, 1, username)

    def test_stands_odd_input(self):
        for username in ("", "\x00", "x" * 10_000, "🙂", "\udc80".encode("utf-8", "surrogatepass")):
            self.assertEqual(self.try_to_log_in(username).status_code, 200)
