"""What all acts share: the right, the row, and what can be wrong."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format

from comments.models import ModerationAct
from comments.moderation.guidelines import Guideline

RIGHT = "comments.moderate_comment"


class ReasonMissing(Exception):
    """Nobody is removed or sanctioned in silence: a guideline is named."""


class EndMissing(Exception):
    """A suspension or ban has an end, and it lies ahead."""


class AlreadyDecided(Exception):
    """Somebody was faster: `act` is what they did, if it was a moderator's."""

    def __init__(self, act, otherwise="It stands so already."):
        super().__init__(_sentence(act) if act else otherwise)
        self.act = act


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


def record(act, by, *, now, note="", **about):
    """Add the row. `about` names what the act is about, why, and what stood before."""
    return ModerationAct.objects.create(act=act, by=by, at=now or timezone.now(), note=note.strip(), **about)


def matter(act):
    """Return the name under which letters about an act are queued, so that an undo calls them back."""
    return f"act {act.pk}"


def _sentence(act):
    why = f": {act.get_reason_display()}" if act.reason else ""
    at = date_format(timezone.localtime(act.at), "j F, H:i")
    return f"{act.by} {act.get_act_display()} it already{why} ({at})."
