"""Turns templates with slots into sentences, the same ones for the same chance."""

import re
from functools import cache

from articles.demo.generated.words import SLOTS

SLOT = re.compile(r"\{(\w+)\}")


def pick(choices, chance):
    """Choose by `random()` alone, which is the one method that Python promises never to change."""
    return choices[int(chance() * len(choices))]


def say(templates, facts, chance):
    """Fill one of `templates`: a slot with the fact of its name, or else with any word of its kind."""
    words = []
    for literal, slot in _parts(pick(templates, chance)):
        words.append(literal)
        if slot:
            words.append(facts.get(slot) or pick(SLOTS[slot], chance))
    return "".join(words)


def capitalised(words):
    return words[:1].upper() + words[1:]


@cache
def _parts(template):
    """Return the template as pairs of what stands there and the slot behind it; the last has none."""
    pieces = [*SLOT.split(template), None]
    return list(zip(pieces[::2], pieces[1::2], strict=True))
