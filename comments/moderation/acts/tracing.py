"""Which comment led to a correction? Said by moderators, and by whoever may correct the story."""

from django.db import transaction

from comments.models import ModerationAct, ReaderComment
from comments.moderation.acts.record import AlreadyDecided, check_right, record

Act = ModerationAct.Act
RIGHT_TO_CORRECT = "articles.correct_article"
NOT_SEEN = "Readers do not see this comment now, so nothing can be said of it."


class NoSuchCorrection(Exception):
    """It is no correction of the comment's story, or not one that readers have seen since the comment."""


@transaction.atomic
def trace(comment, by, correction, *, instead_of=None, now=None):
    """Say to which correction the comment led; with None, to none.

    `instead_of` is the key of what was said so far. Raises AlreadyDecided where that has changed.
    """
    check_right(by, comment.article, or_else=RIGHT_TO_CORRECT)
    comment = ReaderComment.objects.hold(comment)
    if not comment.is_published:
        raise AlreadyDecided(None, NOT_SEEN)
    wanted = correction and correction.pk
    if comment.led_to_id != instead_of or comment.led_to_id == wanted:
        raise AlreadyDecided(comment.acts.filter(act__in=(Act.LED, Act.UNLED, Act.UNDO)).first())
    if correction and not comment.corrections_since().filter(pk=wanted).exists():
        raise NoSuchCorrection
    ReaderComment.objects.filter(pk=comment.pk).update(led_to=correction)
    act, note = (Act.LED, f"version {correction.number}") if correction else (Act.UNLED, "")
    return record(act, by, comment=comment, note=note, before={"led_to": instead_of}, now=now)
