"""The acts of the newsroom. Each is one transaction, holds the story's row, and leaves a log entry.

Every act takes `by`, the account that acts, and `now`, the instant of the act,
which only tests and the loading of an archive have reason to give.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from articles.models import Article, LogEntry, Version
from articles.readiness import problems

DRAFT_FIELDS = ("headline", "standfirst", "dateline", "body", "caption")


class WrongState(Exception):
    """The act does not fit the state that the story is in; says so in a sentence."""


class NotReady(Exception):
    """The story lacks what publication asks for: `problems`, a list of sentences."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = problems


class StaleDraft(Exception):
    """Somebody saved since the page was opened: `draft` is what they saved."""

    def __init__(self, draft):
        super().__init__("Somebody else saved this draft after you opened it.")
        self.draft = draft


@transaction.atomic
def save_draft(article, by, *, expected_revision=None, now=None, **fields):
    """Keep `fields` of `DRAFT_FIELDS` as the story's draft, begun from the live version if there is none.

    `article` may be new. `expected_revision` is the draft's `revision` as the writer
    saw it, 0 where there was no draft; another one raises `StaleDraft`.
    Nothing is demanded of the text: that is publication's to do.
    """
    unknown = set(fields) - set(DRAFT_FIELDS)
    if unknown:
        raise TypeError(f"Not part of a version: {', '.join(sorted(unknown))}")
    now = now or timezone.now()
    if article.pk is None:
        _require(by, "articles.add_article")
        article.slug = article.slug or unused_slug(fields.get("headline", ""))
        article.created_by, article.created_at = by, now
        article.save()
    else:
        _require(by, "articles.change_article")
        _hold(article)
    _refuse_withdrawn(article)
    draft = article.draft or _begin_draft(article, by, now)
    if expected_revision is not None and expected_revision != draft.revision:
        raise StaleDraft(draft)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.written_by, draft.saved_at = by, now
    draft.save()
    return draft


@transaction.atomic
def submit(article, by, *, now=None):
    """Hand a first draft to the editors."""
    _require(by, "articles.change_article")
    _hold(article)
    if article.state != Article.State.DRAFT:
        raise WrongState("Only a draft can be submitted for review.")
    article.state = Article.State.IN_REVIEW
    article.save()
    _log(article, LogEntry.Act.SUBMIT, by, now)


@transaction.atomic
def publish(article, by, *, at=None, now=None):
    """Make the draft what readers see, from `at` (at once, with none or a past one).

    A story whose hour has not come yet may be published again, with another text or hour.
    """
    _require(by, "articles.publish_article")
    _hold(article)
    now = now or timezone.now()
    at = max(at or now, now)
    not_yet_public = article.state == Article.State.PUBLISHED and article.published_at > now
    if article.state not in (Article.State.DRAFT, Article.State.IN_REVIEW) and not not_yet_public:
        raise WrongState("Only a story that readers have not seen yet can be published for the first time.")
    version = _seal(article, by, kind=Version.Kind.FIRST, note="", published_at=at, now=now)
    article.state = Article.State.PUBLISHED
    article.published_at = article.changed_at = at
    article.save()
    act = LogEntry.Act.SCHEDULE if at > now else LogEntry.Act.PUBLISH
    _log(article, act, by, now, version=version)
    return version


@transaction.atomic
def update(article, by, *, kind, note="", now=None):
    """Put the draft in the place of the live version, saying what kind of change it is and why."""
    _require(by, "articles.publish_article")
    _hold(article)
    now = now or timezone.now()
    if article.state != Article.State.PUBLISHED or article.published_at > now:
        raise WrongState("Only a story that readers see can be updated.")
    kind = Version.Kind(kind)
    if kind == Version.Kind.FIRST:
        raise WrongState("A story is published for the first time only once.")
    note = note.strip()
    if not note and kind not in Version.NEEDS_NO_NOTE:
        raise NotReady([f"Say in a public note what this {kind.label} changes."])
    version = _seal(article, by, kind=kind, note=note, published_at=now, now=now)
    if kind != Version.Kind.STYLE:
        article.changed_at = now
    if kind == Version.Kind.CORRECTION:
        article.corrected_at = now
    article.save()
    _log(article, LogEntry.Act.UPDATE, by, now, version=version, note=note)
    return version


@transaction.atomic
def withdraw(article, by, *, notice, now=None):
    """Take the story from every surface; its address answers with `notice` from now on."""
    _require(by, "articles.withdraw_article")
    _hold(article)
    if article.state != Article.State.PUBLISHED:
        raise WrongState("Only a published story can be withdrawn.")
    notice = notice.strip()
    if not notice:
        raise NotReady(["Tell readers in a notice why the story is gone."])
    article.state = Article.State.WITHDRAWN
    article.withdrawn_at = now or timezone.now()
    article.withdrawal_notice = notice
    article.save()
    _log(article, LogEntry.Act.WITHDRAW, by, article.withdrawn_at, note=notice)


def unused_slug(headline):
    """Return an address for a new story: the headline's words, and a number where they are taken."""
    stem = slugify(headline)[:80].strip("-") or f"story-{get_random_string(8).lower()}"
    slug, number = stem, 1
    while Article.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _seal(article, by, *, kind, note, published_at, now):
    """Turn the draft into the live version. From here on the row is final."""
    missing = problems(article)
    if article.draft is None:
        missing = ["There is no draft: nothing has been changed since the last publication."]
    if missing:
        raise NotReady(missing)
    version = article.draft
    version.number = article.versions.sealed().count() + 1
    version.kind, version.note = kind, note
    version.published_by, version.published_at, version.sealed_at = by, published_at, now
    version.save()
    article.live_version, article.draft = version, None
    return version


def _begin_draft(article, by, now):
    live = article.live_version
    texts = {name: getattr(live, name) for name in DRAFT_FIELDS} if live else {}
    draft = Version(article=article, written_by=by, created_at=now, **texts)
    draft.save()
    article.draft = draft
    article.save(update_fields=["draft"])
    _log(article, LogEntry.Act.DRAFT, by, now)
    return draft


def _hold(article):
    """Lock the story's row to the end of the transaction, and bring `article` up to date with it."""
    Article.objects.select_for_update().get(pk=article.pk)
    article.refresh_from_db()


def _require(account, permission):
    if not account.has_perm(permission):
        raise PermissionDenied


def _refuse_withdrawn(article):
    if article.state == Article.State.WITHDRAWN:
        raise WrongState("The story was withdrawn; its text can no longer be changed.")


def _log(article, act, by, now, *, version=None, note=""):
    LogEntry.objects.create(
        article=article,
        version_number=version.number if version else None,
        act=act,
        by=by,
        at=now or timezone.now(),
        note=note,
    )
