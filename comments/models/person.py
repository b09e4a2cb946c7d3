from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.prepared import prepared
from articles.ratelimit import mailbox_of


def mark_of(person_id):
    """Return what readers' browsers know this person by: keyed, and no address is in it."""
    return _keyed_mark(person_id, settings.SECRET_KEY)


@lru_cache(maxsize=10_000)  # a page of a thread bears fifty
def _keyed_mark(person_id, secret):
    return salted_hmac("comments.person", str(person_id), secret, algorithm="sha256").hexdigest()[:16]


def barred(mailbox):
    """Return what is kept of the mailbox of somebody who had their data deleted while they were banned."""
    return "barred " + salted_hmac("comments.barred", mailbox, algorithm="sha256").hexdigest()


class PersonQuerySet(models.QuerySet):
    def of_writer(self, account=None, email=""):
        """Return who writes under this account or from this mailbox; None where there is neither.

        In a transaction the person is held to its end, so that no claim comes between this answer and
        what is stored for it. Whoever holds several takes mailboxes before accounts.
        """
        if account is not None:
            name = account.get_full_name()[:50]
            person, _ = self.get_or_create(user=account, defaults={"name": name})
            person = self._held(person)
            person.user = account
            return person
        if not email:
            return None
        person = self.behind(mailbox_of(email))
        return self._held(self.get(pk=person.merged_into_id)) if person.merged_into_id else person

    def behind(self, mailbox):
        """Return the person of a mailbox, as it stands by itself; made if there is none.

        In a transaction that person is held to its end.
        """
        keys = barred(mailbox), mailbox
        in_transaction = connection.in_atomic_block
        people = _held_behind(*keys) if in_transaction else self.filter(mailbox__in=keys)
        found = {person.mailbox: person for person in people}
        return found.get(barred(mailbox)) or found.get(mailbox) or self._made(mailbox)

    def _made(self, mailbox):
        """Of two who write from it at once for the first time, one makes the person and both are it.

        Who came second waits here for the first, and reads what that one made of the person: in a claim,
        somebody else's.
        """
        made = self.model(mailbox=mailbox)
        self.bulk_create([made], update_conflicts=True, unique_fields=["mailbox"], update_fields=["mailbox"])
        return next(_person(made.pk))

    def known(self, account=None, email=""):
        """As `of_writer`, but makes nobody: None for whoever has never written."""
        people = self.select_related("merged_into")
        if account is not None:
            return people.filter(user=account).first()
        person = people.filter(mailbox=mailbox_of(email)).first() if email else None
        return person and person.now

    def same_as(self, person):
        """Everybody who is this person too: what was merged, and whoever had the account's mailbox before."""
        same = Q(pk=person.pk) | Q(merged_into=person)
        if person.user_id and person.user.email:
            mailbox = mailbox_of(person.user.email)
            keys = [mailbox, barred(mailbox)]
            same |= Q(mailbox__in=keys) | Q(pk__in=self.filter(mailbox__in=keys).values("merged_into"))
        return self.filter(same)

    def with_mailbox(self, mailbox):
        """People who write from this mailbox, with or without an account."""
        owners = self.filter(mailbox=mailbox, merged_into__isnull=False).values("merged_into")
        by_itself = Q(mailbox=mailbox, merged_into=None)
        return self.filter(by_itself | Q(pk__in=owners) | Q(user__email__iexact=mailbox))

    def called(self, name):
        """People who have put this name above one of their last comments."""
        wrote = apps.get_model("comments", "ReaderComment").objects.filter(user_name__iexact=name)
        return self.filter(Q(name__iexact=name) | Q(pk__in=wrote.order_by("-pk").values("person")[:1000]))

    def _held(self, person):
        if person.merged_into_id is None and connection.in_atomic_block:
            person = self.hold(person.pk)
        if person.merged_into_id:
            return self._held(self.get(pk=person.merged_into_id))
        return person

    def hold(self, pk):
        """Lock a person to the end of the transaction. Rows that name the person can still be added."""
        return self.select_for_update(no_key=True).get(pk=pk)


@prepared
def _person(pk):
    return Person.objects.filter(pk=pk)


@prepared
def _held_behind(barred_mailbox, mailbox):
    return Person.objects.select_for_update(no_key=True).filter(mailbox__in=[barred_mailbox, mailbox])


class Person(models.Model):
    """Who comments: an account, or the mailbox behind an address that answered our letter."""

    class Leaving(models.TextChoices):
        KEEP = "keep", "published words stay, without the name"
        WITHDRAW = "withdraw", "all words go"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="person"
    )
    mailbox = models.CharField(max_length=254, unique=True, null=True)  # noqa: DJ001
    name = models.CharField(max_length=50, blank=True, help_text="The name above new comments.")
    created_at = models.DateTimeField(default=timezone.now)
    # The account's person, once the account proved the mailbox. What is final still names this row.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    # What is to become of the words, from when deletion was asked for until it is done.
    leaving = models.CharField(max_length=8, choices=Leaving, blank=True, db_default="", editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["leaving"], condition=~models.Q(leaving=""), name="persons_leaving"),
        ]

    def __str__(self):
        return self.name or f"person {self.pk}"

    @property
    def now(self):
        """The person that this one is now."""
        return self.merged_into if self.merged_into_id else self

    @property
    def address(self):
        """The e-mail address behind this person, for moderators alone."""
        if self.user_id:
            return self.user.email
        return "" if self.is_barred else self.mailbox

    @property
    def is_barred(self):
        return bool(self.mailbox) and self.mailbox.startswith("barred ")
