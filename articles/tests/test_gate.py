from datetime import UTC, date, datetime, timedelta

from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from articles import gate, publishing
from articles.gate.dates import mentions
from articles.gate.rule import Level
from articles.tests.factories import make_account, make_article, make_author, make_draft, make_section
from articles.tests.picture_files import make_picture

STORY_DAY = datetime(2025, 4, 29, 5, 40, tzinfo=UTC)
RULES = {
    "headline",
    "headline length",
    "standfirst",
    "body",
    "section",
    "byline",
    "pictures",
    "embeds",
    "embargo",
    "second pair of eyes",
    "sources",
    "dead links",
    "sources in full",
    "weekdays",
    "relative dates",
    "dates after the story",
    "same headline",
    "same words",
}


class GateTestCase(TestCase):
    def found(self, article, at=STORY_DAY, by=None):
        return gate.findings(article, by=by or make_account(), at=at)

    def sentences(self, article, rule, **asked):
        return [finding.sentence for finding in self.found(article, **asked) if finding.rule == rule]

    def body(self, html, **changes):
        return make_draft(body=html, **changes)


class GateTests(GateTestCase):
    def test_a_sound_story_passes_without_a_word(self):
        self.assertEqual(self.found(make_draft()), [])

    def test_each_rule_has_a_name_of_its_own(self):
        self.assertEqual({rule.name for rule in gate.RULES}, RULES)
        self.assertEqual(len(gate.RULES), len(RULES))

    def test_what_blocks_comes_first_and_what_warns_last(self):
        article = make_draft("W" * 120, standfirst="", sources=[])
        levels = [finding.level for finding in self.found(article)]
        self.assertEqual(levels, [Level.BLOCKS, Level.ASKS, Level.WARNS])

    def test_costs_the_same_however_much_the_story_holds(self):
        def queries(links):
            link = '<p>See <a href="/story/story-{}/">this on 24 April</a></p>'
            article, chief = self.body("".join(map(link.format, range(links)))), make_account()
            with self.assertNumQueries(5):  # byline, pictures, linked stories, same headline, same words
                gate.findings(article, by=chief, at=timezone.now())

        queries(1)
        queries(30)


class PictureRuleTests(GateTestCase):
    def test_every_picture_says_what_it_shows_and_who_made_it(self):
        bare = make_picture(alt_text="", credit="")
        article = self.body(f'<p>Words.</p><figure data-picture="{bare.token}"></figure>')
        self.assertEqual(len(self.sentences(article, "pictures")), 2)


class LinkRuleTests(GateTestCase):
    def dead(self, href, **changes):
        article = self.body(f'<p>See <a href="{href}">there</a>.</p>', **changes)
        return self.sentences(article, "dead links", at=timezone.now())

    def test_names_what_readers_would_not_find(self):
        draft = make_draft("Secret")
        for href in ("/story/no-such-story/", draft.get_absolute_url(), "/section/no/", "/nothing/at/all/"):
            with self.subTest(href=href):
                self.assertEqual(self.dead(href), [f"Readers would not find {href}."])

    def test_knows_our_own_address_written_in_full(self):
        self.assertEqual(len(self.dead("http://localhost:8000/story/no-such-story/")), 1)

    def test_knows_our_own_pages_however_they_are_written(self):
        for href in (
            *("story/no-such-story/", "//localhost:8000/story/no/", "HTTP://LOCALHOST:8000/story/no/"),
            *("/story/no/comments/", "/story/no/comments/feed.xml", "/section/no/feed.xml"),
            *("/admin/", "/preview/1/", "/moderation/"),
        ):
            with self.subTest(href=href):
                self.assertEqual(len(self.dead(href)), 1)

    def test_lets_pass_what_stands_and_what_is_not_ours(self):
        standing = make_article("Standing")
        section = make_section("Politics")
        for href in (
            standing.get_absolute_url(),
            f"{standing.get_absolute_url()}#p-00000000",
            f"{standing.get_absolute_url()}history/",
            section.get_absolute_url(),
            make_author("Leyla").get_absolute_url(),
            "/latest/",
            f"HTTP://localhost:8000{standing.get_absolute_url()}comments/",
            "#p-00000000",
            "http://[no",
            "https://example.org/gone/",
            "mailto:desk@example.org",
        ):
            with self.subTest(href=href):
                self.assertEqual(self.dead(href), [])

    def test_an_old_address_of_a_story_is_no_dead_link(self):
        standing = make_article("Standing")
        standing.slug = "moved"
        standing.save()
        for href in ("/story/standing/", "/story/standing/history/", "/story/moved/"):
            with self.subTest(href=href):
                self.assertEqual(self.dead(href), [])

    def test_a_story_that_comes_out_before_this_one_is_no_dead_link(self):
        soon = timezone.now() + timedelta(hours=1)
        other = make_article("Out first", published_at=soon)
        article = self.body(f'<p>See <a href="{other.get_absolute_url()}">it</a>.</p>')
        self.assertEqual(len(self.sentences(article, "dead links", at=timezone.now())), 1)
        self.assertEqual(self.sentences(article, "dead links", at=soon + timedelta(minutes=1)), [])


