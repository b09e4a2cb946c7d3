"""What moderators did, for everybody to read: no names, no words, no person."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import HeatStep, ModerationAct, ReaderComment, Thread
from comments.moderation.guidelines import Guideline

Act = ModerationAct.Act
ON_A_PAGE = 50
STEPS_SHOWN = 20
SAID = {
    Act.APPROVE: _("A comment was approved"),
    Act.REMOVE: _("A comment was removed"),
    Act.PICK: _("A comment was picked"),
    Act.UNPICK: _("A pick was taken back"),
    Act.LED: _("A correction was traced to a comment"),
    Act.UNLED: _("A correction was no longer traced to a comment"),
    Act.WARN: _("Somebody was warned"),
    Act.SUSPEND: _("Somebody was suspended"),
    Act.BAN: _("Somebody was banned"),
    Act.LIFT: _("A sanction was ended early"),
    Act.UPHOLD: _("After an appeal, a removal was upheld"),
    Act.OVERTURN: _("After an appeal, a comment was brought back"),
    Act.COOL: _("A conversation was set free"),
    Act.RULE: _("A rule was changed"),
    Act.UNDO: _("A decision was taken back"),
}  # notes and questions among moderators are nobody's decision


@dataclass(frozen=True)
class Entry:
    at: datetime
    words: str
    reason: str
    url: str  # where the comment stood, if readers can go there
    is_undone: bool


@dataclass(frozen=True)
class Step:
    """That a conversation was slowed, held or closed for a while by its figures, and not by a person."""

    at: datetime
    until: datetime
    stands: str
    why: str
    article: Article  # none, if readers see it no longer


class PublicLogPage:
    """One page of the log, the newest first. Costs five queries. Raises Http404 for a key that is none."""

    def __init__(self, params):
        rows = ModerationAct.objects.filter(act__in=SAID).order_by("-pk")
        before = params.get("before")
        if before is not None:
            if not before.isdecimal() or len(before) > 18:
                raise Http404("Not a place in this list.")
            rows = rows.filter(pk__lt=int(before))
        rows = list(rows.select_related("undone_by")[: ON_A_PAGE + 1])
        shown = rows[:ON_A_PAGE]
        places = _public_places({row.comment_id for row in shown if row.comment_id})
        self.entries = [_entry(row, places) for row in shown]
        self.steps = _steps() if before is None else []
        self.older_url = f"?before={shown[-1].pk}" if len(rows) > ON_A_PAGE else None

    def __iter__(self):
        return iter(self.entries)

    def __len__(self):
        return len(self.entries)


def _steps():
    """Return the newest steps that conversations took by themselves."""
    rows = list(HeatStep.objects.filter(by=None)[:STEPS_SHOWN])
    stories = Article.objects.visible().select_related("live_version")
    stories = stories.defer("live_version__body").in_bulk({row.article_id for row in rows})
    labels = dict(Thread.Heat.choices)
    return [Step(row.at, row.until, labels[row.step], row.why, stories.get(row.article_id)) for row in rows]


def _public_places(keys):
    """Return those comments that have a place in a thread below a story that readers see."""
    placed = ReaderComment.objects.placed().below_visible_stories().filter(pk__in=keys)
    return set(placed.values_list("pk", flat=True))


def _entry(row, places):
    comment = ReaderComment(pk=row.comment_id) if row.comment_id in places else None
    return Entry(
        at=row.at,
        words=SAID[row.act],
        reason=Guideline(row.reason).label if row.reason else "",
        url=comment.get_absolute_url() if comment else "",
        is_undone=hasattr(row, "undone_by"),
    )
