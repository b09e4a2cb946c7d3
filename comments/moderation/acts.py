"""What moderators do to comments. Each act is one transaction and leaves one row.

`now` is the instant of the act, which only the loading of an archive has reason to give.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_comments.models import CommentFlag

from comments.models import ModerationAct, ReaderComment
from comments.moderation.guidelines import Guideline

Act = ModerationAct.Act
State = ReaderComment.State


class ReasonMissing(Exception):
    """A comment is removed under one of the guidelines, and under none in silence."""


class AlreadyDecided(Exception):
    """Somebody was faster: `act` is what they did, if it was a moderator's."""

    def __init__(self, act):
        done = f"{act.by} {act.get_act_display()} it already." if act else "It stands so already."
        super().__init__(done)
        self.act = act


def approve(comment, by, note="", *, now=None):
    """Show the comment to readers, whether it was held or removed before."""
    return _decide(comment, by, Act.APPROVE, State.PUBLISHED, note=note, now=now)


def remove(comment, by, reason, note="", *, now=None):
    """Take the comment's text from every surface; if readers saw it, its place says why."""
    if reason not in Guideline:
        raise ReasonMissing
    return _decide(comment, by, Act.REMOVE, State.REMOVED, reason=reason, note=note, now=now)


@transaction.atomic
def _decide(comment, by, act, state, *, now, reason="", note=""):
    if not by.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    comment = ReaderComment.objects.hold(comment)
    if comment.state == state:
        raise AlreadyDecided(comment.acts.select_related("by").first())
    now = now or timezone.now()
    comment.change_state(state, at=now, reason=reason)
    _flag(comment, by, act, now)
    return ModerationAct.objects.create(
        comment=comment, act=act, reason=reason, note=note.strip(), by=by, at=now
    )


FLAGS = {Act.APPROVE: CommentFlag.MODERATOR_APPROVAL, Act.REMOVE: CommentFlag.MODERATOR_DELETION}


def _flag(comment, by, act, now):
    """Keep the library's own mark too: the latest of each kind by each moderator."""
    CommentFlag.objects.update_or_create(
        comment_id=comment.pk, user=by, flag=FLAGS[act], defaults={"flag_date": now}
    )
