"""The public history of a story: what each version changed, block by block and word by word."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from html import escape

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import body as bodies
from articles.embeds import embed_of
from articles.models import ErrorReport, LogEntry, Version

COMPARED = ("from", "to")  # the parameters of the page, each the number of a version
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
COMPARED_WORDS = 2000  # a longer block is shown as replaced whole: comparing words takes their square

TOLD = {
    # Translators: what befell a story.
    LogEntry.Act.WITHDRAW: _("Withdrawn"),
    # Translators: what befell a story that had been withdrawn.
    LogEntry.Act.RESTORE: _("Brought back"),
}
PARTS = {
    # Translators: a part of a story, before what changed in it.
    "headline": _("headline"),
    # Translators: a part of a story, the sentence below its headline.
    "standfirst": _("standfirst"),
    # Translators: a part of a story, the place that the report comes from.
    "dateline": _("dateline"),
    # Translators: a part of a story, below its first picture.
    "caption": _("caption"),
}


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
    number: int = 0  # of the version, counted as readers do: those that none of them saw are none
    changes: tuple[Change, ...] = ()
    act: str = ""


@dataclass(frozen=True)
class Comparison:
    old: Entry
    new: Entry
    changes: list[Change]


def entries_of(article, at):
    """Return what readers have seen by `at`, newest first: versions, withdrawals, returns. Two queries."""
    reported = ErrorReport.objects.filter(correction=OuterRef("pk"))
    public = article.versions.public(at).annotate(was_reported=Exists(reported))
    versions = list(public.order_by("number"))
    earlier = [None, *versions]
    entries = [
        Entry(new.published_at, new.note, new, number, tuple(changes(old, new) if old else ()))
        for number, (old, new) in enumerate(zip(earlier, versions, strict=False), start=1)
    ]
    entries += [Entry(entry.at, entry.note, act=str(TOLD[entry.act])) for entry in _withdrawals(article, at)]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def comparison(entries, params):
    """Return the difference between the versions that `from` and `to` name; None where none is named.

    Raises Http404 for a number that is no version readers have seen.
    """
    if not any(key in params for key in COMPARED):
        return None
    seen = {str(entry.version.number): entry for entry in entries if entry.version}
    old, new = seen.get(params.get("from")), seen.get(params.get("to"))
    if old is None or new is None:
        raise Http404("Not a version of this story.")
    return Comparison(old, new, changes(old.version, new.version))


def offered(entries, chosen):
    """Return the two entries that the page offers to compare: the chosen, or the newest and the one before.

    None where there is but one version.
    """
    if chosen:
        return chosen.old, chosen.new
    versions = [entry for entry in entries if entry.version]
    return (versions[1], versions[0]) if len(versions) > 1 else None


def _withdrawals(article, at):
    return article.log_entries.filter(act__in=TOLD, at__lte=at)


def changes(old, new):
    """Return what differs between two versions, leaving out what is the same."""
    found = [
        Change(str(name), word_difference(getattr(old, part), getattr(new, part)))
        for part, name in PARTS.items()
        if getattr(old, part) != getattr(new, part)
    ]
    if old.sources != new.sources:
        difference = word_difference(_listed(old.sources), _listed(new.sources))
        # Translators: what a story rests on, before what changed in that.
        found.append(Change(gettext("sources"), difference))
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
    after = {block.attributes.get("id"): block for block in new_blocks}
    # Translators: the text of a story, before what changed in it.
    text = gettext("text")
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    for block in new_blocks:
        key = block.attributes.get("id")
        was = before.get(key)
        if was is None or _content(was) != _content(block):
            yield Change(text, _block_difference(was, block))
        elif key in moved:
            said = gettext("<em>Moved:</em> %(words)s") % {"words": escape(_said(block))}
            yield Change(text, mark_safe(said))
    for block in old_blocks:
        if block.attributes.get("id") not in after:
            yield Change(text, _block_difference(block, None))


def _content(block):
    return block.tag, block.inner, block.attributes.get("data-picture"), block.attributes.get("data-embed")


def _block_difference(old, new):
    """Compare what the blocks say; where they say the same, what their links lead to as well."""
    if old and new and (_is_picture(old) or _is_picture(new)) and old.text == new.text:
        return mark_safe(gettext("<del>One picture</del> <ins>Another picture</ins>"))
    before, after = (_said(block) if block else "" for block in (old, new))
    if before == after:
        before, after = _with_addresses(old), _with_addresses(new)
    if before == after:
        said = gettext("%(words)s <em>(the same words in another form)</em>")
        return mark_safe(said % {"words": escape(after)})
    return word_difference(before, after)


def _is_picture(block):
    return block.tag == "figure" and "data-embed" not in block.attributes


def _said(block):
    embed = embed_of(block)
    if embed:
        return f"{embed.name}: {embed.description}"
    return gettext("A picture") if block.tag == "figure" and not block.text else block.text


def _with_addresses(block):
    embed = embed_of(block)
    if embed:
        return f"{_said(block)} ({embed.typed})"
    return bodies.text_of(LINK.sub(r"\2 (\1)", block.inner))


def _moved(old_keys, new_keys):
    """Return the blocks that stand in another order: as few as explain it."""
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    stayed = {
        key for start, _, size in matcher.get_matching_blocks() for key in old_keys[start : start + size]
    }
    return set(new_keys) - stayed


def _listed(sources):
    return "; ".join(" ".join(filter(None, source.values())) for source in sources)


def _words(text):
    return re.findall(r"\S+", text)


def _marked(tag, words):
    return f"<{tag}>{escape(' '.join(words))}</{tag}>" if words else ""
