"""What stands beside a story, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.models import Article, RelatedStory, TopicListing
from articles.prepared import prepared

RELATED_COUNT = 4
CANDIDATES = 40  # how many stories near in time are looked at for shared topics
NEAR = timedelta(days=90)
SHOWN = ("slug", "published_at", "corrected_at", "live_version__headline")


@dataclass(frozen=True)
class Related:
    title: str
    url: str
    reason: str
    published_at: datetime | None = None
    article: Article | None = None


def related_to(article, topics, at, besides=()):
    """Return up to `RELATED_COUNT` stories: those an editor picked, then those found by its topics.

    Found are none of those that stand on the page already, `besides`.

    Neither ever holds a story that readers do not see at the instant `at`, or an edition of a brief.
    At most three queries.
    """
    picked = [
        _our_story(row.target, row.reason) if row.target else _outside(row) for row in _picked(article.pk, at)
    ]
    taken = [*(entry.article.pk for entry in picked if entry.article), *(other.pk for other in besides)]
    found = _found(article, topics, at, without=[article.pk, *taken]) if topics else []
    return [*picked, *found][:RELATED_COUNT]


def _found(article, topics, at, *, without):
    day, keys = article.published_at or at, [topic.pk for topic in topics]
    candidates = _candidates(at, keys, day - NEAR, min(day + NEAR, at), without)
    closest = sorted(candidates, key=lambda other: (-other.shared, abs(other.published_at - day)))
    shown, names = {}, {other.pk: [] for other in closest[:RELATED_COUNT]}
    for row in _with_topic(list(names), keys) if names else []:
        shown[row.article_id] = row.article
        names[row.article_id].append(row.topic.name)
    return [
        _our_story(shown[key], _("Same topic: %(topics)s") % {"topics": ", ".join(names[key])})
        for key in names
        if key in shown  # or it has lost the topic since
    ]


@prepared
def _picked(article, at):
    ours = Exists(Article.objects.visible(at).news().filter(pk=OuterRef("target")))
    rows = RelatedStory.objects.filter(ours | Q(target=None), article=article)
    return rows.select_related("target__live_version").only(
        "order", "url", "title", "reason", *(f"target__{name}" for name in SHOWN)
    )


@prepared
def _candidates(at, topics, earliest, latest, without):
    """Stories near in time that share a topic, with how many they share; of each, what it is weighed by."""
    near = TopicListing.objects.filter(topic__in=topics, published_at__range=(earliest, latest))
    newest = near.newest_first().values("article")
    enough = newest[: CANDIDATES * len(topics)]  # each stands there as often as it shares a topic
    others = Article.objects.filter(pk__in=enough).exclude(pk__in=without).each_visible(at).news()
    counted = others.annotate(shared=Count("topics", filter=Q(topics__in=topics)))
    return counted.only("published_at").newest_first()[:CANDIDATES]


@prepared
def _with_topic(articles, topics):
    """These stories, each once with each of the topics that it has, in the order of their names."""
    pairs = Article.topics.through.objects.filter(article__in=articles, topic__in=topics)
    rows = pairs.select_related("article__live_version", "topic").order_by("topic__name", "topic")
    return rows.only("topic__name", *(f"article__{name}" for name in SHOWN))


def _our_story(article, reason):
    return Related(
        title=article.headline,
        url=article.get_absolute_url(),
        reason=reason or _("Picked by the editors"),
        published_at=article.published_at,
        article=article,
    )


def _outside(row):
    return Related(title=row.title, url=row.url, reason=row.reason or _("On another site"))
