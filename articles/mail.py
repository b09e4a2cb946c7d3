"""How a letter leaves: written down first, sent by the worker, tried again for three days.

The row is the truth. `queue_mail` writes it in the caller's transaction, with a task
that makes the worker look at once. Whoever delivers first moves `next_attempt_at`
ahead, in one conditional UPDATE: of two workers only one sends, and when a worker
dies, a lock is frozen or a task is lost, the row falls due again by itself and
`deliver_overdue` (run every minute, see `articles.clock`) finds it. No chain of tasks
can break, because there is none.

No protocol can send exactly once: if the worker dies after the server took the letter
and before we wrote that down, it leaves twice. Both copies carry the same Message-ID,
by which mailboxes know them for one.

Neither addresses nor texts are logged, and rows go `KEEP_DAYS` after the letter.
"""

import logging
import re
import smtplib
from datetime import timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from articles.models import OutgoingMail
from articles.outbox import claim

# The pause after each attempt, about three days in all. The first is longer than
# an attempt can last, as it is also the time for which a worker owns the letter.
PAUSES = [timedelta(minutes=m) for m in (5, 10, 30, 60, 180, 360, 720, 1440, 1440)]
KEEP_DAYS = 7
WAITED_FOR, IN_ITS_TURN = 10, -10  # before and after pictures, whose tasks have 0
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
OUR_HEADERS = {"to", "cc", "bcc", "from", "sender", "subject", "message-id", "date"}

logger = logging.getLogger(__name__)


def queue_mail(to, subject, text, *, html=None, headers=None, waited_for=True, after=None, about=""):
    """Promise a letter to one address; it leaves if, and only if, the caller's transaction commits.

    One that nobody waits for leaves after those that somebody does. `after` is the timedelta for which it
    is kept back; until it leaves, `call_back(about)` takes back all that are about the same matter.
    Raises ValidationError for what is no address, ValueError for a header that would not stay one line.
    """
    validate_email(to)
    headers = headers or {}
    for value in (to, subject, *headers.values()):
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise ValueError("A header is one line without control characters.")
    for name in headers:
        if not HEADER_NAME.fullmatch(name) or name.lower() in OUR_HEADERS:
            raise ValueError(f"Not a header for callers to set: {name!r}")
    leaves_at = timezone.now() + (after or timedelta(0))
    mail = OutgoingMail.objects.create(
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        recipient=to,
        subject=subject,
        text=text,
        html=html or "",
        headers=headers,
        about=about,
        next_attempt_at=leaves_at,
    )
    priority = WAITED_FOR if waited_for else IN_ITS_TURN
    deliver_in_background.using(priority=priority, run_after=leaves_at if after else None).enqueue(mail.pk)
    return mail


def call_back(about):
    """Take back the letters about this matter that have not left; return how many."""
    return OutgoingMail.objects.filter(about=about, attempts=0).delete()[0]


@task(priority=WAITED_FOR)
def deliver_in_background(mail_pk):
    deliver(mail_pk)


def deliver(mail_pk):
    """Try to send one letter if it is due. Return False if the mail server is not to be had."""
    mail = claim(OutgoingMail.objects, mail_pk, PAUSES)
    if mail is None:
        return True
    try:
        _message(mail).send()
    except Exception as error:  # whatever it is, the letter waits for its next attempt
        _note_failure(mail, error)
        return isinstance(error, smtplib.SMTPRecipientsRefused) or not isinstance(error, OSError)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=timezone.now(), next_attempt_at=None, last_error=""
    )
    return True


def deliver_overdue():
    """Send the letters whose time has come. Where the server is away, one of them is enough to know it."""
    due = OutgoingMail.objects.filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at")
    for pk in due.values_list("pk", flat=True)[:500]:
        if not deliver(pk):
            return


def forget_old_mail():
    before = timezone.now() - timedelta(days=KEEP_DAYS)
    OutgoingMail.objects.filter(Q(sent_at__lt=before) | Q(gave_up_at__lt=before)).delete()


def _message(mail):
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.recipient], headers={**mail.headers, "Message-ID": mail.message_id}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _note_failure(mail, error):
    reason = " ".join([type(error).__name__, *map(str, _codes(error))])
    changes = {"last_error": reason}
    if _is_final(error) or mail.attempts > len(PAUSES):
        changes |= {"gave_up_at": timezone.now(), "next_attempt_at": None}
    OutgoingMail.objects.filter(pk=mail.pk).update(**changes)
    # Never the error itself: its text may hold the address.
    logger.warning("Mail %s: attempt %s failed: %s", mail.pk, mail.attempts, reason)


def _is_final(error):
    """Whether the server said that this address will never do (RFC 5321, 4.2.1)."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(code >= 500 for code in _codes(error))


def _codes(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
