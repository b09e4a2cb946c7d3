from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Level(StrEnum):
    BLOCKS = "blocks"
    ASKS = "asks"  # an editor has to say yes to this very sentence
    WARNS = "warns"


@dataclass(frozen=True)
class Finding:
    """What a rule found: a sentence for the editor, and the block of the text that it is about, if one."""

    rule: str
    level: Level
    sentence: str
    block: str = ""

    @property
    def key(self):
        return sha256(f"{self.rule} {self.sentence}".encode()).hexdigest()[:16]

    def as_kept(self):
        """Return it as the version keeps it. What asked was said yes to, or there would be no version."""
        return {"rule": self.rule, "level": self.level.value, "sentence": self.sentence, "block": self.block}


class Rule:
    """One thing that is looked at. A subclass says its `name` and `level`, and yields findings."""

    name: str
    level = Level.BLOCKS
    is_quick = False  # whether it blocks and asks nothing of the database but what a list has loaded

    def look_at(self, candidate):
        """Yield the findings about the candidate."""
        raise TypeError(f"{type(self).__name__} does not say what it looks at.")

    def finding(self, sentence, block=""):
        return Finding(self.name, self.level, sentence, block)