class DateTests(SimpleTestCase):
    def days(self, text):
        return [mention.day for mention in mentions(text, date(2025, 4, 29))]

    def test_reads_dates_as_english_writes_them(self):
        for text in (
            "on 24 April",
            "on April 24",
            "on Thursday 24 April 2025",
            "Thursday, April 24th, 2025",
            "the 24th April",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.days(text), [date(2025, 4, 24)])

    def test_takes_a_date_without_a_year_as_near_as_it_can_be(self):
        self.assertEqual([m.day for m in mentions("31 December", date(2026, 1, 2))], [date(2025, 12, 31)])

    def test_lets_pass_what_is_no_date(self):
        for text in ("31 February", "40 April", "March 5000 people", "may 24", "0 May"):
            with self.subTest(text=text):
                self.assertEqual(self.days(text), [])


class DateRuleTests(GateTestCase):
    def test_a_relative_word_beside_a_date_of_days_ago_asks(self):
        article = self.body("<p>Overnight on April 24 missiles fell.</p>")
        [finding] = [finding for finding in self.found(article) if finding.rule == "relative dates"]
        self.assertEqual(finding.level, Level.ASKS)
        said = "“Overnight” stands beside April 24, but the story is of 29 April 2025."
        self.assertEqual(finding.sentence, said)
        self.assertRegex(finding.block, "^p-")

    def test_headline_and_standfirst_are_looked_at_too(self):
        for part in ("headline", "standfirst"):
            with self.subTest(part=part):
                article = make_draft(**{part: "Overnight on April 24 a bridge fell"})
                found = [finding.rule for finding in self.found(article)]
                self.assertIn("relative dates", found)

    def test_a_relative_word_alone_warns(self):
        article = self.body("<p>The minister left yesterday.</p>")
        [finding] = [finding for finding in self.found(article) if finding.rule == "relative dates"]
        self.assertEqual(finding.level, Level.WARNS)

    def test_a_later_version_is_measured_by_the_first_publication(self):
        article = make_article(published_at=STORY_DAY)
        publishing.save_draft(article, make_account(), body="<p>Overnight on April 24 missiles fell.</p>")
        at = STORY_DAY - timedelta(days=5) + timedelta(days=300)
        self.assertEqual(len(self.sentences(article, "relative dates", at=at)), 1)

    def test_a_weekday_that_the_day_was_not_asks(self):
        article = self.body("<p>On Monday 29 April they met; on Tuesday 29 April 2025 they parted.</p>")
        self.assertEqual(
            self.sentences(article, "weekdays"), ["“Monday 29 April”: 29 April 2025 is a Tuesday."]
        )

    def test_a_day_of_the_spring_is_this_year_s_for_a_story_of_the_autumn(self):
        article = self.body("<p>On Tuesday 29 April the old bridge closed.</p>")
        autumn = STORY_DAY.replace(month=11, day=26)
        for rule in ("weekdays", "dates after the story"):
            self.assertEqual(self.sentences(article, rule, at=autumn), [])

    def test_a_date_after_the_story_warns(self):
        article = self.body("<p>The vote is on 4 May.</p>")
        self.assertEqual(
            self.sentences(article, "dates after the story"),
            ["4 May is later than the story, which is of 29 April 2025."],
        )


class DuplicateRuleTests(GateTestCase):
    def test_the_headline_of_a_live_story_asks(self):
        make_article("Troops fought", body="<p>One text.</p>")
        article = make_draft("troops  FOUGHT", body="<p>Entirely different words here.</p>")
        self.assertEqual(len(self.sentences(article, "same headline", at=timezone.now())), 1)

    def test_the_words_of_a_live_story_ask(self):
        words = "Ships came into the harbour again on that morning and unloaded grain for the city."
        make_article("One headline", body=f"<p>{words}</p>")
        article = make_draft("Another headline", body=f"<p>{words} It was quiet.</p>")
        [sentence] = self.sentences(article, "same words")
        self.assertIn("“One headline”", sentence)

    def test_a_story_is_no_duplicate_of_itself_or_of_a_draft(self):
        make_draft("Troops fought")
        article = make_article("Troops fought")
        publishing.save_draft(article, make_account(), standfirst="Newer.")
        found = self.found(article, at=timezone.now())
        self.assertEqual([finding for finding in found if finding.rule.startswith("same")], [])
