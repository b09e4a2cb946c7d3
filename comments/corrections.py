"""What do readers hear of a correction: a letter to those who commented and asked for one.

The correction itself adds one row, a `CorrectionMailing`, and a task that makes the worker
look at once. The letters are written in batches. Each is a transaction that holds the mailing,
writes down who is told, gives the letters to the outbox and moves `reached` ahead: killed in the
middle it leaves nothing behind, and `write_unfinished` (run every minute) goes on from there.
"""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_tasks import task

from articles.addresses import absolute
from articles.mail import queue_mail
from articles.models import Version
from comments import tokens
from comments.letters import ONE_CLICK, in_one_line
from comments.models import CorrectionLetter, CorrectionMailing, PendingComment, ReaderComment

BATCH = 100
KEEP_DAYS = 7

logger = logging.getLogger(__name__)


def owe_letters(article, version, **kwargs):
    """Receives `version_published`, inside the transaction of the act: two rows, however many readers."""
    if version.kind == Version.Kind.CORRECTION:
        mailing = CorrectionMailing.objects.create(version=version)
        write_in_background.enqueue(mailing.pk)


@task()
def write_in_background(mailing_pk):
    """Write one batch and hand the rest to the next task, so that no letter that is waited for waits long."""
    if write_batch(mailing_pk):
        write_in_background.enqueue(mailing_pk)


def write_unfinished():
    """Go on with mailings whose task was lost. One that cannot be written holds up no other."""
    for pk in CorrectionMailing.objects.unfinished().values_list("pk", flat=True)[:BATCH]:
        try:
            while write_batch(pk):
                pass
        except Exception as error:  # never its text, which may hold an address
            logger.error("Mailing %s failed: %s; it is tried again", pk, type(error).__name__)


def forget_told():
    """Forget who was told, once no letter of the mailing is left to write."""
    before = timezone.now() - timedelta(days=KEEP_DAYS)
    CorrectionLetter.objects.filter(mailing__finished_at__lt=before).delete()


@transaction.atomic
def stop(comment):
    """Write no more to whoever wrote this comment about its story, whichever comment the wish came with."""
    asking = ReaderComment.objects.filter(wants_corrections=True)
    asking.of_writer(comment).update(wants_corrections=False)
    if address := comment.letters_go_to:
        pending = PendingComment.objects.filter(article=comment.article_id, email__iexact=address)
        pending.update(wants_corrections=False)


@transaction.atomic
def write_batch(mailing_pk):
    """Write the next letters; return whether more may be owed. Whoever comes meanwhile waits here.

    Called twice, or from two sides at once, it writes no letter twice.
    """
    mailing = CorrectionMailing.objects.select_for_update().get(pk=mailing_pk)
    if mailing.finished_at:
        return False
    correction = _still_public(mailing)
    comments = _next_asking(mailing, correction) if correction else []
    for comment in _not_told_yet(mailing, comments):
        _queue_letter(correction, comment)
    if comments:
        mailing.reached = comments[-1].pk
    if len(comments) < BATCH:
        mailing.finished_at = timezone.now()
    mailing.save()
    return mailing.finished_at is None


def _still_public(mailing):
    """Return the correction, or None where its story was withdrawn meanwhile.

    Asked at the correction's own instant: the clock of the worker may be behind that of the desk.
    """
    public = Version.objects.public(at=mailing.version.published_at)
    return (
        public.select_related("article__section", "article__live_version")
        .filter(pk=mailing.version_id)
        .first()
    )


def _next_asking(mailing, correction):
    asking = ReaderComment.objects.asking_for(correction)
    return list(asking.filter(pk__gt=mailing.reached)[:BATCH])


def _not_told_yet(mailing, comments):
    """Return one comment for each person who is new to this mailing, and write down that they are told."""
    by_reader = {key_of(comment.letters_go_to): comment for comment in comments if comment.letters_go_to}
    told = set(mailing.letters.filter(reader__in=by_reader).values_list("reader", flat=True))
    fresh = {reader: comment for reader, comment in by_reader.items() if reader not in told}
    CorrectionLetter.objects.bulk_create(CorrectionLetter(mailing=mailing, reader=reader) for reader in fresh)
    return list(fresh.values())


def key_of(address):
    return salted_hmac("comments.corrections", address.lower(), algorithm="sha256").hexdigest()


def _queue_letter(correction, comment):
    article = correction.article
    history = reverse("articles:history", args=[article.slug])
    stop_url = absolute(reverse("comments:no_more_letters", args=[tokens.no_more_letters_token(comment)]))
    letter = {
        "article": article,
        "correction": correction,
        "story_url": absolute(article.get_absolute_url()),
        "history_url": absolute(f"{history}#version-{correction.number}"),
        "stop_url": stop_url,
    }
    try:
        queue_mail(
            comment.letters_go_to,
            _("Corrected: %(story)s") % {"story": in_one_line(article.headline)},
            render_to_string("emails/correction.txt", letter),
            html=render_to_string("emails/correction.html", letter),
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": ONE_CLICK,
            },
            waited_for=False,
        )
    except ValidationError:  # an account may hold what is no address; the others get their letters
        logger.warning("The writer of comment %s has an address that takes no letter", comment.pk)
