"""All that is kept about one person: told to them as data, and forgotten when they ask for it.

An owner is known by an account, by a mailbox, or by both. What other parts keep about people they name
here themselves (`also_kept`). What stays after a deletion, and why, stands in docs/operations.md.
"""

import secrets
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy
from django_comments.models import Comment

from articles.models import ErrorReport, OutgoingMail
from articles.ratelimit import mailbox_of
from comments import corrections
from comments.account_pages import holders
from comments.models import (
    Appeal,
    CommentReport,
    CorrectionLetter,
    EarlierText,
    LikenessBand,
    ModerationAct,
    PendingComment,
    Person,
    ReaderComment,
    RemovalWords,
    Respect,
    Sanction,
)
from comments.models.person import barred
from comments.moderation import cases
from comments.moderation.reports import reporter_of
from comments.respects import giver_of

NOBODY = gettext_lazy("Deleted account")  # the name above what somebody leaves behind
PERSONAL = [
    *("user", "user_name", "user_email", "user_url", "ip_address", "comment", "html"),
    *("person", "network", "fingerprint", "wants_corrections", "checks", "score"),
]
State = ReaderComment.State
Leaving = Person.Leaving

# Of other parts: pairs of `tell(owner)`, which returns what JSON can hold, and `forget(owner)`, by name.
also_kept = {}


class OfNewsroom(Exception):
    """The accounts of the newsroom are an administrator's to close: their names stand in the record."""


@dataclass
class Owner:
    """Whose data it is."""

    account: object = None
    people: list = field(default_factory=list)  # the account's person, and those merged into it
    addresses: set = field(default_factory=set)

    @property
    def mailboxes(self):
        return {mailbox_of(address) for address in self.addresses}

    @property
    def comments(self):
        return ReaderComment.objects.filter(person__in=self.people).order_by("pk")

    @property
    def is_anybody(self):
        return bool(self.account or self.people)

    def rows_of(self, rows, column):
        """Return those rows whose column holds an address of one of the mailboxes."""
        found = set()
        for mailbox in self.mailboxes:
            local, _, domain = mailbox.rpartition("@")
            of_domain = {f"{column}__istartswith": local, f"{column}__iendswith": f"@{domain}"}
            for pk, address in rows.filter(**of_domain).values_list("pk", column):
                if mailbox_of(address) == mailbox:
                    found.add(pk)
        return rows.filter(pk__in=found)


def of_account(account):
    person = Person.objects.filter(user=account).first()
    people = [person, *person.absorbed.all()] if person else []
    addresses = set(EmailAddress.objects.filter(user=account).values_list("email", flat=True))
    addresses |= {account.email, *_written_from(people)} - {""}
    return Owner(account, people, addresses)


def of_address(email):
    """Return whose data belongs to an address: the account that proved its mailbox, or the mailbox alone."""
    person = Person.objects.known(email=email)
    if person and person.user:
        owner = of_account(person.user)
    elif proved := EmailAddress.objects.filter(email=email.lower()).order_by("-verified").first():
        owner = of_account(proved.user)
    else:
        people = [person, *person.absorbed.all()] if person else []
        owner = Owner(None, people, _written_from(people))
    owner.addresses.add(email.lower())
    return owner


def export(owner):
    """Return all that is kept about the owner, as plain data."""
    told = {
        "account": _account(owner.account),
        "addresses": sorted(owner.addresses),
        "people": [_person(person) for person in owner.people],
        "comments": _comments(owner),
        "waiting for your confirmation": list(
            owner.rows_of(PendingComment.objects.filter(stored=None), "email").values(
                "name", "email", "text", "created_at"
            )
        ),
        "reports of comments": list(
            _reports(owner).values("comment", "reason", "words", "name", "email", "at", "outcome")
        ),
        "reports of errors": list(
            owner.rows_of(ErrorReport.objects, "email").values(
                "words", "name", "email", "created_at", "answer"
            )
        ),
        "respect that you gave": _respects(owner),
        "decisions about you": _sanctions(owner),
        "letters": list(
            owner.rows_of(OutgoingMail.objects, "recipient").values(
                "recipient", "subject", "queued_at", "sent_at"
            )
        ),
    }
    for name, (tell, _) in also_kept.items():
        told[name] = tell(owner)
    return _plain(told)


