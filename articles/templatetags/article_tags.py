from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from articles.zones import zone_name

register = template.Library()


@register.simple_tag
def day(instant):
    """Print the day of `instant` in the site's zone: 29 April 2025."""
    return _time(instant, date_format(timezone.localtime(instant), "j F Y"))


@register.simple_tag
def instant(instant):
    """Print `instant` to the minute, with its zone: 29 April 2025, 09:40 GMT+4."""
    local = timezone.localtime(instant)
    return _time(instant, f"{date_format(local, 'j F Y, H:i')} {zone_name(local)}")


@register.simple_tag
def instant_after(instant, earlier):
    """Print `instant`, leaving out the day and the zone where `earlier` stands beside it with the same."""
    local = timezone.localtime(instant)
    if local.date() == timezone.localtime(earlier).date():
        return _time(instant, date_format(local, "H:i"))
    return _time(instant, f"{date_format(local, 'j F Y, H:i')} {zone_name(local)}")


@register.filter
def wordmark(name):
    """Set the last letter of the organisation's name apart, for the masthead to colour."""
    return format_html('{}<span class="wordmark__accent">{}</span>', name[:-1], name[-1:])


def _time(instant, text):
    stamp = timezone.localtime(instant).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, text)
