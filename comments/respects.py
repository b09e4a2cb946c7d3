"""Respect for a comment: given once by each reader, taken back by giving it again."""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from comments.models import ReaderComment, Respect

COOKIE = "device"
COOKIE_AGE = 365 * 24 * 60 * 60

GONE = _("This comment is no longer there.")
ONE_S_OWN = _("This comment is your own. Respect for it is for others to give.")


class NotGiven(Exception):
    """Respect cannot be given here; says why in a sentence."""

    def __init__(self, sentence, status):
        super().__init__(sentence)
        self.status = status


def device_of(request):
    """Return what the reader's device is known by: random, and made here if it is the first time."""
    return request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24)


def remember(response, device):
    response.set_cookie(
        COOKIE, device, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.IS_SECURE_SITE
    )


def giver_of(account, device):
    """Return a keyed hash of whoever presses: an account is the same on every device."""
    who = f"account {account.pk}" if account.is_authenticated else f"device {device}"
    return salted_hmac("comments.respect", who, algorithm="sha256").hexdigest()


@transaction.atomic
def press(comment, giver, account):
    """Give respect, or take it back where it was given. Return whether it stands now. Raises NotGiven."""
    if account.is_authenticated and comment.user_id == account.pk:
        raise NotGiven(ONE_S_OWN, status=403)
    given = _turn(comment, giver)
    if given is not None:
        published = ReaderComment.objects.published().filter(pk=comment.pk)
        if not published.update(respect_count=F("respect_count") + (1 if given else -1)):
            raise NotGiven(GONE, status=410)
    return given is not False


def _turn(comment, giver):
    """Return whether respect is there now and was not before; None if another press had just given it."""
    if Respect.objects.filter(comment=comment, giver=giver).delete()[0]:
        return False
    try:
        with transaction.atomic():
            Respect.objects.create(comment=comment, giver=giver)
    except IntegrityError:
        return None
    return True
