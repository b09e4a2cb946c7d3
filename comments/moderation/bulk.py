"""One act over many comments: what it would do, doing it, and taking all of it back at once.

Each comment is decided in a transaction of its own, so that one that a colleague decided
meanwhile stops no other. All rows of one batch carry the same moderator and instant.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from comments.models import Case, CommentReport, ModerationAct, ReaderComment
from comments.moderation import acts

MOST_AT_ONCE = 500  # comments
State = ReaderComment.State


@dataclass
class Result:
    done: list = field(default_factory=list)  # the rows of the ledger
    already: list = field(default_factory=list)  # what stood in the way of the others, as sentences


@dataclass
class Plan:
    """What an act would do to each of these comments, before it does."""

    changed: list = field(default_factory=list)
    kept: list = field(default_factory=list)  # they stay, and what was reported of them is decided as wrong
    unchanged: list = field(default_factory=list)
    closed: list = field(default_factory=list)  # not this moderator's to decide, or nobody's any more

    @property
    def persons(self):
        return len({comment.person_id or -comment.pk for comment in self.changed})

    @property
    def stories(self):
        return len({comment.article_id for comment in self.changed})

    @property
    def public(self):
        """How many of those that change readers see now."""
        return sum(comment.is_published for comment in self.changed)


def decide(comments, by, act, *, reason="", note="", words="", marks=None):
    """Do one thing to each of these comments. Returns a Result.

    `words` are for the writers of what is removed. `marks` says how each was when it was seen; what is no
    longer so is left alone.
    """
    now, result = timezone.now(), Result()
    for comment in comments:
        try:
            seen = None if marks is None else marks[comment.pk]
            result.done.append(_decide(comment, by, act, reason, note, words, seen, now))
        except acts.AlreadyDecided as fact:
            result.already.append(f"Comment {comment.pk}: {fact}")
    return result


def plan(comments, act, by):
    """Say what `decide` would do, and do nothing."""
    comments, would = list(comments), Plan()
    reports = CommentReport.objects.filter(comment__in=[comment.pk for comment in comments], outcome="")
    reported = set(reports.values_list("comment", flat=True))
    for comment in comments:
        _where(comment, act, by, reported, would).append(comment)
    return would


def _where(comment, act, by, reported, would):
    if comment.user_id == by.pk or comment.state == State.WITHDRAWN or not comment.comment:
        return would.closed
    if act in ("pick", "unpick"):
        stands = bool(comment.picked_at) == (act == "pick")
        return would.unchanged if stands or (act == "unpick" and not comment.is_published) else would.changed
    if act == "approve" and comment.is_published:
        return would.kept if comment.pk in reported else would.unchanged
    return would.unchanged if act == "remove" and comment.state == State.REMOVED else would.changed


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


def _decide(comment, by, act, reason, note, words, seen, now):
    if act == "remove":
        return acts.remove(comment, by, reason, note, words=words, seen=seen, now=now)
    if act == "unpick":
        return acts.unpick(comment, by, seen=seen, now=now)
    if act == "pick":
        return _pick(comment, by, note, seen, now)
    return acts.approve(comment, by, note, seen=seen, now=now)


def _pick(comment, by, note, seen, now):
    """Pick, and approve first what waits: two rows of one batch."""
    if not comment.is_published or comment.reports.filter(outcome="").exists():
        acts.approve(comment, by, note, seen=seen, now=now)
        seen = None
    return acts.pick(comment, by, seen=seen, now=now)
