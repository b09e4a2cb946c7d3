"""A reader's words: plain text, shown as paragraphs with links."""

import re
from html import unescape

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from articles.reader_fields import PARAGRAPH_END, normalise

LINK = re.compile(r"(https?://[^\s<>\"]+)")
TAG = re.compile(r"<[^>]*>")  # in what `as_html` made, where no other < stands
LINK_RELATION = "nofollow ugc noopener"


def as_html(text):
    """Return `text` escaped, in paragraphs, its addresses made links that vouch for nothing."""
    paragraphs = PARAGRAPH_END.split(normalise(text))
    html = (_linked(paragraph).replace("\n", "<br>") for paragraph in paragraphs if paragraph)
    return mark_safe("\n".join(f"<p>{paragraph}</p>" for paragraph in html))


def excerpt(html, longest=140):
    """Return the beginning of what `as_html` made, as plain text on one line."""
    words = " ".join(unescape(TAG.sub("", html.replace("<br>", " "))).split())
    if words.isascii():
        return words if len(words) <= longest else f"{words[: longest - 1]}…"
    return Truncator(words).chars(longest, truncate="…")


def _linked(text):
    # Splitting at a group gives text and addresses in turn.
    parts = LINK.split(text)
    return "".join(_link(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _link(address):
    href = address.rstrip(".,;:!?)]}'’”")
    rest = address[len(href) :]
    return f'<a href="{escape(href)}" rel="{LINK_RELATION}">{escape(href)}</a>{escape(rest)}'
