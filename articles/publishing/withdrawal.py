"""Taking a story from readers, which one editor can, and bringing it back, which takes two."""

from django.db import transaction
from django.utils import timezone

from articles.models import Article, LogEntry
from articles.publishing.holding import WrongState, hold, words_of
from articles.zones import moment

Act, State = LogEntry.Act, Article.State


@transaction.atomic
def withdraw(article, by, *, notice, now=None):
    """Take the story from every surface; its address answers with `notice` from now on."""
    hold(article, by, "withdraw_article")
    now = now or timezone.now()
    if article.state != State.PUBLISHED:
        raise WrongState("Only a published story can be withdrawn.")
    if article.is_scheduled_at(now):
        raise WrongState("No reader has seen the story yet. Call off its schedule instead.")
    article.withdrawal_notice = words_of(notice, "Tell readers in a notice why the story is gone.")
    article.state, article.withdrawn_at = State.WITHDRAWN, now
    article.save()
    LogEntry.record(Act.WITHDRAW, by, article=article, note=article.withdrawal_notice, now=now)


@transaction.atomic
def ask_back(article, by, *, note, now=None):
    """Ask a colleague to bring a withdrawn story back, and say why."""
    hold(article, by, "restore_article")
    _refuse_unless_withdrawn(article)
    note = words_of(note, "Say why the story should come back.")
    article.restoration_asked_by, article.restoration_asked_at = by, now or timezone.now()
    article.save()
    LogEntry.record(Act.ASK_BACK, by, article=article, note=note, now=now)


@transaction.atomic
def restore(article, by, *, note, now=None):
    """Bring the story back as it stood, if somebody else asked for it."""
    hold(article, by, "restore_article")
    _refuse_unless_withdrawn(article)
    if article.restoration_asked_by is None:
        raise WrongState("Nobody has asked for it yet: coming back takes two.")
    if article.restoration_asked_by == by:
        raise WrongState("You asked for it yourself: somebody else has to agree.")
    if article.embargo_until and article.embargo_until > (now or timezone.now()):
        raise WrongState(f"The story is under embargo until {moment(article.embargo_until)}.")
    note = words_of(note, "Tell readers why the story is back.")
    article.state, article.withdrawn_at, article.withdrawal_notice = State.PUBLISHED, None, ""
    article.restoration_asked_by = article.restoration_asked_at = None
    article.save()
    LogEntry.record(Act.RESTORE, by, article=article, note=note, now=now)


def _refuse_unless_withdrawn(article):
    if article.state != State.WITHDRAWN:
        raise WrongState("Only a withdrawn story can come back.")
