"""One generated story: when it came out, what it said when, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.text import slugify

from articles.demo.generated import words
from articles.demo.generated.grammar import pick
from articles.demo.generated.prose import Prose, facts_of
from articles.models import Article, Version

Kind, State = Version.Kind, Article.State
WRITING_TIME = timedelta(minutes=5)  # of a change
# (kind, share of the stories to which it happens, templates of its note)
CHANGES = [
    (Kind.STYLE, 0.03, None),
    (Kind.UPDATE, 0.05, words.UPDATES),
    (Kind.CLARIFICATION, 0.012, words.CLARIFICATIONS),
    (Kind.CORRECTION, 0.028, words.CORRECTIONS),
]
ANOTHER_CHANGE = 0.15  # once it was changed
MUCH_CHANGED, CHANGES_OF_MUCH_CHANGED = 20_000, 12  # every so many stories, one that goes on developing
WITHDRAWN = 0.005
REPORTED = 0.3  # of the corrections, those that a reader had asked for
WITH_PICTURE, WITH_PICTURE_IN_TEXT, WITHOUT_COMMENTS = 0.6, 0.03, 0.03


@dataclass
class Text:
    """What the story said from `at` on, sealed by somebody at `sealed_at`; a draft has neither."""

    begun_at: datetime
    sealed_at: datetime | None
    at: datetime | None
    kind: str
    note: str
    said: dict
    word_count: int
    picture: int | None = None
    report: dict | None = None  # of a reader, which a correction answers
    pk: int = 0

    @property
    def saved_at(self):
        return self.sealed_at - timedelta(minutes=1) if self.sealed_at else self.begun_at


@dataclass
class Story:
    pk: int
    section: int
    is_brief: bool
    created_at: datetime
    slug: str = ""
    old_slug: str = ""
    picture: int | None = None
    takes_comments: bool = True
    state: str = State.PUBLISHED
    withdrawn_at: datetime | None = None
    notice: str = ""
    texts: list[Text] = field(default_factory=list)

    @property
    def published_at(self):
        return self.texts[0].at

    @property
    def corrected_at(self):
        return max((text.at for text in self.texts if text.kind == Kind.CORRECTION), default=None)

    def newest(self, *without):
        """When it last changed, leaving out some kinds of change."""
        return max((text.at for text in self.texts if text.kind not in without), default=None)


class Storyteller:
    """Tells stories to which nothing happens after the instant `end`."""

    def __init__(self, furniture, chance, end):
        self._furniture, self._chance, self._end = furniture, chance, end

    def published(self, pk, at, *, is_brief=False):
        story, prose = self._begin(pk, at - self._span(40, 240), is_brief)
        self._say(story, prose, Kind.FIRST, at, at)
        self._change(story, prose)
        if self._chance() < WITHDRAWN:
            self._withdraw(story, prose)
        return story

    def in_work(self, pk, begun_at):
        """A story that no reader has seen."""
        story, prose = self._begin(pk, begun_at, is_brief=False)
        story.state = Article.BEFORE_PUBLICATION[pk % len(Article.BEFORE_PUBLICATION)]
        self._say(story, prose, Kind.FIRST, None, None)
        return story

    def scheduled(self, pk, begun_at, at):
        story, prose = self._begin(pk, begun_at, is_brief=False)
        self._say(story, prose, Kind.FIRST, begun_at + self._span(10, 60), at)
        return story

    def _begin(self, pk, created_at, is_brief):
        chance, furniture = self._chance, self._furniture
        number = int(chance() * len(furniture.sections))
        beat = words.BRIEF if is_brief else [*words.BEATS.values()][number]
        section = furniture.brief if is_brief else furniture.sections[number]
        story = Story(pk, section, is_brief, created_at)
        prose = Prose(facts_of(beat, chance), chance)
        story.slug = f"{slugify(prose.headline)[:80].strip('-')}-{pk}"
        if furniture.pictures and chance() < WITH_PICTURE:
            story.picture = pick(furniture.pictures, chance).pk
        story.takes_comments = not is_brief and chance() >= WITHOUT_COMMENTS
        if chance() < 0.001:
            story.old_slug = f"first-{story.slug}"[:100]
        return story, prose

    def _say(self, story, prose, kind, sealed_at, at, note="", report=None):
        picture = story.texts[0].picture if story.texts else self._illustrate(prose)
        said = {
            "headline": prose.headline,
            "standfirst": prose.standfirst,
            "dateline": prose.facts["place"],
            "body": prose.body,
            "sources": story.texts[0].said["sources"] if story.texts else prose.sources(),
        }
        begun_at = sealed_at - WRITING_TIME if story.texts else story.created_at
        text = Text(begun_at, sealed_at, at, kind, note, said, prose.word_count, picture, report)
        story.texts.append(text)

    def _illustrate(self, prose):
        """Put a picture into the text of some stories, and return its key."""
        if not self._furniture.pictures or self._chance() >= WITH_PICTURE_IN_TEXT:
            return None
        picture = pick(self._furniture.pictures, self._chance)
        prose.show(picture.token)
        return picture.pk

    def _change(self, story, prose):
        at = story.published_at
        left = CHANGES_OF_MUCH_CHANGED if story.pk % MUCH_CHANGED == MUCH_CHANGED // 2 else None
        while True:
            kind, templates = self._next_change(len(story.texts), left)
            at += self._span(20, 2000)
            if kind is None or at >= self._end:
                return
            before, note = story.texts[-1], prose.say(templates) if templates else ""
            block = prose.continued() if kind == Kind.UPDATE else prose.corrected()
            report = None
            if kind == Kind.CORRECTION and self._chance() < REPORTED:
                report = {"on": before, "block": block, "words": prose.say(words.REPORTS)}
                report["at"] = at - self._span(5, 18)
            self._say(story, prose, kind, at, at, note, report)

    def _next_change(self, said, left):
        """Return the kind of the next change and the templates of its note, or twice None."""
        if left is not None:
            return (Kind.UPDATE, words.UPDATES) if said <= left else (None, None)
        luck = self._chance()
        if said > 1:
            if luck >= ANOTHER_CHANGE:
                return None, None
            luck *= sum(share for _, share, _ in CHANGES) / ANOTHER_CHANGE
        for kind, share, templates in CHANGES:
            if luck < share:
                return kind, templates
            luck -= share
        return None, None

    def _withdraw(self, story, prose):
        at = story.newest() + self._span(30, 3000)
        if at < self._end:
            story.state, story.withdrawn_at, story.notice = State.WITHDRAWN, at, prose.say(words.NOTICES)

    def _span(self, shortest, longest):
        """A time between so many minutes, short ones being more usual than long ones."""
        seconds = 60 * (shortest + (longest - shortest) * self._chance() ** 3)
        return timedelta(seconds=int(seconds))
