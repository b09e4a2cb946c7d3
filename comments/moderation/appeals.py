"""A writer's appeal against a removal: made once, and decided by another moderator than the first."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from comments import letters
from comments.models import Appeal, ModerationAct, ReaderComment
from comments.moderation import cases
from comments.moderation.acts.decisions import standing
from comments.moderation.acts.record import AlreadyDecided, NotYours, check_not_own, check_right, record

Act = ModerationAct.Act
Outcome = Appeal.Outcome
State = ReaderComment.State
REMOVED_IT = "You removed this comment yourself: a colleague decides the appeal."


class NotAppealable(Exception):
    """No moderator's act stands that removed the comment."""


class AlreadyAppealed(Exception):
    """There is one appeal for each removal."""


class AnswerMissing(Exception):
    """The writer is told why, whatever is decided."""


@transaction.atomic
def make(comment, words):
    """Ask another moderator whether the removal was right. Returns the appeal."""
    comment = ReaderComment.objects.hold(comment)
    removal = comment.acts.filter(act=Act.REMOVE, undone_by=None).first()
    if comment.state != State.REMOVED or removal is None:
        raise NotAppealable
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(act=removal, comment=comment, words=words)
    except IntegrityError as error:
        raise AlreadyAppealed from error
    cases.appeal(comment)
    return appeal


def uphold(appeal, by, answer, *, now=None):
    """Let the removal stand."""
    return _decide(appeal, by, Act.UPHOLD, Outcome.UPHELD, answer, now)


def overturn(appeal, by, answer, *, now=None):
    """Show the comment to readers again."""
    return _decide(appeal, by, Act.OVERTURN, Outcome.OVERTURNED, answer, now)


@transaction.atomic
def _decide(appeal, by, act, outcome, answer, now):
    check_right(by)
    if not answer.strip():
        raise AnswerMissing
    comment = ReaderComment.objects.hold(appeal.comment)
    appeal = Appeal.objects.select_related("act").get(pk=appeal.pk)
    if appeal.outcome:
        raise AlreadyDecided(_decision(comment))
    if appeal.act.by_id == by.pk:
        raise NotYours(REMOVED_IT)
    check_not_own(comment, by)
    if act == Act.UPHOLD and comment.state != State.REMOVED:
        raise AlreadyDecided(None, "The removal has been taken back, so it cannot be upheld.")
    now = now or timezone.now()
    before = standing(comment)
    if act == Act.OVERTURN and comment.state == State.REMOVED:
        comment.change_state(State.PUBLISHED, at=now)
    appeal.outcome, appeal.answer, appeal.decided_by, appeal.decided_at = outcome, answer.strip(), by, now
    appeal.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    row = record(act, by, comment=comment, reason=appeal.act.reason, before=before, now=now)
    cases.settle(comment.case_id)
    appeal.comment = comment
    letters.tell_appeal_decided(appeal, row)
    return row


def _decision(comment):
    decisions = comment.acts.filter(act__in=[Act.UPHOLD, Act.OVERTURN]).select_related("by")
    return decisions.first()
