"""What the desk says after an act, and how the last one is taken back."""

from dataclasses import dataclass

from django.contrib import messages
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
}
TOLD_BY_MAIL = {Act.APPROVE, Act.REMOVE, Act.WARN, Act.SUSPEND, Act.BAN}


@dataclass
class Done:
    """What this moderator did last. `seconds_left` until what it tells by mail leaves."""

    act: ModerationAct
    count: int
    seconds_left: int

    @property
    def tells_by_mail(self):
        return self.act.act in TOLD_BY_MAIL

    def __str__(self):
        why = f": {self.act.get_reason_display()}" if self.act.reason else ""
        about = self.act.comment or self.act.person or "a network"
        what = f"{self.count} comments" if self.count > 1 else about
        return f"{DONE[self.act.act]} {what}{why}."


def last_done(moderator):
    """Return what this moderator did within the time for an undo, or None."""
    since = timezone.now() - UNDO_FOR
    mine = ModerationAct.objects.filter(by=moderator, at__gt=since, undone_by=None, act__in=DONE)
    rows = [row for row in mine.select_related("comment", "person")[:1000] if acts.can_be_undone(row)]
    if not rows:
        return None
    last = rows[0]
    count = len({row.comment_id for row in rows if row.at == last.at})
    return Done(last, count, round((last.at - since).total_seconds()))


def tell(request, result):
    """Say what stood in the way; what was done stands beside the button that takes it back."""
    for sentence in result.already[:5]:
        messages.warning(request, sentence)
    if more := len(result.already) - 5:
        if more > 0:
            messages.warning(request, f"{more} more had been decided before.")
