"""Proves that nothing final was changed: walks each chain and computes every hash anew."""

from dataclasses import dataclass

from django.apps import apps

from articles.models.ledger import BEGINNING, Chained, LedgerHead


@dataclass(frozen=True)
class Account:
    """What was found in one chain: how many rows stand, the last hash, and the first thing that is wrong."""

    chain: str
    rows: int
    head: str
    fault: str = ""


def verify():
    """Return an `Account` of every chain there is. Reads every final row once."""
    chained = [model for model in apps.get_models() if issubclass(model, Chained)]
    return [_walk(model) for model in chained]


def _walk(model):
    chain, number, previous = model._meta.label_lower, 0, BEGINNING
    final = model._default_manager.filter(ledger_number__isnull=False).order_by("ledger_number")
    for row in final.iterator():
        number += 1
        if fault := _fault(row, number, previous):
            return Account(chain, number, previous, fault)
        previous = row.ledger_hash
    head = LedgerHead.objects.filter(chain=chain).first() or LedgerHead(chain=chain)
    as_added = (head.number, head.hash) == (number, previous)
    fault = "" if as_added else f"{head.number} rows were added, but the last is {number}."
    return Account(chain, number, previous, fault)


def _fault(row, number, previous):
    if row.ledger_number != number:
        return f"Row {number} is missing."
    if row.ledger_previous != previous:
        return f"Row {number} does not follow the row before it."
    if row.ledger_hash != row.expected_hash():
        return f"Row {number} does not say what it said when it became final."
    return ""
