"""How much does a comment look like those that moderators of this site removed?

Naive Bayes over signs: words and pairs of words, links, capitals, repetition, length, and how often the
person's comments were removed. It learns from this site's own decisions alone, on this machine, and says its
reasons. It holds or sorts; it never removes.
"""

import math
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models import LearnedScore, ModerationAct, ReaderComment
from comments.moderation.folding import fold
from comments.text import LINK

State = ReaderComment.State
WORD = re.compile(r"[^\W\d_]{2,20}")
LEAST = 50  # decisions of each kind, below which nothing is learned
MOST = 20_000  # decisions of each kind, the newest
STRONGEST = 5000  # signs that are kept
SEEN_BEFORE = 3  # times, at least, for a sign to count
STOOD_FOR = timedelta(days=7)  # after which a comment that nobody touched counts as kept
PARTS = 5  # into which chance deals the decisions: three to learn from, and one each for
CHOOSING, MEASURING = 1, 0  # what follows, so that nothing is measured on what it was fitted to
PRECISION_SOUGHT = 0.9  # where the threshold is chosen: the best of many looks better than it is
PRECISION_WANTED = 0.8  # where it is measured
FEWEST_FOUND = 5  # at the threshold, or its precision says nothing
BEYOND_CHANCE = 2.33  # standard deviations: what chance reaches once in a hundred times
KEPT_MODELS = 10
NAMED = 3
SAID = {
    "links 1": _("1 link"),
    "links 2": _("2 links"),
    "links 3 or more": _("3 or more links"),
    "capitals": _("mostly capitals"),
    "repetition": _("words that repeat"),
    "length": _("its length"),
    "history": _("earlier comments that were removed"),
}


@dataclass(frozen=True)
class Opinion:
    """`score` is 0 to 1; `reasons` are the signs that weighed most towards a removal, in words."""

    score: float
    reasons: list
    holds: bool


def signs_of(text, *, removed_share=0.0):
    """Return the signs of a comment, each once."""
    words = WORD.findall(fold(LINK.sub(" ", text)))
    signs = {f"word {word}" for word in words}
    signs |= {f"pair {one} {other}" for one, other in zip(words, words[1:], strict=False)}
    links = len(LINK.findall(text))
    if links:
        signs.add("links 3 or more" if links > 2 else f"links {links}")
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 20 and sum(letter.isupper() for letter in letters) > len(letters) / 2:
        signs.add("capitals")
    if len(words) > 10 and len(set(words)) < len(words) / 2:
        signs.add("repetition")
    signs.add(f"length {min(4, len(words) // 10)}")
    if removed_share >= 0.5:
        signs.add("history")
    return signs


def opinion_of(model, text, *, removed_share=0.0):
    """Return what the model makes of a text."""
    weighed = {sign: model.weights.get(sign, 0) for sign in signs_of(text, removed_share=removed_share)}
    score = _probability(math.fsum([model.bias, *weighed.values()]))
    strongest = sorted((sign for sign in weighed if weighed[sign] > 0), key=lambda sign: -weighed[sign])
    reasons = [in_words(sign) for sign in strongest[:NAMED]]
    return Opinion(score, reasons, model.threshold is not None and score >= model.threshold)


def in_words(sign):
    kind, _, rest = sign.partition(" ")
    if kind in ("word", "pair"):
        return gettext("“%(words)s”") % {"words": rest}
    return str(SAID[sign if kind == "links" else kind])


def newest():
    """Return the model in use, or None while there were too few decisions."""
    return LearnedScore.objects.first()


@transaction.atomic
def learn(now=None):
    """Learn anew from all decisions, and return the model; None for too few."""
    model = _model_of(*_decisions(now or timezone.now()))
    if model is None:
        return None
    model.save()
    older = LearnedScore.objects.order_by("-pk").values_list("pk", flat=True)[KEPT_MODELS:]
    LearnedScore.objects.filter(pk__in=list(older)).delete()
    return model


def learn_if_due():
    """Run by the clock: learn once a day, or when nothing is learned yet."""
    last = newest()
    if last is None or timezone.now() - last.learned_at > timedelta(days=1):
        learn()


def _model_of(removed, kept):
    """Learn from one part of the decisions, choose the threshold on a second, and measure on a third."""
    (removed, removed_choosing, removed_measuring), (kept, kept_choosing, kept_measuring) = map(
        _dealt, (removed, kept)
    )
    if min(len(removed), len(kept)) < LEAST:
        return None
    model = _fitted(removed, kept)
    model.threshold = _chosen(model, removed_choosing, kept_choosing)
    _measure(model, removed_measuring, kept_measuring)
    return model


