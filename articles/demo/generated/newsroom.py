"""Fills an empty newsroom with stories, the oldest first, some thousand in each transaction."""

from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction

from articles.demo.generated.furniture import furnish
from articles.demo.generated.rows import Rows
from articles.demo.generated.story import Storyteller
from articles.demo.loading import NotEmpty
from articles.models import ArchiveDay, Article, Author, HomeSlot, Page, Section, Topic
from articles.models.archive_day import count_all_days

UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
A_DAY = 120  # stories, one of them an edition of the brief
STEP = timedelta(days=1) / A_DAY
CHUNK = 5000
TOGETHER = 0.01  # of the stories, those that came out at the same instant as the one before
SLOTS = 5


def fill(count, *, seed, until=UNTIL, progress):
    """Make `count` stories up to the instant `until`. Raises `NotEmpty` where there is a newsroom."""
    if any(model.objects.exists() for model in (Section, Topic, Author, Page, Article)):
        raise NotEmpty
    with transaction.atomic():
        furniture = furnish(count, until)
    calendar, rows = Calendar(count, until, seed), Rows(furniture)
    progress.begin("Stories", count)
    for first in range(1, count + 1, CHUNK):
        with transaction.atomic():
            _fill_chunk(calendar, rows, furniture, range(first, min(first + CHUNK, count + 1)))
        progress.reach(min(first + CHUNK - 1, count))
    with transaction.atomic():
        rows.go_on_counting()
        ArchiveDay.objects.all().delete()
        count_all_days()
        _fill_home(until)


def _fill_chunk(calendar, rows, furniture, numbers):
    chance = calendar.chance(numbers[0])
    teller = Storyteller(furniture, chance, end=calendar.begin(numbers[-1] + 1))
    rows.add([calendar.tell(number, teller, chance) for number in numbers], chance)
    rows.write()


class Calendar:
    """Says which story came out when: the newest are in work yet, or wait for their hour."""

    def __init__(self, count, until, seed):
        self._count, self._until, self._seed = count, until, seed
        self._in_work = min(200, count // 100)
        self._scheduled = min(40, count // 250)
        self._out = count - self._in_work - self._scheduled
        self._before = None

    def chance(self, number):
        return Random(f"{self._seed} stories {number}").random

    def begin(self, number):
        """The earliest instant at which a story of this number can come out."""
        return self._until - STEP * max(0, self._out + 1 - number)

    def tell(self, number, teller, chance):
        if number > self._count - self._in_work:
            return teller.in_work(number, self._until - timedelta(minutes=int(3000 * chance()) + 10))
        if number > self._out:
            begun_at = self._until - timedelta(minutes=int(300 * chance()) + 70)
            hours = 1 + number - self._out
            return teller.scheduled(number, begun_at, self._until + timedelta(hours=hours))
        if self._before is None or chance() >= TOGETHER:
            self._before = self.begin(number) + timedelta(seconds=int(600 * chance()))
        return teller.published(number, self._before, is_brief=number % A_DAY == A_DAY // 2)


def _fill_home(until):
    newest = Article.objects.visible(until).news().newest_first()[:SLOTS]
    HomeSlot.objects.bulk_create(
        HomeSlot(order=order, article=article, starts_at=until) for order, article in enumerate(newest, 1)
    )
