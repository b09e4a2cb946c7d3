"""What readers find by words, the same on both databases."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qs

from django.apps import apps
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, SearchEntry, SearchSuggestion
from articles.search import entries, index, postgresql, ranking, results
from articles.search.entries import index_anew
from articles.search.folding import fold
from articles.search.wish import BEGINNINGS, SOME, read
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_author,
    make_draft,
    make_member,
    make_section,
    make_topic,
    publish,
    update_article,
)


class SearchTestCase(TestCase):
    def page(self, q="", **asked):
        return self.client.get(reverse("articles:search"), {"q": q} | asked)

    def found(self, q="", **asked):
        """Return the headlines that are found, in their order."""
        return [hit.article.headline for hit in self.page(q, **asked).context["results"]]

    def assertFinds(self, q, *headlines, **asked):
        results = self.page(q, **asked).context["results"]
        exactly = [] if results.said else [hit.article.headline for hit in results]
        self.assertEqual(exactly, list(headlines), q)


class WordTests(SearchTestCase):
    def test_in_headline_standfirst_dateline_and_text(self):
        make_article("Lake", standfirst="It dries.", body="<p>Fishers leave.</p>", dateline="Salyan")
        for word in ("lake", "dries", "fishers", "Salyan"):
            self.assertFinds(word, "Lake")

    def test_all_words_are_wanted_wherever_they_stand(self):
        make_article("Lake dries", body="<p>Fishers leave.</p>")
        make_article("Lake grows", published_at=DAY - timedelta(days=1))
        self.assertFinds("lake", "Lake dries", "Lake grows")
        self.assertFinds("leave lake", "Lake dries")

    def test_words_in_quotes_stand_together(self):
        make_article("Black sea trade")
        make_article("Sea turns black", published_at=DAY - timedelta(days=1))
        for quoted in ('"black sea"', "“Black Sea”", "„black sea“", "«black sea»", '"black sea'):
            self.assertFinds(quoted, "Black sea trade")
        self.assertFinds("black sea", "Black sea trade", "Sea turns black")
        self.assertFinds("black-sea", "Black sea trade")

    def test_a_minus_leaves_out(self):
        make_article("Black sea trade")
        make_article("Sea turns black", published_at=DAY - timedelta(days=1))
        self.assertFinds("sea -trade", "Sea turns black")
        self.assertFinds('sea -"turns black"', "Black sea trade")
        self.assertFinds("-trade", "Sea turns black")
        self.assertFinds("−trade sea", "Sea turns black")

    def test_a_word_is_the_whole_word(self):
        make_article("Seaside")
        self.assertFinds("sea")

    def test_whatever_case_and_accents(self):
        for number, (written, typed) in enumerate(
            [
                ("Şəki", "seki"),
                ("İlham", "ilham"),
                ("Qazıntı", "QAZINTI"),
                ("Gəncə", "Gence"),
                ("Müller", "muller"),
                ("Straße", "STRASSE"),
                ("Sørensen", "sorensen"),
                ("Łódź", "lodz"),
                ("naïve", "naive"),
                ("Ёлка", "елка"),
                ("ΑΘΗΝΑ", "αθηνα"),
                ("Baku’s", "Baku"),
            ]
        ):
            with self.subTest(written=written):
                make_article(f"{written} {number}")
                self.assertFinds(f"{typed} {number}", f"{written} {number}")
                self.assertFinds(f"{written} {number}", f"{written} {number}")
                self.assertContains(self.page(f"{typed} {number}"), f"<mark>{written.split('’')[0]}</mark>")

    def test_what_the_databases_mean_by_signs_means_nothing(self):
        make_article("Cats AND dogs")
        for q in (
            "cats and dogs",
            "cats* dogs",
            "(cats) dogs^",
            "headline:cats",
            "NEAR(cats dogs)",
            "cats & dogs | x",
        ):
            with self.subTest(q=q):
                self.assertEqual(self.page(q).status_code, 200)
        self.assertFinds("cats & dogs", "Cats AND dogs")
        self.assertFinds("all -cats")
        self.assertFinds(f"section{make_section().pk}")

    def test_what_was_typed_for_nobody(self):
        for q in ("", "   ", "-", '""', "…", "'", "🦆"):
            with self.subTest(q=q):
                self.assertEqual(self.page(q).status_code, 200)
        self.assertContains(self.page("x" * 201), "Write at most 200 characters.", status_code=422)
        self.assertContains(self.page("a\0b"), "Null characters are not allowed.", status_code=422)


class VisibilityTests(SearchTestCase):
    """No word is found before readers may read it, and none after."""

    def test_a_draft_is_not_found(self):
        make_draft("Secret")
        self.assertFinds("secret")
        self.assertFalse(SearchEntry.objects.exists())

    def test_a_scheduled_story_is_found_from_its_hour_on_and_not_counted_before(self):
        soon = timezone.now() + timedelta(hours=1)
        make_article("Secret", published_at=soon)
        make_article("Secret of old")
        page = self.page("secret")
        self.assertContains(page, "1 story")
        for order in ("", "best"):
            self.assertFinds("secret", "Secret of old", order=order)
        wish = page.context["form"].wish_at(soon)
        self.assertEqual(len(index.places(wish, size=5)), 2)
        just_before = page.context["form"].wish_at(soon - timedelta(microseconds=1))
        self.assertEqual(len(index.places(just_before, size=5)), 1)

    def test_a_story_scheduled_anew_is_found_at_its_new_hour(self):
        article = make_article("Secret", published_at=timezone.now() + timedelta(hours=1))
        publish(article, at=timezone.now() + timedelta(hours=2))
        article.refresh_from_db()
        self.assertEqual(SearchEntry.objects.get().place, int(article.published_at.timestamp() * 1e6 + 0.5))

    def test_a_withdrawn_story_goes_and_comes_back(self):
        article, chief, deputy = make_article("Lake"), make_account(), make_account("deputy")
        publishing.withdraw(article, chief, notice="It was wrong.")
        self.assertFinds("lake")
        self.assertFalse(SearchEntry.objects.exists())
        publishing.ask_back(article, chief, note="It was right.")
        publishing.restore(article, deputy, note="It is right.")
        self.assertFinds("lake", "Lake")

    def test_a_withdrawn_story_stays_away_whatever_is_done_to_it(self):
        article = make_article("Lake", author=make_author("Leyla M."))
        publishing.withdraw(article, make_account(), notice="It was wrong.")
        article.topics.add(make_topic("Kursk"))
        article.bylines.all().delete()
        self.assertFalse(SearchEntry.objects.exists())

    def test_what_a_story_no_longer_says_finds_it_no_more(self):
        article = make_article("Lake", body="<p>Fishers leave.</p>")
        update_article(article, body="<p>Anglers leave.</p>")
        self.assertFinds("fishers")
        self.assertFinds("anglers", "Lake")

    def test_what_waits_in_a_draft_is_not_found(self):
        article = make_article("Lake")
        publishing.save_draft(article, make_account(), body="<p>Anglers leave.</p>")
        self.assertFinds("anglers")

    def test_a_row_too_many_shows_nothing(self):
        article = make_article("Lake")
        Article.objects.update(state="withdrawn", withdrawn_at=timezone.now())
        self.assertEqual(self.found("lake"), [])
        self.assertNotContains(self.page("lake"), article.standfirst)


class NarrowingTests(SearchTestCase):
    def setUp(self):
        self.world, self.kursk, self.desk = (
            make_section("World"),
            make_topic("Kursk"),
            make_author("Leyla M."),
        )
        self.one = make_article("Lake one", section=self.world, topics=[self.kursk], author=self.desk)
        make_article("Lake two", section=make_section("Sport"), published_at=DAY - timedelta(days=1))

    def test_by_section_topic_and_author(self):
        self.assertFinds("lake", "Lake one", section="world")
        self.assertFinds("lake", "Lake one", topic="kursk")
        self.assertFinds("lake", "Lake one", topic="KURSK")
        self.assertFinds("lake", "Lake one", author="Leyla M.")
        self.assertFinds("lake", section="sport", topic="kursk")

    def test_by_days_of_the_newsroom_both_included(self):
        at = datetime(2025, 4, 28, 21, 30, tzinfo=UTC)  # 01:30 on the 29th in Baku
        make_article("Lake three", published_at=at)
        self.assertFinds("three", "Lake three", since="2025-04-29", until="2025-04-29")
        self.assertFinds("three", since="2025-04-30")
        self.assertFinds("three", until="2025-04-28")

    def test_the_page_of_each_leads_to_a_search_in_it(self):
        for noun in (self.one.section, self.kursk, self.one.authors.get()):
            kind = noun._meta.model_name
            page = self.client.get(noun.get_absolute_url())
            self.assertContains(page, f'href="/search/?{kind}={noun.slug}"')
            self.assertEqual(self.found("lake", **{kind: noun.slug}), ["Lake one"])

    def test_without_words(self):
        self.assertFinds("", "Lake two", section="sport")
        self.assertFinds("", "Lake one", topic="kursk", order="best")

    def test_what_a_story_is_about_changes(self):
        self.one.topics.clear()
        self.assertFinds("lake", topic="kursk")
        self.kursk.articles.add(self.one)
        self.assertFinds("lake", "Lake one", topic="kursk")
        self.kursk.articles.clear()
        self.assertFinds("lake", topic="kursk")
        self.one.bylines.all().delete()
        self.assertFinds("lake", author="leyla-m")
        self.one.section = make_section("Sport")
        self.one.save()
        self.assertFinds("lake", section="world")

    def test_what_is_wrong_is_said_and_kept(self):
        wrong = [
            ("section", "nowhere", "We have no such section."),
            ("topic", "Nowhere", "We have no topic of this name."),
            ("author", "Nobody", "We have no author of this name."),
            ("since", "yesterday", "Write the date as 2026-04-30."),
            ("until", "9999-12-31", "Choose a year between 1970 and 2999."),
            ("order", "worst", "Choose one of the orders."),
        ]
        for name, value, sentence in wrong:
            with self.subTest(name=name):
                page = self.page("lake", **{name: value})
                self.assertContains(page, sentence, status_code=422)
                self.assertContains(page, 'value="lake"', status_code=422)
        page = self.page(since="2025-05-01", until="2025-04-01")
        self.assertContains(page, "The end lies before the beginning.", status_code=422)


class OrderTests(SearchTestCase):
    def test_newest_first_on_every_page_each_once(self):
        for number in range(45):
            make_article(f"Lake {number}", published_at=DAY - timedelta(minutes=number // 3))
        page, seen, older = self.page("lake"), [], []
        while True:
            found = page.context["results"]
            seen += [hit.article for hit in found]
            if not found.older_url:
                break
            older.append([hit.article for hit in found])
            page = self.client.get(reverse("articles:search") + found.older_url)
        self.assertEqual(len({article.pk for article in seen}), 45)
        self.assertEqual([a.published_at for a in seen], sorted((a.published_at for a in seen), reverse=True))
        for expected in reversed(older):
            page = self.client.get(reverse("articles:search") + page.context["results"].newer_url)
            self.assertEqual([hit.article for hit in page.context["results"]], expected)

    def test_best_match_first(self):
        make_article("Elsewhere", body="<p>A lake is named once.</p>")
        make_article("The lake that dries", published_at=DAY - timedelta(days=30))
        self.assertFinds("lake", "Elsewhere", "The lake that dries")
        self.assertFinds("lake", "The lake that dries", "Elsewhere", order="best")

    def test_words_that_stand_together_count_for_more(self):
        make_article("Sea is black, trade is not")
        make_article("Black sea", published_at=DAY - timedelta(days=3))
        self.assertFinds("black sea", "Black sea", "Sea is black, trade is not", order="best")

    def test_news_outweighs_another_mention(self):
        make_article("Old", body="<p>A lake and a lake.</p>")
        make_article("New", body="<p>A lake.</p>", published_at=timezone.now() - timedelta(days=1))
        self.assertFinds("lake", "New", "Old", order="best")

    def test_of_equals_the_newer(self):
        make_article("Lake", published_at=DAY - timedelta(days=400))
        make_article("Lake", published_at=DAY)
        found = [hit.article for hit in self.page("lake", order="best").context["results"]]
        self.assertGreater(found[0].published_at, found[1].published_at)

    def test_best_matches_are_turned_by_number(self):
        for number in range(25):
            make_article(f"Lake {number}")
        first = self.page("lake", order="best")
        second = self.client.get(reverse("articles:search") + first.context["results"].older_url)
        both = [hit.article.pk for page in (first, second) for hit in page.context["results"]]
        self.assertEqual(len(set(both)), 25)
        self.assertContains(first, "More matches")
        self.assertEqual(parse_qs(second.context["results"].newer_url[1:])["page"], ["1"])

    def test_an_old_headline_is_among_the_candidates(self):
        old = make_article("Lake", published_at=DAY - timedelta(days=900))
        for number in range(6):
            make_article(f"Elsewhere {number}", body="<p>A lake.</p>")
        with patch.object(ranking, "CANDIDATES", 5):
            self.assertIn(old.headline, self.found("lake", order="best"))

    def test_odd_places_are_not_found(self):
        for asked in ({"before": "x"}, {"after": "-1"}, {"before": "9" * 30}, {"page": "0"}, {"page": "1e9"}):
            order = "best" if "page" in asked else ""
            self.assertEqual(self.page("lake", order=order, **asked).status_code, 404)


class ShownTests(SearchTestCase):
    def test_hits_are_marked_and_nothing_else(self):
        make_article(
            "Lake & <b>river</b>",
            standfirst="No hit.",
            body="<p>Far away.</p><p>A <em>lake</em> & a sea.</p>",
        )
        page = self.page("lake")
        self.assertContains(page, "<mark>Lake</mark> &amp; &lt;b&gt;river&lt;/b&gt;</a>")
        self.assertContains(page, "A <mark>lake</mark> &amp; a sea.")
        self.assertNotContains(page, "Far away.")

    def test_what_stands_before_and_within_a_hit_is_text(self):
        make_article("<b>Big</b> lake <i> river")
        self.assertContains(self.page("lake"), "&lt;b&gt;Big&lt;/b&gt; <mark>lake</mark> &lt;i&gt;")
        self.assertContains(self.page('"lake i river"'), "<mark>lake &lt;i&gt; river</mark>")

    def test_what_was_typed_is_text(self):
        page = self.page('"><script>alert(1)</script>')
        self.assertNotContains(page, "<script>alert")

    def test_counts_no_further_than_anybody_reads(self):
        for number in range(4):
            make_article(f"Lake {number}")
        self.assertContains(self.page("lake"), "4 stories")
        with patch.object(results, "MOST_COUNTED", 3):
            self.assertContains(self.page("lake"), "More than 3 stories")

    def test_costs_the_same_with_few_and_with_many(self):
        for count in (2, 30):
            for number in range(count):
                make_article(f"Lake {count} {number}", topics=[make_topic()])
            for order, queries in (("", 8), ("best", 9)):
                with self.assertNumQueries(queries):
                    self.page("lake", order=order)

    def test_is_kept_in_no_index_and_asks_for_no_cookie(self):
        page = self.page("lake")
        self.assertContains(page, '<meta name="robots" content="noindex">')
        self.assertNotContains(self.client.get("/search/"), "noindex")  # where nothing is asked yet
        self.assertFalse(page.cookies)
        self.assertIn("Disallow: /search/?", self.client.get("/robots.txt").content.decode())


class NoDeadEndTests(SearchTestCase):
    def test_words_that_begin_so(self):
        make_article("Elections in May")
        page = self.page("election")
        self.assertContains(page, BEGINNINGS)
        self.assertContains(page, "<mark>Elections</mark> in May")

    def test_the_way_on_leads_on_there_too(self):
        for number in range(25):
            make_article(f"Elections {number}", published_at=DAY - timedelta(minutes=number))
        first = self.page("election")
        second = self.client.get(reverse("articles:search") + first.context["results"].older_url)
        self.assertContains(second, BEGINNINGS)
        seen = [hit.article.pk for page in (first, second) for hit in page.context["results"]]
        self.assertEqual(len(set(seen)), 25)
        beyond = self.page("elections", before="1")
        self.assertNotContains(beyond, BEGINNINGS)

    def test_some_of_the_words(self):
        make_article("Elections in May")
        page = self.page("may zebra")
        self.assertContains(page, SOME)
        self.assertContains(page, "Elections in <mark>May</mark>")

    def test_nothing_at_all_leads_on(self):
        make_article("Lake", section=make_section("World"))
        page = self.page("zebra", section="world")
        self.assertContains(page, "Nothing found")
        self.assertContains(page, 'href="?q=zebra"')
        self.assertContains(page, "The newest stories")
        self.assertContains(page, "Lake")

    def test_a_spelling_of_the_newsroom_is_offered(self):
        SearchSuggestion.objects.create(typed="Kiev", suggested="Kyiv")
        SearchSuggestion.objects.create(typed="Ivory Coast", suggested="Côte d’Ivoire")
        make_article("Talks in Kyiv")
        page = self.page("talks KIEV", section=make_section().slug)
        self.assertEqual(page.context["results"].suggestions, ["talks Kyiv"])
        self.assertContains(page, 'Did you mean <a href="?q=talks+Kyiv&amp;section=world">talks Kyiv</a>?')
        page = self.page("from ivory coast")
        self.assertEqual(page.context["results"].suggestions, ["from Côte d’Ivoire"])
        self.assertEqual(self.page("kyiv").context["results"].suggestions, [])


class SuggestionDeskTests(TestCase):
    def add(self, **fields):
        return self.client.post(reverse("admin:articles_searchsuggestion_add"), fields)

    def test_an_editor_edits_the_list(self):
        self.client.force_login(make_member("Editor"))
        self.assertEqual(self.add(typed="Kiev", suggested="Kyiv").status_code, 302)
        self.assertEqual(SearchSuggestion.objects.get().folded, "kiev")

    def test_and_takes_from_it(self):
        self.client.force_login(make_member("Editor"))
        one = SearchSuggestion.objects.create(typed="Kiev", suggested="Kyiv")
        self.client.post(reverse("admin:articles_searchsuggestion_delete", args=[one.pk]), {"post": "yes"})
        self.assertFalse(SearchSuggestion.objects.exists())

    def test_what_makes_no_sense_is_said(self):
        self.client.force_login(make_member("Editor"))
        SearchSuggestion.objects.create(typed="Kiev", suggested="Kyiv")
        wrong = [
            ("KIEV", "Kyiv", "There is a suggestion for this already."),
            ("Baki", "Bakı", "For the search this is the same"),
            ("…", "Kyiv", "Write one to four words."),
            ("a b c d e", "Kyiv", "Write one to four words."),
            ("Peking", "…", "Write at least one word."),
        ]
        for typed, suggested, sentence in wrong:
            with self.subTest(typed=typed):
                self.assertContains(self.add(typed=typed, suggested=suggested), sentence)

    def test_a_reporter_does_not(self):
        self.client.force_login(make_member("Reporter"))
        self.assertEqual(self.add(typed="Kiev", suggested="Kyiv").status_code, 403)


class EntryTests(TestCase):
    COLUMNS = ("article", "place", "headline", "standfirst", "body", "marks")

    def rows(self):
        return list(SearchEntry.objects.order_by("place").values_list(*self.COLUMNS))

    def test_stories_of_the_same_instant_have_places_of_their_own(self):
        for _ in range(3):
            make_article("Lake")
        places = list(SearchEntry.objects.order_by("place").values_list("place", flat=True))
        self.assertEqual([place - places[0] for place in places], [0, 1, 2])

    def test_however_many_share_an_instant(self):
        with patch.object(entries, "MOVED", 3):
            stories = [make_article("Lake") for _ in range(5)]
            index_anew(*(story.pk for story in stories))
        self.assertEqual(SearchEntry.objects.count(), 5)

    def test_written_again_it_is_the_same(self):
        article = make_article("Lake", topics=[make_topic()])
        before = self.rows()
        index_anew(article.pk)
        self.assertEqual(self.rows(), before)

    def test_stories_from_before_are_found(self):
        for number in range(3):
            make_article(f"Lake {number}", topics=[make_topic()])
        make_draft("Secret")
        before = self.rows()
        SearchEntry.objects.all().delete()
        migration = import_module("articles.migrations.0025_search_entries_of_earlier_stories")
        migration.index(apps, SimpleNamespace(connection=connection))
        self.assertEqual(self.rows(), before)

    def test_the_index_is_in_step_with_the_words(self):
        if connection.vendor != "sqlite":
            self.skipTest("PostgreSQL makes the column itself.")
        article = make_article("Lake")
        update_article(article, headline="River")
        make_article("Sea")
        SearchEntry.objects.filter(headline="sea").delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_search (articles_search, rank) VALUES ('integrity-check', 1)"
            )


class ReadingTests(TestCase):
    def test_terms_and_what_is_left_out(self):
        for text, wanted, unwanted in [
            ("a b", [("a",), ("b",)], []),
            ('"a b" -c', [("a", "b")], [("c",)]),
            ('-"a b"', [], [("a", "b")]),
            ("Al-Qaida", [("al", "qaida")], []),
            ("a a", [("a",)], []),
            ("a - b", [("a",), ("b",)], []),
            (" ".join("abcdefghijklmnop"), [(letter,) for letter in "abcdefghij"], []),
        ]:
            with self.subTest(text=text):
                self.assertEqual(read(text), (tuple(wanted), tuple(unwanted)))

    def test_folding_twice_is_folding_once(self):
        for text in ("Şəki’də İLHAM", "Straße", "ﬁne ½", "中文 русский"):
            self.assertEqual(fold(fold(text)), fold(text))


class PostgresqlTests(SearchTestCase):
    """What lies behind the stories that PostgreSQL reads first is found by the index."""

    def test_a_story_behind_the_newest_is_found(self):
        make_article("Lake", published_at=DAY - timedelta(days=900))
        for number in range(4):
            make_article(f"Elsewhere {number}")
        with patch.object(postgresql, "NEAR", 2):
            self.assertFinds("lake", "Lake")
            self.assertFinds("lake", "Lake", order="best")
            self.assertFinds("zebra")

    def test_a_mark_is_no_word_and_no_phrase_reaches_across_columns(self):
        make_article("Lake", standfirst="It dries.")
        for q in ("0gap0", "§all", "all", '"lake it"'):
            self.assertFinds(q)
