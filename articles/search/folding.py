"""When are two words the same to whoever searches? Whatever their case and accents."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
# Letters that no decomposition leads back to the one that most keyboards have.
SAME = str.maketrans(
    {"ə": "e", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text):
    """Return the words of a text, folded, with one space between two.

    Baku’s is two words, so that Baku finds it.
    """
    if not text.isascii():
        text = _without_marks(text)
    return " ".join(WORD.findall(text.casefold()))


@lru_cache(maxsize=50_000)
def fold_word(word):
    return fold(word)


def _without_marks(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    marks = {ord(letter): None for letter in set(text) if unicodedata.combining(letter)}
    return text.translate(marks | SAME)
