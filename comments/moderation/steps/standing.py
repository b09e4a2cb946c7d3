"""Who writes: sanctions that hold, what became of earlier comments, and whether there are any."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.prepared import prepared
from articles.zones import day_of, hour_of
from comments import tokens
from comments.models import ModerationAct, Person, ReaderComment, Sanction
from comments.moderation.verdicts import hold, passed, refuse
from comments.text import LINK

State = ReaderComment.State
OFTEN = 3  # removed ones
OFTEN_SHARE = 0.5

# Translators: %(why)s is the guideline that was broken, such as “insult (guideline 2)”.
UNTIL = _("You cannot comment until %(end)s: %(why)s.")
UNTIL_FROM_NETWORK = _("Nobody can comment from your connection until %(end)s: %(why)s.")
FOR_GOOD = _("You cannot comment for good: %(why)s.")
FOR_GOOD_FROM_NETWORK = _("Nobody can comment from your connection for good: %(why)s.")


def sanctions(attempt):
    """A suspension or ban refuses until its end; a warning until it is acknowledged."""
    for sanction in _against(attempt.person, attempt.network):
        if not sanction.is_in_force(attempt.now):
            continue
        if sanction.kind != Sanction.Kind.WARNING:
            return refuse(_refusal(sanction))
        if sanction.acknowledged_at is None:
            url = reverse("comments:warning", args=[tokens.warning_token(sanction)])
            told = gettext("A moderator has warned you. Read the warning before you comment again.")
            return refuse(told, url)
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
    of_network = sanction.network and not sanction.person_id
    why = sanction.get_reason_display()
    if not sanction.ends_at:
        told = FOR_GOOD_FROM_NETWORK if of_network else FOR_GOOD
        return told % {"why": why}
    end = timezone.localtime(sanction.ends_at)
    told = UNTIL_FROM_NETWORK if of_network else UNTIL
    return told % {"end": f"{day_of(end)}, {hour_of(end)}", "why": why}


def _has_been_read(attempt):
    """Whether a comment of this person stands, or a moderator let one pass."""
    if not attempt.last_states or State.PUBLISHED in attempt.last_states:
        return bool(attempt.last_states)
    approved = ModerationAct.objects.filter(comment__person=attempt.person, act=ModerationAct.Act.APPROVE)
    return attempt.others.published().exists() or approved.exists()
