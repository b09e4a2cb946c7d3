"""Who writes: sanctions that hold, what became of earlier comments, and whether there are any."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.prepared import prepared
from comments import tokens
from comments.models import ModerationAct, Person, ReaderComment, Sanction
from comments.moderation.verdicts import hold, passed, refuse
from comments.text import LINK

State = ReaderComment.State
OFTEN = 3  # removed ones
OFTEN_SHARE = 0.5


def sanctions(attempt):
    """A suspension or ban refuses until its end; a warning until it is acknowledged."""
    for sanction in _against(attempt.person, attempt.network):
        if not sanction.is_in_force(attempt.now):
            continue
        if sanction.kind != Sanction.Kind.WARNING:
            return refuse(_refusal(sanction))
        if sanction.acknowledged_at is None:
            url = reverse("comments:warning", args=[tokens.warning_token(sanction)])
            return refuse("A moderator has warned you. Read the warning before you comment again.", url)
    return passed("No sanction.")


def _against(person, network):
    if person and network and not person.user_id:
        return _against_mailbox(person.pk, network)
    return Sanction.objects.against(person, network)


@prepared
def _against_mailbox(person, network):
    return Sanction.objects.against(Person(pk=person), network)


def history(attempt):
    """Whose comments were often removed is read first."""
    removed, count = attempt.last_states.count(State.REMOVED), len(attempt.last_states)
    reason = f"{removed} of the person's last {count} comments were removed." if count else ""
    if removed >= OFTEN and removed / count >= OFTEN_SHARE:
        return hold(reason)
    return passed(reason)


def first_timer(attempt):
    if attempt.person is None or _has_been_read(attempt):
        return passed()
    if settings.COMMENTS_HOLD_FIRST:
        return hold("The person's first comment.")
    if LINK.search(attempt.text):
        return hold("The person's first comment, and it has a link.")
    return passed("The person's first comment.")


def _refusal(sanction):
    end = date_format(timezone.localtime(sanction.ends_at), "j F Y, H:i") if sanction.ends_at else None
    until = f"until {end}" if end else "for good"
    if sanction.network and not sanction.person_id:
        return f"Nobody can comment from your connection {until}: {sanction.get_reason_display()}."
    return f"You cannot comment {until}: {sanction.get_reason_display()}."


def _has_been_read(attempt):
    """Whether a comment of this person stands, or a moderator let one pass."""
    if not attempt.last_states or State.PUBLISHED in attempt.last_states:
        return bool(attempt.last_states)
    approved = ModerationAct.objects.filter(comment__person=attempt.person, act=ModerationAct.Act.APPROVE)
    return attempt.others.published().exists() or approved.exists()
