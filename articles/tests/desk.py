"""What tests of the desk do again and again."""

from django.urls import reverse
from django.utils import timezone

from articles import gate
from articles.admin.place import mark_of_place
from articles.tests.factories import make_account


def page_of(article, name="change"):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def story_data(article=None, **changes):
    """Return what the story's page posts: what stands there, with `changes`."""
    version = article and article.newest_version
    words = {
        name: getattr(version, name, "") for name in ("headline", "standfirst", "dateline", "body", "caption")
    }
    place = (
        {"slug": article.slug, "section": article.section_id or "", "takes_comments": "on"} if article else {}
    )
    counts = {}
    for prefix in ("bylines", "related_stories"):
        counts |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return words | place | counts | sources_data(version) | marks_of(article) | changes


def marks_of(article):
    return {"seen": article.mark if article else "", "seen_place": mark_of_place(article)}


def sources_data(version):
    rows = version.sources if version else []
    return {f"sources-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def act_data(article, *, ticked=True, **changes):
    """Return what the page of an act posts. `ticked` says yes to all that the gate asks."""
    found = gate.findings(article, by=make_account(), at=timezone.now()) if ticked else []
    return {"seen": article.mark} | {f"yes-{finding.key}": "on" for finding in found} | changes
