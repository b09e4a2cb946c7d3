import re

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.zones import zone_name

register = template.Library()

PARAGRAPH = re.compile(r'(<p id="(p-[0-9a-f]{8})">.*?)(</p>)', re.DOTALL)  # none holds another


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


@register.simple_tag
def with_error_marks(body, article, version):
    """Give each paragraph of a story's text a way to report an error in it, for whoever has a mouse.

    Keyboards and screen readers pass over the marks, which would be one more stop in
    every paragraph: they have the link below the text, which leads to all passages.
    """

    def marked(paragraph):
        beginning, block_id, end = paragraph.groups()
        address = reverse("articles:report_error", args=[article.slug, version.number, block_id])
        mark = format_html(
            '<a class="error-mark" href="{}" title="Report an error in this paragraph" '
            'rel="nofollow" tabindex="-1" aria-hidden="true"></a>',
            address,
        )
        return f"{beginning}{mark}{end}"

    return mark_safe(PARAGRAPH.sub(marked, body))


@register.filter
def wordmark(name):
    """Set the last letter of the organisation's name apart, for the masthead to colour."""
    return format_html('{}<span class="wordmark__accent">{}</span>', name[:-1], name[-1:])


def _time(instant, text):
    stamp = timezone.localtime(instant).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, text)
