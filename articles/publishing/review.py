"""From the writer to the editors, and back."""

from django.db import transaction

from articles.models import Article, LogEntry
from articles.publishing.holding import WrongState, hold, words_of

Act, State = LogEntry.Act, Article.State


@transaction.atomic
def submit(article, by, *, now=None):
    """Hand a first draft to the editors."""
    hold(article, by, "change_article")
    _move(article, [State.DRAFT], State.IN_REVIEW, "Only a draft can be submitted for review.")
    LogEntry.record(Act.SUBMIT, by, article=article, now=now)


@transaction.atomic
def send_back(article, by, *, note, now=None):
    """Give the story back to its writer, with what is to be done."""
    hold(article, by, "send_back_article")
    note = words_of(note, "Say in a note what is to be done.")
    waiting = [State.IN_REVIEW, State.APPROVED]
    _move(article, waiting, State.DRAFT, "Only a story that is with the editors can be sent back.")
    LogEntry.record(Act.SEND_BACK, by, article=article, note=note, now=now)


@transaction.atomic
def approve(article, by, *, now=None):
    """Say that the words are good as they stand. Other words have to be approved anew."""
    hold(article, by, "approve_article")
    _move(article, [State.IN_REVIEW], State.APPROVED, "Only a story in review can be approved.")
    LogEntry.record(Act.APPROVE, by, article=article, now=now)


def _move(article, sources, target, refusal):
    if article.state not in sources:
        raise WrongState(refusal)
    article.state = target
    article.save()
