"""Where a story that readers must not see could come out, and does not."""

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from anewz_site.tests.addresses import public_addresses
from articles import error_reports, pictures, publishing, share_cards
from articles.models import BreakingNews, HomeSlot, Page, RelatedStory
from articles.passages import passages_of
from articles.tests.factories import (
    DAY,
    SOURCES,
    make_account,
    make_article,
    make_author,
    make_draft,
    make_section,
    make_topic,
    publish,
    update_article,
)
from articles.tests.picture_files import make_picture, stripes
from articles.tests.previews import make_link, make_reading
from comments.models import HeatStep
from comments.tests.factories import (
    make_appealed,
    make_comment,
    make_following,
    make_moderator,
    make_pending,
    make_reader,
    make_warning,
    make_wish,
)
from comments.threads import ORDERS
from comments.tokens import (
    confirmation_token,
    follow_token,
    following_token,
    no_more_letters_token,
    sent_token,
    status_token,
    warning_token,
)

# Stands in every text of the story that readers must not see. Too long to turn up in a random token.
SECRET = "quixotically"
HOUR = timedelta(hours=1)
PLAIN = {"headline": "Plain", "standfirst": "Plain.", "body": "<p>Plain.</p>", "dateline": "", "caption": ""}
PLAIN |= {"sources": SOURCES}
ELSEWHERE = {"login", "no such page"}  # looked at as well, though they are no addresses of the newsroom
ACCOUNT_PAGES = {name for name in public_addresses() if name.startswith("account")}
SHOW_NO_STORY = {
    *("articles:about", "articles:page", "articles:robots", "articles:preview", "health"),
    "style_guide",
    "articles:app",
    *("articles:transparency", "comments:count", "comments:respect"),
    *("articles:archive", "articles:archive_year", "articles:archive_month"),
    *("articles:sitemap", "articles:sitemap_pages"),
    *("articles:offline", "articles:service_worker"),
    *("articles:humans", "articles:manifest", "articles:security"),
    "articles:sitemap_news",  # stories of two days, which those of these tests are not
    "comments:warning",
    *("api:root", "api:description", "api:sections", "api:nothing"),
    *ACCOUNT_PAGES,
    *ELSEWHERE,
}


@cache
def plain_card():
    """Return the picture of words that all may read, which links to them are shown with."""
    return share_cards.draw(PLAIN["headline"], "World", settings.ORGANISATION_NAME)


def account_visits(comment):
    """What a reader's account asks for; what it shows of stories has its facts in test_account_page.py."""
    form, keys = {"name": "Rana", "comment": comment.pk}, {"account_confirm_email": ["wrong"]}
    keys |= {"account_reset_password_from_key": ["1", "wrong"]}
    kept = ACCOUNT_PAGES - {"account_logout", "account_deletion"}  # which would end the visit
    visits = {name: [(reverse(name, args=keys.get(name)), form)] for name in kept}
    return visits | {name: [(reverse(name), None)] for name in ACCOUNT_PAGES - kept}


class LeakTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_account()
        cls.topic, cls.author = make_topic("Kursk"), make_author("World desk")
        cls.head = make_picture(
            stripes(400, 300), alt_text="Quixotically alt", caption="Quixotically caption"
        )
        cls.in_text = make_picture(
            stripes(320, 240), alt_text="Quixotically alt", caption="Quixotically caption"
        )
        cls.pictures = [cls.head, cls.in_text]
        cls.neighbour = make_article("Neighbour", topics=[cls.topic], author=cls.author)
        Page.objects.create(slug="about", title="About us")

    def words(self):
        body = f'<p>Quixotically told.</p><figure data-picture="{self.in_text.token}"></figure>'
        texts = {
            "headline": "Quixotically head",
            "standfirst": "Quixotically stand",
            "dateline": "Quixotically place",
            "caption": "Quixotically words",
            "sources": [{"name": "Quixotically", "address": "https://quixotically.example/", "note": ""}],
        }
        return texts | {"body": body}

    def make(self, section="World", **changes):
        """Return a draft that is secret in every part, and placed wherever an editor can place it."""
        section = make_section(section, is_brief=section != "World")
        place = {
            "slug": "quixotically-slug",
            "picture": self.head,
            "topics": [self.topic],
            "author": self.author,
        }
        article = make_draft(**self.words() | place | {"section": section} | changes)
        HomeSlot.objects.create(order=1, article=article)
        RelatedStory.objects.create(article=self.neighbour, target=article, reason="Quixotically reason")
        if not section.is_brief:
            publishing.continue_story(article, self.chief, self.neighbour)
        return article

    def discuss(self, article, text="Quixotically comment"):
        self.comment = make_comment(article, text=text)
        self.pending = make_pending(article)
        HeatStep.objects.create(article=article, before=0, step=1, why="many comments came")
        return article

    def visits_of_feeds(self):
        places = {
            "feed": "/",
            "section_feed": make_section("World").get_absolute_url(),
            "topic_feed": self.topic.get_absolute_url(),
            "author_feed": self.author.get_absolute_url(),
            "corrections_feed": "/corrections/",
        }
        visits = {f"articles:{name}": [(f"{place}feed.xml", None)] for name, place in places.items()}
        for name, place in places.items():
            visits[f"articles:{name}_as"] = [(f"{place}feed.{form}", None) for form in ("rss", "json")]
        return visits

    def visits_of_programs(self, article, comment):
        api, story = "/api/v1/", f"/api/v1/stories/{article.slug}/"
        lists = ("", "?after=1-1", f"?topic={self.topic.slug}", f"?author={self.author.slug}")
        pages = ("", f"?from={comment.pk}", *(f"?order={order}" for order in ORDERS if order))
        searches = ("q=quixoticall", "q=quixoticall&order=best", f"topic={self.topic.slug}")
        return {
            "api:root": [(api, None)],
            "api:description": [(f"{api}openapi.json", None)],
            "api:sections": [(f"{api}sections/", None)],
            "api:stories": [
                (f"{api}stories/{query}", None) for query in (*lists, f"?section={article.section.slug}")
            ],
            "api:story": [(address, None) for address in (story, f"{api}stories/{self.neighbour.slug}/")],
            "api:search": [(f"{api}search/?{query}", None) for query in searches],
            "api:nothing": [(f"{api}quixotically/", {"words": "Any."})],
            "comments:api_thread": [(f"{story}thread/{query}", None) for query in pages],
        }

    def visits(self, article):
        """Return what readers can ask for about the story, by the name of the address: path and form."""
        story, neighbour = article.get_absolute_url(), self.neighbour.get_absolute_url()
        section = article.section.get_absolute_url()
        compose = reverse("comments:compose", args=[article.pk])
        comment = getattr(self, "comment", None) or make_comment(self.neighbour)
        pending = getattr(self, "pending", None) or make_pending(self.neighbour)
        confirmation = reverse("comments:confirmation", args=[confirmation_token(pending)])
        no_more_letters = reverse("comments:no_more_letters", args=[no_more_letters_token(comment)])
        warning = reverse("comments:warning", args=[warning_token(make_warning(comment.person))])
        below = article if hasattr(self, "comment") else self.neighbour  # what is deleted has no comments
        yours = reverse("comments:status", args=[status_token(make_comment(below, text="Mine."))])
        removed = reverse("comments:status", args=[status_token(make_appealed(below))])
        follow = reverse("comments:follow", args=[article.pk])
        wish = reverse("comments:follow_confirmation", args=[follow_token(make_wish(below))])
        followed = make_following(comment.person, article)
        no_more_news = reverse("comments:no_more_news", args=[following_token(followed)])
        preview, form = reverse("articles:preview", args=[article.pk]), {"comment": "Words."}
        change = reverse("admin:articles_article_change", args=[article.pk])
        # What lets a stranger read another story must not show this one.
        _, invitation = make_link(self.neighbour, most_openings=50)
        _, reading = make_reading(self.neighbour)
        return {
            "articles:home": [("/", None)],
            "articles:latest": [("/latest/", None), ("/latest/?after=1-1", None)],
            "articles:search": [
                (f"/search/?{query}", None)
                for query in ("q=quixoticall", "q=quixoticall&order=best", f"topic={self.topic.slug}")
            ],
            "articles:archive": [("/archive/", None)],
            "articles:archive_year": [(f"/archive/{DAY:%Y}/", None)],
            "articles:archive_month": [(f"/archive/{DAY:%Y/%m}/", None)],
            "articles:archive_day": [
                (f"/archive/{day:%Y/%m/%d}/", None) for day in (DAY, timezone.localtime() + HOUR)
            ],
            "articles:section": [(section, None)],
            **self.visits_of_feeds(),
            "articles:topic": [(self.topic.get_absolute_url(), None)],
            "articles:author": [(self.author.get_absolute_url(), None)],
            "articles:story": [(story, None), (neighbour, None), (story, form)],
            "articles:share_card": [(f"{story}card-1.png", None)],
            "articles:text_story": [(f"{story}text/", None), (f"{neighbour}text/", None)],
            "articles:text_latest": [("/text/", None), ("/text/?after=1-1", None)],
            "articles:line": [(f"{story}line/", None), (f"{neighbour}line/", None)],
            "articles:history": [(f"{story}history/", None), (f"{story}history/?from=1&to=2", None)],
            "articles:passages": [(f"{story}report-an-error/", None)],
            "articles:report_error": [(f"{story}report-an-error/1/headline/", {"words": "Wrong."})],
            "articles:report": [(reverse("articles:report", args=[self.report_on(article)]), None)],
            "articles:corrections": [("/corrections/", None)],
            "articles:transparency": [("/transparency/", None)],
            "articles:app": [("/app/", None)],
            "articles:about": [("/about/", None)],
            "articles:page": [("/about/quixotically-slug/", None)],
            "articles:preview": [(preview, None)],
            "articles:invitation": [(invitation, {"pressed": "yes"})],
            "articles:reading": [(reading, form)],
            "articles:rendition": [(file.url, None) for file in self.files()],
            "articles:sitemap": [("/sitemap.xml", None)],
            "articles:sitemap_month": [(f"/sitemap-{DAY:%Y-%m}.xml", None)],
            "articles:sitemap_news": [("/sitemap-news.xml", None)],
            "articles:sitemap_pages": [("/sitemap-pages.xml", None)],
            "articles:robots": [("/robots.txt", None)],
            "articles:humans": [("/humans.txt", None)],
            "articles:offline": [("/offline/", None)],
            "articles:service_worker": [("/service-worker.js", None)],
            "articles:manifest": [("/manifest.webmanifest", None)],
            "articles:security": [("/.well-known/security.txt", None)],
            "comments:thread": [
                (f"{story}comments/{query}", None)
                for query in ("", f"?from={comment.pk}", *(f"?order={order}" for order in ORDERS if order))
            ],
            "comments:feed": [(f"{story}comments/feed.xml", None)],
            "comments:count": [(f"{story}comments/count.json", None)],
            "comments:respect": [(reverse("comments:respect", args=[comment.pk]), form)],
            "comments:report": [(reverse("comments:report", args=[comment.pk]), {"reason": "insult"})],
            "comments:comment": [(comment.get_absolute_url(), None)],
            "comments:compose": [
                (compose, None),
                (f"{compose}?reply_to={comment.pk}", None),
                (compose, form),
            ],
            "comments:posting": [(reverse("comments:posting", args=[article.pk]), form)],
            "comments:sent": [(reverse("comments:sent", args=[sent_token(pending)]), None)],
            "comments:confirmation": [(confirmation, None), (confirmation, form)],
            "comments:no_more_letters": [(no_more_letters, None), (no_more_letters, form)],
            "comments:log": [("/moderation-log/", None)],
            "comments:warning": [(warning, None), (warning, form)],
            "comments:status": [(yours, None), (removed, None)],
            "comments:edit": [(f"{yours}edit/", None), (f"{yours}edit/", form)],
            "comments:withdrawal": [(f"{yours}withdrawal/", form)],
            "comments:appeal": [(f"{removed}appeal/", {"words": "Why?"})],
            "comments:follow": [(follow, None), (follow, {"email": "leyla@reader.example"})],
            "comments:follow_confirmation": [(wish, None), (wish, form)],
            "comments:no_more_news": [(no_more_news, None), (no_more_news, form)],
            **account_visits(comment),
            **self.visits_of_programs(article, comment),
            "health": [("/health/", None)],
            "style_guide": [("/style-guide/", None)],
            "login": [(change, None), (f"/admin/login/?next={preview}", None)],
            "no such page": [("/quixotically/", None)],
        }

    def report_on(self, article):
        """Report an error in the story, or beside it where nothing of it was published; return the secret."""
        version = article.live_version or self.neighbour.live_version
        return error_reports.send(version, passages_of(version)[0], secret="", words="Wrong.")

    def files(self):
        return [
            file
            for picture in self.pictures
            for file in [*pictures.fallbacks(picture), *pictures.renditions(picture)[:2]]
        ]

    def found(self, visits, answers=None):
        """Return the names of the addresses where something secret stood."""
        answers = answers or self.answers
        return {
            name
            for name, asked in visits.items()
            if any(self.holds_secret(answer) for visit in asked for answer in answers(*visit))
        }

    def answers(self, path, form):
        """Yield what each way to ask gives, and what stands where it leads to."""
        asked = [self.client.get(path), self.client.head(path)]
        if form:
            asked.append(self.client.post(path, form))
        for answer in asked:
            yield answer
            if answer.has_header("Location"):
                yield self.client.get(answer["Location"], follow=True)

    def pages(self, path, form):
        """Yield what one sees who opens the address and does nothing."""
        yield self.client.get(path, follow=True)

    def holds_secret(self, answer):
        if answer["Content-Type"].startswith("image/"):
            return answer.getvalue() not in (b"", plain_card())
        hops = [url for url, _ in getattr(answer, "redirect_chain", [])]
        said = " ".join([*hops, str(answer.headers), answer.getvalue().decode()])
        return SECRET in said.lower() or any(picture.token in said for picture in self.pictures)


