"""One spelling for words that look alike: small letters, without accents, in one alphabet."""

import re
import unicodedata
from functools import lru_cache

# Letters of other alphabets that are written to look like Latin ones, and letters that no
# decomposition takes apart.
LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("авекмнорстухісјԁѕԛԝ", "abekmhopctyxicjdsqw", strict=True)),
        **dict(zip("αβεηικνορτυχ", "abenikvoptux", strict=True)),
        **{"ə": "e", "ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"},
    }
)

# What digits and signs are put for letters where somebody hides a word.
DIGITS_AS_LETTERS = str.maketrans("013457@$", "oieastas")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@lru_cache(maxsize=32)  # a comment on its way is compared by several rules
def fold(text):
    """Return the text as words are compared: case, accents and look-alike letters make no difference."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(LOOK_ALIKES)
