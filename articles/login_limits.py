"""How often may a password be tried? One count for the desk's door and for that of readers.

A network may try a name, and names, so often; who is tried from elsewhere is not locked out. The
count comes before any look at the account: the answer and its time are the same for a name that
exists and one that does not.
"""

import unicodedata

from django.utils.translation import gettext_lazy as _

from articles.ratelimit import allow, client_network, forget, give_back

WINDOW_S = 15 * 60
TRIES_FOR_A_NAME = 10
TRIES_FROM_A_NETWORK = 50
TOO_MANY = _("Too many attempts to log in from your network. Please wait a quarter of an hour.")


class TooManyTries(Exception):
    """Nobody looks at this password: the network has tried too often."""


def count_try(request, name):
    """Count one try of a password for `name`. Raises TooManyTries."""
    network = client_network(request)
    of_network = allow(f"login {network}", TRIES_FROM_A_NETWORK, WINDOW_S)
    if not of_network or not allow(_tries_for(network, name), TRIES_FOR_A_NAME, WINDOW_S):
        raise TooManyTries(TOO_MANY)


def was_right(request, name):
    """Whoever knows the password was not guessing."""
    network = client_network(request)
    forget(_tries_for(network, name))
    give_back(f"login {network}")


def _tries_for(network, name):
    return f"login {network} {unicodedata.normalize('NFKC', name).casefold()}"
