"""Posts and videos of other sites in a story: in words for everybody, in a frame for who asks for it.

Until a reader does, the page names nobody else's address but in a link.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import components
from articles.providers import source_of

PLACE = re.compile(
    r'<figure id="([\w-]+)" data-embed="([^"]*)"><figcaption>([^<]*)</figcaption></figure>', re.ASCII
)

MARK = " data-embed="


@dataclass
class Embed:
    """What an editor says of a post or video. `source` is None where nobody is known at its address."""

    typed: str
    description: str

    @cached_property
    def source(self):
        return source_of(self.typed)

    @property
    def name(self):
        """What it is and where, as a link to it says."""
        return str(self.source.provider.label) if self.source else self.typed or _("Post or video")

    @property
    def told(self):
        """Who learns what, if a reader has it shown."""
        sentence = _(
            "%(company)s then learns your network address and which site you are on, and may set cookies."
        )
        return sentence % {"company": self.source.provider.company}


def embed_of(block):
    """Return the embed that a block of a text is, or None."""
    if "data-embed" not in block.attributes:
        return None
    return Embed(block.attributes["data-embed"], " ".join(block.text.split()))


def embeds_in(html):
    return [_at(place) for place in PLACE.finditer(html)] if MARK in html else []


def body_with_embeds(html):
    """Return a story's text, whole and clean, with its embeds as pages show them."""

    def shown(place):
        return components.rendered("components/embed.jinja", embed=_at(place), id=place[1])

    return _replaced(html, shown)


def body_with_links(html):
    """Return the same text with what is to be seen in each embed in words, and a link to it."""

    def words(place):
        embed = _at(place)
        return format_html("<p>[{}: {}]</p>", link_to(embed), embed.description)

    return _replaced(html, words)


def link_to(embed):
    if embed.source is None:
        return escape(embed.name)  # as it was typed
    return format_html('<a href="{}" rel="noopener">{}</a>', embed.source.address, embed.name)


def permit_frames(response, embeds):
    """Let the page put in the frames of these embeds, which it shows, and no others."""
    hosts = {f"https://{urlsplit(embed.source.frame).netloc}" for embed in embeds if embed.source}
    if hosts:
        response._csp_update = {"frame-src": sorted(hosts)}  # as the decorators of django-csp do
    return response


def _replaced(html, by):
    return mark_safe(PLACE.sub(by, html) if MARK in html else html)


def _at(place):
    return Embed(unescape(place[2]), unescape(place[3]))
