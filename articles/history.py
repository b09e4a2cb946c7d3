"""The public history of a story: what each version changed, block by block and word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import mark_safe

from articles import body as bodies
from articles.models import Version

COMPARED_WORDS = 2000  # a longer block is shown as replaced whole: comparing words takes their square


@dataclass(frozen=True)
class Change:
    """How one part of the story reads now against before: HTML with `<ins>` and `<del>`."""

    part: str
    html: str


@dataclass(frozen=True)
class Entry:
    version: Version
    changes: list[Change]


def entries_of(article, at):
    """Return the versions that readers have seen by `at`, newest first, each with its changes. One query."""
    versions = list(article.versions.public(at).order_by("number"))
    earlier = [None, *versions]
    entries = [
        Entry(new, changes(old, new) if old else []) for old, new in zip(earlier, versions, strict=False)
    ]
    return entries[::-1]


def changes(old, new):
    """Return what differs between two versions, leaving out what is the same."""
    found = [
        Change(part, word_difference(getattr(old, part), getattr(new, part)))
        for part in ("headline", "standfirst", "dateline", "caption")
        if getattr(old, part) != getattr(new, part)
    ]
    return found + list(_body_changes(bodies.split(old.body), bodies.split(new.body)))


def word_difference(old, new):
    """Return `new` as HTML in which words that came are in `<ins>` and words that went in `<del>`."""
    old_words, new_words = _words(old), _words(new)
    if max(len(old_words), len(new_words)) > COMPARED_WORDS:
        return mark_safe(_marked("del", old_words) + " " + _marked("ins", new_words))
    parts = []
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    for act, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if act == "equal":
            parts.append(escape(" ".join(new_words[new_from:new_to])))
            continue
        parts.append(_marked("del", old_words[old_from:old_to]))
        parts.append(_marked("ins", new_words[new_from:new_to]))
    return mark_safe(" ".join(part for part in parts if part))


def _body_changes(old_blocks, new_blocks):
    before = {block.attributes.get("id"): block for block in old_blocks}
    after = {block.attributes.get("id") for block in new_blocks}
    for block in new_blocks:
        was = before.get(block.attributes.get("id"))
        if was is None or was.inner != block.inner or was.tag != block.tag:
            yield Change("text", word_difference(was.text if was else "", block.text))
    for block in old_blocks:
        if block.attributes.get("id") not in after:
            yield Change("text", word_difference(block.text, ""))


def _words(text):
    return re.findall(r"\S+", text)


def _marked(tag, words):
    return f"<{tag}>{escape(' '.join(words))}</{tag}>" if words else ""
