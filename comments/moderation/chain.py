"""What happens to a comment: an ordered chain of small steps, each with a verdict and its reason.

A step is a function of an `Attempt` that returns a `Verdict`. Every verdict is kept on the
comment; the first that is no pass decides. Steps hold or refuse; they never remove, and
whatever they say is said to the writer.

`look` asks while the writer can still change the words: nothing is written, only a refusal
or a nudge counts. `decide` asks for good, inside the transaction that stores the comment.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from articles.prepared import prepared
from comments.models import ReaderComment
from comments.moderation.verdicts import PASS, Decision

STEPS = [
    "newsroom.staff",
    "length.length",
    "conversation.is_open",
    "conversation.slow",
    "standing.sanctions",
    "flood.flood",
    "likeness.likeness",
    "links.links",
    "words.words",
    "score.score",
    "standing.history",
    "standing.first_timer",
    "conversation.rule",
    "newsroom.receivers",
]  # in comments.moderation.steps; the order is that of the verdicts

LOOKED_BACK = 20  # of a person's comments


@dataclass
class Attempt:
    """Somebody's words on their way into a thread. `is_final` when they are stored if they pass."""

    article: Any
    thread: Any
    text: str
    person: Any = None  # None while nobody has proved who it is
    account: Any = None
    network: str = ""
    comment: Any = None  # the unsaved row, when final
    request: Any = None
    is_final: bool = True
    now: datetime = field(default_factory=timezone.now)
    like: list = field(default_factory=list)  # comments that say nearly the same, found by the step
    score: float | None = None

    @property
    def is_by_newsroom(self):
        return bool(self.account and self.account.is_active and self.account.is_staff)

    @cached_property
    def expert(self):
        """As which of the story's experts the account writes, or None."""
        return self.thread.expert_of(self.account)

    @property
    def badge(self):
        """What stands beside the name: an expert's, the newsroom's, or none."""
        if self.expert:
            return ReaderComment.Badge.EXPERT
        return ReaderComment.Badge.NEWSROOM if self.is_by_newsroom else ""

    @cached_property
    def last_states(self):
        """What became of the person's last comments, the newest first; asked once for all steps."""
        if self.person is None:
            return []
        this = self.comment.pk if self.is_change else 0
        return [other.state for other in _last_others(self.person.pk, this)]

    @property
    def is_change(self):
        """Whether the comment is there already, and only its words are new."""
        return bool(self.comment and self.comment.pk)

    @property
    def others(self):
        """All that the person wrote but this comment."""
        written = self.person.comments
        return written.exclude(pk=self.comment.pk) if self.is_change else written.all()


@prepared
def _last_others(person, this):
    written = ReaderComment.objects.filter(person=person).exclude(pk=this)
    return written.order_by("-pk").only("state")[:LOOKED_BACK]


@dataclass(frozen=True)
class Outcome:
    """What the chain says: `verdicts` as pairs of step and verdict, in the order of the chain."""

    verdicts: list

    @property
    def deciding(self):
        """The verdict that decides; PASS where none does."""
        return next((verdict for _, verdict in self.verdicts if verdict.decision != Decision.PASS), PASS)

    @property
    def is_flood(self):
        return any(step == "flood" and verdict.decision == Decision.HOLD for step, verdict in self.verdicts)

    @property
    def refusal(self):
        return self.deciding if self.deciding.decision == Decision.REFUSE else None

    @property
    def nudge(self):
        """The sentence that asks the writer to think again; empty where nothing is borderline."""
        return next((verdict.nudge for _, verdict in self.verdicts if verdict.nudge), "")

    @property
    def state(self):
        held = self.deciding.decision == Decision.HOLD
        return ReaderComment.State.HELD if held else ReaderComment.State.PUBLISHED

    def as_json(self):
        """Return what is kept on the comment."""
        return [
            {"step": step, "decision": verdict.decision.value, "reason": verdict.reason}
            for step, verdict in self.verdicts
        ]


def look(attempt):
    """Ask before anything is stored: may these words be sent, and should their writer think again?"""
    attempt.is_final = False
    return _run(attempt)


def decide(attempt):
    """Ask for good. Call it in the transaction that stores the comment."""
    attempt.is_final = True
    return _run(attempt)


def _run(attempt):
    """Ask every step, so that a moderator sees all reasons; where one refuses or publishes, none after it."""
    outcome = Outcome([])
    for path in STEPS:
        step = import_string(f"comments.moderation.steps.{path}")
        outcome.verdicts.append((step.__name__, step(attempt)))
        if outcome.deciding.decision in (Decision.REFUSE, Decision.PUBLISH):
            break
    return outcome
