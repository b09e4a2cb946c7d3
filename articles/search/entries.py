"""What the search knows of stories, written when they change: signals call it, as with listings."""

from django.db import IntegrityError, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from articles.body import text_of
from articles.microseconds import microseconds
from articles.models import Article, Byline, SearchEntry
from articles.search.folding import fold

TELLING = {"state", "published_at", "live_version", "section"}
COLUMNS = ("headline", "standfirst", "body", "marks")
MOVED = 100_000  # microseconds by which a place may lie behind its story's instant, and is kept


def mark_of(one):
    """Return the word by which a story carries a section, a topic or an author."""
    return f"{one._meta.model_name}{one.pk}"


def folded(headline, standfirst, dateline, body, **_):
    """Return the folded words of what a version says, by the column in which they stand."""
    return {
        "headline": fold(headline),
        "standfirst": fold(standfirst),
        "body": fold(f"{dateline} {text_of(body)}"),
    }


@transaction.atomic
def index_anew(*articles):
    """Write the entries of these stories, given by their keys, as they are now.

    Holds the stories meanwhile, so that of two changes at once the second sees what the first one did.
    """
    held = Article.objects.select_for_update().filter(pk__in=articles).order_by("pk")
    stories = Article.objects.filter(pk__in=[story.pk for story in held.only("pk")])
    stories = stories.filter(state=Article.State.PUBLISHED).select_related("live_version", "section")
    stories = list(stories.prefetch_related("topics", "authors"))
    SearchEntry.objects.filter(article__in=set(articles) - {story.pk for story in stories}).delete()
    for story in stories:
        _write(story)


def entry_of(story, model=SearchEntry):
    """Return the entry of a published story, without its place. A migration has a model of its own."""
    marked = (story.section, *story.topics.all(), *story.authors.all())
    words = folded(**vars(story.live_version))
    return model(article=story, marks=together(mark_of(one) for one in marked), **words)


def together(marks):
    return " ".join(["all", *sorted(marks)])


def _write(story):
    entry, place = entry_of(story), microseconds(story.published_at)
    stands = SearchEntry.objects.filter(article=story).first()
    if stands and place <= stands.place < place + MOVED:
        entry.place = stands.place
        if any(getattr(entry, name) != getattr(stands, name) for name in COLUMNS):
            entry.save(force_update=True)
        return
    if stands:
        stands.delete()
    while True:
        entry.place = _free(place)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:  # another story, the only one that it can be, took it in the same moment
            continue
        return


def _free(place):
    """Return the first place from this one on that no story has."""
    taken = SearchEntry.objects.filter(place__gte=place).order_by("place")
    for one in taken.values_list("place", flat=True).iterator():
        if one > place:
            break
        place = one + 1
    return place


@receiver(post_save, sender=Article, dispatch_uid="articles.search_story")
def search_story(instance, created, update_fields, raw=False, **kwargs):
    if created or raw or not (update_fields is None or TELLING & set(update_fields)):
        return
    if instance.state == Article.State.PUBLISHED:
        index_anew(instance.pk)
    else:
        SearchEntry.objects.filter(article=instance.pk).delete()


@receiver(m2m_changed, sender=Article.topics.through, dispatch_uid="articles.search_topics")
def search_topics(instance, action, reverse, pk_set, **kwargs):
    if action in ("post_add", "post_remove"):
        index_anew(*(pk_set if reverse else [instance.pk]))
    elif action == "pre_clear" and reverse:
        instance.cleared = list(instance.articles.values_list("pk", flat=True))
    elif action == "post_clear":
        index_anew(*(instance.cleared if reverse else [instance.pk]))


@receiver([post_save, post_delete], sender=Byline, dispatch_uid="articles.search_byline")
def search_byline(instance, raw=False, **kwargs):
    if not raw:
        index_anew(instance.article_id)
