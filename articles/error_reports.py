"""What becomes of a report of an error: sent, taken up, answered, and its sender forgotten."""

import re
import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.addresses import absolute
from articles.mail import queue_mail
from articles.models import Article, ErrorReport, LogEntry, Version
from articles.publishing.holding import require, words_of

SENDERS_KEPT_FOR = timedelta(days=30)  # after the answer
SECRET = re.compile(r"[A-Za-z0-9_-]{32}")
NO_ANSWER = "Tell the sender why it is not an error."

State = ErrorReport.State


class AlreadyDecided(Exception):
    """Somebody was first; says who and what in a sentence."""

    def __init__(self, report):
        if report.is_decided:
            done = f"{report.decided_by} has answered it already: {report.get_state_display()}."
        else:
            done = f"{report.taken_by} is looking at it already."
        super().__init__(done)


def new_secret():
    return secrets.token_urlsafe(24)


def hash_of(secret):
    return sha256(secret.encode()).hexdigest()


def send(version, passage, *, secret, words, name="", email="", now=None):
    """Keep what a reader found wrong; return the secret under which the reader finds the answer.

    `secret` came with the form. A form that is sent twice is one report; one that is sent
    again with other words is another.
    """
    if not SECRET.fullmatch(secret):
        secret = new_secret()
    said = {"version": version, "place": passage.place, "words": words, "email": email}
    report = ErrorReport(
        article_id=version.article_id,
        passage=passage.words,
        name=name,
        created_at=now or timezone.now(),
        secret_hash=hash_of(secret),
        **said,
    )
    try:
        with transaction.atomic():
            report.save()
            _write(report, "received", _("Your report of an error"), address=address_of(secret))
    except IntegrityError:
        if not ErrorReport.objects.filter(secret_hash=report.secret_hash, **said).exists():
            return send(version, passage, secret=new_secret(), words=words, name=name, email=email, now=now)
    return secret


def address_of(secret):
    return absolute(reverse("articles:report", args=[secret]))


def open_for(article):
    """Return the reports about a story that wait for an answer, the oldest first."""
    return ErrorReport.objects.filter(article=article).waiting().oldest_first()


def corrections_for(report):
    """Return the versions that may have put it right: published since, with a public note, newest first."""
    since = Version.objects.sealed().with_public_note().filter(article=report.article_id)
    return since.filter(published_at__gte=report.created_at, recall__isnull=True).newest_first()


@transaction.atomic
def take(report, by, *, now=None):
    """Say that `by` is looking at it. Raises AlreadyDecided if somebody is, or has."""
    report = _hold(report, by)
    if report.state != State.NEW:
        raise AlreadyDecided(report)
    report.state, report.taken_by, report.taken_at = State.TAKEN, by, now or timezone.now()
    report.save()
    _record(report, by, now=report.taken_at)
    return report


@transaction.atomic
def refuse(report, by, answer, *, now=None):
    """Answer that it is not an error, and why. Raises AlreadyDecided, or NotReady without an answer."""
    report = _hold(report, by)
    if report.is_decided:
        raise AlreadyDecided(report)
    _decide(report, by, State.NO_ERROR, words_of(answer, NO_ANSWER), now)
    return report


@transaction.atomic
def answer_with(version, reports, by, *, answer="", now=None):
    """Answer each of `reports` with the version that put it right; return those that nobody had answered.

    Raises ValueError for a version that can have corrected none of them.
    """
    answered = []
    for report in sorted(reports, key=lambda report: report.pk):  # so that no two wait for each other
        report = _hold(report, by)
        if not corrections_for(report).filter(pk=version.pk).exists():
            raise ValueError(f"{version} cannot have corrected {report}.")
        if not report.is_decided:
            report.correction = version
            _decide(report, by, State.CORRECTED, answer.strip(), now)
            answered.append(report)
    return answered


def forget_senders():
    """Forget the names and addresses of those who have had their answer for long enough."""
    before = timezone.now() - SENDERS_KEPT_FOR
    answered = ErrorReport.objects.filter(decided_at__lt=before)
    answered.exclude(name="", email="").update(name="", email="")


def _hold(report, by):
    held = ErrorReport.objects.select_for_update(of=["self"]).select_related("article__section")
    report = held.get(pk=report.pk)
    require(by, "answer_errorreport", report.article)
    return report


def _decide(report, by, state, answer, now):
    report.state, report.answer = state, answer
    report.decided_by, report.decided_at = by, now or timezone.now()
    report.save()
    _record(report, by, note=answer, now=report.decided_at)
    _write(report, "answered", _("What became of your report"), correction=report.correction)


def _record(report, by, *, note="", now):
    """Leave a row in the record of the story; the answer is in it, the reader's words are not."""
    LogEntry.record(
        LogEntry.Act.ANSWER,
        by,
        article=report.article,
        subject=str(report),
        version=report.correction,
        note=f"{report}: {report.get_state_display()}. {note}".strip(),
        now=now,
    )


def _write(report, letter, subject, **context):
    """Write to a sender who left an address.

    It may be anybody's, so no word of the sender stands in the letter; and a story
    that was withdrawn meanwhile is not named.
    """
    if not report.email:
        return
    article = Article.objects.visible().select_related("live_version").filter(pk=report.article_id).first()
    context |= {"report": report, "article": article, "days": SENDERS_KEPT_FOR.days}
    if article:
        context["story_url"] = absolute(article.get_absolute_url())
        context["history_url"] = absolute(reverse("articles:history", args=[article.slug]))
    queue_mail(
        report.email,
        subject,
        render_to_string(f"emails/error_report_{letter}.txt", context),
        html=render_to_string(f"emails/error_report_{letter}.html", context),
        headers={"Auto-Submitted": "auto-generated"},
    )
