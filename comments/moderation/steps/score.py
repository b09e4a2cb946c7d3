import time

from django.utils.translation import gettext

from comments.models import ReaderComment
from comments.moderation import score as local
from comments.moderation.verdicts import hold, passed

ASKED_AGAIN_AFTER_S = 60  # a model is at most this much older here than in the database

_kept = (None, -ASKED_AGAIN_AFTER_S)


def score(attempt):
    """What was learned from this site's decisions. It may hold, and it gives its reasons."""
    model = _model()
    if model is None:
        return passed("Has not learned enough yet.")
    states = attempt.last_states
    share = states.count(ReaderComment.State.REMOVED) / len(states) if states else 0.0
    opinion = local.opinion_of(model, attempt.text, removed_share=share)
    attempt.score = opinion.score
    if not opinion.holds:
        return passed(f"Looks like removed comments by {opinion.score:.0%}.")
    reasons = ", ".join(opinion.reasons)
    because = f": {reasons}" if reasons else ""
    return hold(f"Looks like removed comments by {opinion.score:.0%}{because}.", _nudge(reasons))


def _nudge(reasons):
    if not reasons:
        return gettext(
            "This reads like comments that moderators removed, so one of them would read it first. "
            "You can still change it."
        )
    told = gettext(
        "This reads like comments that moderators removed, so one of them would read it first: %(reasons)s. "
        "You can still change it."
    )
    return told % {"reasons": reasons}


def _model():
    global _kept
    model, asked_at = _kept
    if time.monotonic() - asked_at > ASKED_AGAIN_AFTER_S:
        model = local.newest()
        _kept = (model, time.monotonic())
    return model


def forget():
    """Ask the database anew: for whoever has just learned."""
    global _kept
    _kept = (None, -ASKED_AGAIN_AFTER_S)