def _dealt(rows):
    """Return the signs of decisions to learn from, to choose on, and to measure on."""
    learning, choosing, measuring = [], [], []
    of_part = {CHOOSING: choosing, MEASURING: measuring}
    for number, signs in rows:
        of_part.get(number % PARTS, learning).append(signs)
    return learning, choosing, measuring


def _decisions(now):
    """Return for removed and kept comments a number that deals them out by chance, and their signs."""
    comments = ReaderComment.objects.filter(badge="").exclude(comment="")
    approved = ModerationAct.objects.filter(act=ModerationAct.Act.APPROVE).values("comment")
    stood = comments.filter(state=State.PUBLISHED, published_at__lt=now - STOOD_FOR)
    kept = stood | comments.filter(state=State.PUBLISHED, pk__in=approved)
    shares = {}
    return [_rows(comments.filter(state=State.REMOVED), shares), _rows(kept, shares)]


def _rows(comments, shares):
    newest_first = comments.order_by("-pk").values_list("pk", "comment", "person")[:MOST]
    return [
        (zlib.crc32(str(pk).encode()), signs_of(text, removed_share=_share(person, pk, shares)))
        for pk, text, person in newest_first
    ]


def _share(person, pk, shares):
    """The share of the person's earlier comments that was removed: what was known when this one came."""
    if person is None:
        return 0.0
    if person not in shares:
        shares[person] = list(
            ReaderComment.objects.filter(person=person).order_by("pk").values_list("pk", "state")[:200]
        )
    states = [state for key, state in shares[person] if key < pk]
    return states.count(State.REMOVED) / len(states) if states else 0.0


def _fitted(removed, kept):
    """Return a model with the log-odds of each sign, by Laplace's rule."""
    in_removed = Counter(sign for signs in removed for sign in signs)
    in_kept = Counter(sign for signs in kept for sign in signs)
    weights = {
        sign: math.log((in_removed[sign] + 1) / (len(removed) + 2))
        - math.log((in_kept[sign] + 1) / (len(kept) + 2))
        for sign in in_removed | in_kept
        if in_removed[sign] + in_kept[sign] >= SEEN_BEFORE
    }
    strongest = sorted(weights, key=lambda sign: (-abs(weights[sign]), sign))[:STRONGEST]
    return LearnedScore(
        removed=len(removed),
        kept=len(kept),
        weights={sign: round(weights[sign], 4) for sign in strongest},
        bias=math.log(len(removed) / len(kept)),
    )


def _chosen(model, removed, kept):
    """Return the lowest threshold that is right often enough on these; None where none is."""
    rows = [(signs, True) for signs in removed] + [(signs, False) for signs in kept]
    scores = sorted(((_score(model, signs), is_removed) for signs, is_removed in rows), reverse=True)
    threshold, hit, wrong = None, 0, 0
    for index, (score, is_removed) in enumerate(scores):
        hit, wrong = hit + is_removed, wrong + (not is_removed)
        is_last_of_its_score = index + 1 == len(scores) or scores[index + 1][0] < score
        found = hit + wrong
        if is_last_of_its_score and found >= FEWEST_FOUND and hit / found >= PRECISION_SOUGHT:
            threshold = score
    return threshold


def _measure(model, removed, kept):
    """Count what the threshold finds among these, and give it up where it is not right often enough."""
    if model.threshold is not None:
        model.hit, model.wrong = (
            sum(_score(model, signs) >= model.threshold for signs in rows) for rows in (removed, kept)
        )
        if not _is_good(model.hit, model.wrong, len(removed) / (len(removed) + len(kept) or 1)):
            model.threshold, model.hit, model.wrong = None, 0, 0
    model.missed, model.right = len(removed) - model.hit, len(kept) - model.wrong


def _is_good(hit, wrong, share):
    """Whether enough of those found were removed: more than chance finds where `share` of all were.

    Chance by the normal approximation of the binomial distribution.
    """
    found = hit + wrong
    if found < FEWEST_FOUND or hit / found < PRECISION_WANTED:
        return False
    return hit - found * share > BEYOND_CHANCE * math.sqrt(found * share * (1 - share))


def _score(model, signs):
    # Exact, since the order of a set differs from process to process, and with it a plain sum.
    return _probability(math.fsum([model.bias, *(model.weights.get(sign, 0) for sign in signs)]))


def _probability(log_odds):
    return 1 / (1 + math.exp(-max(-500, min(500, log_odds))))
