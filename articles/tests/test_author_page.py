"""The page of an author: what they know, how to reach them, what they wrote and what of it was corrected."""

import json
import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles import publishing
from articles.lists import CORRECTED_SHOWN
from articles.models import Article, Author
from articles.tests.factories import make_account, make_article, make_author, make_member, update_article


class AuthorPageTests(TestCase):
    def setUp(self):
        self.author = make_author("Leyla Mammadova")

    def page(self):
        return self.client.get(self.author.get_absolute_url())

    def say(self, **values):
        Author.objects.filter(pk=self.author.pk).update(**values)

    def correct(self, headline, **changes):
        article = make_article(headline, author=self.author)
        words = {"headline": headline, "kind": "correction", "note": "The month was wrong."}
        return update_article(article, now=timezone.now(), **words | changes) and article

    def test_tells_what_they_know_and_where_to_reach_them(self):
        self.say(
            expertise="arms control, , Russia ",
            email="leyla@anewz.example",
            links="https://www.leyla.example/about\nhttps://mastodon.example/@leyla",
        )
        page = self.page()
        self.assertContains(page, "arms control, Russia")
        self.assertContains(page, '<a href="mailto:leyla@anewz.example">leyla@anewz.example</a>')
        self.assertContains(
            page, '<a href="https://www.leyla.example/about" rel="me noopener">leyla.example</a>'
        )

    def test_says_nothing_where_nothing_was_given(self):
        self.assertNotContains(self.page(), "Knows best")
        self.assertNotContains(self.page(), "Reach them")
        self.assertNotContains(self.page(), "Corrected under this byline")

    def test_names_the_stories_that_were_corrected_the_newest_correction_first(self):
        first, second = self.correct("First"), self.correct("Second")
        make_article("Never corrected", author=self.author)
        self.correct("Only updated", kind="update")
        self.assertEqual(self.page().context["corrected"], [second, first])
        self.assertContains(self.page(), f'<a href="{first.get_absolute_url()}history/">First</a>')

    def test_a_correction_goes_with_its_story_and_with_its_byline(self):
        gone, changed, kept = (self.correct(headline) for headline in ("Gone", "Another’s", "Kept"))
        publishing.withdraw(gone, make_account(), notice="It was not true.")
        changed.bylines.all().delete()
        self.assertEqual(self.page().context["corrected"], [kept])

    def test_each_story_is_asked_itself_whether_readers_see_it(self):
        article = self.correct("Later")
        Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + timedelta(hours=1))
        self.assertEqual(self.page().context["corrected"], [])

    def test_a_few_are_enough(self):
        for number in range(CORRECTED_SHOWN + 2):
            self.correct(f"Story {number}")
        self.assertEqual(len(self.page().context["corrected"]), CORRECTED_SHOWN)

    def test_machines_read_the_same(self):
        self.say(expertise="Russia", links="https://leyla.example/", role="Moscow correspondent")
        page = self.client.get(make_article("Troops", author=self.author).get_absolute_url()).content.decode()
        graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
        [told] = graph["@graph"][0]["author"]
        self.assertEqual((told["@type"], told["jobTitle"]), ("Person", "Moscow correspondent"))
        self.assertEqual((told["knowsAbout"], told["sameAs"]), (["Russia"], ["https://leyla.example/"]))


class LinkTests(SimpleTestCase):
    def test_only_addresses_of_the_web_are_taken(self):
        for links in ("javascript:alert(1)", "leyla.example", "https://ok.example/\nftp://no.example/"):
            with self.subTest(links=links), self.assertRaisesMessage(ValidationError, "is not an address"):
                Author(name="L", slug="l", links=links).clean_fields()
        with self.assertRaisesMessage(ValidationError, "At most 5 pages"):
            Author(name="L", slug="l", links="\n".join(["https://leyla.example/"] * 6)).clean_fields()
        Author(name="L", slug="l", links="https://leyla.example/\n\nhttps://other.example/").clean_fields()


class DeskTests(TestCase):
    def test_the_desk_says_which_line_is_no_address_and_keeps_what_was_typed(self):
        author = make_author("Leyla Mammadova")
        self.client.force_login(make_member("Editor"))
        page = self.client.get(f"/admin/articles/author/{author.pk}/change/")
        form = page.context["adminform"].form
        typed = form.initial | {"links": "nowhere", "expertise": "Russia"}
        sent = {name: value for name, value in typed.items() if value is not None}
        answer = self.client.post(f"/admin/articles/author/{author.pk}/change/", sent)
        self.assertContains(answer, "“nowhere” is not an address such as")
        self.assertContains(answer, "Russia")