class PublishedTests(LeakTestCase):
    """The searching itself: where a story stands once readers may see it."""

    def test_a_published_story_is_found_wherever_a_story_can_stand(self):
        article = self.discuss(self.make())
        publish(article, now=DAY)
        update_article(article, kind="correction", note="Quixotically note", **self.words())
        visits = self.visits(article)
        self.assertIn("articles:story", self.found(visits, self.pages))
        self.assertEqual(self.found(visits), public_addresses() - SHOW_NO_STORY)

    def test_no_address_of_the_site_is_left_out(self):
        self.assertEqual(self.visits(self.make()).keys() - ELSEWHERE, public_addresses())


class SecretTests(LeakTestCase):
    """Each state in which readers must not see a story."""

    def assert_secret(self, act=None, *, section="World", discussed=True):
        article = self.make(section)
        BreakingNews.objects.create(words="Breaking", article=article, ends_at=timezone.now() + HOUR)
        if discussed:
            self.discuss(article)
        visits = self.visits(article)
        if act:
            act(article)
        self.assert_nowhere(visits)

    def assert_nowhere(self, visits):
        self.assertEqual(self.found(visits), set(), "a stranger")
        for account in (make_reader(), make_moderator()):
            self.client.force_login(account)
            self.assertEqual(self.found(visits, self.pages), set(), account)

    def schedule(self, article):
        publish(article, at=timezone.now() + HOUR)

    def withdraw(self, article):
        publishing.withdraw(article, self.chief, notice="It was wrong.")

    def publish_correct_and_withdraw(self, article):
        publish(article, now=DAY)
        update_article(article, kind="correction", note="Quixotically note", **self.words())
        self.withdraw(article)

    def schedule_and_call_off(self, article):
        self.schedule(article)
        publishing.call_off(article, self.chief)

    def approve_under_embargo(self, article):
        publishing.submit(article, self.chief)
        publishing.approve(article, self.chief)
        publishing.set_embargo(article, self.chief, until=timezone.now() + HOUR)

    def test_a_draft(self):
        self.assert_secret()

    def test_a_story_in_review(self):
        self.assert_secret(lambda article: publishing.submit(article, self.chief))

    def test_a_scheduled_story(self):
        self.assert_secret(self.schedule)

    def test_a_withdrawn_story(self):
        self.assert_secret(self.publish_correct_and_withdraw)

    def test_a_story_that_moved_and_was_withdrawn(self):
        def move_and_withdraw(article):
            publish(article, now=DAY)
            article.slug = "quixotically-moved"
            article.save()
            self.withdraw(article)

        self.assert_secret(move_and_withdraw)

    def test_a_story_called_off_before_its_hour(self):
        self.assert_secret(self.schedule_and_call_off)

    def test_an_approved_story_under_embargo(self):
        self.assert_secret(self.approve_under_embargo)

    def test_a_deleted_draft(self):
        self.assert_secret(lambda article: article.delete(), discussed=False)

    def test_an_edition_of_the_brief(self):
        self.assert_secret(self.schedule, section="Morning Brief")

    def test_a_withdrawn_edition_of_the_brief(self):
        self.assert_secret(self.publish_correct_and_withdraw, section="Morning Brief")

    def test_the_draft_of_a_published_story(self):
        article = self.discuss(self.make_plain(), "Plain words.")
        publish(article, now=DAY)
        publishing.save_draft(article, self.chief, **self.words())
        self.assert_nowhere(self.visits(article))

    def test_a_text_that_was_replaced_before_its_hour(self):
        article = self.make_plain(**self.words())
        publish(article, at=DAY + HOUR, now=DAY)
        publishing.save_draft(article, self.chief, now=DAY, **PLAIN)
        publish(article, at=DAY + HOUR, now=DAY)
        self.assert_nowhere(self.visits(self.discuss(article, "Plain words.")))

    def make_plain(self, **changes):
        """Return a draft whose place is no secret: its address, and no picture at its head."""
        article = self.make(**PLAIN | {"slug": "plain", "picture": None} | changes)
        RelatedStory.objects.update(reason="Background")
        return article

    def test_who_kept_a_copy_is_told_that_the_story_is_gone(self):
        article = self.make()
        publish(article, now=DAY)
        asked = {"path": article.get_absolute_url()}
        etag = self.client.get(**asked)["ETag"]
        self.assertEqual(self.client.get(**asked, headers={"If-None-Match": etag}).status_code, 304)
        self.withdraw(article)
        self.assertEqual(self.client.get(**asked, headers={"If-None-Match": etag}).status_code, 410)
