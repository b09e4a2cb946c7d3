from datetime import timedelta

import brotli
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.addresses import absolute
from articles.models import BreakingNews, Picture
from articles.tests.factories import make_account, make_article, update_article
from articles.tests.picture_files import make_picture, stripes

MOST = 10_000  # bytes, as they travel


class TextOnlyTests(TestCase):
    def page(self, article):
        return self.client.get(f"{article.get_absolute_url()}text/")

    def test_has_the_whole_story_in_words(self):
        picture = make_picture(stripes(320, 240), alt_text="A bridge & a river")
        article = make_article(
            "Troops",
            standfirst="What is known.",
            body=f'<p>One.</p><figure data-picture="{picture.token}"></figure><p>Two.</p>',
            picture=make_picture(stripes(400, 300), alt_text="A square"),
            sources=[{"name": "The court", "address": "https://example.org/ruling", "note": ""}],
        )
        kept = {"headline": "Troops", "standfirst": "What is known.", "body": article.live_version.body}
        update_article(article, kind="correction", note="The month was wrong.", now=timezone.now(), **kept)
        page = self.page(article)
        for words in (
            *("<h1>Troops</h1>", "What is known.", "One.", "Two.", "[Picture: A bridge &amp; a river]"),
            *("[Picture: A square]", "https://example.org/ruling", "The month was wrong."),
            f'<link rel="canonical" href="{absolute(article.get_absolute_url())}">',
            f'href="{article.get_absolute_url()}">The story with pictures',
        ):
            self.assertContains(page, words)

    def test_tells_of_no_picture_that_readers_may_not_see(self):
        head, inside = (make_picture(stripes(*size), alt_text="Not to be told") for size in ((4, 3), (8, 6)))
        article = make_article(
            picture=head, body=f'<p>One.</p><figure data-picture="{inside.token}"></figure>'
        )
        self.assertContains(self.page(article), "[Picture: Not to be told]", count=2)
        Picture.objects.update(credit="")
        page = self.page(article)
        self.assertNotContains(page, "Not to be told")
        self.assertNotContains(page, "[Picture")

    def test_asks_for_no_picture_stylesheet_or_script(self):
        article = make_article(picture=make_picture(stripes(400, 300)))
        for address in (f"{article.get_absolute_url()}text/", "/text/"):
            page = self.client.get(address).content.decode()
            for tag in ("<img", "<picture", "<script", 'rel="stylesheet"', "preload"):
                self.assertNotIn(tag, page)

    def test_a_long_story_takes_less_than_ten_kilobytes(self):
        words = "The minister said on Tuesday that nothing of what had been agreed would change this year."
        body = "".join(f"<p>{number}. {words[number % 40 :]} {words[:number]}</p>" for number in range(60))
        article = make_article(body=body)
        for number in range(20):
            make_article(f"Another story with a headline of the usual length, number {number}")
        for address in (f"{article.get_absolute_url()}text/", "/text/"):
            self.assertLess(len(brotli.compress(self.client.get(address).content)), MOST)

    def test_lists_the_latest_and_leads_on_to_their_text(self):
        article = make_article("Troops")
        BreakingNews.objects.create(
            words="A bar", article=article, ends_at=timezone.now() + timedelta(hours=1)
        )
        page = self.client.get("/text/")
        self.assertContains(page, f'<a href="{article.get_absolute_url()}text/">Troops</a>')
        self.assertContains(page, f'<a href="{article.get_absolute_url()}text/">A bar</a>')
        other = make_article("Another")
        self.assertContains(self.page(other), f'<a href="{article.get_absolute_url()}text/">Troops</a>')

    def test_answers_as_the_story_does_when_it_moved_or_is_gone(self):
        article = make_article("Troops")
        old = f"{article.get_absolute_url()}text/"
        article.slug = "troops-again"
        article.save()
        self.assertRedirects(self.client.get(old), "/story/troops-again/text/", 301)
        publishing.withdraw(article, make_account(), notice="It was not true.")
        self.assertContains(self.page(article), "It was not true.", status_code=410)
