"""The text of a story: what HTML it may hold, and the ids by which its blocks are known.

A body is a row of top-level blocks (`<p>`, `<h2>`, `<blockquote>` …), each with an
id that it keeps from version to version, so that a difference, a report of an
error or a link can point at one paragraph.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from html import escape, unescape
from html.parser import HTMLParser

import nh3
from django.db import models

from articles.providers import cleaned_address

BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "figure"}
INLINE = {"a", "strong", "em", "br", "sub", "sup"}
BLOCK_ID = re.compile(r"p-[0-9a-f]{8}")
PICTURE_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
CAPTION = re.compile(r"</?figcaption>")
FIRST_HEADING = re.compile(r"<(/?)h1\b[^>]*>", re.IGNORECASE)
OTHER_BLOCK = re.compile(  # as they come from a word processor or another site
    r"</?(?:div|section|article|header|footer|aside|main|table|thead|tbody|tr|td|th|h[4-6]|dl|dt|dd|pre)\b[^>]*>",
    re.IGNORECASE,
)
PASSES = 10  # misnested tags move when they are parsed again; two passes are usual
LIKE_ENOUGH = 0.5  # share of equal words from which a block counts as the old one, rewritten
NEAR = 25  # blocks to either side among which the old one is looked for
WORDS_COMPARED = 200  # of a block, from its first on
MOST_COMPARED = 2000  # pairs of blocks: the work of a second, however long the texts

_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | {"li", "figcaption"},
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
    attributes={"*": {"id"}, "a": {"href"}, "figure": {"data-picture", "data-embed"}},
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
    if name == "data-embed":
        return cleaned_address(value)
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
    blocks = map(_in_order, split(_cleaner.clean(_with_known_blocks(html.replace("\x00", "")))))
    return "".join(str(block) for block in blocks if block.inner.strip() or block.tag == "figure")


def _in_order(block):
    """Return the block as it is kept: an embed has one line of words in a caption, no other block has one."""
    if "data-embed" not in block.attributes:
        return Block(block.tag, block.attributes, CAPTION.sub("", block.inner))
    attributes = {name: value for name, value in block.attributes.items() if name != "data-picture"}
    words = escape(" ".join(block.text.split()), quote=False)
    return Block(block.tag, attributes, f"<figcaption>{words}</figcaption>")


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

    An id that a block brings along is kept. Else the block inherits that of the equal block without
    a successor, or of the nearest that is similar. The time grows with the text, not with its square.
    """
    blocks = split(html)
    taken = set()
    for block in blocks:
        block_id = block.attributes.pop("id", None)
        if block_id and block_id not in taken:
            taken.add(block_id)
            block.attributes["id"] = block_id
    _inherit(blocks, split(previous), taken)
    taken |= {block.attributes["id"] for block in blocks if "id" in block.attributes}
    twins = Counter()
    for block in blocks:
        if "id" not in block.attributes:
            content = block.tag, block.inner
            block.attributes["id"] = new_id(*content, taken, salt=twins[content])
            twins[content] += 1
            taken.add(block.attributes["id"])
    return "".join(str(Block(block.tag, _id_first(block.attributes), block.inner)) for block in blocks)


def count_words(html):
    return len(text_of(html).split())


def text_of(html):
    return unescape(re.sub(r"<[^>]*>", " ", html))


def picture_tokens(html):
    """Return the tokens of the pictures that stand in the text, in their order."""
    return [block.attributes["data-picture"] for block in split(html) if "data-picture" in block.attributes]


def _inherit(blocks, parents, taken):
    """Hand the ids of `parents` that no block has taken on to the blocks that have none."""
    not_to_give = taken | {""}
    heirless = [
        _Place(number, parent)
        for number, parent in enumerate(parents)
        if parent.attributes.get("id", "") not in not_to_give
    ]
    equal = defaultdict(deque)
    for old in heirless:
        equal[_said(old.block)].append(old)
    for block in blocks:
        if "id" not in block.attributes and equal[_said(block)]:
            block.attributes["id"] = equal[_said(block)].popleft().block.attributes["id"]
    handed_on = {block.attributes.get("id") for block in blocks}
    heirless = [old for old in heirless if old.block.attributes["id"] not in handed_on]
    budget = MOST_COMPARED
    for number, block in enumerate(blocks):
        if "id" in block.attributes or not heirless:
            continue
        place, middle = _Place(number, block), bisect_left(heirless, number, key=lambda old: old.number)
        near = heirless[max(0, middle - NEAR) : middle + NEAR]
        for old in sorted(near, key=lambda old: abs(old.number - number)):
            if budget and old.may_be(place):
                budget -= 1
                if old.is_like(place):
                    block.attributes["id"] = old.block.attributes["id"]
                    heirless.remove(old)
                    break


def _said(block):
    return block.tag, tuple(block.text.split())


class _Place:
    """A block and where it stands, with its first words, by which it is told from others."""

    def __init__(self, number, block):
        self.number, self.block = number, block
        self.words = block.text.split()[:WORDS_COMPARED]
        self.counts = Counter(self.words)

    def may_be(self, other):
        """Whether as many words are the same, in whatever order, as would be enough."""
        if self.block.tag != other.block.tag:
            return False
        enough = LIKE_ENOUGH * (len(self.words) + len(other.words)) / 2
        if min(len(self.words), len(other.words)) < enough:
            return False
        return sum((self.counts & other.counts).values()) >= enough

    def is_like(self, other):
        return SequenceMatcher(None, self.words, other.words, autojunk=False).ratio() >= LIKE_ENOUGH


def new_id(tag, inner, taken, salt):
    """Derive an id from the words, so that saving the same text anew changes nothing."""
    while True:
        block_id = "p-" + sha256(f"{salt} {tag} {inner}".encode()).hexdigest()[:8]
        if block_id not in taken:
            return block_id
        salt += 1


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
        kept = "".join(
            f' {name}="{escape(value or "")}"' for name, value in attrs if name not in ("id", "data-embed")
        )
        return f"<{tag}{kept}>"

    def _add(self, html):
        if self.block is None:
            self.block = Block("p", {}, "")
        self.block.inner += html

    def _close_block(self):
        if self.block is not None:
            self.blocks.append(self.block)
            self.block = None
