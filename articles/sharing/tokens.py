"""What the addresses of a preview carry: one salt for each purpose.

A link's token is its secret, of which the database keeps a hash alone, and our signature, so that
what we never made costs no query. An opening's token is its key and our signature.
"""

from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from articles.models import PreviewLink, PreviewOpening
from articles.models.preview_opening import LASTS

SEPARATOR = "."  # the usual colon would be cut off by programs that make links of addresses in letters
_links = Signer(salt="articles.preview_link", sep=SEPARATOR)
_openings = Signer(salt="articles.preview_opening", sep=SEPARATOR)


def hash_of(secret):
    return sha256(secret.encode()).hexdigest()


def link_token(secret):
    return _links.sign(secret)


def opening_token(opening):
    return _openings.sign(opening.pk.hex)


def openable_link(token):
    """Return the link that the token opens now; None for a wrong token, a dead link, a used one."""
    secret = _signed(_links, token)
    return secret and PreviewLink.objects.openable().filter(secret_hash=hash_of(secret)).first()


def live_opening(token):
    """Return the opening that the token stands for, while it lasts and its link is alive; else None."""
    key, now = _signed(_openings, token), timezone.now()
    alive = PreviewLink.objects.alive(now)
    openings = PreviewOpening.objects.filter(at__gt=now - LASTS, link__in=alive).select_related("link")
    return key and openings.filter(pk=key).first()


def _signed(signer, token):
    try:
        return signer.unsign(token)
    except BadSignature:
        return None
