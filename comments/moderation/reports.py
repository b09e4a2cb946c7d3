"""What becomes of a reader's report: made, put before the moderators, decided, its sender forgotten.

The law on illegal content (Digital Services Act, article 16) asks for more than a click: a notice with
reasons that anybody can give, a letter that it has arrived, and one that says what was decided.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.addresses import absolute
from articles.mail import queue_mail
from articles.models import Article
from comments.models import CommentReport, ReaderComment
from comments.moderation import cases, heat
from comments.moderation.guidelines import Guideline
from comments.moderation.undo_time import UNDO_FOR
from comments.moderation.urgency import GRAVE

Outcome = CommentReport.Outcome

MOST_WAITING = 5  # of one reporter about one comment, beside notices of something illegal
HEAVIEST = 2  # what the word of somebody who is always right comes to weigh
SENDERS_KEPT_FOR = timedelta(days=30)  # after the decision


class NotReportable(Exception):
    """Readers do not see the comment any more, so there is nothing to report."""


def reporter_of(account, network):
    """Return a keyed hash of who reports: an account, or else a network, which may be many people's."""
    who = f"account {account.pk}" if account.is_authenticated else f"network {network}"
    return salted_hmac("comments.reporter", who, algorithm="sha256").hexdigest()


def weight_of(reporter):
    """Return 0 to 2: about how many comments this reporter was right, by Laplace's rule.

    Who is unknown weighs 1.
    """
    earlier = CommentReport.objects.filter(reporter=reporter)
    counts = earlier.aggregate(
        right=Count("comment", filter=Q(outcome=Outcome.RIGHT), distinct=True),
        wrong=Count("comment", filter=Q(outcome=Outcome.WRONG), distinct=True),
    )
    return HEAVIEST * (counts["right"] + 1) / (counts["right"] + counts["wrong"] + 2)


@transaction.atomic
def make(comment, *, reason, reporter, words="", name="", email="", in_good_faith=False, confirm=True):
    """Keep what a reader reports, put it before the moderators, and confirm it by letter to an address.

    Return the report, or None where the same reporter said all of it before and it still waits. Of all
    that one reporter has waiting about a comment only the first has weight. Raises NotReportable.
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
    )
    waiting = list(comment.reports.filter(reporter=reporter, outcome=""))
    if not _is_kept(report, waiting):
        return None
    report.weight = 0 if waiting else weight_of(reporter)
    report.save()
    cases.report(comment)
    heat.look_at(comment.article)
    if confirm:
        _write(report, "received", _("Your report of a comment"))
    return report


def _is_kept(report, waiting):
    """Whether a report is kept beside those that the same reporter has `waiting` about the comment.

    What says nothing new is not; nor what is one too many, unless it is graver than all before.
    """
    if report.reason == Guideline.UNLAWFUL:
        return True  # each notice has to be answered
    if not _says_something_new(report, [other for other in waiting if other.reason == report.reason]):
        return False
    others = [other for other in waiting if other.reason != Guideline.UNLAWFUL]
    is_graver = report.reason in GRAVE and not any(other.reason in GRAVE for other in others)
    return is_graver or len(others) < MOST_WAITING


def _says_something_new(report, alike):
    if not alike:
        return True
    has_new_words = report.words not in {"", *(other.words for other in alike)}
    return has_new_words or report.email not in {"", *(other.email for other in alike)}


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
        _write(report, letter, _("What became of your report"), after=UNDO_FOR, about=about)
    return waiting


@transaction.atomic
def reopen(decided):
    """Let reports wait again, as before they were decided. The caller holds the thread.

    Of all that one reporter has waiting about a comment one has weight: the earliest.
    """
    decided = CommentReport.objects.filter(pk__in=decided)
    decided.update(outcome="", decided_by=None, decided_at=None)
    for report in decided.filter(weight__gt=0):
        waiting = CommentReport.objects.filter(
            comment=report.comment_id, reporter=report.reporter, outcome=""
        )
        waiting.filter(pk__gt=report.pk).update(weight=0)


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