def erase(owner, *, words=Leaving.KEEP):
    """Forget the owner. Comments lose name, address, person and what they said before they were changed.

    Unpublished, or with WITHDRAW, they lose their words too.

    Each comment is a transaction of its own, since each holds its thread. What dies on the way is finished
    by `finish_unfinished`; a second time does nothing more. Raises OfNewsroom.
    """
    if owner.account and owner.account.is_staff:
        raise OfNewsroom
    _forget_waiting(owner)
    _begin(owner, words)
    _erase_comments(owner, words)
    while not _forget(owner):  # a comment was being stored meanwhile
        _erase_comments(owner, words)
    _forget_waiting(owner)


def finish_unfinished():
    """Go on with deletions that were begun and not ended."""
    for person in Person.objects.exclude(leaving="").select_related("user")[:100]:
        if person.user:
            owner = of_account(person.user)
        elif person.mailbox:
            owner = of_address(person.mailbox)
        else:
            owner = Owner(None, [person, *person.absorbed.all()])
        erase(owner, words=person.leaving)


def forget_lifted_bars():
    """Forget the mark of a deleted person's mailbox once nothing is in force against them."""
    in_force = Sanction.objects.in_force().exclude(kind=Sanction.Kind.WARNING).filter(person__isnull=False)
    sanctioned = in_force.values("person")
    marked = Person.objects.filter(mailbox__startswith="barred ")
    marked.exclude(Q(pk__in=sanctioned) | Q(merged_into__in=sanctioned)).update(mailbox=None)


def _forget_waiting(owner):
    """By itself: whoever confirms such words holds them first, and the person then."""
    owner.rows_of(PendingComment.objects, "email").delete()


@transaction.atomic
def _begin(owner, words):
    """Let nobody write as this owner any more, and write down what is to be done."""
    if owner.account:
        owner.account.is_active = False
        owner.account.set_unusable_password()
        owner.account.save(update_fields=["is_active", "password"])
    for person in _held(owner):
        person.leaving = words
        person.save(update_fields=["leaving"])


def _erase_comments(owner, words):
    for pk in owner.comments.values_list("pk", flat=True):
        _erase_comment(pk, words)


@transaction.atomic
def _erase_comment(pk, words):
    comment = ReaderComment.objects.hold(ReaderComment.objects.get(pk=pk))
    if words == Leaving.WITHDRAW or comment.state != State.PUBLISHED:
        _erase_words(comment)
    EarlierText.objects.filter(comment=comment).delete()
    comment.user = comment.person = comment.fingerprint = comment.ip_address = None
    comment.user_name, comment.user_email, comment.user_url, comment.network = str(NOBODY), "", "", ""
    comment.wants_corrections = False
    comment.save(update_fields=PERSONAL)


def _erase_words(comment):
    comment.comment, comment.checks, comment.score = "", [], None
    if comment.state != State.REMOVED:  # whose place goes on saying why
        comment.change_state(State.WITHDRAWN)
    LikenessBand.objects.filter(comment=comment).delete()
    Appeal.objects.filter(comment=comment).update(words="")
    RemovalWords.objects.filter(act__comment=comment).delete()
    cases.settle(comment.case_id)


