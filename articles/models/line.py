"""Lines of stories: each continues at most one other, and all that hang together are one line.

Which line a story stands in is settled when somebody says so, for all of its stories at once. A page then
asks one index for it, however long the line is, and no draft or withdrawn story amid the others parts them.
"""

from collections import Counter

from django.db import connection, models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from articles.models.article import Article
from articles.models.listing import LISTS, Listing, list_anew


class LinePlace(models.Model):
    """Where a story stands in a line of at least two, whatever state it is in. `settle` alone writes it."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="line_place")
    # DO_NOTHING, because `step_out` leads those behind a deleted story to the one before it.
    continues = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, null=True, related_name="continued_by"
    )
    line = models.BigIntegerField(db_index=True)  # the key of the story with which it begins

    class Meta:
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(continues=None) | ~models.Q(continues=models.F("article")),
                name="line_place_not_itself",
            )
        ]

    def __str__(self):
        return f"{self.article_id} in line {self.line}"


class LineListing(Listing):
    """A published story of a line."""

    line = models.BigIntegerField()

    class Meta(Listing.Meta):
        indexes = [models.Index(fields=["line", "-published_at", "-article"], name="newest_of_line")]

    def __str__(self):
        return f"{self.article_id} in line {self.line}"


LISTS.append((LineListing, "line", LinePlace))


class Loop(Exception):
    """A story would continue itself, by way of others."""


def earlier_in_line(places, article):
    """Return the keys of the stories that this one continues, by way of others too, the nearest first."""
    found = []
    while (article := places.get(article)) is not None:
        found.append(article)
    return found


def places_of_line(*articles):
    """Return what each story continues of the lines in which these stories stand, all given by their keys."""
    lines = LinePlace.objects.filter(article__in=articles).values("line")
    found = LinePlace.objects.filter(line__in=lines).values_list("article", "continues")
    return dict.fromkeys(articles) | dict(found)


def hold_lines():
    """Let nobody else change a line to the end of the transaction: a loop may go through several."""
    if connection.vendor == "postgresql":  # on SQLite whoever writes is alone
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE articles_lineplace IN SHARE ROW EXCLUSIVE MODE")


def settle(article, continues):
    """Let a story continue another, or none, both given by their keys. Raises Loop. Costs a few queries."""
    with transaction.atomic():
        hold_lines()
        places = places_of_line(*filter(None, (article, continues)))
        if continues == article or (continues and article in earlier_in_line(places, continues)):
            raise Loop
        places[article] = continues
        _write(places)


@receiver(pre_delete, sender=Article, dispatch_uid="articles.step_out")
def step_out(instance, **kwargs):
    """Let the stories that continue one that is deleted continue the one before it."""
    with transaction.atomic():
        hold_lines()
        places = places_of_line(instance.pk)
        before = places.pop(instance.pk)
        if places:
            _write(
                {
                    article: before if continues == instance.pk else continues
                    for article, continues in places.items()
                }
            )


def _write(places):
    """Store whole lines. `places` says of each story what it continues; who is left alone stands in none."""
    begins = {article: (earlier_in_line(places, article) or [article])[-1] for article in places}
    members = Counter(begins.values())
    wanted = {article: (places[article], first) for article, first in begins.items() if members[first] > 1}
    rows = LinePlace.objects.filter(article__in=places)
    standing = {article: tuple(rest) for article, *rest in rows.values_list("article", "continues", "line")}
    changed = [article for article in wanted if wanted[article] != standing.get(article)]
    LinePlace.objects.bulk_create(
        [LinePlace(article_id=key, continues_id=wanted[key][0], line=wanted[key][1]) for key in changed],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["continues", "line"],
    )
    gone = standing.keys() - wanted.keys()
    LinePlace.objects.filter(article__in=gone).delete()
    list_anew(*changed)
    for article in gone:  # one by one: of rows that go at once, PostgreSQL shows a mark none beside another
        list_anew(article)
