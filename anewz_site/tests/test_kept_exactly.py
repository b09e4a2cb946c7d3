"""After each act, no kept page differs from what would be made now, and none was made anew in vain."""

from datetime import timedelta
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from anewz_site.tests.doorway import DoorTestCase, ask
from anewz_site.tests.newsroom import Newsroom
from articles import publishing
from articles.kept import shelf
from articles.models import Article, BreakingNews, HomeSlot, Page, RelatedStory
from articles.tests.factories import (
    DAY,
    make_account,
    make_article,
    make_author,
    make_draft,
    make_section,
    make_topic,
    update_article,
)
from comments.models import ReaderComment, Thread
from comments.moderation import acts, heat
from comments.respects import press
from comments.tests.factories import make_comment, make_expert, make_moderator

HOUR = timedelta(hours=1)


def api_of(story):
    return f"/api/v1/stories/{story.slug}/"


def addresses(newsroom):
    """Return every kind of page that is kept."""
    story, discussed = newsroom.story.get_absolute_url(), newsroom.discussed.get_absolute_url()
    asked = newsroom.asked.get_absolute_url()
    world = newsroom.sections[0].get_absolute_url()
    return [
        "/",
        "/latest/",
        "/latest/?before=9999999999999999-1",
        "/archive/",
        f"/archive/{DAY:%Y/%m}/",
        f"/archive/{DAY:%Y/%m/%d}/",
        f"/archive/{timezone.localtime():%Y/%m/%d}/",
        world,
        newsroom.sections[1].get_absolute_url(),
        newsroom.brief.get_absolute_url(),
        newsroom.topic.get_absolute_url(),
        newsroom.author.get_absolute_url(),
        story,
        newsroom.alone.get_absolute_url(),
        newsroom.edition.get_absolute_url(),
        discussed,
        asked,
        f"{story}text/",
        f"{story}card-1.png",
        f"{discussed}card-1.png",
        "/text/",
        newsroom.begun.get_absolute_url(),
        f"{story}line/",
        f"{story}history/",
        f"{story}history/?from=1&to=2",
        "/corrections/",
        "/corrections/feed.xml",
        "/app/",
        "/about/",
        "/about/privacy/",
        f"{story}comments/",
        f"{discussed}comments/?order=oldest",
        f"{discussed}comments/?order=respected",
        f"{story}comments/?order=highlights",
        f"{asked}comments/?order=unanswered",
        f"{discussed}comments/?from={newsroom.oldest_comment.pk}",
        f"{discussed}comments/feed.xml",
        f"{discussed}comments/count.json",
        f"{story}comments/count.json",
        "/feed.xml",
        f"{world}feed.xml",
        f"{world}feed.json",
        f"{newsroom.topic.get_absolute_url()}feed.xml",
        f"{newsroom.author.get_absolute_url()}feed.rss",
        "/corrections/feed.json",
        "/sitemap.xml",
        "/sitemap-news.xml",
        f"/sitemap-{newsroom.story.published_at:%Y-%m}.xml",
        "/robots.txt",
        "/service-worker.js",
        "/offline/",
        "/manifest.webmanifest",
        newsroom.withdrawn.get_absolute_url(),
        f"{newsroom.withdrawn.get_absolute_url()}comments/",
        newsroom.old_address,
        *addresses_of_programs(newsroom),
    ]


def addresses_of_programs(newsroom):
    talks = [story.slug for story in (newsroom.story, newsroom.discussed, newsroom.asked)]
    paths = [
        *("", "openapi.json", "sections/", "stories/", "stories/?before=9999999999999999-1"),
        *(f"stories/?section={section.slug}" for section in (*newsroom.sections, newsroom.brief)),
        f"stories/?topic={newsroom.topic.slug}",
        f"stories/?author={newsroom.author.slug}",
        *(f"stories/{slug}/" for slug in (*talks, newsroom.alone.slug, "withdrawn", "moved")),
        *(f"stories/{slug}/thread/" for slug in (*talks, "withdrawn", "moved")),
        f"stories/{newsroom.discussed.slug}/thread/?order=respected",
        f"stories/{newsroom.story.slug}/thread/?order=highlights",
    ]
    return [f"/api/v1/{path}" for path in paths]