@transaction.atomic
def _forget(owner):
    """Return whether nothing was left to do first."""
    held = _held(owner)
    if owner.comments.exists():
        return False
    for person in held:
        _forget_person(person)
    owner.rows_of(OutgoingMail.objects, "recipient").delete()
    for report in _reports(owner):
        report.name = report.email = ""
        report.reporter = secrets.token_hex(32)
        report.save(update_fields=["name", "email", "reporter"])
    owner.rows_of(ErrorReport.objects, "email").update(name="", email="")
    keys = [corrections.key_of(address) for address in owner.addresses]
    CorrectionLetter.objects.filter(reader__in=keys).delete()
    for _, forget in also_kept.values():
        forget(owner)
    holders.forget_unproved(owner.rows_of(EmailAddress.objects.filter(verified=False), "email"))
    if owner.account:
        _forget_account(owner.account)
    return True


def _held(owner):
    """Hold all that the owner is, mailboxes before accounts."""
    in_order = sorted(owner.people, key=lambda person: (person.merged_into_id is None, person.pk))
    return [Person.objects.hold(person.pk) for person in in_order]


def _forget_person(person):
    person.notes.all().delete()
    banned = person.sanctions.in_force().exclude(kind=Sanction.Kind.WARNING).exists()
    if person.merged_into_id:
        banned |= Sanction.objects.in_force().filter(person=person.merged_into_id).exists()
    if not person.is_barred:
        person.mailbox = barred(person.mailbox) if banned and person.mailbox else None
    person.user, person.name, person.leaving = None, "", ""
    person.save(update_fields=["user", "name", "leaving", "mailbox"])


def _forget_account(account):
    EmailAddress.objects.filter(user=account).delete()
    account.username, account.email = f"deleted-{account.pk}", ""
    account.first_name = account.last_name = ""
    account.last_login = None
    account.save()
    of_accounts = ContentType.objects.get_for_model(get_user_model())
    entries = LogEntry.objects.filter(content_type=of_accounts, object_id=str(account.pk))
    entries.update(object_repr=account.username)


def _written_from(people):
    written = Comment.objects.filter(pk__in=ReaderComment.objects.filter(person__in=people).values("pk"))
    return {address.lower() for address in written.values_list("user_email", flat=True).distinct() if address}


def _reports(owner):
    theirs = owner.rows_of(CommentReport.objects, "email")
    if owner.account:
        theirs |= CommentReport.objects.filter(reporter=reporter_of(owner.account, ""))
    return theirs


def _account(account):
    if account is None:
        return None
    return {"email": account.email, "opened": account.date_joined, "last signed in": account.last_login}


def _person(person):
    return {"name": person.name, "mailbox": person.mailbox, "known since": person.created_at}


def _comments(owner):
    acts = {}
    decided = ModerationAct.objects.filter(comment__person__in=owner.people).order_by("pk")
    columns = ("comment", "act", "reason", "words_to_writer__text", "at")
    for comment, act, reason, words, at in decided.values_list(*columns):
        acts.setdefault(comment, []).append({"act": act, "reason": reason, "words": words or "", "at": at})
    return [
        {
            "number": comment.pk,
            "story": comment.article_id,
            "name": comment.user_name,
            "e-mail address": comment.user_email,
            "words": comment.comment,
            "earlier words": [{"words": one.text, "until": one.at} for one in comment.earlier_texts.all()],
            "written": comment.submit_date,
            "published": comment.published_at,
            "state": comment.state,
            "network": comment.network,
            "checks": comment.checks,
            "decisions": acts.get(comment.pk, []),
            "appeals": list(comment.appeals.values("words", "at", "outcome", "answer")),
            "letters about corrections": comment.wants_corrections,
        }
        for comment in owner.comments.prefetch_related("appeals", "earlier_texts")
    ]


def _respects(owner):
    """What was given signed in; whose device gave the rest, nobody knows."""
    if owner.account is None:
        return []
    given = Respect.objects.filter(giver=giver_of(owner.account, ""))
    return list(given.order_by("pk").values("comment", "at"))


def _sanctions(owner):
    theirs = Sanction.objects.filter(person__in=owner.people)
    return list(theirs.values("kind", "reason", "words", "begins_at", "ends_at", "lifted_at"))


def _plain(value):
    """Return the same as JSON can hold it: instants as text."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
