"""What stands beside a story, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from articles.models import Article

RELATED_COUNT = 4
CANDIDATES = 40  # how many stories near in time are looked at for shared topics
NEAR = timedelta(days=90)


@dataclass(frozen=True)
class Related:
    title: str
    url: str
    reason: str
    published_at: datetime | None = None
    article: Article | None = None


def related_to(article, at):
    """Return up to `RELATED_COUNT` stories: those an editor picked, then those found by topic.

    Neither ever holds a story that readers do not see at the instant `at`, or an edition of a brief.
    At most three queries.
    """
    picked = _picked(article, at)
    taken = {entry.article.pk for entry in picked if entry.article}
    found = _found(article, at, without=taken | {article.pk})
    return [*picked, *found][:RELATED_COUNT]


def _picked(article, at):
    ours = Q(target__in=Article.objects.visible(at).news())
    rows = article.related_stories.filter(ours | Q(target=None)).select_related("target__live_version")
    return [_our_story(row.target, row.reason) if row.target else _outside(row) for row in rows]


def _found(article, at, *, without):
    topics = {topic.pk for topic in article.topics.all()}
    if not topics:
        return []
    day = article.published_at or at
    candidates = (
        Article.objects.visible(at)
        .news()
        .filter(topics__in=topics, published_at__range=(day - NEAR, day + NEAR))
        .exclude(pk__in=without)
        .annotate(shared=Count("topics"))
        .select_related("live_version")
        .prefetch_related("topics")
        .newest_first()[:CANDIDATES]
    )
    closest = sorted(candidates, key=lambda other: (-other.shared, abs(other.published_at - day)))
    return [_our_story(other, _shared_topics(other, topics)) for other in closest[:RELATED_COUNT]]


def _shared_topics(other, topics):
    names = [topic.name for topic in other.topics.all() if topic.pk in topics]
    return f"Same topic: {', '.join(names)}"


def _our_story(article, reason):
    return Related(
        title=article.headline,
        url=article.get_absolute_url(),
        reason=reason or "Picked by the editors",
        published_at=article.published_at,
        article=article,
    )


def _outside(row):
    return Related(title=row.title, url=row.url, reason=row.reason or "On another site")
