"""Stories that the desk proposes to stand beside another, each with the reasons, both ways."""

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

from django.utils import timezone

from articles.models import Article

PROPOSED = 8
LOOKED_AT = 150  # how many stories of each pool are compared
NEAR = timedelta(days=90)
SAME_WEEK = timedelta(days=7)
LONG_ENOUGH = 4  # letters
FEW_WORDS, MANY_WORDS = 2, 3  # one shared word tells nothing; more than three tell no more
STORY_LINK = re.compile(r'href="[^"]*/story/([^/"]+)/')
EMPTY_WORDS = set(
    """
    about after again against also amid among around back because been before being between both could
    does down during each first from have here into just last least like made make more most much near
    news next only other over said same says shall should since some still such take than that their
    them then there these they this those three through time told under until upon very want were what
    when where which while whom whose will with within without would year years your january february
    march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday
    """.split()
)


@dataclass(frozen=True)
class Candidate:
    article: Article
    reasons: list[str]
    weight: int
    distance: timedelta


def candidates(article, stories):
    """Return up to `PROPOSED` of `stories` that could stand beside `article`: out or scheduled, no brief.

    Those that were picked already are left out. At most seven queries, however many stories there are.
    """
    picked = article.related_stories.filter(target__isnull=False).values("target")
    others = (
        stories.filter(state=Article.State.PUBLISHED).news().exclude(pk=article.pk).exclude(pk__in=picked)
    )
    return _closest(_Subject(article), others)


def pointers(article, at):
    """Return up to `PROPOSED` older stories that readers see and that do not point to `article` yet."""
    if article.section and article.section.is_brief:
        return []  # an edition stands beside no story
    older = Article.objects.visible(at).filter(published_at__lt=article.published_at or at).news()
    return _closest(_Subject(article), older.exclude(pk=article.pk).exclude(related_stories__target=article))


class _Subject:
    """What is known of the story for which others are sought: by its newest words."""

    def __init__(self, article):
        version = article.newest_version
        self.day = article.published_at or timezone.now()
        self.topics = {topic.pk: topic.name for topic in article.topics.all()}
        self.words = _words_of(version)
        self.links = {unquote(slug) for slug in STORY_LINK.findall(version.body)} if version else set()


def _closest(subject, others):
    linked = {other.pk: other for other in _loaded(_linked(subject, others))}
    pool = {other.pk: other for stories in _pools(subject, others) for other in _loaded(stories)} | linked
    found = [_compared(subject, other, is_linked=other.pk in linked) for other in pool.values()]
    found = [candidate for candidate in found if candidate.weight]
    found.sort(key=lambda candidate: (-candidate.weight, candidate.distance, candidate.article.pk))
    return found[:PROPOSED]


def _pools(subject, others):
    """The stories near in time, and those of the same topics however old."""
    yield others.filter(published_at__range=(subject.day - NEAR, subject.day + NEAR))
    yield others.filter(
        pk__in=Article.topics.through.objects.filter(topic__in=subject.topics).values("article")
    )


def _linked(subject, others):
    """The stories that the text links to, by whatever address it knows them."""
    return others.ever_at(*subject.links)


def _loaded(stories):
    cards = stories.select_related("live_version").defer("live_version__body")
    return cards.prefetch_related("topics").newest_first()[:LOOKED_AT]


def _compared(subject, other, *, is_linked):
    topics = [topic.name for topic in other.topics.all() if topic.pk in subject.topics]
    words = sorted(subject.words & _words_of(other.live_version))
    words = words if len(words) >= FEW_WORDS else []
    distance = abs(other.published_at - subject.day)
    weight = 4 * is_linked + 2 * len(topics) + min(len(words), MANY_WORDS)
    reasons = []
    if is_linked:
        reasons.append("The text links to it")
    if topics:
        reasons.append(f"Same topic: {', '.join(topics)}")
    if words:
        reasons.append(f"Same words: {', '.join(words)}")
    if reasons and distance <= SAME_WEEK:
        reasons.append("Of the same week")
    return Candidate(other, reasons, weight, distance)


def _words_of(version):
    if version is None:
        return set()
    words = re.findall(r"[^\W\d_]+", f"{version.headline} {version.standfirst}".casefold())
    return {word for word in words if len(word) >= LONG_ENOUGH} - EMPTY_WORDS
