"""What tests of the desk do again and again."""

from django.urls import reverse

from articles.admin.story_form import mark_of


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
    return words | place | counts | {"seen": mark_of(version)} | changes


def act_data(article, **changes):
    return {"seen": mark_of(article.newest_version)} | changes
