"""What can writers still do about their own words? Change or withdraw them, for five minutes.

The five minutes run from the storing, so that the time in which a comment waits for a moderator gives
no longer hold on it; and words that a moderator has let pass or picked are changed no more.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import posting
from comments.models import CommentReport, EarlierText, ModerationAct, ReaderComment
from comments.moderation import cases, chain, likeness, reports

OPEN_FOR = timedelta(minutes=5)
WITHDRAWN_KEPT_FOR = timedelta(days=30)

TOO_LATE = _("What you wrote can be changed or withdrawn for five minutes. They are over.")
REMOVED = _("A moderator has removed these words, so they can no longer be changed or withdrawn.")
WITHDRAWN = _("You have withdrawn these words.")
GONE = _("The data of its writer has been deleted, so these words can no longer be changed or withdrawn.")
READ = _("A moderator has read these words and let them stand, so they can no longer be changed.")
SAID_ALREADY = _("You have said this in the same place already.")

State = ReaderComment.State


def open_until(comment):
    return comment.submit_date + OPEN_FOR


def why_not_withdrawn(comment):
    """Return the sentence that says why its writer can no longer take it back; empty where they can."""
    if comment.state == State.REMOVED:
        return REMOVED
    if comment.state == State.WITHDRAWN:
        return WITHDRAWN
    if comment.person_id is None:
        return GONE
    return TOO_LATE if timezone.now() > open_until(comment) else ""


def why_not_changed(comment):
    """Return the sentence that says why its writer can no longer change it; empty where they can."""
    if why := why_not_withdrawn(comment):
        return why
    approved = comment.acts.filter(act=ModerationAct.Act.APPROVE, undone_by=None)
    return READ if comment.picked_at or approved.exists() else ""


@transaction.atomic
def edit(comment, text, request=None):
    """Put new words in the place of the old, which moderators keep. The chain decides anew.

    Raises Refused, and then nothing has changed.
    """
    comment = ReaderComment.objects.hold(comment)
    if why := why_not_changed(comment):
        raise posting.Refused(why)
    thread = posting.open_thread(comment.article_id, comment.user)
    if text == comment.comment:
        return comment
    EarlierText.objects.create(comment=comment, text=comment.comment)
    _take(comment, text)
    _decide(comment, thread, request)
    return comment


@transaction.atomic
def withdraw(comment):
    """Take the words from every surface; the place and the replies stay. A second time does nothing."""
    comment = ReaderComment.objects.hold(comment)
    if comment.state == State.WITHDRAWN:
        return comment
    if why := why_not_withdrawn(comment):
        raise posting.Refused(why)
    now = timezone.now()
    comment.change_state(State.WITHDRAWN, at=now)
    comment.fingerprint = None  # so that the writer may say it again
    comment.save(update_fields=["fingerprint"])
    comment.bands.all().delete()
    reports.settle(comment, CommentReport.Outcome.MOOT, None, now=now, about="")
    cases.settle(comment.case_id)
    return comment


def forget_withdrawn():
    """Forget what withdrawn comments said, a month later. Their places stay."""
    before = timezone.now() - WITHDRAWN_KEPT_FOR
    withdrawn = ReaderComment.objects.filter(withdrawn_at__lt=before)
    EarlierText.objects.filter(comment__in=withdrawn).delete()
    withdrawn.exclude(comment="").update(comment="")


def _take(comment, text):
    comment.comment, comment.edited_at = text, timezone.now()
    comment.fingerprint = posting.fingerprint_of(comment)
    if posting.said_before(comment):
        raise posting.Refused(SAID_ALREADY)
    try:
        with transaction.atomic():
            comment.save(update_fields=["comment", "fingerprint", "edited_at"])
    except IntegrityError as error:
        raise posting.Refused(SAID_ALREADY) from error
    comment.bands.all().delete()  # or it would be found to be like itself


def _decide(comment, thread, request):
    waited, case = comment.state == State.HELD, comment.case_id
    comment.is_public = True  # as a new one is, to the receivers of the library's signal
    attempt = posting.attempt_of(comment, thread, request)
    outcome = chain.decide(attempt)
    if outcome.refusal:
        raise posting.Refused(outcome.refusal.reason, status=422, url=outcome.refusal.url)
    comment.checks, comment.score = outcome.as_json(), attempt.score
    comment.save(update_fields=["checks", "score"])
    comment.change_state(outcome.state)
    likeness.remember(comment, attempt.like)
    if comment.state == State.HELD and not waited:
        cases.hold(comment, like=attempt.like, is_flood=outcome.is_flood)
    cases.settle(case)
