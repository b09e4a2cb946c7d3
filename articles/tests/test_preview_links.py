"""What a preview link opens, how often, until when, and that nothing else does."""

from datetime import timedelta
from unittest import mock

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, LogEntry, PreviewLink, PreviewOpening
from articles.publishing import NotReady, WrongState
from articles.sharing import acts, tokens
from articles.sharing import views as sharing
from articles.tests.factories import (
    make_account,
    make_article,
    make_draft,
    make_member,
    publish,
    update_article,
)
from articles.tests.previews import DAYS, address_of, make_link, make_reading

HOUR = timedelta(hours=1)
SECRET = "Secret talks in Doha"
METHODS = ("get", "head", "post")


class PreviewLinkTestCase(TestCase):
    def setUp(self):
        self.article = make_draft(SECRET, body="<p>They met twice.</p>")

    def open(self, address):
        """Press the button; return the page that it leads to."""
        return self.client.get(self.client.post(address)["Location"])

    def assert_dead(self, *addresses):
        for address in addresses:
            for method in METHODS:
                with self.subTest(address=address, method=method):
                    response = getattr(self.client, method)(address)
                    self.assertEqual(response.status_code, 404)
                    self.assertNotContains(response, "Doha", status_code=404)
                    self.assertEqual(response["Cache-Control"], "private, no-store")


class OpeningTests(PreviewLinkTestCase):
    def test_following_the_link_counts_nothing_and_names_nothing(self):
        link, address = make_link(self.article)
        for method in (self.client.get, self.client.head):
            response = method(address)
            self.assertEqual(response.status_code, 200)
            for told in ("Doha", self.article.slug, "They met", link.purpose):
                self.assertNotContains(response, told)
        self.assertFalse(PreviewOpening.objects.exists())

    def test_pressing_the_button_counts_one_and_shows_the_story_as_readers_will_see_it(self):
        link, address = make_link(self.article)
        page = self.open(address)
        self.assertTemplateUsed(page, "articles/story.html")
        self.assertContains(page, f'<h1 class="story__headline">{SECRET}</h1>', html=True)
        self.assertContains(page, "They met twice.")
        self.assertContains(page, "For our lawyer")
        self.assertNotContains(page, "/comments/compose/")
        opening = link.openings.get()
        self.assertEqual((opening.number, opening.network), (1, "127.0.0.0/24"))

    def test_what_was_opened_can_be_reloaded_without_another_opening(self):
        link, address = make_link(self.article, most_openings=1)
        reading = self.client.post(address)["Location"]
        for _ in range(3):
            self.assertContains(self.client.get(reading), SECRET)
        self.assertEqual(link.openings.count(), 1)

    def test_it_opens_as_often_as_was_said_and_no_more(self):
        link, address = make_link(self.article, most_openings=2)
        for left in ("2 are left", "1 is left"):
            self.assertContains(self.client.get(address), left)
            self.open(address)
        self.assert_dead(address)
        self.assertEqual(link.openings.count(), 2)

    def test_it_works_without_a_cookie_and_sets_none(self):
        _, address = make_link(self.article)
        for response in (self.client.get(address), self.client.post(address), self.open(address)):
            self.assertFalse(response.cookies)
            self.assertNotIn("Cookie", response.get("Vary", ""))

    def test_no_answer_is_kept_indexed_or_told_to_other_sites(self):
        _, address = make_link(self.article)
        reading = self.client.post(address)["Location"]
        for asked in (address, reading, "/shared/wrong/", "/shared/reading/wrong/"):
            for method in (*METHODS, "put"):
                with self.subTest(address=asked, method=method):
                    response = getattr(self.client, method)(asked)
                    self.assertEqual(response["Cache-Control"], "private, no-store")
                    self.assertEqual(response["X-Robots-Tag"], "noindex")
                    self.assertEqual(response["Referrer-Policy"], "no-referrer")

    def test_machines_are_kept_away(self):
        self.assertContains(self.client.get("/robots.txt"), "Disallow: /shared/")
        _, address = make_link(self.article)
        page = self.open(address)
        self.assertContains(page, '<meta name="robots" content="noindex">', html=True)
        for told in ("ld+json", "og:", "canonical", self.article.get_absolute_url()):
            self.assertNotContains(page, told)
        self.assertNotContains(self.client.get("/sitemap.xml"), "shared")

    def test_too_many_tries_from_one_network_are_refused_whatever_the_token(self):
        link, address = make_link(self.article, most_openings=50)
        with mock.patch.object(sharing, "OPENINGS", (2, 3600)):
            self.client.post("/shared/wrong/")
            self.assertEqual(self.client.post(address).status_code, 302)
            for tried in (address, "/shared/wrong/"):
                self.assertEqual(self.client.post(tried).status_code, 429)
        self.assertEqual(link.openings.count(), 1)

    def test_the_pages_cost_the_same_however_long_the_story(self):
        _, reading = make_reading(self.article)
        _, longer = make_reading(make_draft(body="<p>More.</p>" * 30))
        with self.assertNumQueries(12):
            self.client.get(reading)
        with self.assertNumQueries(12):
            self.client.get(longer)


