"""The moderators' queue: which cases, for whom, and everything that a card shows."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from comments.models import (
    Appeal,
    Case,
    CommentReport,
    EarlierText,
    ModerationAct,
    PersonNote,
    ReaderComment,
    Sanction,
)
from comments.moderation import seen

CARDS = 10  # on a page, and leased at once
LEASE = timedelta(minutes=2)
SHOWN_OF_A_CASE = 3
State = ReaderComment.State


@dataclass
class Card:
    """One case as a moderator sees it: the first few of the comments in it that wait.

    What a moderator does with it reaches as far as `mark`, and no further.
    """

    case: Case
    mark: seen.CaseMark
    note: str = ""  # what was typed, where they have to look again
    comments: list = field(default_factory=list)
    standing: Any = None  # of the person who wrote the first

    @property
    def size(self):
        return self.mark.size

    @property
    def is_decidable(self):
        """Whether more waits in it than appeals, each of which is decided by itself."""
        return self.more > 0 or any(comment.open_appeal is None for comment in self.comments)

    @property
    def first(self):
        return self.comments[0]

    @property
    def is_of_many(self):
        return self.size > 1

    @property
    def more(self):
        return self.size - len(self.comments)


@dataclass
class Standing:
    """What moderators know of a person."""

    person: Any
    published: int = 0
    removed: int = 0
    notes: list = field(default_factory=list)
    sanctions: list = field(default_factory=list)

    @property
    def count(self):
        return self.published + self.removed


def decidable_by(moderator):
    """Open cases with something about which this moderator can decide."""
    waiting = ReaderComment.objects.filter(case=OuterRef("pk")).waiting()
    return Case.objects.open().filter(Exists(waiting.decidable_by(moderator)))


@transaction.atomic
def lease(moderator, *, size=CARDS, now=None):
    """Take the most urgent cases that nobody else looks at, and return their cards.

    What is taken stays the moderator's for two minutes. Two who ask at once get different ones.
    """
    now = now or timezone.now()
    free = decidable_by(moderator).free_for(moderator, now)
    wanted = list(free.most_urgent_first().values_list("pk", flat=True)[:size])
    Case.objects.filter(pk__in=wanted).open().free_for(moderator, now).update(
        leased_by=moderator, leased_until=now + LEASE
    )
    mine = Case.objects.filter(pk__in=wanted, leased_by=moderator).open().most_urgent_first()
    return cards_of(mine)


def look_at(case, moderator, *, now=None):
    """Lease one case, if it is free and for this moderator. Return the colleague who holds it, or None."""
    now = now or timezone.now()
    free = decidable_by(moderator).filter(pk=case.pk).free_for(moderator, now)
    if free.update(leased_by=moderator, leased_until=now + LEASE):
        return None
    held = Case.objects.filter(pk=case.pk, leased_until__gt=now).exclude(leased_by=moderator)
    holder = held.select_related("leased_by").first()
    return holder and holder.leased_by


def cards_of(cases, *, shown=SHOWN_OF_A_CASE):
    """Return a card for each case, loaded in a fixed number of queries."""
    cases = {case.pk: case for case in cases.select_related("leased_by", "asked")}
    marks = seen.marks_of_cases(cases)
    cards = {pk: Card(case, marks[pk]) for pk, case in cases.items() if pk in marks}
    for comment in _first_comments(cards, shown):
        cards[comment.case_id].comments.append(comment)
    comments = [comment for card in cards.values() for comment in card.comments]
    load_what_was_said(comments)
    standings = standings_of({card.first.person_id for card in cards.values()})
    for card in cards.values():
        card.standing = standings.get(card.first.person_id)
    return list(cards.values())


def load_what_was_said(comments):
    """Give each comment what it answers and said before, its reports, last act and open appeal."""
    keys = [comment.pk for comment in comments]
    answered = ReaderComment.objects.in_bulk({c.parent_id for c in comments if c.is_reply})
    reports = _grouped(CommentReport.objects.filter(comment__in=keys, outcome=""))
    appeals = _grouped(Appeal.objects.filter(comment__in=keys, outcome="").select_related("act__by"))
    acts = _grouped(ModerationAct.objects.filter(comment__in=keys).select_related("by", "words_to_writer"))
    earlier = _grouped(EarlierText.objects.filter(comment__in=keys))
    for comment in comments:
        comment.earlier = earlier.get(comment.pk, [])
        comment.answered = answered.get(comment.parent_id) if comment.is_reply else None
        comment.open_reports = reports.get(comment.pk, [])
        comment.open_appeal = next(iter(appeals.get(comment.pk, [])), None)
        comment.last_act = next(iter(acts.get(comment.pk, [])), None)


def standings_of(person_ids):
    """Return what is known of these persons, by key."""
    person_ids = {pk for pk in person_ids if pk}
    counts = (
        ReaderComment.objects.filter(person__in=person_ids)
        .values("person")
        .annotate(
            published=Count("pk", filter=Q(state=State.PUBLISHED)),
            removed=Count("pk", filter=Q(state=State.REMOVED)),
        )
    )
    standings = {
        row["person"]: Standing(row["person"], published=row["published"], removed=row["removed"])
        for row in counts
    }
    for note in PersonNote.objects.filter(person__in=person_ids).select_related("by"):
        standings.setdefault(note.person_id, Standing(note.person_id)).notes.append(note)
    for sanction in Sanction.objects.filter(person__in=person_ids):
        standings.setdefault(sanction.person_id, Standing(sanction.person_id)).sanctions.append(sanction)
    return standings


def _first_comments(case_ids, shown):
    number = Window(RowNumber(), partition_by=F("case"), order_by=F("pk").asc())
    ranked = ReaderComment.objects.filter(case__in=case_ids).waiting().annotate(number=number)
    shown_ones = ranked.filter(number__lte=shown)
    return shown_ones.select_related("article__section", "article__live_version", "person").order_by("pk")


def _grouped(rows):
    by_comment = {}
    for row in rows:
        by_comment.setdefault(row.comment_id, []).append(row)
    return by_comment
