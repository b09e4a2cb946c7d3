from django.conf import settings
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from articles import publishing
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import make_account, make_article
from comments import limits
from comments.models import ReaderComment, Respect
from comments.moderation import acts
from comments.respect_views import FROM_ELSEWHERE
from comments.respects import COOKIE, ONE_S_OWN
from comments.tests.factories import make_comment, make_moderator, make_reader

HERE = {"Origin": settings.SITE_URL}
JSON = HERE | {"Accept": "application/json"}
READERS = 30


def press(client, comment, headers=HERE, **changes):
    return client.post(reverse("comments:respect", args=[comment.pk]), headers=headers, **changes)


def count(comment):
    return ReaderComment.objects.get(pk=comment.pk).respect_count


class RespectTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.comment = make_comment(self.article)

    def test_counts_and_leads_back_to_the_comment(self):
        self.assertRedirects(
            press(self.client, self.comment), self.comment.get_absolute_url(), fetch_redirect_response=False
        )
        self.assertEqual(count(self.comment), 1)
        story = self.client.get(self.article.get_absolute_url())
        self.assertContains(story, '<span class="comment__respected">1</span>')

    def test_pressed_again_is_taken_back_and_the_page_says_so(self):
        press(self.client, self.comment)
        self.assertContains(press(self.client, self.comment), "You have taken your respect back")
        self.assertEqual((count(self.comment), Respect.objects.count()), (0, 0))

    def test_a_script_is_told_how_it_stands(self):
        self.assertEqual(
            press(self.client, self.comment, JSON).json(), {"given": True, "count": 1, "refusal": ""}
        )
        self.assertEqual(
            press(self.client, self.comment, JSON).json(), {"given": False, "count": 0, "refusal": ""}
        )

    def test_another_device_counts_apart(self):
        press(self.client, self.comment)
        press(Client(), self.comment)
        self.assertEqual(count(self.comment), 2)

    def test_an_account_counts_once_on_all_its_devices(self):
        reader = make_reader()
        for client in (self.client, Client()):
            client.force_login(reader)
            response = press(client, self.comment)
            self.assertNotIn(COOKIE, response.cookies)
        self.assertEqual(count(self.comment), 0)  # given, and taken back on the second

    def test_is_not_for_one_s_own_comment(self):
        reader = make_reader()
        own = make_comment(self.article, user=reader, user_email="")
        self.client.force_login(reader)
        self.assertContains(press(self.client, own), ONE_S_OWN, status_code=403)
        self.assertEqual(count(own), 0)

    def test_only_a_press_sets_the_cookie_and_nothing_but_the_server_reads_it(self):
        self.assertFalse(self.client.get(self.article.get_absolute_url()).cookies)
        cookie = press(self.client, self.comment).cookies[COOKIE]
        self.assertEqual((cookie["httponly"], cookie["samesite"], cookie["secure"]), (True, "Lax", ""))
        self.assertEqual(cookie["max-age"], 365 * 24 * 60 * 60)
        self.assertNotIn(cookie.value, str(Respect.objects.values_list("giver", flat=True)))

    @override_settings(IS_SECURE_SITE=True)
    def test_the_cookie_of_a_secure_site_is_secure(self):
        self.assertTrue(press(self.client, self.comment).cookies[COOKIE]["secure"])

    def test_a_press_on_another_site_does_not_count(self):
        elsewhere = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}]
        elsewhere += [{"Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "none")]
        for headers in elsewhere:
            with self.subTest(headers):
                response = press(self.client, self.comment, headers)
                self.assertContains(response, FROM_ELSEWHERE, status_code=403)
                self.assertFalse(response.cookies)
        self.assertEqual(count(self.comment), 0)
        press(self.client, self.comment, {"Sec-Fetch-Site": "same-origin"})
        self.assertEqual(count(self.comment), 1)

    def test_reading_changes_nothing(self):
        address = reverse("comments:respect", args=[self.comment.pk])
        statuses = [self.client.get(address).status_code, self.client.head(address).status_code]
        self.assertEqual(statuses, [405, 405])
        self.assertEqual(count(self.comment), 0)

    def test_is_not_for_what_readers_do_not_see(self):
        held = make_comment(self.article, state=ReaderComment.State.HELD)
        acts.remove(self.comment, make_moderator(), "insult")
        self.assertEqual(press(self.client, held).status_code, 404)
        self.assertEqual(press(self.client, self.comment).status_code, 410)
        self.assertEqual(press(self.client, self.comment, JSON).json()["given"], False)
        below = make_comment(make_article("Gone"))
        publishing.withdraw(below.article, make_account(), notice="It was wrong.")
        self.assertEqual(press(self.client, below).status_code, 404)
        self.assertEqual(Respect.objects.count(), 0)

    def test_one_network_gives_one_comment_only_so_much(self):
        most, _ = limits.RESPECT_FROM_ONE_NETWORK_FOR_ONE_COMMENT
        statuses = [press(Client(), self.comment).status_code for _ in range(most + 1)]
        self.assertEqual(statuses, [302] * most + [429])
        self.assertEqual(press(Client(), self.comment, REMOTE_ADDR="192.0.2.7").status_code, 302)
        self.assertEqual(count(self.comment), most + 1)


class SimultaneousRespectTests(ConcurrencyTestCase):
    def setUp(self):
        self.comment = make_comment()

    def test_of_thirty_readers_at_once_each_counts_once(self):
        self.at_once(lambda number: press(Client(REMOTE_ADDR=f"10.0.{number}.1"), self.comment), READERS)
        self.assertEqual((count(self.comment), Respect.objects.count()), (READERS, READERS))

    def test_thirty_presses_of_one_reader_at_once_leave_the_count_that_is_kept(self):
        def act(number):
            client = Client(REMOTE_ADDR=f"10.0.{number}.1")
            client.cookies[COOKIE] = "the same device"
            return press(client, self.comment).status_code

        self.assertLessEqual(set(self.at_once(act, READERS)), {200, 302})
        self.assertEqual(count(self.comment), Respect.objects.count())

    def test_nothing_is_lost_while_the_comment_is_removed_and_brought_back(self):
        moderator = make_moderator()

        def act(number):
            if number:
                return press(Client(REMOTE_ADDR=f"10.0.{number}.1"), self.comment).status_code
            acts.remove(self.comment, moderator, "insult")
            return acts.approve(self.comment, moderator)

        self.at_once(act, 12)
        self.assertEqual(count(self.comment), Respect.objects.count())