class WrongTokenTests(PreviewLinkTestCase):
    def test_no_wrong_token_opens_anything(self):
        link, address = make_link(self.article)
        token = address.split("/")[2]
        secret, _, signature = token.partition(".")
        opened = tokens.opening_token(acts.open_link(link, "192.0.2.0/24"))
        for wrong in (
            "wrong",
            secret,
            signature,
            f"{secret}.",
            f"{secret}.{signature[:-1]}",
            f"{secret}x.{signature}",
            link.secret_hash,
            tokens.link_token(link.secret_hash),
            tokens.link_token("another secret"),
            tokens.link_token(str(link.pk)),
            token.upper(),
            opened,
            "%00",
            "é",
            "x" * 5000,
        ):
            self.assert_dead(f"/shared/{wrong}/")

    def test_no_wrong_token_is_read_by(self):
        link, address = make_link(self.article)
        opening = acts.open_link(link, "192.0.2.0/24")
        token = tokens.opening_token(opening)
        for wrong in (
            "wrong",
            opening.pk.hex,
            str(opening.pk),
            token[:-1],
            token[1:],
            "0" + token[1:] if token[0] != "0" else "1" + token[1:],
            address.split("/")[2],
            "%00",
            "x" * 5000,
        ):
            self.assert_dead(f"/shared/reading/{wrong}/")

    def test_a_signature_of_another_key_opens_nothing(self):
        link, address = make_link(self.article)
        reading = address_of(acts.open_link(link, "192.0.2.0/24"))
        with (
            override_settings(SECRET_KEY="another"),
            mock.patch.object(tokens._links, "key", "another"),
            mock.patch.object(tokens._openings, "key", "another"),
        ):
            self.assert_dead(address, reading)

    def test_a_link_shows_its_own_story_alone(self):
        make_draft("The other story")
        _, address = make_link(self.article)
        self.assertNotContains(self.open(address), "The other story")

    def test_the_secret_is_not_in_the_database(self):
        link, address = make_link(self.article)
        secret = address.split("/")[2].partition(".")[0]
        values = [str(value) for value in PreviewLink.objects.values_list().get(pk=link.pk)]
        notes = list(LogEntry.objects.values_list("note", flat=True))
        self.assertFalse([value for value in [*values, *notes] if secret in value])


class EndTests(PreviewLinkTestCase):
    def test_a_link_ends_on_time_for_those_who_read_too(self):
        now = timezone.now()
        link, address = make_link(self.article, ends_at=now + HOUR)
        reading = self.client.post(address)["Location"]
        with mock.patch.object(timezone, "now", return_value=now + HOUR - timedelta(seconds=1)):
            self.assertEqual(self.client.get(reading).status_code, 200)
        with mock.patch.object(timezone, "now", return_value=now + HOUR):
            self.assert_dead(address, reading)

    def test_an_opening_lasts_eight_hours(self):
        now = timezone.now()
        link, address = make_link(self.article)
        reading = self.client.post(address)["Location"]
        with mock.patch.object(timezone, "now", return_value=now + 8 * HOUR - timedelta(seconds=5)):
            self.assertEqual(self.client.get(reading).status_code, 200)
        with mock.patch.object(timezone, "now", return_value=now + 8 * HOUR + timedelta(seconds=5)):
            self.assert_dead(reading)
            self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_revoked_link_is_dead_at_once_for_those_who_read_too(self):
        link, address = make_link(self.article)
        reading = self.client.post(address)["Location"]
        acts.revoke(link, make_account())
        self.assert_dead(address, reading)

    def test_withdrawal_ends_it_for_good(self):
        article = make_article("Talks in Doha")
        link, address = make_link(article)
        reading = self.client.post(address)["Location"]
        publishing.withdraw(article, make_account(), notice="Wrong.")
        self.assert_dead(address, reading)
        publishing.ask_back(article, make_account("leyla"), note="It was right.")
        publishing.restore(article, make_account("rauf"), note="It was right.")
        self.assert_dead(address, reading)
        self.assertEqual(self.client.get(make_link(article)[1]).status_code, 200)

    def test_it_ends_with_a_draft_that_is_deleted(self):
        link, address = make_link(self.article)
        reading = self.client.post(address)["Location"]
        self.article.delete()
        self.assert_dead(address, reading)
        self.assertTrue(link.openings.exists(), "who read it stays known")

    def test_it_ends_with_the_account_that_made_it(self):
        link, address = make_link(self.article, by=make_member("Reporter"))
        reading = self.client.post(address)["Location"]
        get_user_model().objects.filter(username="reporter").update(is_active=False)
        self.assert_dead(address, reading)

    def test_it_outlives_publication_and_shows_the_newest_words(self):
        _, address = make_link(self.article)
        publish(self.article)
        publishing.save_draft(self.article, make_account(), headline="Talks in Doha failed")
        self.assertContains(self.open(address), "Talks in Doha failed")

    def test_no_opening_is_changed_or_deleted(self):
        link, _ = make_reading(self.article)
        for act in (lambda rows: rows.update(network="x"), lambda rows: rows.delete()):
            with self.assertRaises(DatabaseError), transaction.atomic():
                act(link.openings.all())


