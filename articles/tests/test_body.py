import re
from unittest import mock

from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from articles import body, publishing
from articles.models import Page, Version
from articles.tests.factories import make_account, make_article, make_draft

SCRAPS = st.lists(
    st.sampled_from(
        """
        <p>|</p>|<p id='p-00000000'>|<b>|<li>|<ul>|</ul>|<h2>|</h2>|<br>|<blockquote class='pull-quote x'>|
        </blockquote>|<a href='javascript:x'>|</a>|<script>alert(1)</script>|<figure data-picture='ab'>|
        <figure data-embed='youtu.be/aaaaaaaaaaa'>|<figure data-embed='data:x' id='p-00000001'>|
        <figcaption>|</figcaption>|</figure>|
        <svg/onload=x>|<!-- -->|&amp;|&lt;i&gt;|x
        """.strip().split("|")
    ),
    max_size=14,
).map("".join)


class CleaningTests(SimpleTestCase):
    CASES = [
        ("script goes with its content", "<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("blocks that there are not stay apart", "<table><td>a</td></table><div>b</div>", "<p>a</p><p>b</p>"),
        ("a first heading becomes a second", "<h1>a</h1>", "<h2>a</h2>"),
        ("handlers go", '<p onclick="x()">a</p>', "<p>a</p>"),
        ("styles go", '<p style="color:red">a</p>', "<p>a</p>"),
        ("script addresses go", '<p><a href="javascript:x">a</a></p>', "<p><a>a</a></p>"),
        ("data addresses go", '<p><a href="data:text/html,x">a</a></p>', "<p><a>a</a></p>"),
        ("own addresses stay", '<p><a href="/story/x/">a</a></p>', '<p><a href="/story/x/">a</a></p>'),
        ("mail addresses stay", '<p><a href="mailto:a@b.c">a</a></p>', '<p><a href="mailto:a@b.c">a</a></p>'),
        ("pull quotes keep their class", '<blockquote class="pull-quote evil">a</blockquote>',
         '<blockquote class="pull-quote">a</blockquote>'),
        ("foreign ids go", '<p id="content">a</p>', "<p>a</p>"),
        ("foreign pictures go", '<figure data-picture="../x"></figure>', "<figure></figure>"),
        ("images from elsewhere go", '<p>a<img src="https://x/y.png"></p>', "<p>a</p>"),
        ("bare words become a paragraph", "a <strong>b</strong>", "<p>a <strong>b</strong></p>"),
        ("empty paragraphs go", "<p>a</p><p> </p>", "<p>a</p>"),
        ("letters stay as they are", "<p>&lt;b&gt; &amp; ə</p>", "<p>&lt;b&gt; &amp; ə</p>"),
    ]  # fmt: skip

    def test_keeps_what_a_body_may_hold(self):
        for fact, dirty, cleaned in self.CASES:
            with self.subTest(fact):
                self.assertEqual(body.clean(dirty), cleaned)

    @given(SCRAPS)
    def test_cleaning_twice_gives_the_same(self, html):
        once = body.clean(html)
        self.assertEqual(body.clean(once), once)

    @given(SCRAPS)
    def test_naming_blocks_twice_gives_the_same(self, html):
        once = body.with_block_ids(body.clean(html))
        self.assertEqual(body.with_block_ids(body.clean(once), previous=once), once)


class BlockIdTests(SimpleTestCase):
    def ids(self, html):
        return [block.attributes["id"] for block in body.split(html)]

    def test_every_block_has_an_id_of_its_own(self):
        ids = self.ids(body.with_block_ids("<p>Same</p><p>Same</p><h2>Same</h2>"))
        self.assertEqual(len(set(ids)), 3)

    def test_a_paragraph_keeps_its_id_when_another_comes_before_it(self):
        old = body.with_block_ids("<p>One.</p><p>Two.</p>")
        new = body.with_block_ids("<p>New.</p><p>One.</p><p>Two.</p>", previous=old)
        self.assertEqual(self.ids(new)[1:], self.ids(old))

    def test_a_paragraph_keeps_its_id_when_a_word_changes(self):
        old = body.with_block_ids("<p>Retaken in August 2024, it said.</p>")
        new = body.with_block_ids("<p>Retaken in April 2025, it said.</p>", previous=old)
        self.assertEqual(self.ids(new), self.ids(old))

    def test_a_paragraph_written_anew_gets_a_new_id(self):
        old = body.with_block_ids("<p>One two three.</p>")
        new = body.with_block_ids("<p>Nothing alike here.</p>", previous=old)
        self.assertNotEqual(self.ids(new), self.ids(old))

    def test_a_rewritten_block_is_found_beside_where_it_stood(self):
        old = body.with_block_ids("".join(f"<p>Number {n} of the ships left port.</p>" for n in range(60)))
        new = old.replace("Number 40 of the ships left port", "Number 40 of the ships left it at noon")
        new = "<p>A new first paragraph.</p>" + re.sub(' id="[^"]+"', "", new)
        self.assertEqual(self.ids(body.with_block_ids(new, previous=old))[1:], self.ids(old))

    def test_however_many_blocks_change_few_are_compared(self):
        """A paste over everything is saved while others wait for the database."""
        old = "".join(f"<p>one two three {n}</p>" for n in range(3000))
        new = "".join(f"<p>one two {n} three four</p>" for n in range(3000))
        old = body.with_block_ids(old)
        with mock.patch.object(body, "SequenceMatcher", wraps=body.SequenceMatcher) as matcher:
            self.assertEqual(len(set(self.ids(body.with_block_ids(new, previous=old)))), 3000)
        self.assertLessEqual(matcher.call_count, body.MOST_COMPARED)

    def test_many_equal_blocks_have_ids_of_their_own(self):
        html = "<p>Same</p>" * 3000
        with mock.patch.object(body, "sha256", wraps=body.sha256) as derived:
            once = body.with_block_ids(html)
        self.assertEqual(len(set(self.ids(once))), 3000)
        self.assertLess(derived.call_count, 3100)
        self.assertEqual(body.with_block_ids(html, previous=once), once)

    def test_a_copied_paragraph_does_not_share_the_id(self):
        ids = self.ids(body.with_block_ids('<p id="p-0000000a">a</p><p id="p-0000000a">a</p>'))
        self.assertEqual(ids[0], "p-0000000a")
        self.assertNotEqual(ids[1], ids[0])


class CleaningOnSaveTests(TestCase):
    DIRTY = "<p>Clean<script>alert(1)</script></p>"

    def test_a_version_is_cleaned_whichever_way_it_is_saved(self):
        article = make_draft(body=self.DIRTY)
        article.draft.refresh_from_db()
        self.assertNotIn("script", article.draft.body)
        Version.objects.filter(pk=article.draft.pk).update(body=self.DIRTY)
        article.draft.refresh_from_db()
        self.assertNotIn("script", article.draft.body)

    def test_a_page_made_in_bulk_is_cleaned(self):
        Page.objects.bulk_create([Page(title="About", slug="about", body=self.DIRTY)])
        self.assertEqual(Page.objects.get().body, "<p>Clean</p>")

    def test_ids_live_on_in_the_next_version(self):
        article = make_article(body="<p>One two three.</p><p>Four five six.</p>")
        before = article.live_version.body
        publishing.save_draft(article, make_account(), body="<p>One two three.</p><p>Four five seven.</p>")
        ids = [
            [block.attributes["id"] for block in body.split(text)] for text in (before, article.draft.body)
        ]
        self.assertEqual(ids[0], ids[1])
