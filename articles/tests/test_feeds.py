from datetime import timedelta
from xml.etree import ElementTree

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.feeds import FEED_NOTES
from articles.models import Article
from articles.tests.factories import DAY, make_account, make_article, update_article

ATOM = "{http://www.w3.org/2005/Atom}"
MINUTE = timedelta(minutes=1)


class CorrectionsFeedTests(TestCase):
    def entries(self):
        response = self.client.get(reverse("articles:corrections_feed"))
        self.assertEqual(response["Content-Type"], "application/atom+xml; charset=utf-8")
        return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")

    def correct(self, article, note="The month was wrong.", kind="correction", minutes=1):
        now = DAY + minutes * MINUTE
        return update_article(article, kind=kind, note=note, headline=f"Version {minutes}", now=now)

    def test_tells_each_note_with_a_link_to_what_changed(self):
        article = make_article("Troops")
        self.correct(article)
        [entry] = self.entries()
        self.assertEqual(entry.find(f"{ATOM}title").text, "Correction: Version 1")
        self.assertEqual(entry.find(f"{ATOM}summary").text, "The month was wrong.")
        self.assertTrue(entry.find(f"{ATOM}link").get("href").endswith("/story/troops/history/#version-2"))

    def test_the_id_stays_when_the_address_and_the_story_change(self):
        article = make_article("Troops")
        self.correct(article)
        before = self.entries()[0].find(f"{ATOM}id").text
        Article.objects.filter(pk=article.pk).update(slug="moved")
        update_article(article, kind="update", now=DAY + 2 * MINUTE)
        self.assertEqual(self.entries()[0].find(f"{ATOM}id").text, before)

    def test_holds_corrections_and_clarifications_the_newest_first_and_no_other_change(self):
        article = make_article()
        self.correct(article, "Corrected.")
        self.correct(article, "Clarified.", "clarification", 2)
        self.correct(article, "Updated.", "update", 3)
        self.correct(article, "", "style", 4)
        notes = [entry.find(f"{ATOM}summary").text for entry in self.entries()]
        self.assertEqual(notes, ["Clarified.", "Corrected."])

    def test_tells_of_no_story_that_was_withdrawn(self):
        article = make_article()
        self.correct(article)
        publishing.withdraw(article, make_account(), notice="It was not true.")
        self.assertEqual(self.entries(), [])

    def test_is_bounded_and_costs_one_query(self):
        article = make_article()
        for number in range(FEED_NOTES + 2):
            self.correct(article, f"Note {number}.", minutes=number)
        with self.assertNumQueries(1):
            entries = self.entries()
        self.assertEqual(len(entries), FEED_NOTES)

    def test_is_announced_and_linked_on_the_page_of_corrections(self):
        page = self.client.get(reverse("articles:corrections"))
        self.assertContains(page, '<link rel="alternate" type="application/atom+xml" title="Corrections')
        self.assertContains(page, 'href="/corrections/feed.xml">Feed of corrections')

    def test_answers_again_only_when_something_changed(self):
        self.correct(make_article())
        address = reverse("articles:corrections_feed")
        etag = self.client.get(address)["ETag"]
        again = self.client.get(address, headers={"If-None-Match": etag})
        self.assertEqual(again.status_code, 304)
