"""The text of a story: what HTML it may hold, and the ids by which its blocks are known.

A body is a row of top-level blocks (`<p>`, `<h2>`, `<blockquote>` …), each with an
id that it keeps from version to version, so that a difference, a report of an
error or a link can point at one paragraph.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from html import escape, unescape
from html.parser import HTMLParser

import nh3
from django.db import models

BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "figure"}
INLINE = {"a", "strong", "em", "br", "sub", "sup"}
BLOCK_ID = re.compile(r"p-[0-9a-f]{8}")
PICTURE_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
FIRST_HEADING = re.compile(r"<(/?)h1\b[^>]*>", re.IGNORECASE)
OTHER_BLOCK = re.compile(  # as they come from a word processor or another site
    r"</?(?:div|section|article|header|footer|aside|main|table|thead|tbody|tr|td|th|h[4-6]|dl|dt|dd|pre)\b[^>]*>",
    re.IGNORECASE,
)
PASSES = 10  # misnested tags move when they are parsed again; two passes are usual
LIKE_ENOUGH = 0.5  # share of equal words from which a block counts as the old one, rewritten

_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | {"li"},
    clean_content_tags={
        "script",
        "style",
        "iframe",
        "object",
        "svg",
        "math",
        "template",
        "textarea",
        "title",
    },
    attributes={"*": {"id"}, "a": {"href"}, "figure": {"data-picture"}},
    attribute_filter=lambda tag, name, value: _allowed(tag, name, value),
    allowed_classes={"blockquote": {"pull-quote"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def _allowed(tag, name, value):
    if name == "id":
        return value if tag in BLOCKS and BLOCK_ID.fullmatch(value) else None
    if name == "data-picture":
        return value if PICTURE_TOKEN.fullmatch(value) else None
    return value


class BodyField(models.TextField):
    """Text that is cleaned whichever way it reaches the database: save, update or bulk."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value


@dataclass
class Block:
    tag: str
    attributes: dict
    inner: str

    @property
    def text(self):
        return text_of(self.inner)

    def __str__(self):
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.tag}{attributes}>{self.inner}</{self.tag}>"


def clean(html):
    """Return what a body may hold of `html`; cleaning twice gives the same.

    Words outside any block become a paragraph; empty paragraphs go. Text so broken
    that it does not settle keeps its words and loses its marks.
    """
    for _ in range(PASSES):
        cleaned = _clean_once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return f"<p>{escape(text_of(html), quote=False)}</p>"


def _clean_once(html):
    blocks = split(_cleaner.clean(_with_known_blocks(html.replace("\x00", ""))))
    return "".join(str(block) for block in blocks if block.inner.strip() or block.tag == "figure")


def _with_known_blocks(html):
    """Make paragraphs and headings of the blocks that a body cannot hold, so that their words stay apart."""
    html = FIRST_HEADING.sub(r"<\1h2>", html)
    return OTHER_BLOCK.sub("<p>", html)


def split(html):
    """Return the top-level blocks of cleaned `html`."""
    splitter = _Splitter(convert_charrefs=False)
    splitter.feed(html)
    splitter.close()
    splitter.finish()
    return splitter.blocks


def with_block_ids(html, previous=""):
    """Give each block of cleaned `html` an id, the one it had in `previous` where it is still that block.

    An id that a block brings along is kept. Else the block inherits that of the equal or
    most similar block without a successor, in the order of the text.
    """
    blocks = split(html)
    taken = set()
    for block in blocks:
        block_id = block.attributes.pop("id", None)
        if block_id and block_id not in taken:
            taken.add(block_id)
            block.attributes["id"] = block_id
    heirless = [block for block in split(previous) if block.attributes.get("id", "") not in taken | {""}]
    for matches in (_equal, _similar):
        for block in blocks:
            if "id" not in block.attributes:
                parent = next((old for old in heirless if matches(old, block)), None)
                if parent:
                    heirless.remove(parent)
                    block.attributes["id"] = parent.attributes["id"]
                    taken.add(parent.attributes["id"])
    for block in blocks:
        if "id" not in block.attributes:
            block.attributes["id"] = _new_id(block, taken)
            taken.add(block.attributes["id"])
    return "".join(str(Block(block.tag, _id_first(block.attributes), block.inner)) for block in blocks)


def count_words(html):
    return len(text_of(html).split())


def text_of(html):
    return unescape(re.sub(r"<[^>]*>", " ", html))


def picture_tokens(html):
    """Return the tokens of the pictures that stand in the text, in their order."""
    return [block.attributes["data-picture"] for block in split(html) if "data-picture" in block.attributes]


def _equal(old, new):
    return old.tag == new.tag and old.text.split() == new.text.split()


def _similar(old, new):
    matcher = SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False)
    return old.tag == new.tag and matcher.real_quick_ratio() >= LIKE_ENOUGH and matcher.ratio() >= LIKE_ENOUGH


def _new_id(block, taken):
    """Derive an id from the words, so that saving the same text anew changes nothing."""
    for salt in range(len(taken) + 1):
        block_id = "p-" + sha256(f"{salt} {block.tag} {block.inner}".encode()).hexdigest()[:8]
        if block_id not in taken:
            return block_id
    raise AssertionError("more ids than blocks")


def _id_first(attributes):
    return {"id": attributes["id"]} | attributes


class _Splitter(HTMLParser):
    """Cuts the output of the cleaner, which is well formed, at its top-level blocks."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.blocks = []
        self.open_tags = []
        self.block = None

    def handle_starttag(self, tag, attrs):
        if not self.open_tags and tag in BLOCKS:
            self._close_block()
            self.block = Block(tag, dict(attrs), "")
            self.open_tags.append(tag)
            return
        self._add(self._inner_tag(tag, attrs))
        if tag != "br":
            self.open_tags.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.open_tags:
            return
        self.open_tags.pop()
        if not self.open_tags and self.block is not None and tag == self.block.tag:
            self._close_block()
        else:
            self._add(f"</{tag}>")

    def handle_data(self, data):
        if self.block is not None or data.strip():
            self._add(data)

    def handle_entityref(self, name):
        self._add(f"&{name};")

    def handle_charref(self, name):
        self._add(f"&#{name};")

    def finish(self):
        self._close_block()

    @staticmethod
    def _inner_tag(tag, attrs):
        kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name != "id")
        return f"<{tag}{kept}>"

    def _add(self, html):
        if self.block is None:
            self.block = Block("p", {}, "")
        self.block.inner += html

    def _close_block(self):
        if self.block is not None:
            self.blocks.append(self.block)
            self.block = None
