"""Plain functions that make what a test needs. A test names only its own facts."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify

from articles import publishing
from articles.models import Article, Author, Byline, Section, Topic
from articles.publishing import EVERYTHING

ACTS = {
    "style": publishing.restyle,
    "update": publishing.update,
    "clarification": publishing.clarify,
    "correction": publishing.correct,
}
SOURCES = [{"name": "Central Military Commission", "address": "https://example.org/statement", "note": ""}]
DAY = datetime(2025, 4, 29, 5, 40, tzinfo=UTC)


def make_account(username="chief", **changes):
    """Return an account with every right, made once for each name."""
    account = get_user_model().objects.filter(username=username).first()
    return account or get_user_model().objects.create_superuser(username, **changes)


def make_member(role, username=None):
    """Return an account of the newsroom in the group `role`; None gives one with no right at all."""
    username = username or f"{role or 'nobody'}".lower()
    account = get_user_model().objects.create_user(username, is_staff=True)
    if role:
        account.groups.add(Group.objects.get(name=role))
    return account


def make_section(name="World", **changes):
    slug = slugify(name)
    return Section.objects.get_or_create(slug=slug, defaults={"name": name} | changes)[0]


def make_topic(name="Kursk", **changes):
    slug = slugify(name)
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name} | changes)[0]


def make_author(name="World desk", **changes):
    slug = slugify(name)
    return Author.objects.get_or_create(slug=slug, defaults={"name": name} | changes)[0]


def make_draft(
    headline="Troops fought in Kursk",
    *,
    standfirst="Pyongyang says so for the first time.",
    body="<p>North Korea has said that it sent troops.</p>",
    dateline="Pyongyang",
    caption="",
    sources=SOURCES,
    section=None,
    author=None,
    topics=(),
    by=None,
    now=DAY,
    **changes,
):
    article = Article(section=section or make_section(), **changes)
    texts = {"standfirst": standfirst, "body": body, "dateline": dateline, "caption": caption}
    texts["sources"] = sources
    publishing.save_draft(article, by or make_account(), headline=headline, now=now, **texts)
    Byline.objects.create(article=article, author=author or make_author())
    article.topics.set(topics)
    return article


def make_article(headline="Troops fought in Kursk", *, published_at=DAY, by=None, **changes):
    """Return a published story. With a `published_at` to come it is scheduled."""
    article = make_draft(headline, by=by, **changes)
    publish(article, by, at=published_at, now=min(published_at, DAY))
    return article


def publish(article, by=None, *, at=None, now=None):
    """Publish what stands in the draft, or schedule it where `at` is to come, whatever the gate asks."""
    by, now = by or make_account(), now or timezone.now()
    if at and at > now:
        return publishing.schedule(article, by, at=at, acknowledged=EVERYTHING, now=now)
    return publishing.publish(article, by, acknowledged=EVERYTHING, now=now)


def update_article(article, *, kind="update", note="More is known.", by=None, now=None, **texts):
    by = by or make_account()
    publishing.save_draft(article, by, now=now, **(texts or {"headline": f"{article.headline} again"}))
    act, told = ACTS[kind], {} if kind == "style" else {"note": note}
    return act(article, by, acknowledged=EVERYTHING, now=now, **told)
