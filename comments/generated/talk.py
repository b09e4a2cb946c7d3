"""The conversation below one generated story: who said what when, to whom, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from articles.demo.generated import words as story_words
from articles.demo.generated.grammar import pick, say
from comments.generated import words
from comments.models import ReaderComment
from comments.moderation.guidelines import Guideline

State = ReaderComment.State
OPENS = 0.45  # of the comments, those that begin a thread of their own
REMOVED, APPROVED, PICKED = 0.02, 0.01, 0.004
HELD = 0.08  # of what came in the last days
DEEPEST = 12
MINUTE = timedelta(minutes=1)


@dataclass(eq=False)
class Said:
    article: int
    at: datetime
    person: int
    text: str = ""
    parent: "Said | None" = None
    number: int = 0  # of a reply, in its thread
    replies: int = 0  # below the first comment of a thread
    state: str = State.PUBLISHED
    published_at: datetime | None = None
    removed_at: datetime | None = None
    reason: str = ""
    picked_at: datetime | None = None
    respects: int = 0
    checks: list = field(default_factory=list)
    pk: int = 0
    place: str = ""

    @property
    def root(self):
        return self.parent.root if self.parent else self

    @property
    def level(self):
        return self.parent.level + 1 if self.parent else 0

    @property
    def was_held(self):
        return bool(self.checks)

    def can_be_answered(self, at):
        seen = self.published_at is not None and self.published_at < at
        return seen and (self.removed_at is None or self.removed_at > at) and self.level < DEEPEST


def talk(article, published_at, count, *, people, chance, end, held_since):
    """Return `count` comments in the order of time, before `end`; held ones came after `held_since`."""
    instants = sorted(_instant(published_at, end, chance) for _ in range(count))
    said, spoken = [], set()
    for at in instants:
        comment = Said(article, at, people.somebody(chance), parent=_answered(said, at, chance))
        if comment.parent:
            comment.root.replies += 1
            comment.number = comment.root.replies
        _decide(comment, chance, end, held_since)
        comment.respects = int(6 * chance() ** 9) if comment.state == State.PUBLISHED else 0
        _speak(comment, spoken, chance)
        said.append(comment)
    return said


def _instant(published_at, end, chance):
    at = published_at + timedelta(seconds=120 + int(260_000 * chance() ** 3))
    return at if at < end else published_at + (end - published_at) * chance()


def _answered(said, at, chance):
    """Choose whom a comment answers, rather one of the newest; None for one that begins a thread."""
    if not said or chance() < OPENS:
        return None
    other = said[-1 - int(len(said) * chance() ** 3)]
    return other if other.can_be_answered(at) else None


def _decide(comment, chance, end, held_since):
    luck, later = chance(), comment.at + MINUTE * int(5 + 600 * chance() ** 3)
    comment.published_at = comment.at
    if comment.at > held_since and luck < HELD:
        comment.state, comment.published_at = State.HELD, None
        comment.checks = _objection(chance)
    elif luck < REMOVED and later < end:
        comment.state, comment.removed_at = State.REMOVED, later
        comment.reason = pick(Guideline.values, chance)
    elif luck < REMOVED + APPROVED and later < end:
        comment.published_at, comment.checks = later, _objection(chance)
    elif luck > 1 - PICKED and later < end:
        comment.picked_at = later


def _objection(chance):
    step, reason = pick(words.VERDICTS, chance)
    return [{"step": step, "decision": "hold", "reason": reason}]


def _speak(comment, spoken, chance):
    """Give it words that the same person has not said in the same place."""
    place = pick(story_words.PLACES, chance)
    while not comment.text or (comment.parent, comment.person, comment.text) in spoken:
        comment.text = remark(place, chance, is_reply=bool(comment.parent))
    spoken.add((comment.parent, comment.person, comment.text))


def remark(place, chance, *, is_reply):
    facts = {"place": place}
    parts = [say(words.REPLIES if is_reply else words.OPENINGS, facts, chance)]
    parts += [say(words.FURTHER, facts, chance) for _ in range(int(5 * chance() ** 2))]
    parting = "\n\n" if len(parts) > 3 else " "
    return f"{parts[0]}{parting}{' '.join(parts[1:])}".strip()
