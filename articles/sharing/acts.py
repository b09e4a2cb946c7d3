"""What is done to preview links. Each act is one transaction.

`now` is the instant of the act, which only tests have reason to give.
"""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.models import Article, LogEntry, PreviewLink, PreviewNote, PreviewOpening
from articles.models.preview_link import MOST_OPENINGS
from articles.publishing import DRAFT_FIELDS, NotReady, WrongState
from articles.publishing.holding import hold, words_of
from articles.sharing import tokens
from articles.zones import moment

LONGEST = timedelta(days=31)
MOST_LINKS = 20  # alive at once, for one story
MOST_NOTES = 100  # by one link


class TooManyNotes(Exception):
    """The link has brought as many notes as one may."""


@transaction.atomic
def share(article, by, *, purpose, ends_at, most_openings=5, follows=True, now=None):
    """Make a link; return it and the token of its address, which is kept nowhere and cannot be had again."""
    hold(article, by, "change_article")
    now = now or timezone.now()
    _check(article, ends_at, most_openings, now)
    version, secret = article.newest_version, secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        article=article,
        purpose=words_of(purpose, "Say what the link is for."),
        secret_hash=tokens.hash_of(secret),
        words=None if follows else {name: getattr(version, name) for name in DRAFT_FIELDS},
        version_number=version.number,
        mark=version.mark,
        made_by=by,
        made_at=now,
        ends_at=ends_at,
        most_openings=most_openings,
    )
    LogEntry.record(LogEntry.Act.SHARE, by, article=article, note=_said(link), now=now)
    return link, tokens.link_token(secret)


@transaction.atomic
def revoke(link, by, *, now=None):
    """End the link at once, and the reading of whoever has opened it. A second time changes nothing."""
    link = _held(link)
    if not link.may_be_revoked_by(by):
        raise PermissionDenied
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = now or timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
        LogEntry.record(LogEntry.Act.REVOKE, by, article=link.article, note=link.purpose, now=link.revoked_at)


@transaction.atomic
def open_link(link, network, *, now=None):
    """Count one opening and return it; None where none is left, or the link died meanwhile."""
    now = now or timezone.now()
    _held(link)
    link = PreviewLink.objects.openable(now).filter(pk=link.pk).first()
    if link is None:
        return None
    return PreviewOpening.objects.create(link=link, number=link.openings_made + 1, at=now, network=network)


@transaction.atomic
def leave_note(opening, *, words, name, mark, block="", passage="", now=None):
    """Keep what the holder says. Raises TooManyNotes."""
    _held(opening.link)
    if PreviewNote.objects.filter(opening__link=opening.link_id).count() >= MOST_NOTES:
        raise TooManyNotes
    said = {"words": words, "name": name, "mark": mark, "block": block, "passage": passage}
    return PreviewNote.objects.create(opening=opening, at=now or timezone.now(), **said)


def _check(article, ends_at, most_openings, now):
    if article.state == Article.State.WITHDRAWN:
        raise WrongState("The story was withdrawn; there is nothing to show.")
    if article.newest_version is None:
        raise WrongState("The story has no words yet; there is nothing to show.")
    if not now < ends_at <= now + LONGEST:
        raise NotReady([f"A link ends within {LONGEST.days} days."])
    if not 1 <= most_openings <= MOST_OPENINGS:
        raise NotReady([f"A link can be opened once at least, and {MOST_OPENINGS} times at most."])
    if article.preview_links.alive(now).count() >= MOST_LINKS:
        raise WrongState(f"The story has {MOST_LINKS} links already. Revoke one that nobody needs.")


def _held(link):
    """Lock the link to the end of the transaction: openings, notes and its end come one by one."""
    return PreviewLink.objects.select_for_update().get(pk=link.pk)


def _said(link):
    shown = "follows the newest words" if link.follows else f"fixed to {link.label}"
    return f"{link.purpose} ({shown}, until {moment(link.ends_at)}, at most {link.most_openings} openings)"
