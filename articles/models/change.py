from dataclasses import dataclass

from django.db import connection, models
from django.db.models import Max
from django.db.models.functions import Now


@dataclass(frozen=True)
class Position:
    """Up to where somebody knows the journal: all numbers below `next` but those that are `missing`."""

    next: int
    missing: frozenset[int] = frozenset()

    def knows(self, number):
        return number < self.next and number not in self.missing

    @property
    def first_unknown(self):
        return min(self.missing, default=self.next)


class ChangeManager(models.Manager):
    """The journal, read by number.

    Rows come to light in the order of their commits, which on PostgreSQL is not that of their
    keys: there a row's number is that of its transaction, and a snapshot says which have ended.
    """

    def position(self):
        """Return up to where what is read now knows the journal. One query.

        Asked first in a transaction that sees one snapshot, it holds for all that is read there.
        """
        if connection.vendor == "postgresql":
            _, xmax, running = self._one("SELECT pg_current_snapshot()::text").split(":")
            return Position(int(xmax), frozenset(map(int, filter(None, running.split(",")))))
        return Position(self._one("SELECT COALESCE(MAX(id), 0) + 1 FROM articles_change"))

    def since(self, number):
        """Return the rows at `number` or after, as (number, subject, is_hard), and from where to go on.

        On PostgreSQL a row may come twice: while transactions run that were begun before its own.
        """
        if connection.vendor == "postgresql":
            rows = self._all(_POSTGRESQL_SINCE, number)
            return [row[:3] for row in rows if row[0] is not None], rows[0][3]
        rows = self._all("SELECT id, subject, is_hard FROM articles_change WHERE id >= %s", number)
        return rows, max((row[0] for row in rows), default=number - 1) + 1

    def forget(self, before):
        """Delete rows older than the instant `before`; the newest stays, since numbers go on from it."""
        newest = self.aggregate(newest=Max("pk"))["newest"]
        self.filter(at__lt=before).exclude(pk=newest).delete()

    def _one(self, sql):
        return self._all(sql)[0][0]

    def _all(self, sql, *params):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


# Rows of another cluster, left in a database that was restored here, may name transactions to come.
_POSTGRESQL_SINCE = """
    SELECT change.transaction_id, change.subject, change.is_hard, now.xmin
    FROM (
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin,
               pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xmax
    ) now
    LEFT JOIN articles_change change ON change.transaction_id >= %s AND change.transaction_id < now.xmax
"""


class Change(models.Model):
    """A line in the journal of what readers see: pages that show `subject` are old.

    Triggers write it (see `articles.kept.marks`), in the transaction of whatever changed. A hard
    change takes something from readers, so that no old copy may be shown for even a moment.
    """

    subject = models.CharField(max_length=80)
    is_hard = models.BooleanField(default=False)
    transaction_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(db_default=Now(), db_index=True)

    objects = ChangeManager()

    class Meta:
        default_permissions = []

    def __str__(self):
        return self.subject
