"""Time zones as people name them, and the hours that come twice or never."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext


@cache
def _months():
    """The names of the months as they stand after a day, in the site's language.

    Our own, since Django has some languages write them in capitals that they do not write. Kept, because
    looking them up anew costs more than the rest of a comment.
    """
    return (
        pgettext("after a day", "January"),
        pgettext("after a day", "February"),
        pgettext("after a day", "March"),
        pgettext("after a day", "April"),
        pgettext("after a day", "May"),
        pgettext("after a day", "June"),
        pgettext("after a day", "July"),
        pgettext("after a day", "August"),
        pgettext("after a day", "September"),
        pgettext("after a day", "October"),
        pgettext("after a day", "November"),
        pgettext("after a day", "December"),
    )


@cache
def _weekdays():
    return tuple(str(WEEKDAYS[number]) for number in range(7))


def weekday_of(day):
    return _weekdays()[day.weekday()]


def day_of(local):
    """Return a day, or that of a local datetime, as readers know it: 29 April 2025."""
    return f"{local.day} {_months()[local.month - 1]} {local.year:04}"


def full_day_of(day):
    """Return a day with that of the week: Tuesday 29 April 2025."""
    # Translators: a day with that of the week: Tuesday 29 April 2025.
    return gettext("%(weekday)s %(day)s") % {"weekday": weekday_of(day), "day": day_of(day)}


def hour_of(local):
    return f"{local.hour:02}:{local.minute:02}"


def zone_name(local):
    """Return the zone of an aware datetime as readers know it: GMT+4, GMT+5:30, GMT."""
    return _name_of_offset(local.utcoffset())


@cache
def _name_of_offset(offset):
    minutes = int(offset.total_seconds() // 60)
    if minutes == 0:
        return "GMT"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def readings(wall_time, zone):
    """Return the instants that a clock on the wall may mean: one; or two, the earlier first.

    Two where the clocks are set back and the hour comes twice, and where they are set
    forward and it never comes: then the times just before and just after are meant.
    """
    first, second = (wall_time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return [first]
    return sorted((at.astimezone(UTC).astimezone(zone) for at in (first, second)), key=datetime.timestamp)


def never_comes(wall_time, zone):
    """Whether the clocks of `zone` jump over this time."""
    return all(at.replace(tzinfo=None, fold=0) != wall_time for at in readings(wall_time, zone))


def moment(at, zone=None):
    """Return an instant in the site's zone or in `zone`, which it names: 29 April 2025, 09:40 GMT+4."""
    return moment_of(timezone.localtime(at, zone))


def moment_of(local):
    return f"{day_of(local)}, {hour_of(local)} {zone_name(local)}"


def moment_in(at, zones):
    """Return an instant as each of the different `zones` reads it, with the name of the place."""
    return ", ".join(f"{moment(at, zone)} ({zone.key})" for zone in dict.fromkeys(zones))


def site_zone():
    return ZoneInfo(settings.TIME_ZONE)


def zones_of(account):
    """Return the zones in which the desk tells this account the time: its own first, then the site's."""
    return list(dict.fromkeys([zone_of(account), site_zone()]))


def zone_of(account):
    """Return the zone that the account works in: its own, or the site's."""
    member = getattr(account, "member", None)
    return ZoneInfo(member.time_zone) if member else site_zone()
