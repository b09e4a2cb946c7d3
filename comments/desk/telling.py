"""What the desk says after an act, and how the last one is taken back."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from comments.models import ModerationAct
from comments.moderation import acts
from comments.moderation.undo_time import UNDO_FOR

Act = ModerationAct.Act
DONE = {
    Act.APPROVE: "Approved",
    Act.REMOVE: "Removed",
    Act.PICK: "Picked",
    Act.UNPICK: "No longer picked",
    Act.LED: "Traced a correction to",
    Act.UNLED: "No longer traced a correction to",
    Act.WARN: "Warned",
    Act.SUSPEND: "Suspended",
    Act.BAN: "Banned",
    Act.UPHOLD: "Upheld the removal of",
    Act.OVERTURN: "Overturned the removal of",
}
TOLD_BY_MAIL = {Act.APPROVE, Act.REMOVE, Act.WARN, Act.SUSPEND, Act.BAN, Act.UPHOLD, Act.OVERTURN}


@dataclass
class Done:
    """What this moderator did last. `seconds_left` until what it tells by mail leaves."""

    act: ModerationAct
    count: int
    seconds_left: int
    tells_by_mail: bool

    @property
    def is_final_soon(self):
        """Whether it cannot be taken back once its letter has left."""
        return self.act.act in acts.OF_APPEALS

    def __str__(self):
        why = f": {self.act.get_reason_display()}" if self.act.reason else ""
        about = self._whom() if self.act.is_about_a_person else self.act.comment
        what = f"{self.count} comments" if self.count > 1 else about
        return f"{DONE[self.act.act]} {what}{why}."

    def _whom(self):
        person, comment = self.act.person, self.act.comment
        if person is None:
            return "a network"
        return comment.user_name if comment and not person.name else person


def last_done(moderator):
    """Return what this moderator did within the time for an undo, or None."""
    since = timezone.now() - UNDO_FOR
    mine = ModerationAct.objects.filter(by=moderator, at__gt=since, undone_by=None, act__in=DONE)
    standing = mine.exclude(_is_overtaken()).select_related("comment", "person")[:1000]
    rows = [row for row in standing if acts.can_be_undone(row)]
    if not rows:
        return None
    last = rows[0]
    batch = [row for row in rows if row.at == last.at]
    return Done(
        act=last,
        count=len({row.comment_id for row in batch}),
        seconds_left=round((last.at - since).total_seconds()),
        tells_by_mail=any(row.act in TOLD_BY_MAIL for row in batch),
    )


def _is_overtaken():
    """Whether a colleague has decided about the same comment since."""
    later = ModerationAct.objects.filter(
        comment=OuterRef("comment"), pk__gt=OuterRef("pk"), act__in=ModerationAct.DECISIONS, undone_by=None
    )
    by_others = Exists(later.exclude(by=OuterRef("by")))
    return ~Q(act__in=ModerationAct.ABOUT_PEOPLE) & Q(by_others)


def tell(request, result):
    """Say what stood in the way; what was done stands beside the button that takes it back."""
    for sentence in result.already[:5]:
        messages.warning(request, sentence)
    if more := len(result.already) - 5:
        if more > 0:
            messages.warning(request, f"{more} more had been decided before.")
