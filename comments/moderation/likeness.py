"""Which earlier comments say nearly the same? Found through an index, however many there are.

Each text is cut into overlapping pieces of five characters. Every piece is hashed once into one
of 32 bins, and each bin keeps its smallest hash (one-permutation MinHash, Li, Owen and Zhang 2012; empty
bins borrow from the next). Four bins make a band: texts that share a band are likely alike, and
the pieces themselves then tell.
"""

import zlib
from collections import Counter
from datetime import timedelta
from functools import lru_cache

from django.utils import timezone

from articles.prepared import prepared
from comments.models import LikenessBand, ReaderComment
from comments.moderation.folding import fold

PIECE = 5  # characters
BINS, BINS_IN_BAND = 32, 4
SHORTEST = 40  # characters; below that two people may well say the same
ALIKE = 0.7  # of all pieces of the two texts, those that both have
REMEMBERED_FOR = timedelta(days=7)
MOST_COMPARED = 3
MOST_BANDS = 1000  # read at most, however many say the same


def find(text, *, now=None):
    """Return up to three comments of the last week that say nearly the same, the likest first."""
    pieces = _pieces(text)
    if pieces is None:
        return []
    since = (now or timezone.now()) - REMEMBERED_FOR
    bands_of = Counter(band.comment_id for band in _shared(_bands(pieces), since))
    keys = [key for key, _ in bands_of.most_common(MOST_COMPARED)]
    if not keys:
        return []
    # A person removed nothing here, and a withdrawn comment is nobody's business any more.
    found = ReaderComment.objects.filter(pk__in=keys).exclude(state=ReaderComment.State.WITHDRAWN)
    degrees = [(degree_of(pieces, _pieces(other.comment)), other) for other in found.only("comment", "case")]
    return [other for degree, other in sorted(degrees, key=lambda pair: -pair[0]) if degree >= ALIKE]


@prepared
def _shared(bands, since):
    return LikenessBand.objects.filter(band__in=bands, at__gt=since).only("comment_id")[:MOST_BANDS]


def remember(comment, like=()):
    """Let later comments be compared with this one. Of many copies the first few are enough."""
    if len(like) < MOST_COMPARED:
        bands = bands_of(comment.comment)
        LikenessBand.objects.bulk_create(LikenessBand(comment=comment, band=band) for band in bands)


def bands_of(text):
    """Return the numbers under which a text is found again; none for a short one."""
    pieces = _pieces(text)
    return [] if pieces is None else _bands(pieces)


def forget_old():
    LikenessBand.objects.filter(at__lt=timezone.now() - REMEMBERED_FOR).delete()


def degree_of(one, other):
    """Return the Jaccard index of two sets of pieces, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0


@lru_cache(maxsize=32)  # asked for when a comment is looked for, and when it is remembered
def _pieces(text):
    folded = "".join(fold(text).split())
    if len(folded) < SHORTEST:
        return None
    return frozenset(folded[start : start + PIECE] for start in range(len(folded) - PIECE + 1))


@lru_cache(maxsize=32)
def _bands(pieces):
    bins = [None] * BINS
    for piece in pieces:
        value = zlib.crc32(piece.encode())
        place = value % BINS
        if bins[place] is None or value < bins[place]:
            bins[place] = value
    filled = [_borrow(bins, place) for place in range(BINS)]
    groups = (filled[start : start + BINS_IN_BAND] for start in range(0, BINS, BINS_IN_BAND))
    return [_hash(number, group) for number, group in enumerate(groups)]


def _borrow(bins, place):
    return next(value for step in range(BINS) if (value := bins[(place + step) % BINS]) is not None)


def _hash(number, group):
    """Return a band as a number that fits a signed column of 64 bits."""
    text = repr((number, group)).encode()
    return (zlib.crc32(text) << 31) | (zlib.adler32(text[::-1]) & 0x7FFFFFFF)
