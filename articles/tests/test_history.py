from datetime import timedelta

from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone

from articles import body as bodies
from articles import publishing
from articles.history import COMPARED_WORDS, entries_of, word_difference
from articles.publishing import EVERYTHING
from articles.tests.factories import DAY, make_account, make_article, make_draft, update_article
from articles.tests.picture_files import make_picture, stripes

HOUR = timedelta(hours=1)


class WordDifferenceTests(SimpleTestCase):
    def test_marks_the_words_that_went_and_came(self):
        self.assertEqual(
            word_difference("retaken in August 2024", "retaken in April 2025"),
            "retaken in <del>August 2024</del> <ins>April 2025</ins>",
        )

    def test_escapes_what_looks_like_html(self):
        self.assertEqual(word_difference("", "<script>"), "<ins>&lt;script&gt;</ins>")

    def test_a_block_too_long_to_compare_is_shown_as_replaced(self):
        long = "word " * (COMPARED_WORDS + 1)
        difference = word_difference(long, long + "more")
        self.assertTrue(difference.startswith("<del>word") and difference.endswith("more</ins>"))


class HistoryTests(TestCase):
    def test_shows_each_version_with_what_it_changed_newest_first(self):
        article = make_article(body="<p>Retaken in August 2024.</p><p>Unchanged.</p>")
        update_article(
            article,
            kind="correction",
            note="The month was wrong.",
            body="<p>Retaken in April 2025.</p><p>Unchanged.</p>",
        )
        newest, first = entries_of(article, timezone.now())
        self.assertEqual((newest.version.number, first.version.number), (2, 1))
        self.assertEqual(
            [change.html for change in newest.changes],
            ["Retaken in <del>August 2024.</del> <ins>April 2025.</ins>"],
        )
        self.assertEqual(first.changes, ())

    def test_shows_paragraphs_that_came_and_went(self):
        article = make_article(body="<p>Stays here.</p><p>Goes away soon.</p>")
        update_article(article, body="<p>Stays here.</p><p>Entirely new words.</p>")
        shown = {change.html for change in entries_of(article, timezone.now())[0].changes}
        self.assertEqual(shown, {"<ins>Entirely new words.</ins>", "<del>Goes away soon.</del>"})

    def test_never_shows_a_draft(self):
        article = make_article()
        publishing.save_draft(article, make_account(), headline="Secret")
        self.assertEqual(len(entries_of(article, timezone.now())), 1)

    def test_never_shows_a_text_replaced_before_its_hour(self):
        soon = timezone.now() + HOUR
        article = make_article("Never seen", published_at=soon)
        publishing.save_draft(article, make_account(), headline="Seen")
        publishing.schedule(article, make_account(), at=soon)
        [entry] = entries_of(article, soon + HOUR)
        self.assertEqual(entry.version.headline, "Seen")

    def test_tells_what_changed_among_the_sources(self):
        article = make_article(sources=[{"name": "KCNA", "address": "", "note": ""}])
        update_article(article, sources=[{"name": "KCNA", "address": "", "note": "the statement"}])
        [change] = entries_of(article, timezone.now())[0].changes
        self.assertEqual((change.part, change.html), ("sources", "KCNA <ins>the statement</ins>"))

    def test_tells_that_the_story_was_gone_and_why_it_came_back(self):
        article = make_article()
        publishing.withdraw(article, make_account(), notice="Not true.")
        publishing.ask_back(article, make_account(), note="True after all.")
        publishing.restore(article, make_account("second"), note="Checked again.")
        told = [(entry.act, entry.note) for entry in entries_of(article, timezone.now())]
        self.assertEqual(told[:2], [("Brought back", "Checked again."), ("Withdrawn", "Not true.")])
        self.assertNotContains(self.page(article), "True after all.")

    def test_shows_the_difference_between_any_two_versions(self):
        article = make_article("One")
        update_article(article, headline="Two")
        update_article(article, headline="Three")
        page = self.page(article, {"from": "1", "to": "3"})
        self.assertContains(page, "<del>One</del> <ins>Three</ins>")
        self.assertContains(page, "From version 1 to version 3")

    def test_a_number_that_is_no_version_is_not_found(self):
        article = make_article("One")
        publishing.save_draft(article, make_account(), headline="Secret")
        numbers = ({"from": "1", "to": "2"}, {"from": "1"}, {"from": "x", "to": "\x00"}, {"to": str(2**70)})
        for chosen in numbers:
            with self.subTest(chosen=chosen):
                self.assertEqual(self.page(article, chosen).status_code, 404)

    def page(self, article, chosen=None):
        return self.client.get(reverse("articles:history", args=[article.slug]), chosen)

    def test_costs_two_queries_however_many_versions(self):
        article = make_article(published_at=DAY)
        for hours in range(1, 6):
            update_article(article, now=DAY + hours * HOUR)
        with self.assertNumQueries(2):
            entries_of(article, timezone.now())

    def test_a_link_that_leads_elsewhere_is_a_change(self):
        article = make_article("One", body='<p>The <a href="https://one.example/">council</a> met.</p>')
        body = article.live_version.body.replace("one.example", "two.example")
        update_article(article, body=body)
        page = self.page(article)
        self.assertContains(page, "<del>(https://one.example/)</del> <ins>(https://two.example/)</ins>")

    def test_a_paragraph_that_moved_is_a_change(self):
        article = make_article("One", body="<p>First words.</p><p>Second words.</p><p>Third words.</p>")
        blocks = [str(block) for block in bodies.split(article.live_version.body)]
        update_article(article, body="".join([blocks[2], blocks[0], blocks[1]]))
        page = self.page(article)
        self.assertContains(page, "<em>Moved:</em> Third words.")
        self.assertNotContains(page, "<em>Moved:</em> First words.")

    def test_another_picture_in_the_text_is_a_change(self):
        one, two = make_picture(stripes(320, 240)), make_picture(stripes(300, 240))
        figure = f'<figure data-picture="{one.token}"></figure>'
        article = make_article("One", body=f"<p>Text.</p>{figure}")
        update_article(article, body=article.live_version.body.replace(one.token, two.token))
        self.assertContains(self.page(article), "<del>One picture</del> <ins>Another picture</ins>")

    def test_a_schedule_that_was_called_off_is_no_version_for_readers(self):
        article = make_draft("One")
        publishing.schedule(
            article, make_account(), at=timezone.now() + timedelta(hours=1), acknowledged=EVERYTHING
        )
        publishing.call_off(article, make_account())
        publishing.publish(article, make_account(), acknowledged=EVERYTHING)
        self.assertContains(self.page(article), "Version 1")
        self.assertNotContains(self.page(article), "Version 2")
        self.assertNotContains(self.client.get(article.get_absolute_url()), "versions</a>")
        update_article(article, headline="Two")
        self.assertContains(self.client.get(article.get_absolute_url()), "2 versions")

    def test_the_newest_is_offered_against_the_one_before(self):
        article = make_article("One")
        self.assertNotContains(self.page(article), "Show the difference")
        update_article(article, headline="Two")
        update_article(article, headline="Three")
        page = self.page(article)
        self.assertContains(page, '<option value="2" selected>Version 2</option>', count=1)
        self.assertContains(page, '<option value="3" selected>Version 3</option>', count=1)
