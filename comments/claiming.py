"""An account that proves a mailbox takes over what was written from it without an account."""

from django.db import transaction
from django.db.models import Q

from articles.ratelimit import mailbox_of
from comments.models import Following, Person, PersonNote, ReaderComment, Sanction


@transaction.atomic
def claim(account, email):
    """Give the account the comments, sanctions and notes of the mailbox; return how many comments.

    The mailbox's person stays, since acts that are final name it, and points to the account's. Whatever
    is written from the mailbox later, without signing in, is the account's too: so neither escapes a ban
    of the other. What an earlier account took from the mailbox stays with that one.
    """
    mailbox = Person.objects.behind(mailbox_of(email))
    person = Person.objects.of_writer(account)
    before = mailbox.merged_into_id
    if before not in (None, person.pk) and Sanction.objects.in_force().filter(person=before).exists():
        return 0  # it stays where the sanction is, and there the chain looks
    mailbox.merged_into = person
    mailbox.save(update_fields=["merged_into"])
    if not person.name:
        person.name = mailbox.name
        person.save(update_fields=["name"])
    return _move(mailbox, person)


def claim_confirmed(request, email_address, **kwargs):
    """Receives `email_confirmed`. The page that confirmed tells `request.claimed`."""
    account = email_address.user
    request.claimed = 0 if account.is_staff else claim(account, email_address.email)


def _move(mailbox, person):
    Sanction.objects.filter(person=mailbox).update(person=person)
    PersonNote.objects.filter(person=mailbox).update(person=person)
    _move_followings(mailbox, person)
    theirs = ReaderComment.objects.filter(person=mailbox)
    return theirs.update(person=person, user=person.user)


def _move_followings(mailbox, person):
    """Each story is followed once; where both did, what the account chose stays."""
    chosen = Following.objects.filter(person=person)
    twice = Q(article__in=chosen.exclude(article=None).values("article"))
    if chosen.filter(article=None).exists():
        twice |= Q(article=None)
    Following.objects.filter(twice, person=mailbox).delete()
    Following.objects.filter(person=mailbox).update(person=person, address="")
