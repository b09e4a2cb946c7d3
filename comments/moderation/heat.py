"""A conversation that runs hot is slowed, then held, then closed for a while, step by step.

Each step rests on figures of the last quarter of an hour, is written down with them, shown to readers, and
ends by itself: nothing has to run when its time is over. A moderator takes it back with one press.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from articles.ratelimit import allow
from comments.models import CommentReport, HeatStep, ModerationAct, ReaderComment, Thread
from comments.moderation.acts.record import AlreadyDecided, check_right, record

Heat = Thread.Heat
State = ReaderComment.State
Outcome = CommentReport.Outcome

WINDOW = timedelta(minutes=15)
LASTS = timedelta(minutes=30)  # a step, after the last time that figures asked for it
COOL_FOR = timedelta(hours=1)  # after a moderator took it back
LOOKED_AT_S = 10  # a story at most once in so many seconds
MOST_READ = 300  # of the newest comments: far more than the thresholds
FAST = 60  # comments in the window: four a minute are more than anybody reads
FEW = 10  # below so many comments a share says nothing
SHARE_HELD, SHARE_CLOSED = 0.3, 0.5  # stopped, of the comments in the window
REPORTS_SLOW, REPORTS_HELD = 5, 15  # their weights together
# The steps that say something about words or writers. The others hold whatever comes, as heat itself
# does: counted, they would keep hot what has cooled.
TELLING = {"words", "score", "links", "likeness", "flood", "history"}


@dataclass(frozen=True)
class Figures:
    comments: int
    removed: int  # by moderators
    held: int  # by a step about words or writers
    reported: float  # the weight of the reports

    @property
    def share(self):
        return (self.removed + self.held) / self.comments if self.comments else 0

    @property
    def stopped(self):
        """Say in words who stopped how many."""
        if not self.held:
            told = ngettext(
                "moderators removed %(removed)s of %(count)s comment",
                "moderators removed %(removed)s of %(count)s comments",
                self.comments,
            )
        elif not self.removed:
            told = ngettext(
                "checks held %(held)s of %(count)s comment",
                "checks held %(held)s of %(count)s comments",
                self.comments,
            )
        else:
            told = ngettext(
                "moderators removed %(removed)s of %(count)s comment, and checks held %(held)s",
                "moderators removed %(removed)s of %(count)s comments, and checks held %(held)s",
                self.comments,
            )
        return told % {"removed": self.removed, "held": self.held, "count": self.comments}

    @property
    def pace(self):
        told = ngettext(
            "%(count)s comment came within a quarter of an hour",
            "%(count)s comments came within a quarter of an hour",
            self.comments,
        )
        return told % {"count": self.comments}


def wanted(figures):
    """Return the step that the figures ask for, and why."""
    if figures.comments >= 2 * FEW and figures.share >= SHARE_CLOSED:
        return Heat.CLOSED, figures.stopped
    if figures.comments >= FEW and figures.share >= SHARE_HELD:
        return Heat.HELD, figures.stopped
    if figures.reported >= REPORTS_HELD:
        return Heat.HELD, gettext("many reports came from readers")
    if figures.reported >= REPORTS_SLOW:
        return Heat.SLOW, gettext("several reports came from readers")
    if figures.comments >= FAST:
        return Heat.SLOW, figures.pace
    return Heat.NORMAL, ""


def measure(article_id, now):
    """Count what came in the window. Three queries, each bounded.

    Reports count from when they were made, however old the comment is; not those that turned out wrong.
    """
    since = now - WINDOW
    newest = ReaderComment.objects.filter(article=article_id, badge="").order_by("-pk")
    rows = [row for row in newest.values_list("pk", "submit_date", "state")[:MOST_READ] if row[1] >= since]
    held = newest.filter(pk__in=[pk for pk, _, state in rows if state == State.HELD]).only("checks")
    reports = CommentReport.objects.filter(
        at__gte=since, comment__article=article_id, comment__badge="", outcome__in=["", Outcome.RIGHT]
    )
    return Figures(
        comments=len(rows),
        removed=sum(state == State.REMOVED for _, _, state in rows),
        held=sum(comment.held_by in TELLING for comment in held),
        reported=reports.aggregate(weight=Sum("weight"))["weight"] or 0,
    )


def look_at(article, *, now=None):
    """Step up, or prolong, where the figures ask for it. At most once in ten seconds for a story."""
    if not allow(f"heat of {article.pk}", 1, LOOKED_AT_S):
        return
    now = now or timezone.now()
    step, why = wanted(measure(article.pk, now))
    if step != Heat.NORMAL:
        _step(article, step, why, now)


@transaction.atomic
def cool(article, by, *, now=None):
    """Set the conversation free, for an hour at least, and write down who did. Raises AlreadyDecided."""
    check_right(by)
    now = now or timezone.now()
    thread = _held(article)
    heat = thread.heat_at(now)
    if heat == Heat.NORMAL:
        raise AlreadyDecided(None, "The conversation runs at its normal pace already.")
    thread.heat, thread.heat_until, thread.heat_why, thread.cool_until = Heat.NORMAL, None, "", now + COOL_FOR
    thread.save()
    HeatStep.objects.create(article=article, before=heat, step=Heat.NORMAL, at=now, by=by)
    return record(ModerationAct.Act.COOL, by, article=article, before={"heat": int(heat)}, now=now)


@transaction.atomic
def _step(article, step, why, now):
    thread = _held(article)
    if thread.cool_until and thread.cool_until > now:
        return
    heat = thread.heat_at(now)
    if step < heat:
        return  # what is hot stays so until its time is over
    new = min(heat + 1, step)
    thread.heat, thread.heat_until, thread.heat_why = new, now + LASTS, why[:200]
    thread.save()
    if new != heat:
        HeatStep.objects.create(
            article=article, before=heat, step=new, why=why[:200], at=now, until=thread.heat_until
        )


def _held(article):
    """Return the story's thread, locked, and made if there was none."""
    Thread.objects.get_or_create(article=article)
    thread = Thread.objects.select_for_update().get(article=article.pk)
    thread.article = article
    return thread