class KeptExactlyTests(DoorTestCase):
    def setUp(self):
        super().setUp()
        self.newsroom = Newsroom()
        self.addresses = addresses(self.newsroom)
        self.chief, self.moderator = make_account(), make_moderator()
        self.enterContext(patch.object(shelf, "LAZY_S", 0))

    def assertExact(self, *, of_threads=False):
        """Every page is answered as Django would, by itself, at this moment."""
        room = self.newsroom
        slugs = [story.slug for story in (room.story, room.discussed, room.asked)]
        discussed = tuple(f"{root}/{slug}/" for root in ("/story", "/api/v1/stories") for slug in slugs)
        untouched = ("/story/discussed/comments/", "/api/v1/stories/discussed/thread/")
        for address in self.addresses:
            if address.startswith(discussed if of_threads else untouched) == of_threads:
                self.assertMade(address)

    def assertMade(self, address):
        kept, made = self.get(address), ask(self.inner, address)
        self.assertEqual((kept.status, kept.body), (made.status, made.body), address)

    def test_after_whatever_the_newsroom_does(self):
        room, chief = self.newsroom, self.chief
        made = {}

        def publish():
            made["new"] = make_article(
                "A newer one", topics=[room.topic], author=room.author, published_at=timezone.now()
            )

        def change(row, **values):
            type(row).objects.filter(pk=row.pk).update(**values)

        def break_news():
            made["of bar"] = make_article("Of the bar")
            BreakingNews.objects.create(words="Of it", article=made["of bar"], ends_at=timezone.now() + HOUR)

        def draft():
            publishing.save_draft(room.story, chief, headline="Not for readers yet")

        self.assertExact()
        for act in [
            publish,
            lambda: update_article(room.story, headline="Updated"),
            lambda: update_article(room.other, headline="Corrected", kind="correction"),
            lambda: update_article(made["new"], headline="Restyled", kind="style"),
            draft,
            lambda: publishing.withdraw(room.other, chief, notice="It was wrong."),
            lambda: publishing.ask_back(room.other, chief, note="It was right."),
            lambda: publishing.restore(room.other, make_account("second"), note="It was right."),
            lambda: publishing.withdraw(made["new"], chief, notice="It was wrong too."),
            lambda: Article.objects.filter(pk=room.alone.pk).update(slug="alone-no-more"),
            lambda: Article.objects.filter(pk=room.alone.pk).update(section=room.sections[1]),
            lambda: change(room.alone, takes_comments=False),
            lambda: room.alone.topics.add(room.topic),
            lambda: room.story.topics.remove(room.topic),
            lambda: room.alone.bylines.create(author=make_author("Leyla Mammadova")),
            lambda: change(room.author, name="The world desk"),
            lambda: change(room.topic, name="Kursk region"),
            lambda: change(room.sections[0], name="The world"),
            lambda: make_section("Sport"),
            lambda: publishing.continue_story(room.alone, chief, room.story),
            lambda: update_article(room.begun, headline="Begun anew"),
            lambda: publishing.withdraw(room.begun, chief, notice="It was wrong from the beginning."),
            lambda: publishing.continue_story(room.story, chief, room.discussed),
            lambda: publishing.continue_story(room.alone, chief, None),
            lambda: publishing.continue_story(room.story, chief, None),
            lambda: publishing.continue_story(room.story, chief, room.discussed),
            lambda: change(room.picture, alt_text="Another description"),
            lambda: change(room.picture, credit=""),
            lambda: RelatedStory.objects.create(article=room.story, target=room.alone, reason="Background"),
            lambda: RelatedStory.objects.all().delete(),
            lambda: HomeSlot.objects.create(order=1, article=room.alone),
            lambda: HomeSlot.objects.all().delete(),
            lambda: BreakingNews.objects.create(words="New", ends_at=timezone.now() + HOUR),
            break_news,
            lambda: change(made["of bar"], slug="of-the-bar"),
            lambda: publishing.withdraw(made["of bar"], chief, notice="It was wrong as well."),
            lambda: BreakingNews.objects.all().delete(),
            lambda: Page.objects.filter(slug="about").update(body="<p>New.</p>"),
            lambda: Page.objects.filter(slug="about").update(title="Who we are"),
            lambda: Page.objects.create(slug="ownership", title="Ownership"),
            lambda: make_topic("Not used by anybody"),
        ]:
            act()
            self.assertExact()

    def test_after_whatever_happens_below_a_story(self):
        room, by = self.newsroom, self.moderator
        made = {}

        def comment(name, article=room.discussed, **changes):
            made[name] = make_comment(article, **changes)

        def update(name, **values):
            ReaderComment.objects.filter(pk=made[name].pk).update(**values)

        self.assertExact(of_threads=True)
        for act in [
            lambda: comment("first"),
            lambda: comment("answer", None, below=made["first"]),
            lambda: comment("held", state="held"),
            lambda: acts.approve(made["held"], by),
            lambda: acts.remove(made["answer"], by, reason="insult"),
            lambda: comment("on story", room.story),
            lambda: acts.pick(made["on story"], by),
            lambda: press(made["first"], "somebody's device", AnonymousUser()),
            lambda: update("first", html="<p>Changed.</p>", edited_at=timezone.now()),
            lambda: ReaderComment.objects.filter(pk=made["first"].pk).update(user_name="Renamed"),
            lambda: comment("question", room.asked),
            lambda: comment("expert's", None, below=made["question"], badge="newsroom"),
            lambda: make_expert(room.asked, make_account("seismologist")),
            lambda: Thread.objects.update_or_create(article=room.discussed, defaults={"rule": "closed"}),
            lambda: Thread.objects.update_or_create(article=room.story, defaults={"mode": "questions"}),
            lambda: Thread.objects.filter(article=room.story).update(
                heat=1, heat_why="Many came", heat_until=timezone.now() + HOUR
            ),
            lambda: heat.cool(room.story, by),
            lambda: acts.remove(made["first"], by, reason="advertising"),
        ]:
            act()
            self.assertExact(of_threads=True)


