"""Rows that vouch for each other: each carries the SHA-256 of what it says and of the row before.

Who changes, drops or slips in one row has to write every later one anew, and the head,
and then the head still differs from the one that somebody noted down outside.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.db import models

BEGINNING = "0" * 64  # what stands before the first row


class LedgerHead(models.Model):
    """The last row of a chain. Whoever adds to the chain holds this row, so rows come one by one."""

    chain = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=BEGINNING)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.chain} {self.number} {self.hash}"


class Chained(models.Model):
    """A row that takes its place in the chain of its table when it becomes final."""

    ledger_number = models.PositiveIntegerField(null=True, unique=True, editable=False)
    ledger_previous = models.CharField(max_length=64, blank=True, editable=False)
    ledger_hash = models.CharField(max_length=64, blank=True, editable=False)

    LEDGER_FIELDS: tuple  # what the hash vouches for
    FINAL = models.Q()  # which rows of the table are final; each of them has its place

    class Meta:
        abstract = True

    def take_place_in_ledger(self):
        """Give the row number and hash before its last save, in the transaction of that save."""
        head, _ = LedgerHead.objects.select_for_update().get_or_create(chain=self._meta.label_lower)
        self.ledger_number, self.ledger_previous = head.number + 1, head.hash
        self.ledger_hash = self.expected_hash()
        head.number, head.hash = self.ledger_number, self.ledger_hash
        head.save()

    def expected_hash(self):
        content = {name: getattr(self, name) for name in self.LEDGER_FIELDS}
        return hash_of(self.ledger_number, self.ledger_previous, content)


def hash_of(number, previous, content):
    """Return the SHA-256 of a row, in hexadecimal.

    What is empty is left out, so that rows from before a field was there keep their hash.
    """
    said = {name: _plain(value) for name, value in content.items() if value not in (None, "", [], False)}
    text = json.dumps([number, previous, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
