"""A reader reports an error, and finds out what became of it."""

from datetime import timedelta
from unittest import mock

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import error_reports, publishing
from articles.models import ErrorReport, OutgoingMail
from articles.templatetags.article_tags import with_margin_marks
from articles.tests.factories import make_account, make_article, make_draft, publish, update_article
from articles.tests.reports import WORDS, form_of, make_report, paragraph_of, send_report

BODY = "<p>Retaken in August 2024.</p><h2>Why</h2><ul><li>One</li></ul><p>Unchanged.</p>"
ODD = ["0", "99", str(2**31), str(2**63), "9" * 400]


class StoryPageTests(TestCase):
    def setUp(self):
        self.article = make_article(body=BODY)

    def test_one_link_below_the_text_leads_every_reader_to_all_passages(self):
        response = self.client.get(self.article.get_absolute_url())
        address = reverse("articles:passages", args=[self.article.slug])
        self.assertContains(response, f'<a href="{address}" rel="nofollow">Report an error</a>', count=1)

    def test_each_paragraph_has_a_mark_that_keyboards_and_screen_readers_pass_over(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(response, 'class="margin-mark error-mark"', count=2)
        self.assertContains(response, f'href="{form_of(self.article)}"', count=1)
        self.assertContains(response, 'rel="nofollow" tabindex="-1" aria-hidden="true"', count=2)

    def test_the_preview_has_neither(self):
        self.client.force_login(make_account())
        response = self.client.get(reverse("articles:preview", args=[self.article.pk]))
        self.assertNotContains(response, "error-mark")
        self.assertNotContains(response, "Report an error")

    def test_the_words_of_the_text_stay_as_they_are(self):
        body = self.article.live_version.body
        marked = with_margin_marks(body, self.article, self.article.live_version)
        for text in ("<p>", "Retaken in August 2024.", "<li>One</li>", "Unchanged."):
            self.assertEqual(marked.count(text), body.count(text))


class PassagesPageTests(TestCase):
    def page(self, article):
        return self.client.get(reverse("articles:passages", args=[article.slug]))

    def test_offers_each_part_and_each_paragraph_and_the_whole(self):
        article = make_article(body=BODY)
        response = self.page(article)
        for words in ("Headline", "Introduction", "Retaken in", "Heading", "List", "The story as a whole"):
            self.assertContains(response, words)
        self.assertContains(response, form_of(article, place="story"))

    def test_is_the_same_for_everyone_and_listed_nowhere(self):
        article = make_article()
        response = self.page(article)
        self.assertFalse(response.cookies)
        self.assertIn("public", response["Cache-Control"])
        self.assertContains(response, '<meta name="robots" content="noindex">')
        self.assertContains(self.client.get("/robots.txt"), "Disallow: /story/*/report-an-error/")

    def test_costs_the_same_however_long_the_story(self):
        for paragraphs in (1, 40):
            body = "".join(f"<p>Sentence number {number} of all.</p>" for number in range(paragraphs))
            article = make_article(f"Story {paragraphs}", body=body)
            with self.subTest(paragraphs=paragraphs), self.assertNumQueries(5):
                self.page(article)


class FormTests(TestCase):
    def setUp(self):
        self.article = make_article(body=BODY)
        self.address = form_of(self.article)

    def assertRefused(self, response, reason, *, status=422, words=WORDS):
        self.assertContains(response, reason, status_code=status)
        self.assertContains(response, words, status_code=status)
        self.assertFalse(ErrorReport.objects.exists())

    def test_shows_the_passage_and_is_kept_by_nobody(self):
        response = self.client.get(self.address)
        self.assertContains(response, "Retaken in August 2024.")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual(response["X-Robots-Tag"], "noindex")

    def test_looking_at_it_stores_nothing(self):
        for method in (self.client.get, self.client.head, self.client.options):
            method(self.address)
        self.assertFalse(ErrorReport.objects.exists())

    def test_keeps_the_version_the_passage_and_the_words(self):
        send_report(self.client, self.address, name="Leyla M.")
        report = ErrorReport.objects.get()
        self.assertEqual((report.article, report.version.number), (self.article, 1))
        self.assertEqual((report.passage, report.words), ("Retaken in August 2024.", WORDS))
        self.assertEqual((report.name, report.email, report.state), ("Leyla M.", "", "new"))

    def test_the_sender_gets_an_address_of_which_we_keep_no_more_than_the_hash(self):
        response = send_report(self.client, self.address)
        self.assertRedirects(response, response.url)
        secret = response.url.split("/")[-2]
        self.assertEqual(ErrorReport.objects.get().secret_hash, error_reports.hash_of(secret))
        self.assertGreaterEqual(len(secret), 32)

    def test_any_part_can_be_reported(self):
        for place in ("headline", "introduction", "dateline", "story"):
            with self.subTest(place=place):
                response = send_report(self.client, form_of(self.article, place=place))
                self.assertEqual(response.status_code, 302)
        self.assertEqual(set(ErrorReport.objects.values_list("state", flat=True)), {"new"})

    def test_the_form_sent_twice_is_one_report(self):
        secret = error_reports.new_secret()
        urls = {self.client.post(self.address, {"words": WORDS, "secret": secret}).url for _ in range(2)}
        self.assertEqual((len(urls), ErrorReport.objects.count()), (1, 1))

    def test_the_form_sent_again_with_other_words_is_another_report(self):
        secret = error_reports.new_secret()
        urls = {self.client.post(self.address, {"words": w, "secret": secret}).url for w in ("One.", "Two.")}
        self.assertEqual((len(urls), ErrorReport.objects.count()), (2, 2))

    def test_nobody_chooses_a_secret_that_can_be_guessed(self):
        for secret in ("", "1", "a" * 31, "../" * 10, "ə" * 32):
            with self.subTest(secret=secret):
                response = self.client.post(self.address, {"words": WORDS + secret, "secret": secret})
                self.assertRegex(response.url, r"^/reports/[A-Za-z0-9_-]{32}/$")
                self.assertNotEqual(response.url, f"/reports/{secret}/")

    def test_a_version_that_the_reader_still_has_open_is_reported_and_the_change_is_shown(self):
        update_article(self.article, kind="correction", body="<p>Something else entirely, and long.</p>")
        response = self.client.get(self.address)
        self.assertContains(response, "The story has changed since")
        send_report(self.client, self.address)
        self.assertEqual(ErrorReport.objects.get().version.number, 1)

    def test_a_passage_or_version_that_never_was_is_not_found(self):
        for number in ODD:
            address = f"/story/{self.article.slug}/report-an-error/{number}/story/"
            self.assertEqual(self.client.get(address).status_code, 404)
        for place in ("p-00000000", "body", "picture", "x"):
            self.assertEqual(self.client.get(form_of(self.article, place=place)).status_code, 404)

    def test_a_version_that_no_reader_has_seen_is_not_found(self):
        article = make_article("Secret plans", published_at=timezone.now() + timedelta(hours=1))
        publishing.save_draft(article, make_account(), headline="Plans")
        publish(article)
        article.refresh_from_db()
        self.assertEqual(article.live_version.number, 2)
        address = form_of(article, article.versions.get(number=1), place="headline")
        self.assertEqual(self.client.get(address).status_code, 404)
        self.assertEqual(self.client.get(form_of(article, place="headline")).status_code, 200)

    def test_nothing_written_is_refused(self):
        for nothing in ("", " \n ", "\u200b\u2060"):
            self.assertRefused(
                send_report(self.client, self.address, nothing), "Write something first.", words=""
            )

    def test_what_is_wrong_is_said_and_every_word_comes_back(self):
        wrong = [
            ({"words": "word " * 601}, "at most 3,000 characters", "word " * 600),
            ({"words": WORDS + "\0"}, "a character that cannot be shown", WORDS),
            ({"email": "leyla"}, "not an e-mail address", WORDS),
            ({"email": "a@b.example\nBcc: all@b.example"}, "not an e-mail address", WORDS),
            ({"email": f"{'l' * 250}@b.example"}, "id_email_error", WORDS),
            ({"name": "\u202eMalyel"}, "invisible characters", WORDS),
            ({"name": "L" * 51}, "at most 50 characters", WORDS),
            ({"homepage": "https://spam.example"}, "as programs do", WORDS),
        ]
        for changes, reason, words in wrong:
            with self.subTest(reason=reason):
                response = send_report(self.client, self.address, **changes)
                self.assertRefused(response, reason, words=words.strip())
                self.assertNotContains(response, "\0", status_code=422)

    def test_what_a_trap_refused_comes_back_with_the_trap_empty(self):
        response = send_report(self.client, self.address, homepage="https://spam.example")
        self.assertNotContains(response, "https://spam.example", status_code=422)

    def test_without_the_token_of_the_page_the_words_come_back(self):
        client = Client(enforce_csrf_checks=True)
        self.assertRefused(client.post(self.address, {"words": WORDS}), "cookie", status=403)
        self.assertEqual(send_report(client, self.address).status_code, 302)

    def test_bytes_that_are_no_form_do_no_harm(self):
        for content_type in ("application/json", "text/plain", "multipart/form-data", "x"):
            with self.subTest(content_type=content_type):
                response = self.client.post(self.address, b"\xff\0{", content_type=content_type)
                self.assertIn(response.status_code, (400, 422))

    def test_what_a_reader_writes_never_becomes_script(self):
        script = "<script>alert(1)</script>"
        response = send_report(self.client, self.address, script, name=script, email=script)
        self.assertNotContains(response, script, status_code=422)


class FloodTests(TestCase):
    def setUp(self):
        self.article = make_article()

    def send(self, number, **changes):
        return send_report(self.client, form_of(self.article), f"Number {number}.", **changes).status_code

    def test_a_network_sends_so_many_reports_an_hour(self):
        statuses = [self.send(number) for number in range(33)]
        self.assertEqual((statuses.count(302), statuses.count(429)), (30, 3))

    def test_a_mailbox_gets_so_many_letters_a_day(self):
        spellings = ["l@reader.example", "L@reader.example", "l+1@reader.example"] * 2
        statuses = [self.send(number, email=email) for number, email in enumerate(spellings)]
        self.assertEqual((statuses.count(302), statuses.count(429)), (4, 2))
        self.assertEqual(OutgoingMail.objects.count(), 4)

    def test_who_is_stopped_gets_every_word_back(self):
        with mock.patch("articles.report_pages.allow", return_value=False):
            response = send_report(self.client, form_of(self.article))
        self.assertContains(response, "send them later", status_code=429)
        self.assertContains(response, WORDS, status_code=429)


class StoryNotThereTests(TestCase):
    """Whatever the story page answers, these pages answer."""

    def addresses(self, article):
        version = article.live_version or article.draft
        version.number = version.number or 1
        return [
            reverse("articles:passages", args=[article.slug]),
            form_of(article, version, place="story"),
        ]

    def test_a_withdrawn_story_answers_with_its_notice_and_gives_the_words_back(self):
        article = make_article("Secret plans")
        publishing.withdraw(article, make_account(), notice="It was not true.")
        for address in self.addresses(article):
            response = self.client.get(address)
            self.assertContains(response, "It was not true.", status_code=410)
            self.assertNotContains(response, "Secret plans", status_code=410)
        response = self.client.post(self.addresses(article)[1], {"words": WORDS})
        self.assertContains(response, WORDS, status_code=410)
        self.assertFalse(ErrorReport.objects.exists())

    def test_a_draft_does_not_exist(self):
        article = make_draft("Secret plans")
        for address in self.addresses(article):
            for method in (self.client.get, self.client.post):
                response = method(address)
                self.assertIn(response.status_code, (404, 405))
                self.assertNotIn("Secret plans", response.content.decode())

    def test_the_words_of_a_newer_draft_are_nowhere(self):
        article = make_article()
        publishing.save_draft(article, make_account(), headline="Secret plans", body="<p>Secret.</p>")
        for address in [*self.addresses(article), form_of(article, place="headline")]:
            self.assertNotContains(self.client.get(address), "Secret")


class AnswerPageTests(TestCase):
    def setUp(self):
        self.article = make_article(body=BODY)
        self.editor = make_account()
        self.address = send_report(self.client, form_of(self.article)).url
        self.report = ErrorReport.objects.get()

    def page(self):
        return self.client.get(self.address)

    def correct(self):
        return update_article(
            self.article, kind="correction", note="The month was wrong.", body="<p>Retaken in April 2025.</p>"
        )

    def test_says_in_each_state_what_became_of_it(self):
        self.assertContains(self.page(), "Your report has reached us")
        error_reports.take(self.report, self.editor)
        self.assertContains(self.page(), "Being looked at")
        error_reports.answer_with(self.correct(), [self.report], self.editor, answer="Well spotted.")
        response = self.page()
        self.assertContains(response, "Corrected. Thank you")
        self.assertContains(response, "Well spotted.")
        self.assertContains(response, "The month was wrong.")
        self.assertContains(response, f"/story/{self.article.slug}/history/#version-2")

    def test_a_refusal_says_why(self):
        error_reports.refuse(self.report, self.editor, "The month is right.")
        self.assertContains(self.page(), "Not an error, we think")
        self.assertContains(self.page(), "The month is right.")

    def test_names_nobody_and_repeats_no_word_of_the_sender(self):
        error_reports.take(self.report, self.editor)
        response = self.page()
        self.assertNotContains(response, WORDS)
        self.assertNotContains(response, self.editor.username)

    def test_is_kept_by_nobody_listed_nowhere_and_sets_no_cookie(self):
        response = Client().get(self.address)
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertFalse(response.cookies)

    def test_a_wrong_secret_is_not_found_and_tells_nothing(self):
        secret = self.address.split("/")[-2]
        wrong = [
            "x",
            secret[:-1],
            secret.swapcase(),
            self.report.secret_hash,
            str(self.report.pk),
            "ə",
            "%ff",
        ]
        pages = {self.client.get(f"/reports/{attempt}/").content for attempt in wrong}
        statuses = {self.client.get(f"/reports/{attempt}/").status_code for attempt in wrong}
        self.assertEqual((statuses, len(pages)), ({404}, 1))

    def test_shows_no_word_of_a_story_that_was_withdrawn_since(self):
        error_reports.answer_with(self.correct(), [self.report], self.editor)
        publishing.withdraw(self.article, self.editor, notice="It was not true.")
        response = self.page()
        self.assertContains(response, "withdrawn since")
        for secret in (self.article.headline, self.article.slug, "Retaken", "The month was wrong."):
            self.assertNotContains(response, secret)

    def test_the_history_tells_that_a_reader_found_the_error(self):
        error_reports.answer_with(self.correct(), [self.report], self.editor)
        history = self.client.get(f"/story/{self.article.slug}/history/")
        self.assertContains(history, "A reader’s report led to it.", count=1)

    def test_only_reads(self):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            self.assertEqual(self.client.generic(method, self.address).status_code, 405)


class LetterTests(TestCase):
    def test_who_leaves_an_address_gets_the_way_to_the_answer_and_none_of_the_own_words(self):
        article = make_article()
        address = send_report(
            self.client, form_of(article), email="leyla@reader.example", name="Spam King"
        ).url
        letter = OutgoingMail.objects.get()
        self.assertEqual(letter.recipient, "leyla@reader.example")
        for text in (letter.text, letter.html):
            self.assertIn(address, text)
            self.assertIn(article.headline, text)
            for word in (WORDS, "Spam King"):
                self.assertNotIn(word, text + letter.subject)

    def test_who_leaves_none_gets_none(self):
        report = make_report()
        error_reports.refuse(report, make_account(), "It is right.")
        self.assertFalse(OutgoingMail.objects.exists())

    def test_a_letter_brings_the_answer(self):
        article = make_article()
        report = make_report(article, email="leyla@reader.example")
        version = update_article(article, kind="correction", note="It was wrong.")
        error_reports.answer_with(version, [report], make_account(), answer="Well spotted.")
        letter = OutgoingMail.objects.latest("pk")
        for text in (letter.text, letter.html):
            self.assertIn("Well spotted.", text)
            self.assertIn(f"/story/{article.slug}/history/#version-2", text)
            self.assertNotIn(WORDS, text)

    def test_no_letter_names_a_story_that_was_withdrawn(self):
        article = make_article("Secret plans")
        report = make_report(article, email="leyla@reader.example")
        publishing.withdraw(article, make_account(), notice="It was not true.")
        error_reports.refuse(report, make_account(), "It is gone now.")
        letter = OutgoingMail.objects.latest("pk")
        for text in (letter.subject, letter.text, letter.html):
            self.assertNotIn("Secret plans", text)
            self.assertNotIn(article.slug, text)


class PassageTests(TestCase):
    def test_the_passage_is_the_words_without_their_marks(self):
        article = make_article(body="<p>Retaken <strong>in August</strong>\n2024 &amp; held.</p>")
        self.assertEqual(paragraph_of(article.live_version).words, "Retaken in August 2024 & held.")
