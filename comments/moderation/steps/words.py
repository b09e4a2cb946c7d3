from comments.models import WordRule
from comments.moderation.verdicts import hold, passed, refuse
from comments.moderation.words import hits_of


def words(attempt):
    """A banned word is refused, so that it can be changed; a suspect one is read by a moderator first."""
    hits = hits_of(attempt.text)
    banned = [hit.words for hit in hits if hit.rule.kind == WordRule.Kind.BAN]
    if banned:
        return refuse(f"We do not publish {_said(banned)}. Change that, and send your words again.")
    if hits:
        said = _said(hit.words for hit in hits)
        nudge = (
            f"Comments with {said} are read by a moderator first, and often removed. "
            "You can still say it in other words."
        )
        return hold(f"Has {said}, which the newsroom's list holds suspect.", nudge)
    return passed("No word of the lists.")


def _said(words):
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))
