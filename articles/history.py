"""The public history of a story: what each version changed, block by block and word by word."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from html import escape

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.safestring import mark_safe

from articles import body as bodies
from articles.models import ErrorReport, LogEntry, Version

COMPARED = ("from", "to")  # the parameters of the page, each the number of a version
COMPARED_WORDS = 2000  # a longer block is shown as replaced whole: comparing words takes their square

TOLD = {LogEntry.Act.WITHDRAW: "Withdrawn", LogEntry.Act.RESTORE: "Brought back"}


@dataclass(frozen=True)
class Change:
    """How one part of the story reads now against before: HTML with `<ins>` and `<del>`."""

    part: str
    html: str


@dataclass(frozen=True)
class Entry:
    """A version with what it changed; or, with none, what befell the whole story: `act` and its reason."""

    at: datetime
    note: str
    version: Version | None = None
    changes: tuple[Change, ...] = ()
    act: str = ""


@dataclass(frozen=True)
class Comparison:
    old: Version
    new: Version
    changes: list[Change]


def entries_of(article, at):
    """Return what readers have seen by `at`, newest first: versions, withdrawals, returns. Two queries."""
    reported = ErrorReport.objects.filter(correction=OuterRef("pk"))
    public = article.versions.public(at).annotate(was_reported=Exists(reported))
    versions = list(public.order_by("number"))
    earlier = [None, *versions]
    entries = [
        Entry(new.published_at, new.note, new, tuple(changes(old, new) if old else ()))
        for old, new in zip(earlier, versions, strict=False)
    ]
    entries += [Entry(entry.at, entry.note, act=TOLD[entry.act]) for entry in _withdrawals(article, at)]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def comparison(entries, params):
    """Return the difference between the versions that `from` and `to` name; None where none is named.

    Raises Http404 for a number that is no version readers have seen.
    """
    if not any(key in params for key in COMPARED):
        return None
    seen = {str(entry.version.number): entry.version for entry in entries if entry.version}
    old, new = seen.get(params.get("from")), seen.get(params.get("to"))
    if old is None or new is None:
        raise Http404("Not a version of this story.")
    return Comparison(old, new, changes(old, new))


def _withdrawals(article, at):
    return article.log_entries.filter(act__in=TOLD, at__lte=at)


def changes(old, new):
    """Return what differs between two versions, leaving out what is the same."""
    found = [
        Change(part, word_difference(getattr(old, part), getattr(new, part)))
        for part in ("headline", "standfirst", "dateline", "caption")
        if getattr(old, part) != getattr(new, part)
    ]
    if old.sources != new.sources:
        found.append(Change("sources", word_difference(_listed(old.sources), _listed(new.sources))))
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


def _listed(sources):
    return "; ".join(" ".join(filter(None, source.values())) for source in sources)


def _words(text):
    return re.findall(r"\S+", text)


def _marked(tag, words):
    return f"<{tag}>{escape(' '.join(words))}</{tag}>" if words else ""
