"""What a story touches: where it would be missed, or would still be named, if it were withdrawn."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, BreakingNews, HomeSlot, RelatedStory

NAMED = 10  # how many of each are named; the others are counted


def reach_of(article):
    """Return sentences about the places that a withdrawal changes. A fixed number of queries."""
    slots = HomeSlot.objects.filter(article=article).not_over().count()
    bars = BreakingNews.objects.filter(article=article).not_over()
    seen = Article.objects.visible().filter(pk=OuterRef("article"))
    related = RelatedStory.objects.filter(Exists(seen), target=article)
    links = _visible_with_link_to(article)
    yield from _said(slots, "It stands on the home page, or will; the next story takes its place.")
    for news in bars[:NAMED]:
        yield f"The line “{news.words}” leads to it and goes with it."
    pointing = related.select_related("article__live_version")[: NAMED + 1]
    yield from _named("It stands among the related stories of", [row.article for row in pointing])
    yield from _named("The text of these links to it, and they need an update", links.news()[: NAMED + 1])
    yield from _named("These editions of a brief link to it", links.briefs()[: NAMED + 1])
    shared = article.preview_links.alive().count()
    yield from _said(shared, f"Preview links to it that die for good: {shared}.")
    yield "It goes from the feeds, the sitemap, every list and the search engines that follow them."
    if article.comment_count:
        yield f"{article.comment_count} comments go from sight with it."


def _visible_with_link_to(article):
    stories = Article.objects.visible(timezone.now()).select_related("section", "live_version")
    slugs = [article.slug, *article.old_addresses.values_list("slug", flat=True)]
    # With or without a place in it, a question or one of its own pages after it.
    links = [Q(live_version__body__contains=reverse("articles:story", args=[slug])) for slug in slugs]
    return stories.filter(reduce(or_, links)).exclude(pk=article.pk)


def _said(count, sentence):
    if count:
        yield sentence


def _named(beginning, articles):
    articles = list(articles)
    if articles:
        names = "; ".join(f"“{article.headline}”" for article in articles[:NAMED])
        yield f"{beginning}: {names}{' and others' if len(articles) > NAMED else ''}."
