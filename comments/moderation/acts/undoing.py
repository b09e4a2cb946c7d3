"""Taking back what was decided: an act of its own, which brings back what stood before."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.mail import call_back
from comments import letters
from comments.models import Appeal, ModerationAct, ReaderComment, Sanction
from comments.moderation import cases, reports
from comments.moderation.acts.record import (
    AlreadyDecided,
    check_not_own,
    check_right,
    check_words_are_there,
    matter,
    record,
)
from comments.moderation.undo_time import UNDO_FOR

Act = ModerationAct.Act
OF_COMMENTS = {Act.APPROVE, Act.REMOVE, Act.PICK, Act.UNPICK}
OF_PEOPLE = {Act.WARN, Act.SUSPEND, Act.BAN, Act.LIFT}
TAKEN_BACK = _("The removal was taken back.")
OF_CORRECTIONS = {Act.LED, Act.UNLED}
OF_APPEALS = {Act.UPHOLD, Act.OVERTURN}
CAN_BE_UNDONE = OF_COMMENTS | OF_PEOPLE | OF_CORRECTIONS
TOLD = "Its writer has been told what became of the appeal, so this can no longer be taken back."


class NotTheLatest(Exception):
    """Somebody has decided about the same since, and would be overruled unseen; `act` is that decision."""

    def __init__(self, act):
        super().__init__(f"{act.what_was_done} since, so this can no longer be taken back.")
        self.act = act


def can_be_undone(act):
    """Whether it is an act of a kind that can be taken back, and we know what stood before.

    What became of an appeal is final once its writer has been told.
    """
    if act.act in OF_APPEALS:
        return timezone.now() - act.at < UNDO_FOR
    return act.act in OF_PEOPLE - {Act.LIFT} or (act.act in CAN_BE_UNDONE and act.before is not None)


@transaction.atomic
def undo(act, by, note="", *, now=None):
    """Bring back what stood before `act`, and call back the letters about it that have not left.

    Raises AlreadyDecided if it was taken back before or an appellant has been told, NotTheLatest if something
    was decided since.
    """
    check_right(by)
    if not can_be_undone(act):
        if act.act in OF_APPEALS:
            raise AlreadyDecided(None, TOLD)
        raise ValueError(f"Cannot take back: {act.act}")
    comment = ReaderComment.objects.hold(act.comment) if act.comment_id else None
    if act.act in OF_COMMENTS | OF_APPEALS and act.by_id != by.pk:
        check_not_own(comment, by)
    ModerationAct.objects.select_for_update().get(pk=act.pk)  # of two who press at once, one waits here
    if earlier := ModerationAct.objects.select_related("by").filter(undoes=act).first():
        raise AlreadyDecided(earlier)
    now = now or timezone.now()
    if act.act in OF_COMMENTS:
        check_words_are_there(comment)
        _check_latest(act, [*OF_COMMENTS, Act.UPHOLD, Act.OVERTURN])
        _close_appeal(act, by, now)
        _restore(comment, act, now)
    elif act.act in OF_CORRECTIONS:
        _check_latest(act, OF_CORRECTIONS)
        ReaderComment.objects.filter(pk=comment.pk).update(led_to=act.before["led_to"])
    elif act.act in OF_APPEALS:
        check_words_are_there(comment)
        _check_latest(act, [*OF_COMMENTS, *OF_APPEALS])
        Appeal.objects.filter(comment=comment, decided_by=act.by_id, decided_at=act.at).update(
            outcome="", answer="", decided_by=None, decided_at=None
        )
        _restore(comment, act, now)
    elif act.act == Act.LIFT:
        Sanction.objects.filter(pk=act.before["sanction"]).update(lifted_at=None)
    else:
        act.sanctions.update(lifted_at=now)
    row = record(Act.UNDO, by, comment=comment, person=act.person, undoes=act, note=note, now=now)
    if not call_back(matter(act)):
        _tell(act, row)
    return row


def _tell(act, row):
    """What the writer was told is no longer so: say how it stands."""
    if act.act in (Act.APPROVE, Act.REMOVE) and act.before["state"] == row.comment.state != _made(act):
        letters.tell_taken_back(row)
    for sanction in act.sanctions.select_related("person"):
        letters.tell_ended(sanction, row)
    if act.act == Act.LIFT:
        sanction = Sanction.objects.select_related("person").get(pk=act.before["sanction"])
        is_warning = sanction.kind == Sanction.Kind.WARNING
        (letters.tell_warned if is_warning else letters.tell_suspended)(sanction)


def _made(act):
    return ReaderComment.State.REMOVED if act.act == Act.REMOVE else ReaderComment.State.PUBLISHED


def _close_appeal(act, by, now):
    """An appeal against what no longer stands waits for nobody."""
    open_ones = Appeal.objects.filter(act=act, outcome="")
    open_ones.update(outcome=Appeal.Outcome.OVERTURNED, answer=str(TAKEN_BACK), decided_by=by, decided_at=now)


def _check_latest(act, kinds):
    since = act.comment.acts.filter(pk__gt=act.pk, act__in=kinds)
    standing = since.filter(undone_by=None).select_related("by").first()
    if standing:
        raise NotTheLatest(standing)


def _restore(comment, act, now):
    before = act.before
    comment.change_state(before["state"], at=_instant(before["removed_at"]), reason=before["reason"])
    if not before["was_public"]:  # approved by mistake: it never stood in the thread
        comment.published_at = None
    comment.picked_at = _instant(before["picked_at"])
    comment.save(update_fields=["picked_at", "published_at"])
    reports.reopen(before.get("reports", []))
    cases.settle(comment.case_id)


def _instant(text):
    return datetime.fromisoformat(text) if text else None
