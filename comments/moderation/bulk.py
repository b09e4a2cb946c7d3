"""One act over many comments: what it would do, doing it, and taking all of it back at once.

Each comment is decided in a transaction of its own, so that one that a colleague decided
meanwhile stops no other. All rows of one batch carry the same moderator and instant.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from comments.models import Case, ModerationAct, ReaderComment
from comments.moderation import acts

MOST_AT_ONCE = 500  # comments


@dataclass
class Result:
    done: list = field(default_factory=list)  # the rows of the ledger
    already: list = field(default_factory=list)  # what stood in the way of the others, as sentences


@dataclass
class Plan:
    """What an act would change, before it does."""

    comments: list
    persons: int
    stories: int
    unchanged: int
    public: int  # of the comments, those that readers see now

    @property
    def changed(self):
        return len(self.comments) - self.unchanged


def decide(comments, by, act, *, reason="", note=""):
    """Approve, remove or pick each of these comments. Returns a Result."""
    now, result = timezone.now(), Result()
    for comment in comments:
        try:
            result.done.append(_decide(comment, by, act, reason, note, now))
        except acts.AlreadyDecided as fact:
            result.already.append(f"Comment {comment.pk}: {fact}")
    return result


def plan(comments, act):
    """Say what `decide` would do, and do nothing."""
    comments = list(comments)
    wanted = ReaderComment.State.REMOVED if act == "remove" else ReaderComment.State.PUBLISHED
    states = Counter(comment.state for comment in comments)
    return Plan(
        comments=comments,
        persons=len({comment.person_id or -comment.pk for comment in comments}),
        stories=len({comment.article_id for comment in comments}),
        unchanged=states[wanted] + states[ReaderComment.State.WITHDRAWN],
        public=states[ReaderComment.State.PUBLISHED],
    )


def waiting_in(cases, *, up_to=None):
    """The comments of these cases that a moderator can decide, up to the last that was seen.

    An appeal is none of them: it is decided by itself, and by another than the first.
    """
    waiting = ReaderComment.objects.filter(case__in=cases).waiting().without_appeal()
    if up_to:
        waiting = waiting.filter(pk__lte=up_to)
    return waiting.select_related("article__live_version").order_by("pk")[:MOST_AT_ONCE]


def chosen(case_keys=(), comment_keys=()):
    """The comments that were ticked, and those that wait in the cases that were ticked."""
    if case_keys:
        return waiting_in(Case.objects.filter(pk__in=case_keys))
    comments = ReaderComment.objects.numbered(*comment_keys).without_appeal()
    return comments.select_related("article__live_version").order_by("pk")[:MOST_AT_ONCE]


def batch_of(act):
    """All rows that one press of a button left, those that were taken back left out."""
    same = ModerationAct.objects.filter(by=act.by_id, at=act.at, undone_by=None)
    return [row for row in same.select_related("comment", "person") if acts.can_be_undone(row)]


def undo(act, by):
    """Take back the whole batch of an act. Returns a Result."""
    now, result = timezone.now(), Result()
    for row in batch_of(act):
        try:
            result.done.append(acts.undo(row, by, now=now))
        except (acts.AlreadyDecided, acts.NotTheLatest) as fact:
            result.already.append(str(fact))
    return result


def _decide(comment, by, act, reason, note, now):
    if act == "remove":
        return acts.remove(comment, by, reason, note, now=now)
    if act == "pick":
        if not comment.is_published or comment.reports.filter(outcome="").exists():
            acts.approve(comment, by, note, now=now)
        return acts.pick(comment, by, now=now)
    return acts.approve(comment, by, note, now=now)
