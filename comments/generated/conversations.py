"""Answers a generated newsroom: most stories not at all, some often, one for days."""

from collections import Counter
from datetime import timedelta
from operator import attrgetter
from random import Random

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from articles.models import Article
from comments.generated.people import People
from comments.generated.rows import Rows
from comments.generated.talk import State, talk
from comments.models import ReaderComment

LARGE = [10_000, 2_000, 500]  # one thread of each size, where they are less than half of all comments
CHUNK = 5000  # stories in one transaction
HELD_FOR = timedelta(days=3)


def fill(count, *, seed, until, progress):
    """Make `count` comments below stories that readers can answer at `until`; return how many."""
    stories = Article.objects.visible(until).filter(takes_comments=True).order_by("pk")
    sizes = sizes_of(count, stories.count(), Random(f"{seed} sizes").random)
    people, done = People(count, stories.values_list("published_at", flat=True).first() or until), 0
    with transaction.atomic():
        people.write()
        rows = Rows(people, _moderators(), first=_newest_key() + 1)
    progress.begin("Comments", sizes.total())
    for first, chunk, end in _chunks(stories, until):
        chance, said = Random(f"{seed} comments {first}").random, []
        for number, (article, published_at) in enumerate(chunk, start=first):
            if sizes[number]:
                about = {"people": people, "chance": chance, "end": end, "held_since": until - HELD_FOR}
                said += talk(article, published_at, sizes[number], **about)
        with transaction.atomic():
            rows.add(said, chance)
            rows.write()
            _count(said)
        done += len(said)
        progress.reach(done)
    with transaction.atomic():
        rows.go_on_counting()
    return done


def sizes_of(count, stories, chance):
    """Say of so many stories, by their numbers, how many comments each has: `count` together."""
    sizes, left = Counter(), count if stories else 0
    for size in LARGE:
        if 2 * size <= left:
            sizes[int(stories * chance())] += size
            left -= size
    while left:
        size = min(left, 1 + int(80 * chance() ** 3))
        sizes[int(stories * chance())] += size
        left -= size
    return sizes


def _chunks(stories, until):
    """Yield stretches of stories: number of the first, the stories, when those after them begin."""
    first, last = 0, 0
    rows = stories.values_list("pk", "published_at")
    while chunk := list(rows.filter(pk__gt=last)[: CHUNK + 1]):
        end = chunk[CHUNK][1] if len(chunk) > CHUNK else until
        chunk = chunk[:CHUNK]
        yield first, chunk, end
        first, last = first + len(chunk), chunk[-1][0]


def _moderators():
    members = get_user_model().objects.filter(groups__name="Moderator", is_active=True)
    return list(members.order_by("pk").values_list("pk", flat=True))


def _newest_key():
    return ReaderComment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _count(said):
    """Set what stories keep of their comments."""
    shown = [comment for comment in said if comment.state == State.PUBLISHED]
    counts = Counter(comment.article for comment in shown)
    in_time = sorted(shown, key=attrgetter("published_at"))
    newest = {comment.article: comment.published_at for comment in in_time}
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_article SET comment_count = %s, newest_comment_at = %s WHERE id = %s",
            [
                (count, connection.ops.adapt_datetimefield_value(newest[article]), article)
                for article, count in counts.items()
            ],
        )
