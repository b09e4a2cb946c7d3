"""How much may come from one network or account, or go to one mailbox, in a span of seconds."""

from django.utils.translation import gettext_lazy as _

from articles.ratelimit import allow, client_network, mailbox_of

HOUR = 60 * 60
DAY = 24 * HOUR

FROM_ONE_NETWORK = (60, HOUR)
FROM_ONE_ACCOUNT = (20, HOUR)
# Two limits, so that a stranger who uses up his own does not lock the mailbox's owner out.
TO_ONE_MAILBOX_FROM_ONE_NETWORK = (4, DAY)
TO_ONE_MAILBOX = (10, DAY)

# Of letters about accounts, counted apart: whoever comments a lot must still get a new password.
ACCOUNT_LETTERS_FROM_ONE_NETWORK = (30, HOUR)

RESPECT_FROM_ONE_NETWORK = (120, HOUR)
# A reader who forgets the cookie could press again and again.
RESPECT_FROM_ONE_NETWORK_FOR_ONE_COMMENT = (20, DAY)
REPORTS_FROM_ONE_NETWORK = (30, HOUR)
APPEALS_FROM_ONE_NETWORK = (20, DAY)

TOO_MUCH = _(
    "Too many comments came from your connection within an hour. Keep your words and send them later."
)
TOO_MANY_LETTERS = _(
    "We have sent as many letters to this address today as we send to anybody. "
    "Open one of them, or try again tomorrow."
)
TOO_MANY_ACCOUNT_LETTERS = _(
    "Too many letters were asked for from your connection within an hour. Try again later."
)
TOO_MUCH_RESPECT = _("Too much respect came from your connection in a short time. Try again later.")
TOO_MANY_REPORTS = _(
    "Too many reports came from your connection within an hour. Keep your words and send them later."
)
TOO_MANY_APPEALS = _(
    "Too many appeals came from your connection today. Keep your words and send them tomorrow: "
    "an appeal can be made at any time."
)


class TooMuch(Exception):
    """A limit is reached; says which in a sentence for the reader."""


def count_letter(request, email):
    """Count one letter against its network and its mailbox. Raises TooMuch."""
    network = client_network(request)
    _count(f"network {network}", FROM_ONE_NETWORK, TOO_MUCH)
    _count_mailbox(network, mailbox_of(email))


def count_post(account):
    """Count one comment against the account that posts it. Raises TooMuch."""
    _count(f"account {account.pk}", FROM_ONE_ACCOUNT, TOO_MUCH)


def count_account_letter(request, email):
    """Count one letter about an account, whether there is one or not. Raises TooMuch."""
    network = client_network(request)
    _count(f"account letters from {network}", ACCOUNT_LETTERS_FROM_ONE_NETWORK, TOO_MANY_ACCOUNT_LETTERS)
    _count_mailbox(network, mailbox_of(email), "account letters to ")


def count_respect(request, comment):
    """Count one press of the button against its network. Raises TooMuch."""
    network = client_network(request)
    _count(f"respect from {network}", RESPECT_FROM_ONE_NETWORK, TOO_MUCH_RESPECT)
    for_comment = f"respect for {comment.pk} from {network}"
    _count(for_comment, RESPECT_FROM_ONE_NETWORK_FOR_ONE_COMMENT, TOO_MUCH_RESPECT)


def count_report(request):
    """Count one report of a comment against its network. Raises TooMuch."""
    _count(f"reports from {client_network(request)}", REPORTS_FROM_ONE_NETWORK, TOO_MANY_REPORTS)


def count_appeal(request):
    """Count one appeal against its network. Raises TooMuch."""
    _count(f"appeals from {client_network(request)}", APPEALS_FROM_ONE_NETWORK, TOO_MANY_APPEALS)


def may_confirm_report(request, email):
    """Count one letter that confirms a report; return whether the mailbox may have it.

    Where it may not, the report is taken all the same.
    """
    try:
        _count_mailbox(client_network(request), mailbox_of(email))
    except TooMuch:
        return False
    return True


def _count_mailbox(network, mailbox, what=""):
    from_network = f"{what}mailbox {mailbox} from {network}"
    _count(from_network, TO_ONE_MAILBOX_FROM_ONE_NETWORK, TOO_MANY_LETTERS)
    _count(f"{what}mailbox {mailbox}", TO_ONE_MAILBOX, TOO_MANY_LETTERS)


def _count(who, limit, sentence):
    if not allow(f"comments {who}", *limit):
        raise TooMuch(sentence)
