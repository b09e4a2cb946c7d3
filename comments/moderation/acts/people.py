"""What moderators do about persons and networks."""

from django.db import transaction
from django.utils import timezone

from comments import letters
from comments.models import ModerationAct, Person, PersonNote, Sanction
from comments.moderation.acts.record import (
    AlreadyDecided,
    EndMissing,
    check_reason,
    check_right,
    record,
)

Act = ModerationAct.Act
Kind = Sanction.Kind


def warn(person, by, reason, words="", *, comment=None, now=None):
    """Let the person read what was wrong before they comment again."""
    return _sanction(Act.WARN, Kind.WARNING, by, reason, words, person=person, comment=comment, now=now)


def suspend(person, by, reason, ends_at, words="", *, comment=None, now=None):
    """Let the person write nothing until `ends_at`."""
    _check_end(ends_at, now)
    return _sanction(
        Act.SUSPEND, Kind.SUSPENSION, by, reason, words, ends_at, person=person, comment=comment, now=now
    )


def ban(person, by, reason, ends_at, words="", *, comment=None, now=None):
    """As a suspension, for whoever was suspended in vain: by account and mailbox, until `ends_at`."""
    _check_end(ends_at, now)
    return _sanction(Act.BAN, Kind.BAN, by, reason, words, ends_at, person=person, comment=comment, now=now)


def ban_network(network, by, reason, ends_at, words="", *, comment=None, now=None):
    """Let nobody comment from a /24 or /48 until `ends_at`. The network itself is not in the ledger."""
    _check_end(ends_at, now)
    return _sanction(Act.BAN, Kind.BAN, by, reason, words, ends_at, network=network, comment=comment, now=now)


def check_unsanctioned_since(person, networks, seen):
    """Raise AlreadyDecided if more than the `seen` sanctions are known; hold the person till all is done.

    So of two who warn somebody at once the second learns of the first, and a button pressed twice acts once.
    """
    Person.objects.hold(person.pk)
    known = Sanction.objects.known_of(person, networks)
    if known.count() > seen:
        last = known.select_related("by").first()
        kind, reason = last.get_kind_display(), last.get_reason_display()
        raise AlreadyDecided(None, f"{last.by} has given a {kind} since you looked: {reason}.")


@transaction.atomic
def lift(sanction, by, note="", *, now=None):
    """End a sanction before its time."""
    check_right(by)
    now = now or timezone.now()
    sanction = Sanction.objects.select_for_update().get(pk=sanction.pk)
    if not sanction.is_in_force(now):
        raise AlreadyDecided(None)
    sanction.lifted_at = now
    sanction.save(update_fields=["lifted_at"])
    before = {"sanction": sanction.pk}
    row = record(Act.LIFT, by, person=sanction.person, note=note, before=before, now=now)
    letters.tell_ended(sanction, row)
    return row


@transaction.atomic
def note(person, by, text, *, now=None):
    """Tell the other moderators something about a person."""
    check_right(by)
    act = record(Act.NOTE, by, person=person, now=now)
    PersonNote.objects.create(person=person, text=text.strip(), by=by, at=act.at)
    return act


@transaction.atomic
def _sanction(act, kind, by, reason, words, ends_at=None, *, person=None, network="", comment=None, now=None):
    check_right(by)
    check_reason(reason)
    row = record(act, by, person=person, comment=comment, reason=reason, now=now)
    sanction = Sanction.objects.create(
        kind=kind,
        person=person,
        network=network,
        reason=reason,
        words=words.strip(),
        begins_at=row.at,
        ends_at=ends_at,
        by=by,
        act=row,
    )
    tell = letters.tell_warned if kind == Kind.WARNING else letters.tell_suspended
    tell(sanction)
    return row


def _check_end(ends_at, now):
    if ends_at is None or ends_at <= (now or timezone.now()):
        raise EndMissing
