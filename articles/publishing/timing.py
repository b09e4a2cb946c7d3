"""When readers may see a story (an embargo forbids it before an instant), and when they will (a schedule)."""

from django.db import transaction
from django.utils import timezone

from articles.models import Article, LogEntry, Recall
from articles.publishing.drafts import begin_draft
from articles.publishing.holding import NotReady, WrongState, hold
from articles.publishing.publication import publish_first

Act, State = LogEntry.Act, Article.State


@transaction.atomic
def schedule(article, by, *, at, acknowledged=(), now=None):
    """Let readers see the draft from the instant `at` on. Nothing has to run when it comes.

    A story whose hour has not come yet may be scheduled again, with another text or hour.
    """
    hold(article, by, "schedule_article")
    now = now or timezone.now()
    if at <= now:
        raise NotReady(["This time has passed."])
    return publish_first(article, by, at=at, acknowledged=acknowledged, now=now)


@transaction.atomic
def call_off(article, by, *, now=None):
    """Take back a schedule before its hour: the story is an approved draft again."""
    hold(article, by, "schedule_article")
    now = now or timezone.now()
    if not article.is_scheduled_at(now):
        raise WrongState("Only a schedule whose hour has not come can be called off.")
    Recall.objects.create(version=article.live_version, by=by, at=now)
    if article.draft is None:
        begin_draft(article, by, now, same_words=True)
    article.state, article.live_version = State.APPROVED, None
    article.published_at = article.changed_at = None
    article.save()
    LogEntry.record(Act.CALL_OFF, by, article=article, now=now)


@transaction.atomic
def set_embargo(article, by, *, until, now=None):
    """Forbid that anybody publishes the story, or a newer version of it, before the instant `until`."""
    hold(article, by, "embargo_article")
    if until <= (now or timezone.now()):
        raise NotReady(["This time has passed, so it would forbid nothing."])
    if article.is_scheduled_at(now or timezone.now()) and article.published_at < until:
        raise WrongState("The story is scheduled for an earlier hour. Call that off first.")
    article.embargo_until = until
    article.save()
    LogEntry.record(Act.EMBARGO, by, article=article, note=f"until {until.isoformat()}", now=now)


@transaction.atomic
def lift_embargo(article, by, *, note, now=None):
    hold(article, by, "embargo_article")
    if article.embargo_until is None:
        raise WrongState("There is no embargo on this story.")
    article.embargo_until = None
    article.save()
    LogEntry.record(Act.LIFT_EMBARGO, by, article=article, note=note, now=now)
