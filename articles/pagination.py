"""Pages of a list that is newest first, found by key: page 5,000 costs what page 1 costs."""

import re
from datetime import UTC, datetime, timedelta

from django.http import Http404

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")  # a year before 10000; within 63 bits


class KeysetPage:
    """One page of `queryset`, which has `published_at` and is ordered by the pager itself.

    `params` is the query of the request: `before=<key>` asks for what is older than a key,
    `after=<key>` for what is newer. Raises Http404 for a key that is none. Costs one query.
    """

    def __init__(self, queryset, params, *, size):
        before, after = params.get("before"), params.get("after")
        if after is not None:
            rows = list(_newer(queryset, _parse(after))[: size + 1])
            self.items = rows[:size][::-1]
            has_newer, has_older = len(rows) > size, True
        else:
            if before is not None:
                queryset = _older(queryset, _parse(before))
            rows = list(queryset.order_by("-published_at", "-pk")[: size + 1])
            self.items = rows[:size]
            has_newer, has_older = before is not None, len(rows) > size
        self.older_url = f"?before={_key(self.items[-1])}" if self.items and has_older else None
        self.newer_url = f"?after={_key(self.items[0])}" if self.items and has_newer else None

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def _older(queryset, key):
    instant, pk = key
    return queryset.filter(published_at__lte=instant).exclude(published_at=instant, pk__gte=pk)


def _newer(queryset, key):
    instant, pk = key
    newer = queryset.filter(published_at__gte=instant).exclude(published_at=instant, pk__lte=pk)
    return newer.order_by("published_at", "pk")


def _key(row):
    microseconds = (row.published_at - EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}-{row.pk}"


def _parse(text):
    match = KEY.fullmatch(text)
    if match is None:
        raise Http404("Not a place in this list.")
    return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
