"""Proves that nothing final was changed: walks each chain and computes every hash anew."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import F, OuterRef, Subquery

from articles.models import Article, Version
from articles.models.ledger import BEGINNING, Chained, LedgerHead


@dataclass(frozen=True)
class Account:
    """What was found in one chain: how many rows stand, the last hash, and the first thing that is wrong."""

    chain: str
    rows: int
    head: str
    fault: str = ""


def verify():
    """Return an `Account` of every chain there is, and of what readers see. Reads every final row once."""
    chained = [model for model in apps.get_models() if issubclass(model, Chained)]
    return [*map(_walk, chained), _what_readers_see()]


def _what_readers_see():
    """Each story shows its newest version that was not called off."""
    sealed = Version.objects.sealed().filter(article=OuterRef("pk"), recall__isnull=True)
    newest = sealed.order_by("-number").values("pk")[:1]
    shown = Article.objects.filter(live_version__isnull=False).order_by("pk")
    wrong = shown.annotate(newest=Subquery(newest)).exclude(live_version=F("newest")).first()
    fault = f"Story {wrong.pk} shows another version than its newest." if wrong else ""
    number, last = shown.count(), shown.last()
    return Account("what readers see", number, f"story {last.pk}" if last else "none", fault)


def _walk(model):
    chain, number, previous = model._meta.label_lower, 0, BEGINNING
    final = model._default_manager.filter(ledger_number__isnull=False).order_by("ledger_number")
    for row in final.iterator():
        number += 1
        if fault := _fault(row, number, previous):
            return Account(chain, number, previous, fault)
        previous = row.ledger_hash
    head = LedgerHead.objects.filter(chain=chain).first() or LedgerHead(chain=chain)
    strangers = model._default_manager.filter(model.FINAL, ledger_number__isnull=True).count()
    if strangers:
        return Account(chain, number, previous, f"{strangers} final rows have no place in the chain.")
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
