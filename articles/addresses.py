from functools import cache

from django.conf import settings
from django.urls import reverse

STAND_IN = 9_000_000_000  # plus its place: what stands for a part of an address while its pattern is found


def absolute(path):
    """Return the full address of `path`. It comes from the settings, never from what a request claims."""
    return settings.SITE_URL + path


def path_to(name, *parts):
    """Return what `reverse` would, thirty times as fast; a page of a thread has 250 addresses.

    `parts` are numbers, slugs or tokens, which stand in an address as they are.
    """
    return _pattern(name, len(parts)) % parts


@cache
def _pattern(name, count):
    stand_ins = [str(STAND_IN + place) for place in range(count)]
    pattern = reverse(name, args=stand_ins).replace("%", "%%")
    for stand_in in stand_ins:
        pattern = pattern.replace(stand_in, "%s", 1)
    return pattern
