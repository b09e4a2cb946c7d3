"""Which words of a comment stand in the newsroom's lists?

Text and patterns are folded (`folding`), so that case, accents and look-alike letters make no
difference. Whole words are compared, by lookups alone: a list of any length costs a comment the same
few lookups for each of its words, and no text makes it slower than its length.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from comments.models import WordListState, WordRule
from comments.moderation.folding import DIGITS_AS_LETTERS, INVISIBLE, fold

WORD = re.compile(r"[^\W_]+(?:[@$][^\W_]*)*|[@$][^\W_]+")
SPREAD = 3  # so many single letters in a row are a word that is spelled out
LONGEST_WORD = 60  # characters; no list holds longer ones


@dataclass(frozen=True)
class Hit:
    rule: WordRule
    words: str  # as the writer wrote them, where that can be told


class WordList:
    """Rules made ready for looking up: whole words, beginnings, ends, parts, phrases by their first word."""

    def __init__(self, rules):
        self.whole, self.phrases = defaultdict(list), defaultdict(list)
        self.beginnings, self.ends, self.parts = (defaultdict(list) for _ in range(3))
        for rule in rules:
            self._add(rule, rule.folded.split())
        self._lengths = {
            kind: sorted({len(word) for word in getattr(self, kind)})
            for kind in ("beginnings", "ends", "parts")
        }

    def hits(self, text):
        """Return a hit for each rule that the text meets, in the order of the text."""
        found = {}
        written = WORD.findall(INVISIBLE.sub("", text))
        folded = WORD.findall(fold(text))
        names = written if len(written) == len(folded) else folded
        for index, word in enumerate(folded):
            for rule in self._rules_of(word):
                found.setdefault(rule.pk or rule.folded, Hit(rule, names[index]))
            for rule, count in self._phrases_at(folded, index):
                found.setdefault(rule.pk or rule.folded, Hit(rule, " ".join(names[index : index + count])))
        for word in _spelled_out(folded):
            for rule in self._rules_of(word):
                found.setdefault(rule.pk or rule.folded, Hit(rule, word))
        return list(found.values())

    def _add(self, rule, words):
        if len(words) > 1:
            self.phrases[words[0]].append((words[1:], rule))
            return
        (word,) = words
        bare = word.strip("*")
        kinds = {
            (False, False): self.whole,
            (False, True): self.beginnings,
            (True, False): self.ends,
            (True, True): self.parts,
        }
        kinds[word.startswith("*"), word.endswith("*")][bare].append(rule)

    def _rules_of(self, word):
        for form in _forms(word[:LONGEST_WORD]):
            yield from self.whole.get(form, ())
            for length in self._lengths["beginnings"]:
                yield from self.beginnings.get(form[:length], ()) if length <= len(form) else ()
            for length in self._lengths["ends"]:
                yield from self.ends.get(form[-length:], ()) if length <= len(form) else ()
            for length in self._lengths["parts"]:
                for start in range(len(form) - length + 1):
                    yield from self.parts.get(form[start : start + length], ())

    def _phrases_at(self, words, index):
        for rest, rule in self.phrases.get(words[index], ()):
            following = words[index + 1 : index + 1 + len(rest)]
            if len(following) == len(rest) and all(map(_fits, rest, following)):
                yield rule, 1 + len(rest)


def folded_pattern(pattern):
    """Return a pattern as it is compared. Raises ValueError with a sentence for what can be none."""
    words = fold(INVISIBLE.sub("", pattern)).split()
    if not words:
        raise ValueError("Write a word or a phrase.")
    for number, word in enumerate(words):
        bare = word.strip("*")
        if "*" in bare or not WORD.fullmatch(bare):
            raise ValueError(f"“{pattern}”: only letters and digits, and * where a word begins or ends.")
        if "*" in word and len(bare) < 3:
            raise ValueError(f"“{pattern}”: beside * a word needs three letters, or it meets too much.")
        if word.startswith("*") and len(words) > 1:
            raise ValueError(f"“{pattern}”: in a phrase, * stands at the end of a word.")
        if number == 0 and len(words) > 1 and "*" in word:
            raise ValueError(f"“{pattern}”: the first word of a phrase is written out.")
    return " ".join(words)


def hits_of(text):
    """Return what of the newsroom's lists a text meets."""
    return _current().hits(text)


_kept = (None, None)  # the mark of the list, and the list as it was then


def _current():
    global _kept
    mark, words = WordListState.present(), _kept
    if words[0] != mark:
        _kept = words = (mark, WordList(WordRule.objects.all()))
    return words[1]


def _forms(word):
    """A word, and what it says where digits stand for letters."""
    yield word
    as_letters = word.translate(DIGITS_AS_LETTERS)
    if as_letters != word and not word.isdecimal():
        yield as_letters


def _spelled_out(words):
    """Yield what stands there with its letters apart: `v i a g r a`, `v.i.a.g.r.a`."""
    run = []
    for word in [*words, ""]:
        if len(word) == 1:
            run.append(word)
            continue
        if len(run) >= SPREAD:
            yield "".join(run)
        run = []


def _fits(wanted, word):
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
