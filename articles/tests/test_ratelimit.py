from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest import mock

from django.db import connection
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings

from articles import ratelimit
from articles.models import RateLimit
from articles.ratelimit import allow, client_network
from articles.tests.concurrency import ConcurrencyTestCase

THREADS = 32


class RateLimitTests(TestCase):
    def test_lets_the_first_ones_through_and_no_other(self):
        self.assertEqual([allow("comment 192.0.2.0/24", 2, 60) for _ in range(4)], [True, True, False, False])

    def test_counts_each_key_by_itself(self):
        allow("one", 1, 60)
        self.assertTrue(allow("two", 1, 60))

    def test_begins_anew_when_the_window_ends(self):
        with mock.patch.object(ratelimit, "_now_ms", return_value=1_000_000):
            self.assertTrue(allow("key", 1, 60))
        with mock.patch.object(ratelimit, "_now_ms", return_value=1_059_999):
            self.assertFalse(allow("key", 1, 60))
        with mock.patch.object(ratelimit, "_now_ms", return_value=1_060_000):
            self.assertTrue(allow("key", 1, 60))
            self.assertFalse(allow("key", 1, 60))

    def test_keeps_no_key_that_can_be_read(self):
        allow("leyla@example.org", 1, 60)
        with override_settings(SECRET_KEY="another"):
            allow("leyla@example.org", 1, 60)
        self.assertEqual(RateLimit.objects.count(), 2)
        self.assertFalse(RateLimit.objects.filter(key__contains="leyla").exists())

    def test_forgets_windows_that_ended(self):
        allow("ended", 1, 0)
        allow("open", 1, 60)
        ratelimit.forget_ended_windows()
        self.assertEqual(RateLimit.objects.count(), 1)


class ConcurrentRateLimitTests(ConcurrencyTestCase):
    def test_of_32_at_once_exactly_10_get_through(self):
        barrier = Barrier(THREADS)

        def try_once(_):
            barrier.wait()
            try:
                return allow("at once", 10, 600)
            finally:
                connection.close()

        with ThreadPoolExecutor(THREADS) as threads:
            self.assertEqual(sum(threads.map(try_once, range(THREADS))), 10)


class ClientNetworkTests(SimpleTestCase):
    def network(self, address, forwarded=None):
        headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
        return client_network(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers))

    def test_is_the_neighbourhood_of_the_address(self):
        self.assertEqual(self.network("192.0.2.77"), "192.0.2.0/24")
        self.assertEqual(self.network("2001:db8:1:2::3"), "2001:db8:1::/48")
        self.assertEqual(self.network("::ffff:192.0.2.77"), "192.0.2.0/24")

    def test_believes_no_stranger(self):
        self.assertEqual(self.network("192.0.2.77", "198.51.100.1"), "192.0.2.0/24")

    @override_settings(TRUSTED_PROXIES=["127.0.0.1", "10.0.0.0/8"])
    def test_believes_our_proxies_as_far_as_they_saw(self):
        self.assertEqual(self.network("127.0.0.1", "203.0.113.9, 198.51.100.1"), "198.51.100.0/24")
        self.assertEqual(self.network("127.0.0.1", "198.51.100.1, 10.2.3.4"), "198.51.100.0/24")
        self.assertEqual(self.network("127.0.0.1"), "127.0.0.0/24")

    @override_settings(TRUSTED_PROXIES=["127.0.0.1"])
    def test_stands_odd_input(self):
        for odd in ("", " ", "nonsense", ",,,", "198.51.100.1, nonsense", "\x00"):
            with self.subTest(odd):
                self.assertEqual(self.network("127.0.0.1", odd), "127.0.0.0/24")
        self.assertEqual(self.network(""), "unknown")
