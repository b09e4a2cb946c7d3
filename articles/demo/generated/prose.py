"""What a generated story says: its headline, and a body of blocks that each have their id."""

from articles.body import Block, new_id
from articles.demo.generated import words
from articles.demo.generated.grammar import capitalised, pick, say

STRIDE = 7  # and the number of templates have no divisor in common


def facts_of(beat, chance):
    """Choose what one story keeps to from its headline to its last sentence."""
    body, role = pick(beat.bodies, chance), pick(beat.roles, chance)
    return {
        "body": body,
        "Body": capitalised(body),
        "matter": pick(beat.matters, chance),
        "role": role,
        "Role": capitalised(role),
        "place": pick(words.PLACES, chance),
        "elsewhere": pick(words.PLACES, chance),
        "witness": f"{pick(words.FIRST_NAMES, chance)} {pick(words.LAST_NAMES, chance)}",
        "first": pick(words.FIRST_NAMES, chance),
        "last": pick(words.LAST_NAMES, chance),
        "crowd": pick(words.SLOTS["crowd"], chance),
        "thing": pick(words.SLOTS["thing"], chance),
    }


class Prose:
    """The words of one version. A later one is made of it by `corrected` or `continued`."""

    def __init__(self, facts, chance):
        self.facts, self._chance = facts, chance
        self.headline = capitalised(self.say(words.HEADLINES))
        self.standfirst = self.say(words.STANDFIRSTS)
        self._taken, self._blocks = set(), []
        self._next = int(chance() * len(words.SENTENCES))
        self._add("p", f"{self.say(words.OPENINGS)} {self._sentences(2)}")
        for number in range(3 + int(chance() * 6)):
            self._add_passage(number)

    @property
    def body(self):
        return "".join(map(str, self._blocks))

    @property
    def word_count(self):
        return sum(len(block.text.split()) for block in self._blocks)

    def say(self, templates):
        return say(templates, self.facts, self._chance)

    def show(self, token):
        """Put a picture after the first paragraph."""
        attributes = {"id": self._new_id("figure", ""), "data-picture": token}
        self._blocks.insert(1, Block("figure", attributes, ""))

    def corrected(self):
        """Change the last sentence of one paragraph, which stays the paragraph that it was; return it."""
        paragraphs = [block for block in self._blocks if block.tag == "p"]
        block = pick(paragraphs, self._chance)
        said = Block(block.tag, block.attributes, block.inner)
        block.inner = f"{block.inner.rpartition('. ')[0] or block.inner.rstrip('.')}. {self._sentences(1)}"
        return said

    def continued(self):
        self._add("p", self._sentences(3))

    def sources(self):
        names = (self.say(words.SOURCES) for _ in range(1 + int(self._chance() * 2)))
        return [{"name": name, "address": "", "note": ""} for name in names]

    def _add_passage(self, number):
        if number and self._chance() < 0.15:
            self._add("h2", pick(words.HEADINGS, self._chance))
        self._add("p", self._sentences(2 + int(self._chance() * 3)))
        if self._chance() < 0.08:
            self._add("blockquote", f"<p>{self.say(words.QUOTES)}</p>")

    def _sentences(self, count):
        return " ".join(self._sentence() for _ in range(count))

    def _sentence(self):
        """Go through the templates in strides, so that none returns before all were used."""
        self._next = (self._next + STRIDE) % len(words.SENTENCES)
        return self.say(words.SENTENCES[self._next : self._next + 1])

    def _add(self, tag, inner):
        self._blocks.append(Block(tag, {"id": self._new_id(tag, inner)}, inner))

    def _new_id(self, tag, inner):
        block_id = new_id(tag, inner, self._taken, salt=0)
        self._taken.add(block_id)
        return block_id
