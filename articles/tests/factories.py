"""Plain functions that make what a test needs. A test names only its own facts."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.text import slugify

from articles import publishing
from articles.models import Article, Author, Byline, Section, Topic

DAY = datetime(2025, 4, 29, 5, 40, tzinfo=UTC)


def make_account(username="chief", **changes):
    """Return an account with every right, made once for each name."""
    account = get_user_model().objects.filter(username=username).first()
    return account or get_user_model().objects.create_superuser(username, **changes)


def make_member(role):
    """Return an account of the newsroom in the group `role`; None gives one with no right at all."""
    account = get_user_model().objects.create_user(f"{role or 'nobody'}".lower(), is_staff=True)
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
    section=None,
    author=None,
    topics=(),
    by=None,
    now=DAY,
    **changes,
):
    article = Article(section=section or make_section(), **changes)
    texts = {"standfirst": standfirst, "body": body, "dateline": dateline, "caption": caption}
    publishing.save_draft(article, by or make_account(), headline=headline, now=now, **texts)
    Byline.objects.create(article=article, author=author or make_author())
    article.topics.set(topics)
    return article


def make_article(headline="Troops fought in Kursk", *, published_at=DAY, by=None, **changes):
    """Return a published story. With a `published_at` to come it is scheduled."""
    article = make_draft(headline, by=by, **changes)
    publishing.publish(article, by or make_account(), at=published_at, now=min(published_at, DAY))
    return article


def update_article(article, *, kind="update", note="More is known.", by=None, now=None, **texts):
    by = by or make_account()
    publishing.save_draft(article, by, now=now, **(texts or {"headline": f"{article.headline} again"}))
    return publishing.update(article, by, kind=kind, note=note, now=now)