class WordsTests(PreviewLinkTestCase):
    def test_a_following_link_shows_what_is_saved_later(self):
        _, reading = make_reading(self.article)
        publishing.save_draft(self.article, make_account(), headline="They met in Oslo")
        self.assertContains(self.client.get(reading), "They met in Oslo")

    def test_a_fixed_link_shows_the_draft_as_it_stood(self):
        _, reading = make_reading(self.article, follows=False)
        changes = {"headline": "They met in Oslo", "body": "<p>They met once.</p>"}
        publishing.save_draft(self.article, make_account(), **changes)
        publish(self.article)
        page = self.client.get(reading)
        self.assertContains(page, SECRET)
        self.assertContains(page, "They met twice.")
        self.assertNotContains(page, "Oslo")

    def test_a_fixed_link_shows_the_version_that_readers_saw(self):
        article = make_article("First")
        link, reading = make_reading(article, follows=False)
        update_article(article, headline="Second")
        self.assertContains(self.client.get(reading), "You see version 1")
        self.assertNotContains(self.client.get(reading), "Second")

    def test_an_embargo_is_told(self):
        publishing.set_embargo(self.article, make_account(), until=timezone.now() + HOUR)
        _, reading = make_reading(self.article)
        self.assertContains(self.client.get(reading), "Embargo:")


class MakingTests(PreviewLinkTestCase):
    def test_making_and_revoking_stand_in_the_record(self):
        link, _ = make_link(self.article, purpose="For our lawyer")
        acts.revoke(link, make_account())
        acts.revoke(link, make_account())
        entries = self.article.log_entries.filter(act__in=["share", "revoke"]).order_by("pk")
        self.assertEqual([entry.act for entry in entries], ["share", "revoke"])
        self.assertIn("For our lawyer", entries[0].note)

    def test_it_is_asked_within_bounds(self):
        now = timezone.now()
        for wrong in (
            {"purpose": " "},
            {"most_openings": 0},
            {"most_openings": 51},
            {"ends_at": now},
            {"ends_at": now + timedelta(days=32)},
        ):
            with self.subTest(wrong), self.assertRaises(NotReady):
                make_link(self.article, **wrong)

    def test_there_is_nothing_to_show_of_a_withdrawn_or_an_empty_story(self):
        withdrawn = make_article("Gone")
        publishing.withdraw(withdrawn, make_account(), notice="Wrong.")
        empty = Article.objects.create(slug="empty")
        for article in (withdrawn, empty):
            with self.subTest(article.slug), self.assertRaises(WrongState):
                make_link(article)

    def test_a_story_has_so_many_links_and_no_more(self):
        with mock.patch.object(acts, "MOST_LINKS", 1):
            link, _ = make_link(self.article)
            with self.assertRaises(WrongState):
                make_link(self.article)
            acts.revoke(link, make_account())
            make_link(self.article)

    def test_who_may_change_the_story_may_share_it(self):
        make_link(self.article, by=make_member("Reporter"))
        for role in ("Moderator", None):
            with self.subTest(role), self.assertRaises(PermissionDenied):
                make_link(self.article, by=make_member(role))

    def test_who_made_a_link_revokes_it_and_an_editor_revokes_any(self):
        reporter = make_member("Reporter")
        other = get_user_model().objects.create_user("rauf")
        other.groups.set(reporter.groups.all())
        own, _ = make_link(self.article, by=reporter)
        with self.assertRaises(PermissionDenied):
            acts.revoke(own, other)
        acts.revoke(own, reporter)
        others, _ = make_link(self.article, by=other)
        acts.revoke(others, make_member("Editor"))
        self.assertFalse(PreviewLink.objects.alive().exists())

    def test_a_withdrawal_says_what_it_ends(self):
        article = make_article()
        self.client.force_login(make_member("Editor"))
        page = reverse("admin:articles_article_withdrawal", args=[article.pk])
        self.assertNotContains(self.client.get(page), "Preview links")
        make_link(article)
        self.assertContains(self.client.get(page), "Preview links to it that die for good: 1.")

    def test_a_link_ends_within_the_days_that_were_asked(self):
        link, _ = make_link(self.article)
        self.assertLess(link.ends_at - timezone.now(), DAYS)
