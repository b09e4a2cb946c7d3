"""Which story a story continues: for readers, the story so far."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Article, LinePlace, LogEntry
from articles.models.line import Loop, earlier_in_line, hold_lines, places_of_line, settle
from articles.publishing.holding import NotReady, WrongState, hold


@transaction.atomic
def continue_story(article, by, earlier, *, now=None):
    """Let `article` continue `earlier` from now on instead of any other; None lets it continue no story.

    What goes along with it asks for the right to publish where readers see it, or soon will.
    Raises WrongState, and NotReady with a sentence for the editor.
    """
    hold_lines()  # before any story: whoever changes lines takes the table first, then stories by their keys
    moving = places_of_line(article.pk).keys() | {article.pk, *([earlier.pk] if earlier else [])}
    held = Article.objects.select_for_update().filter(pk__in=moving).order_by("pk")
    is_there = set(held.values_list("pk", flat=True))
    hold(article, by, "change_article")
    if earlier and earlier.pk not in is_there:
        raise NotReady(["The story that this one should continue was deleted meanwhile."])
    if article.state == Article.State.WITHDRAWN:
        raise WrongState("The story was withdrawn. It keeps its place in the line until it is back.")
    if not may_continue(article, by):
        raise PermissionDenied
    if earlier:
        _refuse_briefs(article, earlier)
    try:
        settle(article.pk, earlier and earlier.pk)
    except Loop:
        raise NotReady([_about_loop(article, earlier)]) from None
    note = f"It continues {_named(earlier)} now." if earlier else "It continues no story any more."
    LogEntry.record(LogEntry.Act.CHANGE, by, article=article, note=note, now=now)


def may_continue(article, by):
    """Whether the account may say so: what moves on pages that readers see is for who may publish there."""
    may_change = by.has_perm("articles.change_article", article)
    return may_change and all(
        by.has_perm("articles.publish_article", story) for story in _moved_with(article)
    )


def continued_by(article):
    """Return the story that this one continues, or None."""
    place = LinePlace.objects.filter(article=article).select_related(
        "continues__live_version", "continues__draft"
    )
    return next((row.continues for row in place), None)


def _moved_with(article):
    """The published stories that move with it: itself, and those that continue it, by way of others too."""
    places = places_of_line(article.pk)
    moved = [key for key in places if key == article.pk or article.pk in earlier_in_line(places, key)]
    return Article.objects.filter(pk__in=moved, state=Article.State.PUBLISHED)


def _named(story):
    """Name a story in the record, which is read by more people than may read each draft."""
    is_out = story.state == Article.State.PUBLISHED and not story.is_scheduled
    return f"“{story}”" if is_out else f"story {story.pk}"


def _refuse_briefs(*stories):
    if any(story.section and story.section.is_brief for story in stories):
        raise NotReady(["An edition of a brief is of its day alone: it stands in no line."])


def _about_loop(article, earlier):
    if article == earlier:
        return "A story does not continue itself. Choose the one that came before it."
    return f"“{earlier}” continues this story already, itself or by way of others: the line would be a loop."
