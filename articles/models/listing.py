"""In which lists a published story stands, with the instant by which they are ordered.

A page of a topic or an author is a stretch of one index here: joined with the table of stories,
either all stories of the topic would be sorted, or all newer stories asked for their topic. See decision 13.
"""

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from articles.models.article import Article, Byline
from articles.querysets import ON_CARDS


class ListingQuerySet(models.QuerySet):
    def visible(self, at=None):
        """Those whose stories readers see at the instant `at`, which each story is still asked itself."""
        at = at or timezone.now()
        return self.seen(at).filter(published_at__lte=at)

    def seen(self, at):
        """The same, for whoever does not go through them by the instant of publication."""
        return self.filter(Exists(Article.objects.visible(at).filter(pk=OuterRef("article"))))

    def corrected(self):
        """Of an author's: those whose stories were corrected, the newest correction first."""
        return self.filter(corrected_at__isnull=False).order_by("-corrected_at", "-article_id")

    def newest_first(self):
        return self.order_by("-published_at", "-article_id")

    def for_cards(self):
        """Load in one query all that the cards of the stories show, and nothing else."""
        shown = ("article__section", "article__picture", "article__live_version")
        return self.select_related(*shown).only("published_at", *(f"article__{name}" for name in ON_CARDS))


class Listing(models.Model):
    COPIED = ("published_at",)  # what a row has of its story

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    published_at = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = []


class TopicListing(Listing):
    topic = models.ForeignKey("Topic", on_delete=models.CASCADE, related_name="listings", db_index=False)

    class Meta(Listing.Meta):
        indexes = [models.Index(fields=["topic", "-published_at", "-article"], name="newest_of_topic")]

    def __str__(self):
        return f"{self.article_id} in topic {self.topic_id}"


class AuthorListing(Listing):
    COPIED = ("published_at", "corrected_at")

    author = models.ForeignKey("Author", on_delete=models.CASCADE, related_name="listings", db_index=False)
    corrected_at = models.DateTimeField(null=True)

    class Meta(Listing.Meta):
        indexes = [
            models.Index(fields=["author", "-published_at", "-article"], name="newest_of_author"),
            models.Index(
                fields=["author", "-corrected_at", "-article"],
                condition=models.Q(corrected_at__isnull=False),
                name="corrected_of_author",
            ),
        ]

    def __str__(self):
        return f"{self.article_id} by author {self.author_id}"


# Each kind of listing, the column that says of what, and the model that says so story by story.
LISTS = [(TopicListing, "topic_id", Article.topics.through), (AuthorListing, "author_id", Byline)]


def list_anew(*articles):
    """Write the listings of these stories, given by their keys, as what they stand in and states are now."""
    for listing, kind, places in LISTS:
        of_story = (f"article__{name}" for name in listing.COPIED)
        rows = places.objects.order_by().values_list("article", kind, *of_story)
        published = rows.filter(article__in=articles, article__state=Article.State.PUBLISHED)
        columns = ("article_id", kind, *listing.COPIED)
        with transaction.atomic():
            stand = listing.objects.filter(article__in=articles).values_list(*columns, "pk")
            standing, wanted = {row[:-1]: row[-1] for row in stand}, set(published)
            listing.objects.filter(pk__in=[pk for row, pk in standing.items() if row not in wanted]).delete()
            listing.objects.bulk_create(
                listing(**dict(zip(columns, row, strict=True))) for row in wanted - standing.keys()
            )


@receiver(post_save, sender=Article, dispatch_uid="articles.list_story")
def list_story(instance, created, update_fields, raw=False, **kwargs):
    if created or raw:
        return
    if update_fields is None or {"state", "published_at", "corrected_at"} & set(update_fields):
        list_anew(instance.pk)


@receiver(m2m_changed, sender=Article.topics.through, dispatch_uid="articles.list_topics")
def list_topics(instance, action, reverse, pk_set, **kwargs):
    """A topic that is taken from all of its stories at once takes its listings along."""
    if action in ("post_add", "post_remove"):
        list_anew(*(pk_set if reverse else [instance.pk]))
    elif action == "post_clear":
        if reverse:
            TopicListing.objects.filter(topic=instance).delete()
        else:
            list_anew(instance.pk)


@receiver([post_save, post_delete], sender=Byline, dispatch_uid="articles.list_byline")
def list_byline(instance, raw=False, **kwargs):
    if not raw:
        list_anew(instance.article_id)