class WarmTests(DoorTestCase):
    def setUp(self):
        super().setUp()
        self.newsroom = Newsroom()
        self.addresses = addresses(self.newsroom)

    def kept(self):
        for address in self.addresses:
            self.get(address)
        return {address: self.page(address) for address in self.addresses}

    def assertChanged(self, before, expected):
        after = self.kept()
        changed = {address for address in self.addresses if after[address] is not before[address]}
        self.assertEqual(changed, set(expected))
        return after

    def test_a_comment_leaves_every_other_page_warm_and_its_own_storys_but_for_the_thread(self):
        discussed = self.newsroom.discussed.get_absolute_url()
        before = self.kept()
        self.inner.asked.clear()
        make_comment(self.newsroom.discussed)
        talks = (f"{discussed}comments/", "/api/v1/stories/discussed/thread/")
        of_thread = {address for address in self.addresses if address.startswith(talks)}
        after = self.assertChanged(before, {discussed, *of_thread})
        self.assertIs(after[discussed].frame, before[discussed].frame)
        self.assertNotIn(discussed, self.inner.asked)

    def test_a_draft_empties_nothing(self):
        before = self.kept()
        publishing.save_draft(self.newsroom.story, make_account(), headline="Not for readers yet")
        self.assertChanged(before, [])

    def test_a_story_that_joins_a_line_empties_its_page_and_those_of_the_line(self):
        room, chief = self.newsroom, make_account()
        before = self.kept()
        stories = (room.story, room.begun, room.alone)
        shown = {address for story in stories for address in (story.get_absolute_url(), api_of(story))}
        shown = {*shown, f"{room.story.get_absolute_url()}line/"} & set(self.addresses)
        for earlier in (room.begun, None):
            publishing.continue_story(room.alone, chief, earlier)
            before = self.assertChanged(before, shown)

    def test_a_draft_that_continues_a_story_empties_nothing(self):
        room, chief, before = self.newsroom, make_account(), self.kept()
        for story in (room.begun, room.alone):
            publishing.continue_story(make_draft("Draft"), chief, story)
        self.assertChanged(before, [])

    def test_a_publication_leaves_the_days_that_are_over(self):
        make_article("Between", published_at=DAY + timedelta(days=40))  # or today would be the day after
        before = self.kept()
        make_article("New", published_at=timezone.now())
        after = self.kept()
        for address in (f"/archive/{DAY:%Y/%m}/", f"/archive/{DAY:%Y/%m/%d}/"):
            self.assertIs(after[address], before[address], address)
        for address in ("/archive/", f"/archive/{timezone.localtime():%Y/%m/%d}/"):
            self.assertIsNot(after[address], before[address], address)

    def test_a_policy_empties_itself(self):
        before = self.kept()
        Page.objects.filter(slug="about").update(body="<p>New.</p>")
        self.assertChanged(before, ["/about/"])

    def test_a_slot_empties_the_home_page(self):
        before = self.kept()
        HomeSlot.objects.create(order=3, article=self.newsroom.alone)
        self.assertChanged(before, ["/"])

    def test_a_story_learns_of_its_line_though_drafts_stood_between(self):
        room, chief = self.newsroom, make_account()
        first = make_draft("A draft at the head of the line")
        address = room.alone.get_absolute_url()
        self.get(address)
        publishing.continue_story(room.alone, chief, first)
        follower = make_article("It goes on")
        self.get(address)
        publishing.continue_story(follower, chief, room.alone)
        self.assertIn("The story so far", self.get(address).text)
        self.assertEqual(self.get(address).body, ask(self.inner, address).body)

    def test_a_correction_leaves_pages_that_do_not_show_its_story(self):
        before = self.kept()
        update_article(self.newsroom.story, kind="correction", headline="Right")
        after = self.kept()
        for address in ["/about/", reverse("articles:robots"), self.newsroom.old_address]:
            self.assertIs(after[address], before[address], address)
        self.assertIsNot(after["/corrections/"], before["/corrections/"])
