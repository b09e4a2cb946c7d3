"""Pages of a list that is newest first, found by key: page 5,000 costs what page 1 costs."""

import re
from datetime import UTC, datetime, timedelta

from django.http import Http404

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")  # a year before 10000; within 63 bits


class KeysetPage:
    """One page of a list. `rows(*key, side=…, size=…)` returns its rows as `beside` does.

    `params` is the query of the request: `before=<key>` asks for what is older than a key,
    `after=<key>` for what is newer. Raises Http404 for a key that is none. Costs one query.
    """

    def __init__(self, rows, params, *, size):
        before, after = params.get("before"), params.get("after")
        if after is not None:
            found = list(rows(*_parse(after), side="newer", size=size + 1))
            self.items = found[:size][::-1]
            has_newer, has_older = len(found) > size, True
        else:
            key = () if before is None else _parse(before)
            found = list(rows(*key, side="older", size=size + 1))
            self.items = found[:size]
            has_newer, has_older = before is not None, len(found) > size
        self.older_url = f"?before={_key(self.items[-1])}" if self.items and has_older else None
        self.newer_url = f"?after={_key(self.items[0])}" if self.items and has_newer else None

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def beside(queryset, *key, side, size):
    """Return the rows older or newer than a key, the nearest first; without a key, the newest."""
    if key:
        instant, pk = key
        look, beyond = ("lte", "gte") if side == "older" else ("gte", "lte")
        queryset = queryset.filter(**{f"published_at__{look}": instant})
        queryset = queryset.exclude(**{"published_at": instant, f"pk__{beyond}": pk})
    order = ["-published_at", "-pk"] if side == "older" else ["published_at", "pk"]
    return queryset.order_by(*order)[:size]


def _key(row):
    microseconds = (row.published_at - EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}-{row.pk}"


def _parse(text):
    match = KEY.fullmatch(text)
    if match is None:
        raise Http404("Not a place in this list.")
    return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
