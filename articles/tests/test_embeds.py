import json
import re

from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from articles import body as bodies
from articles import publishing
from articles.embeds import Embed, link_to
from articles.gate import findings
from articles.models import SearchEntry
from articles.passages import passages_of
from articles.tests.factories import DAY, make_account, make_article, make_draft, make_member, update_article
from articles.tests.picture_files import make_picture, stripes
from articles.tests.previews import make_reading

VIDEO = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
FRAME = "https://www.youtube-nocookie.com/embed/aaaaaaaaaaa"
WORDS = 'Troops <b>on</b> a "square" & a stand'
ESCAPED = "Troops &lt;b&gt;on&lt;/b&gt; a"
LOOK_ALIKE = "https://youtube.com.evil.example/watch?v=aaaaaaaaaaa"

NOTHING = (
    "there is no post or video that can stand in a story: paste the address of one on "
    "YouTube, Vimeo, X, Instagram, TikTok, Telegram, SoundCloud or OpenStreetMap."
)


def figure(address=VIDEO, words="Troops on a square."):
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<figure data-embed="{address}"><figcaption>{words}</figcaption></figure>'


def story(*figures, **changes):
    return make_article(
        "Parade", body="<p>One.</p>" + "".join(figures or [figure()]) + "<p>Two.</p>", **changes
    )


class LinkTests(SimpleTestCase):
    def test_an_address_of_nobody_is_told_as_the_text_that_it_is(self):
        embed = Embed("<img src=x onerror=alert(1)>", "Words.")
        self.assertEqual(link_to(embed), "&lt;img src=x onerror=alert(1)&gt;")


class StoredTests(TestCase):
    CASES = [
        ("an embed", figure(), figure()),
        ("its address in one form", figure("youtu.be/aaaaaaaaaaa?si=x"), figure()),
        ("nothing else", figure().replace("<figure ", '<figure onclick="x" data-picture="ab" '), figure()),
        ("its words in one line", figure().replace("on a", "<p>on<br>\n\n<strong>a</strong></p>"), figure()),
        ("no frame", figure().replace("<figcaption>", '<iframe src="x"></iframe><script>x</script>'),
         figure()),
        ("letters as they are", figure(words="a &lt; b"), figure(words="a &lt; b")),
        ("quotation marks", figure(words='a "b"'), figure(words='a "b"')),
        ("words that are no mark", figure(words="<img src=x>"), figure(words="<img src=x>")),
        ("an address of nobody, for its writer", figure(LOOK_ALIKE), figure(LOOK_ALIKE)),
        ("no address that does something", figure("javascript:alert(1)"), figure("")),
        ("no quotation mark that ends the address", figure("https://x.example/&quot; onload=&quot;y"),
         figure("https://x.example/&quot; onload=&quot;y")),
        ("none within another block", f"<blockquote>{figure()}</blockquote>",
         "<blockquote><figure>Troops on a square.</figure></blockquote>"),
        ("captions of embeds alone", "<p>a</p><figcaption>b</figcaption>", "<p>a</p><p>b</p>"),
    ]  # fmt: skip

    def test_the_text_holds(self):
        for fact, dirty, cleaned in self.CASES:
            with self.subTest(fact):
                self.assertEqual(bodies.clean(dirty), cleaned)
                self.assertEqual(bodies.clean(cleaned), cleaned)

    def test_has_an_id_that_stays_when_its_words_change_a_little(self):
        before = bodies.with_block_ids(bodies.clean(figure(words="Troops on a wide square.")))
        after = bodies.with_block_ids(bodies.clean(figure(words="Troops on a big square.")), previous=before)
        ids = [bodies.split(html)[0].attributes["id"] for html in (before, after)]
        self.assertEqual(*ids)

    def test_its_description_is_text(self):
        version = story().live_version
        self.assertEqual(version.word_count, 6)
        self.assertIn("troops on a square", SearchEntry.objects.get().body)
        page = self.client.get(version.article.get_absolute_url()).content.decode()
        [graph] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        told = json.loads(graph)["@graph"][0]
        self.assertEqual((told["articleBody"], told["wordCount"]), ("One. Troops on a square. Two.", 6))


class StoryPageTests(TestCase):
    def page(self, article):
        return self.client.get(article.get_absolute_url())

    def test_has_the_words_a_link_and_what_the_script_needs_but_no_frame(self):
        article = story(figure(words=WORDS))
        page = self.page(article)
        self.assertContains(page, ESCAPED)
        self.assertContains(
            page, f'<a class="embed__link" href="{VIDEO}" rel="noopener">Video on YouTube</a>'
        )
        self.assertContains(page, f'data-frame="{FRAME}" data-referrer="strict-origin"')
        self.assertContains(page, "Google then learns your network address and which site you are on")
        html = page.content.decode()
        self.assertNotIn("<iframe", html)
        others = re.sub(rf'(href|data-frame)="({re.escape(VIDEO)}|{re.escape(FRAME)})"', "", html)
        self.assertNotIn("youtube", others.lower().replace("video on youtube", ""))

    def test_stands_among_pictures_in_its_place(self):
        picture = make_picture(stripes(320, 240), alt_text="A bridge")
        html = self.page(
            story(figure(), f'<figure data-picture="{picture.token}"></figure>')
        ).content.decode()
        text = html[html.index("article-body") :]
        places = [text.index(words) for words in ("One.", "embed__place", "A bridge", "Two.")]
        self.assertEqual(places, sorted(places))

    def test_frames_are_permitted_of_whom_the_page_shows_and_of_nobody_else(self):
        policy = self.page(story(figure(), figure("https://vimeo.com/76979871")))["Content-Security-Policy"]
        self.assertIn(
            "frame-src https://player.vimeo.com https://www.youtube-nocookie.com", policy.split("; ")
        )
        plain = self.page(make_article("Plain"))["Content-Security-Policy"]
        self.assertNotIn("frame-src", plain)
        rest = [rule for rule in policy.split("; ") if not rule.startswith("frame-src")]
        self.assertEqual(sorted(rest), sorted(plain.split("; ")))
        for address in ("text/", "history/", "report-an-error/"):
            page = self.client.get(f"/story/parade/{address}")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("frame-src", page["Content-Security-Policy"])

    def test_costs_no_query(self):
        plain, with_embeds = make_article("Plain"), story(figure(), figure("https://vimeo.com/76979871"))
        with CaptureQueriesContext(connection) as queries:
            self.page(plain)
        with self.assertNumQueries(len(queries)):
            self.page(with_embeds)


