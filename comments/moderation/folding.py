"""One spelling for words that look alike: small letters, without accents, in one alphabet."""

import unicodedata

# Letters of other alphabets that are written to look like Latin ones, and letters that no
# decomposition takes apart.
LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("авекмнорстухісјԁѕԛԝ", "abekmhopctyxicjdsqw", strict=True)),
        **dict(zip("αβεηικνορτυχ", "abenikvoptux", strict=True)),
        **{"ə": "e", "ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"},
    }
)


def fold(text):
    """Return the text as words are compared: case, accents and look-alike letters make no difference."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(LOOK_ALIKES)
