from django.utils.translation import gettext

from comments.models import WordRule
from comments.moderation.verdicts import hold, passed, refuse
from comments.moderation.words import hits_of


def words(attempt):
    """A banned word is refused, so that it can be changed; a suspect one is read by a moderator first."""
    hits = hits_of(attempt.text)
    banned = [hit.words for hit in hits if hit.rule.kind == WordRule.Kind.BAN]
    if banned:
        told = gettext("We do not publish %(words)s. Change that, and send your words again.")
        return refuse(told % {"words": _said(banned)})
    if hits:
        said = _said(hit.words for hit in hits)
        nudge = gettext(
            "Comments with %(words)s are read by a moderator first, and often removed. "
            "You can still say it in other words."
        )
        reason = f"Has {said}, which the newsroom's list holds suspect."
        return hold(reason, nudge % {"words": said})
    return passed("No word of the lists.")


def _said(words):
    quoted = gettext("“%(words)s”")
    return ", ".join(quoted % {"words": word} for word in dict.fromkeys(words))
