"""Which account does an address belong to? Only what was proved counts: who signs up blocks nobody."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from articles.ratelimit import mailbox_of
from comments.models import Person

UNCONFIRMED_KEPT_FOR = timedelta(days=7)  # longer than the letter's link is good for


def account_to_sign_in(email):
    """Return the one reader's account whose password is asked for: the proved one, or the latest sign-up."""
    addresses = EmailAddress.objects.filter(email=email.lower(), user__is_staff=False)
    address = addresses.select_related("user").order_by("-verified", "-pk").first()
    return address and address.user


def proved_account(email):
    """Return the reader's account that has proved this very address."""
    proved = EmailAddress.objects.filter(email=email.lower(), verified=True, user__is_staff=False)
    address = proved.filter(user__is_active=True).select_related("user").first()
    return address and address.user


def account_called(name):
    """Return who signs in by this: a reader's proved address, or the login or address of a colleague."""
    colleagues = get_user_model().objects.filter(is_staff=True, is_active=True)
    called = colleagues.filter(Q(username=name) | Q(email__iexact=name))
    return proved_account(name) or called.order_by("pk").first()


def is_taken(email, *, besides=None):
    """Whether an account other than `besides` has the mailbox of this address. One mailbox, one account."""
    # Each is asked in any case, so that the answer takes as long whatever it is.
    by_address = EmailAddress.objects.filter(email=email.lower(), verified=True).exclude(user=besides)
    return any([by_address.exists(), is_of_newsroom(email), _mailbox_is_taken(mailbox_of(email), besides)])


def is_of_newsroom(email):
    return get_user_model().objects.filter(email__iexact=email, is_staff=True).exists()


def forget_rivals(address):
    """Forget accounts that were opened with an address and never confirmed, once somebody proved it."""
    rivals = EmailAddress.objects.filter(email=address.email, verified=False).exclude(user=address.user_id)
    forget_unproved(rivals)


def forget_unproved(addresses):
    """Forget these addresses, and the accounts that have no other."""
    keys = list(addresses.values_list("pk", flat=True))
    _delete_unproved(list(addresses.values_list("user", flat=True)))
    EmailAddress.objects.filter(pk__in=keys).delete()  # to which an account with another wanted to change


def forget_unconfirmed():
    before = timezone.now() - UNCONFIRMED_KEPT_FOR
    _delete_unproved(EmailAddress.objects.filter(user__date_joined__lt=before, verified=False).values("user"))


def _mailbox_is_taken(mailbox, besides):
    person = Person.objects.filter(mailbox=mailbox, merged_into__isnull=False).first()
    holder = person and person.merged_into.user
    if holder is None or holder == besides or not holder.is_active:
        return False
    proved = EmailAddress.objects.filter(user=holder, verified=True).values_list("email", flat=True)
    return mailbox in map(mailbox_of, proved)


def _delete_unproved(keys):
    """Delete those accounts that never signed in and proved no address; nothing can hang on them."""
    never = get_user_model().objects.filter(pk__in=keys, last_login=None, is_staff=False)
    never.exclude(emailaddress__verified=True).delete()
