"""What moderators decide about comments."""

from django.db import transaction
from django.utils import timezone
from django_comments.models import CommentFlag

from comments import letters
from comments.models import CommentReport, ModerationAct, ReaderComment, RemovalWords
from comments.moderation import cases, reports
from comments.moderation.acts.record import (
    AlreadyDecided,
    check_not_own,
    check_reason,
    check_right,
    check_seen,
    check_words_are_there,
    matter,
    record,
)

Act = ModerationAct.Act
State = ReaderComment.State
Outcome = CommentReport.Outcome


def approve(comment, by, note="", *, seen=None, now=None):
    """Show the comment to readers; of a reported one, decide that it stays.

    Of all decisions `seen` is the mark of what the moderator saw, see `comments.moderation.seen`.
    """
    return _decide(comment, by, Act.APPROVE, State.PUBLISHED, note=note, seen=seen, now=now)


def remove(comment, by, reason, note="", *, words="", seen=None, now=None):
    """Take the comment's text from every surface; if readers saw it, its place says why.

    `words` are for its writer, who reads them on the comment's own page; `note` is for moderators.
    """
    check_reason(reason)
    about = {"reason": reason, "note": note, "words": words}
    return _decide(comment, by, Act.REMOVE, State.REMOVED, **about, seen=seen, now=now)


def pick(comment, by, *, seen=None, now=None):
    """Mark a comment as one that the newsroom recommends."""
    return _mark(comment, by, Act.PICK, picked=True, seen=seen, now=now)


def unpick(comment, by, *, seen=None, now=None):
    return _mark(comment, by, Act.UNPICK, picked=False, seen=seen, now=now)


@transaction.atomic
def _decide(comment, by, act, state, *, seen, now, reason="", note="", words=""):
    check_right(by)
    comment = ReaderComment.objects.hold(comment)
    check_not_own(comment, by)
    waiting = list(comment.reports.filter(outcome="").values_list("pk", flat=True))
    is_kept = act == Act.APPROVE and waiting
    check_words_are_there(comment)
    if comment.appeals.filter(outcome="").exists():
        raise AlreadyDecided(None, "Its writer has appealed: decide the appeal.")
    if comment.state == state and not is_kept:
        raise AlreadyDecided(comment.acts.select_related("by").first())
    check_seen(comment, seen)
    now = now or timezone.now()
    before = standing(comment) | {"reports": waiting}
    if comment.state != state:
        comment.change_state(state, at=now, reason=reason)
    row = record(act, by, comment=comment, reason=reason, note=note, before=before, now=now)
    if words := words.strip():
        RemovalWords.objects.create(act=row, text=words)
    outcome = Outcome.RIGHT if state == State.REMOVED else Outcome.WRONG
    reports.settle(comment, outcome, by, now=now, about=matter(row))
    cases.settle(comment.case_id)
    _flag(comment, by, act, now)
    row.comment = comment
    tell = letters.tell_removed if state == State.REMOVED else letters.tell_published
    tell(row)
    return row


@transaction.atomic
def _mark(comment, by, act, *, picked, seen, now):
    check_right(by)
    comment = ReaderComment.objects.hold(comment)
    check_not_own(comment, by)
    if not comment.is_published or bool(comment.picked_at) == picked:
        raise AlreadyDecided(comment.acts.select_related("by").first())
    check_seen(comment, seen)
    now = now or timezone.now()
    before = standing(comment)
    ReaderComment.objects.filter(pk=comment.pk).update(picked_at=now if picked else None)
    return record(act, by, comment=comment, before=before, now=now)


def standing(comment):
    """Return how the comment stands, as an act keeps it for an undo."""
    return {
        "state": comment.state,
        "reason": comment.removal_reason,
        "removed_at": comment.removed_at.isoformat() if comment.removed_at else None,
        "picked_at": comment.picked_at.isoformat() if comment.picked_at else None,
        "was_public": comment.published_at is not None,
    }


FLAGS = {Act.APPROVE: CommentFlag.MODERATOR_APPROVAL, Act.REMOVE: CommentFlag.MODERATOR_DELETION}


def _flag(comment, by, act, now):
    """Keep the library's own mark too: the latest of each kind by each moderator."""
    CommentFlag.objects.update_or_create(
        comment_id=comment.pk, user=by, flag=FLAGS[act], defaults={"flag_date": now}
    )
