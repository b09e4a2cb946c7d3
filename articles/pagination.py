"""Pages of a list that is newest first, found by key: page 5,000 costs what page 1 costs."""

import re

from django.http import Http404
from django.utils import timezone

from articles.microseconds import instant_of, microseconds

KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")  # a year before 10000; within 63 bits


class KeysetPage:
    """One page of a list. `rows(at, *place, side=…, size=…)` returns its rows as `beside` does.

    What is older than a key is asked for as what readers saw at its instant, `at`: of two upper bounds
    SQLite may take the later, and go through all that lies between. `key` names the column that breaks ties.
    `params` is the query of the request: `before=<key>` asks for what is older than a key,
    `after=<key>` for what is newer. Raises Http404 for a key that is none. Costs one query.
    """

    def __init__(self, rows, params, *, size, key="pk"):
        self._key = key
        before, after, now = params.get("before"), params.get("after"), timezone.now()
        if after is not None:
            found = list(rows(now, *_parse(after), side="newer", size=size + 1))
            self.items = found[:size][::-1]
            has_newer, has_older = len(found) > size, True
        else:
            place = () if before is None else _parse(before)
            at = min(place[0], now) if place else now
            found = list(rows(at, *place, side="older", size=size + 1))
            self.items = found[:size]
            has_newer, has_older = before is not None, len(found) > size
        self.older_url = f"?before={self._name(self.items[-1])}" if self.items and has_older else None
        self.newer_url = f"?after={self._name(self.items[0])}" if self.items and has_newer else None

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def _name(self, row):
        return f"{microseconds(row.published_at)}-{getattr(row, self._key)}"


def beside(queryset, *place, side, size, key="pk"):
    """Return the rows older or newer than a place, the nearest first; without one, the newest.

    For the older ones `queryset` has only what was there at the instant of the place.
    """
    if place and side == "older":
        queryset = queryset.exclude(**{"published_at": place[0], f"{key}__gte": place[1]})
    elif place:
        queryset = queryset.filter(published_at__gte=place[0])
        queryset = queryset.exclude(**{"published_at": place[0], f"{key}__lte": place[1]})
    order = ["-published_at", f"-{key}"] if side == "older" else ["published_at", key]
    return queryset.order_by(*order)[:size]


def _parse(text):
    match = KEY.fullmatch(text)
    if match is None:
        raise Http404("Not a place in this list.")
    return instant_of(int(match[1])), int(match[2])
