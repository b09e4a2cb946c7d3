"""How often may somebody try? Counted in the database, so that all processes count together."""

import time
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from articles.models import RateLimit

# In one statement, so that of 32 who come at once exactly `limit` get through.
COUNT = """
    INSERT INTO articles_ratelimit (key, count, ends_ms) VALUES (%(key)s, 1, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN articles_ratelimit.ends_ms <= %(now)s THEN 1 ELSE articles_ratelimit.count + 1 END,
        ends_ms = CASE WHEN articles_ratelimit.ends_ms <= %(now)s THEN %(ends)s
                       ELSE articles_ratelimit.ends_ms END
    RETURNING count
"""


def allow(key, limit, per_seconds):
    """Count one try under `key`; return whether it is among the first `limit` of its `per_seconds`.

    The window opens with the first try. Call it outside a transaction: one that is
    rolled back takes the count with it, and one that lingers makes others wait.
    """
    now = _now_ms()
    values = {"key": _hashed(key), "now": now, "ends": now + int(per_seconds * 1000)}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return cursor.fetchone()[0] <= limit


def give_back(key):
    """Take one try under `key` back, which turned out to be none of those that are limited."""
    RateLimit.objects.filter(key=_hashed(key), count__gt=0).update(count=F("count") - 1)


def forget(key):
    """Let tries under `key` begin anew."""
    RateLimit.objects.filter(key=_hashed(key)).delete()


def forget_ended_windows():
    RateLimit.objects.filter(ends_ms__lte=_now_ms()).delete()


def client_network(request):
    """Return the network that the request comes from: the /24 of an IPv4 address, the /48 of an IPv6 one.

    `X-Forwarded-For` is believed as far back as settings.TRUSTED_PROXIES vouch for it, and no further.
    """
    address = _client_address(request)
    if address is None:
        return "unknown"
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def mailbox_of(email):
    """Return the mailbox behind an address: `ann+news@example.org` is read where `ann` reads."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _client_address(request):
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    while address and hops and _is_trusted(address):
        hop = _parsed(hops.pop())
        if hop is None:
            break
        address = hop
    return address


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address):
    return any(address in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def _hashed(key):
    return salted_hmac("articles.ratelimit", key, algorithm="sha256").hexdigest()


def _now_ms():
    return time.time_ns() // 1_000_000
