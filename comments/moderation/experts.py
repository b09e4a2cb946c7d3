"""Who is named to answer the questions below one story, and by whom that is settled."""

from django.db import transaction
from django.utils import timezone

from comments.models import Expert, ModerationAct, Thread
from comments.moderation.acts.record import AlreadyDecided, check_right, record
from comments.moderation.conversations import RIGHT_TO_LEAD


@transaction.atomic
def name(article, by, account, *, name, line):
    """Let the account answer below the story, by this name. Naming it again changes name and line."""
    check_right(by, article, or_else=RIGHT_TO_LEAD)
    Thread.objects.get_or_create(article=article)
    thread = Thread.objects.select_for_update().get(article=article.pk)
    wish = {"name": name, "line": line, "ended_at": None}
    expert, _ = Expert.objects.update_or_create(thread=thread, user=account, defaults=wish)
    _record(expert, by, "named")
    return expert


@transaction.atomic
def end(expert, by):
    """Let somebody answer no more. What they answered keeps their badge. Raises AlreadyDecided."""
    check_right(by, expert.thread.article, or_else=RIGHT_TO_LEAD)
    if not Expert.objects.filter(pk=expert.pk, ended_at=None).update(ended_at=timezone.now()):
        raise AlreadyDecided(None, "They answer here no more already.")
    _record(expert, by, "ended")


def kept_about(owner):
    """Return where a person was named to answer, as data for them."""
    experts = Expert.objects.filter(user=owner.account) if owner.account else Expert.objects.none()
    return list(experts.values("thread__article__slug", "name", "line", "named_at", "ended_at"))


def forget_owner(owner):
    """Forget who answered. That an expert did stays with the answers."""
    if owner.account:
        theirs = Expert.objects.filter(user=owner.account)
        theirs.filter(ended_at=None).update(ended_at=timezone.now())
        theirs.update(name="", line="")


def _record(expert, by, what):
    # By its number: a row of the ledger is final, and a name may have to be forgotten.
    note = f"conversation: expert {expert.pk} {what}"
    record(ModerationAct.Act.RULE, by, article=expert.thread.article, note=note, now=None)
