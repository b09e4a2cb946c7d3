"""What becomes of a reader's report: made, put before the moderators, decided, its sender forgotten.

The law on illegal content (Digital Services Act, article 16) asks for more than a click: a notice with
reasons that anybody can give, a letter that it has arrived, and one that says what was decided.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.addresses import absolute
from articles.mail import queue_mail
from articles.models import Article
from articles.ratelimit import mailbox_of
from comments.models import CommentReport, ReaderComment
from comments.moderation import cases, heat
from comments.moderation.undo_time import UNDO_FOR

Outcome = CommentReport.Outcome

HEAVIEST = 2  # what the word of somebody who is always right comes to weigh
SENDERS_KEPT_FOR = timedelta(days=30)  # after the decision


class NotReportable(Exception):
    """Readers do not see the comment any more, so there is nothing to report."""


class AlreadyReported(Exception):
    """The same reader reported the same comment before."""


def reporter_of(account, network, *, notice_from=""):
    """Return a keyed hash of who reports: an account, or else a network.

    Whoever signs a notice of something illegal with an address counts apart from the neighbours,
    so that no notice is lost because one of them pressed the button first.
    """
    if account.is_authenticated:
        who = f"account {account.pk}"
    else:
        who = f"network {network}" + (f" mailbox {mailbox_of(notice_from)}" if notice_from else "")
    return salted_hmac("comments.reporter", who, algorithm="sha256").hexdigest()


def weight_of(reporter):
    """Return 0 to 2: how often this reporter was right, by Laplace's rule. Who is unknown weighs 1."""
    earlier = CommentReport.objects.filter(reporter=reporter)
    counts = earlier.aggregate(
        right=Count("pk", filter=Q(outcome=Outcome.RIGHT)), wrong=Count("pk", filter=Q(outcome=Outcome.WRONG))
    )
    return HEAVIEST * (counts["right"] + 1) / (counts["right"] + counts["wrong"] + 2)


@transaction.atomic
def make(comment, *, reason, reporter, words="", name="", email="", in_good_faith=False, confirm=True):
    """Keep what a reader reports, put it before the moderators, and confirm it by letter to an address.

    Raises NotReportable, or AlreadyReported for a second time.
    """
    comment = ReaderComment.objects.hold(comment)
    if not comment.is_published:
        raise NotReportable
    report = CommentReport(
        comment=comment,
        reason=reason,
        words=words,
        name=name,
        email=email,
        in_good_faith=in_good_faith,
        reporter=reporter,
        weight=weight_of(reporter),
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as error:
        raise AlreadyReported from error
    cases.report(comment)
    heat.look_at(comment.article)
    if confirm:
        _write(report, "received", "Your report of a comment")
    return report


@transaction.atomic
def settle(comment, outcome, by, *, now, about):
    """Decide all reports of the comment that wait, and tell those who left an address. Return the reports.

    `by` is None where nobody decides: the writer has withdrawn the comment.

    The caller holds the thread. The letters leave in ten seconds; until then `mail.call_back(about)`
    takes them back.
    """
    waiting = list(comment.reports.filter(outcome="").select_for_update())
    for report in waiting:
        report.outcome, report.decided_by, report.decided_at = outcome, by, now
        report.save(update_fields=["outcome", "decided_by", "decided_at"])
        report.comment = comment
        letter = "withdrawn" if outcome == Outcome.MOOT else "decided"
        _write(report, letter, "What became of your report", after=UNDO_FOR, about=about)
    return waiting


def forget_senders():
    """Forget the names and addresses of those whose report was decided long enough ago."""
    decided = CommentReport.objects.filter(decided_at__lt=timezone.now() - SENDERS_KEPT_FOR)
    decided.exclude(name="", email="").update(name="", email="")


def _write(report, letter, subject, **posting):
    """Queue a letter to a sender who left an address.

    It may be anybody's, so no word of the sender stands in it; and no story is named that was withdrawn.
    """
    if not report.email:
        return
    comment = report.comment
    article = Article.objects.visible().select_related("live_version").filter(pk=comment.article_id).first()
    context = {
        "report": report,
        "comment": comment,
        "removed": report.outcome == Outcome.RIGHT,
        "article": article,
        "url": absolute(comment.get_absolute_url()),
        "days": SENDERS_KEPT_FOR.days,
    }
    queue_mail(
        report.email,
        subject,
        render_to_string(f"emails/comment_report_{letter}.txt", context),
        html=render_to_string(f"emails/comment_report_{letter}.html", context),
        headers={"Auto-Submitted": "auto-generated"},
        **posting,
    )
