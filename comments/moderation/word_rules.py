"""What moderators do with the word lists: try a rule on the past, add it, take it out."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from comments.models import ModerationAct, ReaderComment, WordListState, WordRule
from comments.moderation.acts.record import check_right, record
from comments.moderation.words import WordList, folded_pattern

LOOKED_BACK = timedelta(days=30)
MOST_READ = 20_000  # of the newest comments
SHOWN = 20
State = ReaderComment.State
Act = ModerationAct.Act
LET_STAND = [Act.APPROVE, Act.OVERTURN, Act.PICK]


class Fate(TextChoices):
    """What became of a comment, and whether a moderator decided it."""

    APPROVED = "approved", "approved by a moderator"
    REMOVED = "removed", "removed by a moderator"
    UNDECIDED = "undecided", "published without a decision"
    WAITING = "waiting", "waiting for a moderator"
    WITHDRAWN = "withdrawn", "withdrawn by its writer"


@dataclass(frozen=True)
class Trial:
    """What rules would have done. `fates` counts what became of the comments that they met."""

    read: int
    is_cut: bool  # whether the last thirty days hold more than were read
    hits: list  # the newest: comment, words, fate
    fates: dict

    @property
    def count(self):
        return sum(self.fates.values())

    @property
    def told(self):
        """How many met which fate, in the order of `Fate`; together they are all."""
        return ", ".join(f"{self.fates.get(fate, 0)} {fate.label}" for fate in Fate)


def parsed(lines):
    """Return pairs of pattern and folded pattern, a line each, and sentences about those that are none."""
    good, problems = {}, []
    for line in filter(None, (line.strip() for line in lines)):
        try:
            good.setdefault(folded_pattern(line), line)
        except ValueError as error:
            problems.append(str(error))
    return [(pattern, folded) for folded, pattern in good.items()], problems


def attempt(pairs, *, now=None):
    """Say what rules with these patterns would have done in the last thirty days. Nothing is saved.

    What the newsroom and experts wrote is left out: no list is asked about it.
    """
    words = WordList(WordRule(pattern=pattern, folded=folded) for pattern, folded in pairs)
    since = (now or timezone.now()) - LOOKED_BACK
    recent = ReaderComment.objects.filter(submit_date__gte=since, badge="").order_by("-pk")
    rows = list(recent.values_list("pk", "comment", "state")[: MOST_READ + 1])
    let_stand = _let_stand(since)
    found = [
        (pk, hits[0].words, _fate(state, pk in let_stand))
        for pk, text, state in rows[:MOST_READ]
        if (hits := words.hits(text))
    ]
    comments = ReaderComment.objects.in_bulk([pk for pk, _, _ in found[:SHOWN]])
    return Trial(
        read=min(len(rows), MOST_READ),
        is_cut=len(rows) > MOST_READ,
        hits=[(comments[pk], word, fate) for pk, word, fate in found[:SHOWN]],
        fates=dict(Counter(fate for _, _, fate in found)),
    )


def _let_stand(since):
    """Return the keys of comments that a moderator let stand since then, and that was not taken back."""
    acts = ModerationAct.objects.filter(act__in=LET_STAND, at__gte=since, undone_by=None)
    return set(acts.order_by().values_list("comment", flat=True))


def _fate(state, is_let_stand):
    if state == State.PUBLISHED:
        return Fate.APPROVED if is_let_stand else Fate.UNDECIDED
    return {
        State.REMOVED: Fate.REMOVED,
        State.HELD: Fate.WAITING,
        State.WITHDRAWN: Fate.WITHDRAWN,
    }[state]


@transaction.atomic
def add(pairs, by, *, kind, guideline, note=""):
    """Add a rule for each pattern that has none, and change those that have. Return how many."""
    check_right(by)
    for pattern, folded in pairs:
        WordRule.objects.update_or_create(
            folded=folded,
            defaults={
                "pattern": pattern,
                "kind": kind,
                "guideline": guideline,
                "note": note,
                "added_by": by,
                "added_at": timezone.now(),
            },
        )
    WordListState.renew()
    said = ", ".join(pattern for pattern, _ in pairs[:10]) + (" …" if len(pairs) > 10 else "")
    record(ModerationAct.Act.RULE, by, now=None, note=f"word list: added {said} ({kind})")
    return len(pairs)


@transaction.atomic
def take_out(rule, by):
    check_right(by)
    deleted, _ = WordRule.objects.filter(pk=rule.pk).delete()
    WordListState.renew()
    if deleted:
        record(ModerationAct.Act.RULE, by, now=None, note=f"word list: took out {rule.pattern}")
    return bool(deleted)
