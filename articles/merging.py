"""Puts two texts together that grew from the same one, and asks where both changed the same thing."""

from dataclasses import dataclass

from articles import body as bodies
from articles.body import Block
from articles.embeds import body_with_links

WORDS = ("headline", "standfirst", "dateline", "caption", "sources")
THEIRS, MINE, BOTH = "theirs", "mine", "both"


@dataclass(frozen=True)
class Part:
    """A field, or one block of the body, as each has it; None where one of them has no such block.

    `choice` is which of the two was changed since they parted, or None where both were.
    """

    name: str
    theirs: object
    mine: object
    choice: str | None

    @property
    def label(self):
        return "Paragraph" if self.is_block else self.name.capitalize()

    @property
    def theirs_shown(self):
        return self._shown(self.theirs)

    @property
    def mine_shown(self):
        return self._shown(self.mine)

    def _shown(self, value):
        """Return the value as HTML: a block is clean already, everything else is text."""
        if value in (None, "", []):
            return "(nothing)"
        if self.is_block:
            return body_with_links(value)
        if self.name == "sources":
            return "; ".join(" ".join(filter(None, source.values())) for source in value)
        return value

    @property
    def differs(self):
        return self.theirs != self.mine

    @property
    def is_block(self):
        return self.name == "body"

    @property
    def choices(self):
        """What may be chosen: of two blocks, both may stay, one behind the other."""
        both_stay = self.is_block and self.theirs is not None and self.mine is not None
        return (THEIRS, MINE, BOTH) if both_stay else (THEIRS, MINE)


def parts_of(base, theirs, mine):
    """Return the parts of a text in their order. Each argument is the words of a draft by field."""
    fields = [
        Part(name, theirs[name], mine[name], _choice(base[name], theirs[name], mine[name])) for name in WORDS
    ]
    return fields + _blocks(base["body"], theirs["body"], mine["body"])


def merged(parts, choices):
    """Return the words that `choices`, one of each part, make of `parts`."""
    chosen = list(zip(parts, choices, strict=True))
    words = {part.name: _chosen(part, choice) for part, choice in chosen if not part.is_block}
    return words | {"body": "".join(_block(part, choice) for part, choice in chosen if part.is_block)}


def _choice(base, theirs, mine):
    if theirs == mine or mine == base:
        return THEIRS
    return MINE if theirs == base else None


def _blocks(base, theirs, mine):
    """Match blocks by their ids, in the order of whoever moved some; a new one stands behind its neighbour.

    Where both moved blocks, theirs holds.
    """
    before, now, own = (_by_id(html) for html in (base, theirs, mine))
    shared = before.keys() & now.keys() & own.keys()
    stood, theirs_stand, mine_stand = ([key for key in text if key in shared] for text in (before, now, own))
    only_mine_moved = theirs_stand == stood != mine_stand
    order = _order(list(own), list(now)) if only_mine_moved else _order(list(now), list(own))
    return [
        Part("body", now.get(key), own.get(key), _choice(before.get(key), now.get(key), own.get(key)))
        for key in order
    ]


def _by_id(html):
    return {block.attributes.get("id", number): str(block) for number, block in enumerate(bodies.split(html))}


def _order(frame, others):
    """Return the keys of `frame` in their order, and each of `others` behind what it follows there."""
    order, place = list(frame), 0
    for key in others:
        if key in frame:
            place = order.index(key) + 1
        else:
            order.insert(place, key)
            place += 1
    return order


def _chosen(part, choice):
    return part.mine if choice == MINE else part.theirs


def _block(part, choice):
    if choice == BOTH:
        # The second of the two gets an id of its own when the draft is saved.
        return (part.theirs or "") + _without_id(part.mine or "")
    return _chosen(part, choice) or ""


def _without_id(html):
    return "".join(str(Block(block.tag, _nameless(block), block.inner)) for block in bodies.split(html))


def _nameless(block):
    return {name: value for name, value in block.attributes.items() if name != "id"}