class OtherPagesTests(TestCase):
    def test_say_it_in_words_with_a_link(self):
        article = story(figure(words=WORDS))
        link = f'[<a href="{VIDEO}" rel="noopener">Video on YouTube</a>: {ESCAPED}'
        with self.settings(FEEDS_FULL_TEXT=True):
            feed = self.client.get("/feed.json").json()["items"][0]["content_html"]
        text = self.client.get(f"{article.get_absolute_url()}text/").content.decode()
        for html in (feed, text):
            self.assertIn(link, html)
            self.assertNotIn("<b>on", html)
            self.assertNotIn("youtube-nocookie", html)
            self.assertNotIn("<figure", html)

    def test_programs_are_told_of_it(self):
        article = story(figure(words=WORDS))
        [block] = [
            block
            for block in self.client.get(f"/api/v1/stories/{article.slug}/").json()["body"]["blocks"]
            if block["kind"] == "embed"
        ]
        self.assertEqual(
            block["embed"],
            {
                "provider": "YouTube",
                "title": "Video on YouTube",
                "description": WORDS,
                "url": VIDEO,
                "frame_url": FRAME,
            },
        )
        self.assertIn(ESCAPED, block["html"])
        self.assertIn(f'<a href="{VIDEO}"', block["html"])

    def test_errors_can_be_reported_in_it(self):
        version = story(figure(words=WORDS)).live_version
        names = {passage.name: passage.words for passage in passages_of(version)}
        self.assertEqual(names["Video on YouTube"], WORDS)

    def test_the_history_tells_another_description_and_another_address(self):
        article = story(published_at=DAY)
        update_article(article, body=article.live_version.body.replace("square", "bridge"))
        update_article(article, body=article.live_version.body.replace("aaaaaaaaaaa", "bbbbbbbbbbb"))
        update_article(article, body="<p>One.</p><p>Two.</p>")
        history = self.client.get(f"{article.get_absolute_url()}history/")
        self.assertContains(history, "Video on YouTube: Troops on a <del>square.</del> <ins>bridge.</ins>")
        other = VIDEO.replace("aaaaaaaaaaa", "bbbbbbbbbbb")
        self.assertContains(history, f"<del>({VIDEO})</del> <ins>({other})</ins>")
        self.assertContains(history, "<del>Video on YouTube: Troops on a bridge.</del>")


class DeskTests(TestCase):
    def found(self, article):
        found = findings(article, by=make_account(), at=DAY)
        return [finding.sentence for finding in found if finding.rule == "embeds"]

    def test_a_draft_keeps_what_publication_refuses(self):
        article = make_draft(body="<p>One.</p>" + figure(LOOK_ALIKE) + figure(words="") + figure(""))
        self.assertIn(LOOK_ALIKE, article.draft.body)
        self.assertEqual(
            self.found(article),
            [
                f"At {LOOK_ALIKE} {NOTHING}",
                f"The embed of {VIDEO} does not say what is to be seen there.",
                f"Without an address {NOTHING}",
            ],
        )
        with self.assertRaises(publishing.NotReady):
            publishing.publish(article, make_account())
        self.assertEqual(self.found(make_draft(body="<p>One.</p>" + figure())), [])

    def test_the_preview_shows_it_and_leads_nowhere_where_nobody_is_known(self):
        self.client.force_login(make_member("Reporter"))
        article = make_draft(body="<p>One.</p>" + figure() + figure(LOOK_ALIKE, WORDS))
        preview = self.client.get(f"/preview/{article.pk}/")
        self.assertContains(preview, f'data-frame="{FRAME}"')
        self.assertContains(preview, "js/story")
        self.assertIn("frame-src https://www.youtube-nocookie.com;", preview["Content-Security-Policy"] + ";")
        self.assertContains(preview, ESCAPED)
        self.assertNotContains(preview, f'"{LOOK_ALIKE}"')

    def test_so_does_a_preview_link_which_remembers_nothing(self):
        _, address = make_reading(make_draft(body="<p>One.</p>" + figure()))
        reading = self.client.get(address)
        self.assertContains(reading, f'data-frame="{FRAME}"')
        self.assertContains(reading, "js/story")
        self.assertNotContains(reading, "data-story")
        self.assertIn("frame-src https://www.youtube-nocookie.com;", reading["Content-Security-Policy"] + ";")
