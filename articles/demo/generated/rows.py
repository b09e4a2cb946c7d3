"""What the acts of publishing would have left in the database of one generated story."""

import hashlib
import json
from datetime import timedelta

from articles.demo.generated.chain import Chain
from articles.demo.generated.grammar import pick
from articles.demo.generated.story import Kind, State
from articles.demo.generated.table import Table
from articles.microseconds import microseconds
from articles.models import (
    Article,
    AuthorListing,
    Byline,
    ErrorReport,
    LineListing,
    LinePlace,
    LogEntry,
    OldAddress,
    PictureInVersion,
    RelatedStory,
    SearchEntry,
    TopicListing,
    Version,
)
from articles.publishing.publication import ACTS
from articles.search.entries import folded, together

Act = LogEntry.Act
MINUTE = timedelta(minutes=1)
SAID = [name.removesuffix("_id") for name in Version.LEDGER_FIELDS]
LEDGER = ("ledger_number", "ledger_previous", "ledger_hash")
EVERY, LONGEST = 10, 12  # each so many stories continue each other, in lines of at most so many
NEAR = 2000  # stories back, among which those related to one are found
REASONS = ["Background", "What happened before", "From the archive"]


class Rows:
    """Takes stories, and writes all their rows when told to. The ledger follows the order of sealing."""

    def __init__(self, furniture):
        self._furniture, self._chain = furniture, Chain(Version)
        self._last_version = 0
        self._articles = Table(
            Article,
            *("id", "slug", "section", "picture", "takes_comments", "state", "live_version", "draft"),
            *("published_at", "changed_at", "corrected_at", "withdrawn_at", "withdrawal_notice"),
            *("created_at", "created_by", "touched_at"),
        )
        self._versions = Table(Version, "id", *LEDGER, *SAID, "word_count", "revision")
        self._bylines = Table(Byline, "article", "author", "order")
        self._topics = Table(Article.topics.through, "article", "topic")
        self._author_lists = Table(AuthorListing, "article", "published_at", "corrected_at", "author")
        self._topic_lists = Table(TopicListing, "article", "published_at", "topic")
        self._lines = Table(LinePlace, "article", "continues", "line")
        self._line_lists = Table(LineListing, "article", "published_at", "line")
        self._search = Table(SearchEntry, "place", "article", "headline", "standfirst", "body", "marks")
        self._last_place, self._begins_line = 0, None
        self._pictures = Table(PictureInVersion, "version", "picture")
        self._related = Table(RelatedStory, "article", "target", "order", "reason")
        self._old_addresses = Table(OldAddress, "slug", "article", "at")
        self._log = Table(LogEntry, "at", "article", "act", "by", "version_number", "note")
        self._reports = Table(
            ErrorReport,
            *("article", "version", "place", "passage", "words", "created_at", "secret_hash"),
            *("state", "decided_by", "decided_at", "answer", "correction"),
        )
        self._done = []  # lines of the record, to be put in the order of time

    def add(self, stories, chance):
        """Take stories, in the order of their publication."""
        writers = {story.pk: pick(self._furniture.accounts["Reporter"], chance) for story in stories}
        editors = {story.pk: pick(self._furniture.accounts["Editor"], chance) for story in stories}
        self._seal(stories, writers, editors)
        for story in stories:
            writer, editor = writers[story.pk], editors[story.pk]
            self._add_article(story, writer)
            self._place(story, chance)
            self._record(story, writer, editor)
            self._answer_reports(story, editor)

    def write(self):
        for line in sorted(self._done, key=lambda line: line[0]):
            self._log.add(*line)
        self._done = []
        for table in self._tables():
            table.write()
        self._chain.keep()

    def go_on_counting(self):
        for table in self._tables():
            table.go_on_counting()

    def _tables(self):
        return [value for value in vars(self).values() if isinstance(value, Table)]

    def _seal(self, stories, writers, editors):
        texts = [(text, story, number) for story in stories for number, text in enumerate(story.texts, 1)]
        texts.sort(key=lambda entry: (entry[0].sealed_at or entry[0].begun_at, entry[1].pk, entry[2]))
        for text, story, number in texts:
            self._last_version += 1
            text.pk = self._last_version
            self._add_version(text, story, number, writers[story.pk], editors[story.pk])
            if text.picture:
                self._pictures.add(text.pk, text.picture)

    def _add_version(self, text, story, number, writer, editor):
        sealed_at = text.sealed_at
        content = text.said | {
            "article_id": story.pk,
            "number": number if sealed_at else None,
            "caption": "",
            "kind": text.kind,
            "note": text.note,
            "note_stands_at_foot": False,
            "findings": [],
            "embargo_until": None,
            "written_by_id": writer,
            "published_by_id": editor if sealed_at else None,
            "created_at": text.begun_at,
            "saved_at": text.saved_at,
            "sealed_at": sealed_at,
            "published_at": text.at,
        }
        links = self._chain.link(content) if sealed_at else (None, "", "")
        row = content | {"sources": json.dumps(content["sources"]), "findings": "[]"}
        said = (row[name] for name in Version.LEDGER_FIELDS)
        self._versions.add(text.pk, *links, *said, text.word_count, 1)

    def _add_article(self, story, writer):
        newest, is_out = story.texts[-1], story.published_at is not None
        self._articles.add(
            *(story.pk, story.slug, story.section, story.picture, story.takes_comments, story.state),
            *((newest.pk, None) if is_out else (None, newest.pk)),
            story.published_at,
            story.newest(Kind.STYLE) if is_out else None,
            story.corrected_at,
            *(story.withdrawn_at, story.notice, story.created_at, writer),
            newest.sealed_at or newest.saved_at,
        )

    def _place(self, story, chance):
        """Give it authors, topics and related stories, some of each being far more usual than others."""
        authors, topics = self._furniture.authors, self._furniture.topics
        names = {authors[int(len(authors) * chance() ** 2)] for _ in range(1 + (chance() < 0.1))}
        for order, author in enumerate(sorted(names)):
            self._bylines.add(story.pk, author, order)
            if story.state == State.PUBLISHED:
                self._author_lists.add(story.pk, story.published_at, story.corrected_at, author)
        about = {topics[int(len(topics) * chance() ** 3)] for _ in range(1 + int(3 * chance()))}
        for topic in sorted(about):
            self._topics.add(story.pk, topic)
            if story.state == State.PUBLISHED:
                self._topic_lists.add(story.pk, story.published_at, topic)
        if story.state == State.PUBLISHED:
            marked = [("section", story.section), *(("topic", one) for one in about)]
            self._find(story, [*marked, *(("author", one) for one in names)])
        self._continue(story)
        if chance() < 0.15:
            near = min(story.pk - 1, NEAR)
            related = {story.pk - 1 - int(near * chance()) for _ in range(1 + int(3 * chance())) if near}
            for order, target in enumerate(sorted(related)):
                self._related.add(story.pk, target, order, pick(REASONS, chance))
        if story.old_slug and story.published_at:
            self._old_addresses.add(story.old_slug, story.pk, story.published_at)

    def _continue(self, story):
        """Let it stand in a line with others, as `articles.models.line` would."""
        if story.pk % EVERY:
            return
        first = story.pk - story.pk % (EVERY * LONGEST) or EVERY
        if story.pk == first:  # nobody continues it yet
            self._begins_line = story
            return
        for one in (self._begins_line, story) if story.pk == first + EVERY else (story,):
            self._lines.add(one.pk, None if one.pk == first else one.pk - EVERY, first)
            if one.state == State.PUBLISHED:
                self._line_lists.add(one.pk, one.published_at, first)

    def _find(self, story, marked):
        """Let the search find it, as `articles.search.entries` would."""
        said = next(text for text in reversed(story.texts) if text.sealed_at).said
        self._last_place = max(microseconds(story.published_at), self._last_place + 1)
        marks = together(f"{kind}{key}" for kind, key in marked)
        self._search.add(self._last_place, story.pk, *folded(**said).values(), marks)

    def _record(self, story, writer, editor):
        for number, text in enumerate(story.texts, start=1):
            self._did(text.begun_at, story, Act.DRAFT, writer)
            self._did(text.saved_at, story, Act.SAVE, writer)
            if text.sealed_at:
                first = Act.SCHEDULE if text.at > text.sealed_at else Act.PUBLISH
                act = first if text.kind == Kind.FIRST else ACTS[text.kind]
                self._did(text.sealed_at, story, act, editor, number, text.note)
        if story.state in (State.IN_REVIEW, State.APPROVED):
            self._did(story.created_at + MINUTE, story, Act.SUBMIT, writer)
        if story.state == State.APPROVED:
            self._did(story.created_at + 2 * MINUTE, story, Act.APPROVE, editor)
        if story.withdrawn_at:
            self._did(story.withdrawn_at, story, Act.WITHDRAW, editor, note=story.notice)

    def _did(self, at, story, act, by, version=None, note=""):
        self._done.append((at, story.pk, act, by, version, note))

    def _answer_reports(self, story, editor):
        for text in story.texts:
            if text.report:
                block = text.report["block"]
                secret = hashlib.sha256(f"generated {text.pk}".encode()).hexdigest()
                self._reports.add(
                    *(story.pk, text.report["on"].pk, block.attributes["id"], block.text),
                    *(text.report["words"], text.report["at"], secret),
                    *(ErrorReport.State.CORRECTED, editor, text.at, text.note, text.pk),
                )
