"""Writing: what is saved becomes the draft, and whatever was sent is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from articles import body as bodies
from articles.models import Article, LogEntry, Revision, Version
from articles.publishing.holding import WrongState, hold, require

DRAFT_FIELDS = ("headline", "standfirst", "dateline", "body", "caption", "sources")
Act, State, Way = LogEntry.Act, Article.State, Revision.Way


class StaleDraft(Exception):
    """Somebody saved since the page was opened: `newer` is what stands now, `aside` keeps what was sent."""

    def __init__(self, newer, aside):
        super().__init__("Somebody else saved this draft after you opened it.")
        self.newer, self.aside = newer, aside


def save_draft(article, by, *, seen=None, now=None, way=Way.SAVED, **words):
    """Keep `words`, some of `DRAFT_FIELDS`, as the draft, begun from the live version if there is none.

    `article` may be new. `seen` is the story's `mark` as the writer saw it; where it is
    another by now, the words are set aside and `StaleDraft` is raised, outside the transaction.
    Nothing is demanded of the text: that is publication's to do.
    """
    unknown = set(words) - set(DRAFT_FIELDS)
    if unknown:
        raise TypeError(f"Not part of a version: {', '.join(sorted(unknown))}")
    now = now or timezone.now()
    with transaction.atomic():
        _open_for_writing(article, by, words, now)
        if seen is None or seen == article.mark:
            return _save(article, by, words, way, now)
        aside = set_aside(article, by, words, seen=seen, now=now)
    raise StaleDraft(article.newest_version, aside)


def autosave_draft(article, by, *, seen, now=None, **words):
    """Save what the page sends by itself while somebody types."""
    return save_draft(article, by, seen=seen, now=now, way=Way.TYPED, **words)


def set_aside(article, by, words, *, seen, now=None):
    """Keep words that came too late beside the draft, to be merged. The caller holds the story."""
    now = now or timezone.now()
    draft = article.draft or begin_draft(article, by, now)
    words = _all_words(draft) | words
    words["body"] = bodies.with_block_ids(bodies.clean(words["body"]), previous=draft.body)
    return draft.revisions.create(
        number=draft.revision, built_on=seen[:80], way=Way.ASIDE, words=words, by=by, at=now
    )


def slug_stem(headline):
    return slugify(headline)[:80].strip("-")


def unused_slug(headline):
    """Return an address for a new story: the headline's words, and a number where they are taken."""
    stem = slug_stem(headline) or f"story-{get_random_string(8).lower()}"
    slug, number = stem, 1
    while Article.objects.ever_at(slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _open_for_writing(article, by, words, now):
    if article.pk is None:
        require(by, "add_article", article)
        article.slug = article.slug or unused_slug(words.get("headline", ""))
        article.created_by, article.created_at = by, now
        article.save()
        return
    hold(article, by, "change_article")
    if article.state == State.WITHDRAWN:
        raise WrongState("The story was withdrawn; its text can no longer be changed.")


def _save(article, by, words, way, now):
    draft = article.draft or begin_draft(article, by, now)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.written_by, draft.saved_at = by, now
    draft.save()
    _keep_revision(draft, by, way, now)
    if way == Way.SAVED:
        LogEntry.record(Act.SAVE, by, article=article, now=now)
    if article.state == State.APPROVED:
        # What was approved were other words.
        article.state = State.IN_REVIEW
        article.save()
    return draft


def begin_draft(article, by, now, *, same_words=False):
    """Begin a draft from what is live. With `same_words`, `by` wrote nothing and only asks for them again."""
    live = article.live_version
    writer = live.written_by if same_words else by
    words = _all_words(live) if live else {}
    draft = Version(article=article, written_by=writer, created_at=now, saved_at=now, **words)
    draft.save()
    article.draft = draft
    article.save(update_fields=["draft"])
    LogEntry.record(Act.DRAFT, by, article=article, now=now)
    return draft


def _keep_revision(draft, by, way, now):
    """Add a revision; what one person goes on typing stays in one row for a while."""
    words = _all_words(draft)
    changes = {"number": draft.revision, "way": way, "words": words, "by": by, "at": now}
    newest = draft.revisions.exclude(way=Way.ASIDE).order_by("-number").first()
    if newest and newest.continues(words, by, now):
        draft.revisions.filter(pk=newest.pk).update(**changes)
    else:
        draft.revisions.create(**changes, begun_at=now)


def _all_words(version):
    return {name: getattr(version, name) for name in DRAFT_FIELDS}
