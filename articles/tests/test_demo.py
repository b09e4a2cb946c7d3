"""What the demonstration newsroom says, against the facts that it is written from."""

import re
import stat
import tempfile
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone
from PIL import Image

from articles import history
from articles.body import text_of
from articles.demo import accounts, loading, newsroom, texts
from articles.home import home_at
from articles.models import Article, ErrorReport, LogEntry, Page, Picture, Section, Version
from articles.story_page import story_page
from articles.transparency import Median, figures_at

LEAD = "pyongyang-says-troops-fought-for-russia"
REPORTED = timezone.datetime.fromisoformat("2025-04-29T10:20:00+04:00")
CORRECTED = timezone.datetime.fromisoformat("2025-04-29T11:05:00+04:00")

# Every name, number and date that a story may not lose or change.
FACTS = {
    LEAD: [
        "Pyongyang", "Moscow", "Kursk", "Central Military Commission", "Workers’ Party of Korea",
        "combat sub-units", "Pak Yong-il",
        "deputy director of the General Political Bureau of the Korean People’s Army",
        "Monday 28 April", "3rd International “anti-fascist conference”", "80 years",
        "Second World War", "President Vladimir Putin", "thousands of North Korean soldiers",
        "comprehensive strategic partnership agreement", "2024", "third party",
        "For the first time in decades", "August 2024", "Sunday 27 April", "26 April 2025", "months",
    ],
    "moscow-announces-that-kursk-is-retaken": [
        "Moscow", "26 April 2025", "August 2024", "Kursk region", "thousands of North Korean soldiers",
    ],
    "missiles-and-drones-hit-kyiv": [
        "24 April 2025", "missiles and drones", "At least 12", "90", "Children", "pregnant woman",
        "Mayor Vitali Klitschko",
    ],
    "trump-sets-out-his-agenda": [
        "President Donald Trump", "first 100 days", "interview", "punitive tariffs", "China",
        "cease-fire in Ukraine", "overhaul", "domestic programmes",
    ],
    "goerlitz-works-turns-from-railcars-to-tank-parts": [
        "Three generations", "Liebig", "railcars", "Görlitz", "Germany", "parts for battle tanks",
    ],
    "bandar-abbas-port-explosion": [
        "Bandar Abbas", "Iran", "at least 40", "more than 1,200", "Sunday 27 April", "state media",
    ],
    "porsche-lowers-its-outlook": [
        "Porsche", "first quarter", "margins", "China", "electric cars", "tariffs",
    ],
    "four-young-people-killed-in-chatham": [
        "Chatham, Illinois", "Springfield", "four young people", "Tuesday 29 April", "targeted attack",
    ],
    "afghan-and-qatari-ministers-meet-in-doha": [
        "Amir Khan Muttaqi", "acting foreign minister of Afghanistan", "prime minister of Qatar",
        "Sheikh Mohammed bin Abdulrahman Al Thani", "Doha", "closer cooperation",
    ],
    "eu-court-rules-maltas-golden-passports-unlawful": [
        "highest court of the European Union", "Malta", "golden passports", "unlawful", "690,000 euros",
        "security",
    ],
    "power-returns-to-spain-and-portugal": [
        "Spain", "Portugal", "early Tuesday 29 April 2025", "blackouts", "cause",
    ],
    "morning-brief-23-april-2025": [
        "start your day informed",
    ],
}  # fmt: skip
RELATIVE_DATES = [
    "yesterday",
    "tomorrow",
    "last night",
    "last week",
    "this week",
    "this morning",
    "ago today",
]


def numbers(words):
    return set(re.findall(r"\d[\d,.]*\d|\d", words))


def tiny_pictures():
    """Return a folder of small pictures under the names of the drawn ones, which take long to prepare."""
    folder = Path(tempfile.mkdtemp(prefix="anewz-test-pictures-"))
    for text in texts.pictures():
        Image.new("RGB", (240, 160), "#a8141e").save(folder / f"{text.slug}.jpg")
    return folder


class LoadedDemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.data_dir = Path(tempfile.mkdtemp(prefix="anewz-test-data-"))
        with (
            override_settings(DATA_DIR=cls.data_dir),
            mock.patch.object(loading, "PICTURES", tiny_pictures()),
        ):
            loading.load()

    def page(self, slug):
        article = Article.objects.for_story().get(slug=slug)
        return story_page(article, article.live_version, timezone.now())

    def test_every_story_keeps_its_facts(self):
        for slug, facts in FACTS.items():
            version = Article.objects.get(slug=slug).live_version
            words = " ".join([version.headline, version.standfirst, version.dateline, text_of(version.body)])
            for fact in facts:
                with self.subTest(slug=slug, fact=fact):
                    self.assertIn(fact.lower(), " ".join(words.split()).lower())

    def test_no_story_knows_a_number_that_is_not_a_fact(self):
        for slug, facts in FACTS.items():
            if not slug.startswith("morning-brief"):
                version = Article.objects.get(slug=slug).live_version
                words = f"{version.headline} {version.standfirst} {text_of(version.body)}"
                with self.subTest(slug=slug):
                    self.assertLessEqual(numbers(words), numbers(" ".join(facts)))

    def test_the_lead_was_corrected_after_its_first_version(self):
        lead = Article.objects.get(slug=LEAD)
        first, correction = lead.versions.order_by("number")
        self.assertIn("reportedly liberated in August 2024", first.body)
        self.assertNotIn("liberated in August 2024", correction.body)
        self.assertEqual(correction.kind, Version.Kind.CORRECTION)
        self.assertIn("26 April 2025", correction.note)
        self.assertEqual(lead.corrected_at, CORRECTED)
        self.assertEqual(lead.last_changed, CORRECTED)

    def test_the_history_of_the_lead_shows_one_passage_changed(self):
        newest, _ = history.entries_of(Article.objects.get(slug=LEAD), timezone.now())
        (change,) = newest.changes
        self.assertIn("<del>", change.html)
        self.assertIn("26 April 2025", change.html)

    def test_a_reader_s_report_led_to_the_correction_of_the_lead(self):
        report = ErrorReport.objects.get(article__slug=LEAD)
        lead = Article.objects.get(slug=LEAD)
        self.assertEqual((report.state, report.correction), ("corrected", lead.live_version))
        self.assertEqual((report.created_at, report.decided_at), (REPORTED, CORRECTED))
        self.assertEqual((report.name, report.email), ("", ""))
        self.assertIn("reportedly liberated in August 2024", report.passage)

    def test_one_report_waits_for_whoever_tries_the_desk_out(self):
        waiting = ErrorReport.objects.waiting().get()
        self.assertEqual(waiting.article.slug, "bandar-abbas-port-explosion")

    def test_the_figures_of_the_newsroom_are_true(self):
        figures = figures_at(timezone.now())
        self.assertEqual(figures.from_report, Median(timedelta(minutes=45), 1))
        self.assertEqual(figures.from_publication, Median(timedelta(minutes=85), 1))
        [month] = figures.months
        self.assertEqual((month.first_day, month.stories, month.corrections), (date(2025, 4, 1), 13, 1))

    def test_no_report_knows_a_number_that_is_not_a_fact(self):
        for report in ErrorReport.objects.select_related("article"):
            known = numbers(" ".join(FACTS[report.article.slug]))
            with self.subTest(report=report):
                self.assertLessEqual(numbers(report.words), known)

    def test_the_lead_has_the_length_of_a_lead(self):
        for version in Version.objects.filter(article__slug=LEAD):
            self.assertTrue(450 <= version.word_count <= 650, version.word_count)

    def test_beside_the_lead_stand_the_two_stories_that_touch_it(self):
        related = self.page(LEAD)["related"]
        self.assertEqual(
            [entry.article.slug for entry in related],
            ["missiles-and-drones-hit-kyiv", "trump-sets-out-his-agenda"],
        )
        self.assertTrue(all(entry.reason for entry in related))

    def test_the_lead_continues_the_story_of_the_announcement(self):
        slugs = ["moscow-announces-that-kursk-is-retaken", LEAD]
        for slug in slugs:
            self.assertEqual([article.slug for article in self.page(slug)["line"].articles], slugs)

    def test_the_brief_of_23_april_is_offered_nowhere(self):
        old = Article.objects.get(slug="morning-brief-23-april-2025")
        newest = Article.objects.get(slug="morning-brief-29-april-2025")
        for article in Article.objects.all():
            page = self.page(article.slug)
            offered = [*page["latest"], *(entry.article for entry in page["related"]), page["brief"]]
            self.assertNotIn(old, offered)
            self.assertEqual(page["brief"], None if article == newest else newest)

    def test_the_links_of_the_brief_lead_to_stories(self):
        brief = Article.objects.get(slug="morning-brief-29-april-2025").live_version
        links = re.findall(r'href="/story/([\w-]+)/"', brief.body)
        self.assertEqual(len(links), 6)
        self.assertEqual(Article.objects.visible().filter(slug__in=links).count(), 6)

    def test_the_home_page_is_full(self):
        home = home_at(timezone.now())
        self.assertEqual(home.lead.slug, LEAD)
        self.assertEqual([article.slug for article in [home.lead, *home.beside]], newsroom.HOME)
        self.assertEqual(len(home.beside), 4)
        self.assertEqual([strip.section.name for strip in home.strips], ["World", "Politics", "Business"])

    def test_sections_without_facts_stay_empty(self):
        self.assertEqual(
            set(Section.objects.filter(articles=None).values_list("name", flat=True)),
            {"Region", "Science & Technology", "Culture", "Sport"},
        )

    def test_nothing_is_dated_outside_the_last_days_of_april_2025(self):
        instants = [
            *Version.objects.values_list("published_at", flat=True),
            *Version.objects.values_list("sealed_at", flat=True),
            *Version.objects.values_list("saved_at", flat=True),
            *Article.objects.values_list("created_at", flat=True),
            *LogEntry.objects.values_list("at", flat=True),
            *ErrorReport.objects.values_list("created_at", flat=True),
        ]
        for instant in instants:
            day = timezone.localtime(instant).date()
            self.assertTrue(date(2025, 4, 23) <= day <= date(2025, 4, 29), day)

    def test_no_story_dates_by_the_day_it_is_read(self):
        for version in Version.objects.all():
            for words in RELATIVE_DATES:
                self.assertNotIn(words, text_of(version.body).lower())

    def test_every_picture_says_what_it_shows_and_who_made_it(self):
        self.assertFalse(Article.objects.filter(picture=None).exists())
        for picture in Picture.objects.all():
            self.assertTrue(picture.alt_text)
            self.assertTrue(picture.caption)
            self.assertEqual(picture.credit, "AnewZ graphics")

    def test_a_map_stands_in_the_text_of_the_lead(self):
        (picture,) = Article.objects.get(slug=LEAD).live_version.pictures.all()
        self.assertIn("Kursk region", picture.alt_text)

    def test_the_policies_are_marked_as_texts_to_adapt(self):
        slugs = "about ethics corrections-policy ownership comment-guidelines privacy accessibility"
        self.assertEqual(set(Page.objects.values_list("slug", flat=True)), set(slugs.split()))
        for page in Page.objects.all():
            self.assertIn("text to adapt", page.body)

    def test_a_second_run_changes_nothing(self):
        before = list(Version.objects.values()), list(get_user_model().objects.values())
        self.assertRaises(loading.NotEmpty, loading.load)
        self.assertEqual(before, (list(Version.objects.values()), list(get_user_model().objects.values())))

    def test_the_command_says_that_the_newsroom_is_there(self):
        with mock.patch("sys.stdout") as stdout:
            call_command("load_demo", stdout=stdout)
        self.assertIn("there already", stdout.write.call_args.args[0])

    def test_the_accounts_stand_in_a_file_that_only_its_owner_reads(self):
        path = self.data_dir / accounts.FILE_NAME
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        lines = [line.split("\t") for line in path.read_text().splitlines()]
        self.assertEqual([role for role, _, _ in lines], list(newsroom.ACCOUNTS))
        for _, name, password in lines:
            self.assertTrue(authenticate(username=name, password=password), name)

    def test_only_the_newsroom_may_enter_the_desk(self):
        staff = get_user_model().objects.filter(is_staff=True).values_list("username", flat=True)
        self.assertEqual(set(staff), set(newsroom.ACCOUNTS) - {"reader"})


class AccountsFileTests(TestCase):
    def test_is_never_readable_for_others_while_it_is_written(self):
        folder = Path(tempfile.mkdtemp(prefix="anewz-test-data-"))
        modes = []
        replace = Path.replace

        def watched(path, target):
            modes.append(stat.S_IMODE(path.stat().st_mode))
            return replace(path, target)

        with override_settings(DATA_DIR=folder), mock.patch.object(Path, "replace", watched):
            (folder / accounts.FILE_NAME).touch(mode=0o644)
            accounts.create_accounts()
        self.assertEqual(modes, [0o600])
        self.assertEqual(stat.S_IMODE((folder / accounts.FILE_NAME).stat().st_mode), 0o600)


class DrawnPicturesTests(SimpleTestCase):
    def test_each_is_as_large_as_a_photographer_delivers(self):
        for text in texts.pictures():
            path = loading.PICTURES / f"{text.slug}.jpg"
            with self.subTest(path=path), Image.open(path) as image:
                self.assertGreaterEqual(image.width, 2400)
                self.assertLess(path.stat().st_size, 300_000)
