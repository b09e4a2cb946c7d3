"""A reader's words: plain text, shown as paragraphs with links."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

LINK = re.compile(r"(https?://[^\s<>\"]+)")
PARAGRAPH_END = re.compile(r"\n{2,}")
LINK_RELATION = "nofollow ugc noopener"


def normalise(text):
    """Return `text` with one kind of line end, and no blank line or space that shows nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    return PARAGRAPH_END.sub("\n\n", "\n".join(lines)).strip()


def as_html(text):
    """Return `text` escaped, in paragraphs, its addresses made links that vouch for nothing."""
    paragraphs = PARAGRAPH_END.split(normalise(text))
    html = (_linked(paragraph).replace("\n", "<br>") for paragraph in paragraphs if paragraph)
    return mark_safe("\n".join(f"<p>{paragraph}</p>" for paragraph in html))


def _linked(text):
    # Splitting at a group gives text and addresses in turn.
    parts = LINK.split(text)
    return "".join(_link(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _link(address):
    href = address.rstrip(".,;:!?)]}'’”")
    rest = address[len(href) :]
    return f'<a href="{escape(href)}" rel="{LINK_RELATION}">{escape(href)}</a>{escape(rest)}'
