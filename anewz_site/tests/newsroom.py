"""A newsroom with one of everything that a page can show, and the same with many."""

from datetime import timedelta

from django.utils import timezone

from articles import error_reports, publishing
from articles.models import BreakingNews, HomeSlot, Page, RelatedStory
from articles.passages import passages_of
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
from articles.tests.picture_files import make_picture, stripes
from comments.models import HeatStep, ReaderComment
from comments.tests.factories import make_comment, make_expert, make_pending
from comments.tests.many import make_many_comments
from comments.threads import COMMENTS_PER_PAGE

HOUR = timedelta(hours=1)


class Newsroom:
    def __init__(self):
        self.picture = make_picture(stripes(400, 300))
        self.body = f'<p>Text.</p><figure data-picture="{self.picture.token}"></figure>'
        self.topic, self.author = make_topic("Kursk"), make_author("World desk")
        self.sections = [make_section("World"), make_section("Politics")]
        self.brief = make_section("Morning Brief", is_brief=True)
        Page.objects.create(slug="about", title="About us")
        Page.objects.create(slug="privacy", title="Privacy")
        self._fill()

    def _fill(self):
        self.edition = self._publish("Edition", section=self.brief)
        self.other = self._publish("Other", published_at=timezone.now())
        self.alone = make_article("Alone")
        self.story = self._publish("Story")
        _correct(self.story)
        RelatedStory.objects.create(article=self.story, target=self.other)
        HomeSlot.objects.create(order=1, article=self.story)
        BreakingNews.objects.create(words="Breaking", article=self.story, ends_at=timezone.now() + HOUR)
        self.begun = self._publish("Begun")  # with which the line of the story begins
        publishing.continue_story(self.story, make_account(), self.begun)
        self.moved = self._publish("Moved")
        self.old_address = self.moved.get_absolute_url()
        self.moved.slug = "moved-on"
        self.moved.save()
        self.draft = make_draft("Draft", topics=[self.topic], picture=self.picture, body=self.body)
        self.withdrawn = self._publish("Withdrawn")
        publishing.withdraw(self.withdrawn, make_account(), notice="It was wrong.")
        self.pending = make_pending(self.story)
        self.report_secret = _report(self.story)
        self.comment = make_comment(self.story)
        make_comment(below=self.comment)
        HeatStep.objects.create(article=self.story, before=0, step=1, why="Many comments came")
        self.discussed = self._publish("Discussed")
        make_many_comments(self.discussed, COMMENTS_PER_PAGE + 10)
        self.oldest_comment = ReaderComment.objects.filter(article=self.discussed).earliest("pk")

        self.asked = self._publish("Asked")
        make_expert(self.asked)
        make_comment(below=make_comment(self.asked), badge="newsroom")
        make_comment(below=make_comment(self.asked))

    def grow(self):
        topics = [make_topic(f"Topic {number}") for number in range(8)]
        sections = [*self.sections, self.brief]
        for number in range(45):
            hour = DAY + (number % 5) * HOUR
            several = [self.topic, *topics[: number % 8]]
            section = sections[number % 3]
            article = self._publish(f"More {number}", section=section, topics=several, published_at=hour)
            if number < 25:
                _correct(article)
            if number % 3 < 2:  # no edition of the brief
                publishing.continue_story(article, make_account(), self.story)
            if number < 8:
                self._pick(article, number)
            if number < 3:
                HomeSlot.objects.create(order=number + 2, article=article)
                BreakingNews.objects.create(words="More", article=article, ends_at=timezone.now() + HOUR)
        self.story.topics.add(*topics)
        self.draft.topics.add(*topics)
        for number in range(12):
            _report(self.story)
            _correct(self.story, f"Story {number}")
            Page.objects.create(slug=f"page-{number}", title=f"Page {number}")
        for article in (self.story, self.alone, self.discussed, self.asked, self.withdrawn):
            make_many_comments(article, 3 * COMMENTS_PER_PAGE)
        self.comment = make_comment(self.story)

    def _pick(self, article, number):
        RelatedStory.objects.create(article=self.story, target=article, order=number)
        self.story.bylines.create(author=make_author(f"Author {number}"))

    def _publish(self, headline, **changes):
        fields = {"picture": self.picture, "topics": [self.topic], "body": self.body}
        return make_article(headline, author=self.author, **fields | changes)


def _report(article):
    version = article.live_version
    return error_reports.send(version, passages_of(version)[0], secret="", words="It was another month.")


def _correct(article, headline="Right"):
    update_article(article, kind="correction", headline=headline)
