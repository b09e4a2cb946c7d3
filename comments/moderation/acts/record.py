"""What all acts share: the right, the row, and what can be wrong."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format

from comments.models import ModerationAct
from comments.moderation.guidelines import Guideline
from comments.moderation.seen import mark_of

RIGHT = "comments.moderate_comment"
CHANGED = "Its writer has changed the words since you looked: read them again."
REPORTED = "Readers have reported it since you looked: read what they say."


class ReasonMissing(Exception):
    """Nobody is removed or sanctioned in silence: a guideline is named."""


class EndMissing(Exception):
    """A suspension or ban has an end, and it lies ahead."""


class AlreadyDecided(Exception):
    """Somebody was faster: `act` is what they did, if it was a moderator's."""

    def __init__(self, act, otherwise="It stands so already."):
        super().__init__(_sentence(act) if act else otherwise)
        self.act = act


class NotYours(AlreadyDecided):
    """Nobody judges what they wrote themselves, or an appeal against what they did."""

    def __init__(self, sentence="You wrote this comment yourself: a colleague decides about it."):
        super().__init__(None, sentence)


def has_right(by, article=None, *, or_else=None):
    """Whether somebody has a moderator's right, or the one that `or_else` names for this story."""
    return by.has_perm(RIGHT) or bool(or_else and by.has_perm(or_else, article))


def check_right(by, article=None, *, or_else=None):
    """Raise PermissionDenied without the right, as `has_right` means it."""
    if not has_right(by, article, or_else=or_else):
        raise PermissionDenied


def check_reason(reason):
    if reason not in Guideline:
        raise ReasonMissing


def check_words_are_there(comment):
    """A writer's own withdrawal, or the deletion of their data, is nobody's to take back."""
    if comment.state == comment.State.WITHDRAWN:
        raise AlreadyDecided(None, "Its writer has withdrawn it.")
    if not comment.comment:
        raise AlreadyDecided(None, "Its words were deleted at the writer's request.")


def check_not_own(comment, by):
    if comment.user_id == by.pk:
        raise NotYours


def check_seen(comment, seen):
    """Raise AlreadyDecided where the comment is no longer as it was seen. The caller holds the thread.

    `seen` is its Mark, or None for whoever decides without having looked, as the loading of an archive does.
    """
    if seen is None or (now := mark_of(comment)) == seen:
        return
    if now.times_decided != seen.times_decided:
        raise AlreadyDecided(comment.acts.filter(act__in=ModerationAct.DECISIONS).first())
    raise AlreadyDecided(None, CHANGED if now.times_changed != seen.times_changed else REPORTED)


def record(act, by, *, now, note="", **about):
    """Add the row. `about` names what the act is about, why, and what stood before."""
    return ModerationAct.objects.create(act=act, by=by, at=now or timezone.now(), note=note.strip(), **about)


def matter(act):
    """Return the name under which letters about an act are queued, so that an undo calls them back."""
    return f"act {act.pk}"


def _sentence(act):
    why = f": {act.get_reason_display()}" if act.reason else ""
    at = date_format(timezone.localtime(act.at), "j F, H:i")
    return f"{act.what_was_done} already{why} ({at})."
