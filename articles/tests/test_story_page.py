from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.tests.factories import make_account, make_article, make_draft, make_member, update_article


class StoryPageTests(TestCase):
    def page(self, article):
        return self.client.get(article.get_absolute_url()).content.decode()

    def test_tells_what_the_report_rests_on(self):
        article = make_article(
            sources=[
                {"name": "The mayor", "address": "", "note": "the count"},
                {"name": "The court", "address": "https://example.org/ruling?a=1&b=2", "note": ""},
            ]
        )
        page = self.page(article)
        self.assertIn("<li>The mayor: the count</li>", page)
        self.assertIn('<a href="https://example.org/ruling?a=1&amp;b=2" rel="noopener">The court</a>', page)

    def test_a_story_without_sources_has_no_empty_list(self):
        self.assertNotIn("Sources", self.page(make_article(sources=[])))

    def test_a_note_stands_at_the_head_or_at_the_foot_as_the_editor_said(self):
        article = make_article(body="<p>The text itself.</p>")
        told = {"acknowledged": publishing.EVERYTHING}
        publishing.save_draft(article, make_account(), headline="Second")
        publishing.correct(article, make_account(), note="At the head.", **told)
        publishing.save_draft(article, make_account(), headline="Third")
        publishing.clarify(article, make_account(), note="At the foot.", at_foot=True, **told)
        page = self.page(article).partition("<body>")[2]
        places = [page.index(words) for words in ("At the head.", "The text itself.", "At the foot.")]
        self.assertEqual(places, sorted(places))

    def test_a_correction_shows_wherever_the_story_does(self):
        article = make_article("Corrected story")
        update_article(article, kind="correction", note="The month was wrong.", now=timezone.now())
        for address in ("/", "/latest/", article.section.get_absolute_url()):
            self.assertContains(self.client.get(address), "Corrected ")
        self.assertContains(self.client.get("/corrections/"), "The month was wrong.")
        self.assertIn("CorrectionComment", self.page(article))
        day = timezone.localdate(article.corrected_at).isoformat()
        self.assertContains(self.client.get(f"/sitemap-{article.published_at:%Y-%m}.xml"), f"<lastmod>{day}")
        instant = article.corrected_at.isoformat()
        self.assertContains(self.client.get("/feed.xml"), f"<updated>{instant}")


class PreviewTests(TestCase):
    def test_shows_beside_the_text_what_the_gate_would_say(self):
        article = make_draft(standfirst="", body="<p>The minister left yesterday.</p>")
        self.client.force_login(make_member("Reporter"))
        page = self.client.get(f"/preview/{article.pk}/")
        self.assertContains(page, "The standfirst is missing.")
        block = article.draft.body[7:17]
        self.assertContains(page, f'<a href="#{block}">“yesterday” will be wrong')

    def test_says_when_nothing_stands_in_the_way(self):
        self.client.force_login(make_member("Editor"))
        page = self.client.get(f"/preview/{make_draft().pk}/")
        self.assertContains(page, "Nothing stands in the way of publication.")
        self.assertEqual(page["X-Robots-Tag"], "noindex")
        self.assertIn("no-store", page["Cache-Control"])
