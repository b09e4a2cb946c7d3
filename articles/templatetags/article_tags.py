import re

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.addresses import path_to
from articles.zones import day_of, hour_of, moment_of

register = template.Library()

PARAGRAPH = re.compile(r'(<p id="(p-[0-9a-f]{8})">.*?)(</p>)', re.DOTALL)  # none holds another


@register.simple_tag
def day(instant):
    """Print the day of `instant` in the site's zone: 29 April 2025."""
    local = _local(instant)
    return _time(local, day_of(local))


@register.simple_tag
def instant(instant):
    """Print `instant` to the minute, with its zone: 29 April 2025, 09:40 GMT+4."""
    local = _local(instant)
    return _time(local, moment_of(local))


@register.simple_tag
def instant_after(instant, earlier):
    """Print `instant`, leaving out the day and the zone where `earlier` stands beside it with the same."""
    local = _local(instant)
    is_same_day = local.date() == _local(earlier).date()
    return _time(local, hour_of(local) if is_same_day else moment_of(local))


@register.simple_tag
def with_margin_marks(body, article, version):
    """Give each paragraph of a story's text its address and a way to report an error in it, for a mouse.

    Keyboards and screen readers pass over the marks, which would be two more stops in every paragraph: the
    link below the text leads to all passages, and a script shows the addresses when they are asked for.
    """
    report = escape(path_to("articles:report_error", article.slug, version.number, r"\2"))
    address = escape(_("The address of this paragraph"))
    copy = escape(_("Copy the link to this paragraph"))
    title = escape(_("Report an error in this paragraph"))
    marks = (
        rf'<a class="margin-mark passage-link" href="#\2" title="{address}" '
        f'aria-label="{copy}" tabindex="-1" aria-hidden="true"></a>'
        f'<a class="margin-mark error-mark" href="{report}" title="{title}" '
        'rel="nofollow" tabindex="-1" aria-hidden="true"></a>'
    )
    return mark_safe(PARAGRAPH.sub(rf"\1{marks}\3", body))


@register.filter
def wordmark(name):
    """Set the last letter of the organisation's name apart, for the masthead to colour."""
    return format_html('{}<span class="wordmark__accent">{}</span>', name[:-1], name[-1:])


def _local(instant):
    return instant.astimezone(timezone.get_default_timezone())


def _time(local, text):
    # Digits, names of months and zones: nothing in it has to be escaped. A page says a hundred times;
    # mark_safe would ask of each whether it is lazy.
    return SafeString(f'<time datetime="{local.isoformat(timespec="seconds")}">{text}</time>')
