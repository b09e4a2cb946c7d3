"""The conversation with a hundred thousand comments: the chain, the queue, pages of threads."""

import os
import random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")
django.setup()

import brotli  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402

from anewz_site.bench.figures import Report, seconds  # noqa: E402
from articles.models import Article  # noqa: E402
from articles.tests.factories import make_article  # noqa: E402
from comments.models import (  # noqa: E402
    Case,
    LearnedScore,
    LikenessBand,
    Person,
    ReaderComment,
    Thread,
    WordListState,
    WordRule,
)
from comments.moderation import chain, likeness, score, words  # noqa: E402
from comments.tests.factories import make_moderator  # noqa: E402
from comments.tests.many import make_many_comments  # noqa: E402

COMMENTS, PEOPLE, CASES, RULES = 100_000, 10_000, 10_000, 5_000
THREADS = (10, 2_000, 10_000)
ORDERS = ("", "?order=oldest", "?order=respected")
WORDS = [f"{stem}{ending}" for stem in "ab ce di fo gu ha jo ki lu me ny".split() for ending in range(400)]
CHANCE = random.Random(1)


def text(words=40):
    return " ".join(CHANCE.choice(WORDS) for _ in range(words))


@transaction.atomic
def build():
    """Fill the database: a past of comments by many people, and a long queue."""
    past = Article.objects.visible().first()
    make_many_comments(past, COMMENTS)
    people = Person.objects.bulk_create(Person(mailbox=f"{number}@past.example") for number in range(PEOPLE))
    keys = list(ReaderComment.objects.order_by("pk").values_list("pk", flat=True))
    rows = [
        (people[number % PEOPLE].pk, f"10.{number % 200}.{number % 250}.0/24", key)
        for number, key in enumerate(keys)
    ]
    with connection.cursor() as cursor:
        table = ReaderComment._meta.db_table
        cursor.executemany(
            f"UPDATE {table} SET person_id = %s, network = %s WHERE xtdcomment_ptr_id = %s", rows
        )
        cases = Case.objects.bulk_create(Case(urgency=CHANCE.randint(30, 90)) for _ in range(CASES))
        held = [(case.pk, key) for case, key in zip(cases, reversed(keys), strict=False)]
        cursor.executemany(
            f"UPDATE {table} SET case_id = %s, state = 'held' WHERE xtdcomment_ptr_id = %s", held
        )
    WordRule.objects.bulk_create(
        WordRule(pattern=word, folded=word, kind="suspect")
        for number in range(RULES)
        for word in [f"unwanted{number}{'*' if number % 5 == 0 else ''}"]
    )
    WordListState.renew()
    signs = [f"word {word}" for word in WORDS[: score.STRONGEST]]
    weights = {sign: CHANCE.uniform(-1, 1) for sign in signs}
    LearnedScore.objects.create(removed=1000, kept=1000, weights=weights, threshold=0.99)
    for key in keys[-20_000:]:
        bands = likeness.bands_of(text())
        LikenessBand.objects.bulk_create(LikenessBand(comment_id=key, band=band) for band in bands)


def measure_chain(report):
    """Run each step on fresh words of people with a past, and add the steps up."""
    article = Article.objects.visible().first()
    people = list(Person.objects.order_by("pk")[:300])
    words.hits_of("")  # the list is made ready once in each process
    by_step, whole = {}, []
    for number, person in enumerate(people):
        comment = ReaderComment(article=article, comment=text(), user_name="Rana", person=person)
        attempt = chain.Attempt(
            article=article,
            thread=Thread(article=article),
            text=comment.comment,
            person=person,
            network=f"10.1.{number % 200}.0/24",
            comment=comment,
        )
        total = 0
        with transaction.atomic():
            for path in chain.STEPS:
                step = import_string(f"comments.moderation.steps.{path}")
                (taken,) = seconds(lambda _, step=step, attempt=attempt: step(attempt), 1)
                by_step.setdefault(path, []).append(taken)
                total += taken
        whole.append(total)
    for path, durations in by_step.items():
        most = 1 if path == "words.words" else None
        report.durations(path, sorted(durations), most_ms=most)
    report.durations("the whole chain", sorted(whole), most_ms=5)


def measure_queue(report):
    client = Client()
    client.force_login(make_moderator("bench"))
    client.get("/moderation/")
    report.durations(
        f"queue of {Case.objects.open().count():,}",
        seconds(lambda _: client.get("/moderation/"), 40),
        most_ms=150,
    )


def measure_threads(report):
    client = Client()
    for count in THREADS:
        story = make_article(f"A thread of {count}")
        make_many_comments(story, count)
        address = reverse("comments:thread", args=[story.slug])
        for order in ORDERS:
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address + order)
            count_of_queries = len(queries)  # the next request empties the list
            name = f"{count:,} comments{order.replace('?order=', ', ')}"
            report.durations(name, seconds(lambda _, a=address + order: client.get(a), 20), most_ms=100)
            report.figure(f"{name}, queries", count_of_queries, "", 8)
            report.figure(f"{name}, compressed", len(brotli.compress(page.content)) / 1000, "kB", 60)


def main():
    settings.ALLOWED_HOSTS.append("testserver")
    report = Report()
    report.say(f"== The conversation, {COMMENTS:,} comments, {connection.vendor}")
    build()
    measure_chain(report)
    measure_queue(report)
    measure_threads(report)
    report.end()


if __name__ == "__main__":
    main()
