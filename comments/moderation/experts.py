"""Who is named to answer the questions below one story, and by whom that is settled."""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.models import Article
from comments.models import Expert, ModerationAct, Thread
from comments.moderation.acts.record import AlreadyDecided, record
from comments.moderation.conversations import check_may_lead


@transaction.atomic
def name(article, by, account, *, name, line):
    """Let the account answer below the story, by this name. Naming it again changes name and line."""
    check_may_lead(by, article)
    Thread.objects.get_or_create(article=article)
    thread = Thread.objects.select_for_update().get(article=article.pk)
    wish = {"name": name, "line": line, "ended_at": None}
    expert, _ = Expert.objects.update_or_create(thread=thread, user=account, defaults=wish)
    _record(expert, by, "named")
    return expert


@transaction.atomic
def end(expert, by):
    """Let somebody answer no more. What they answered keeps their badge. Raises AlreadyDecided."""
    check_may_lead(by, expert.thread.article)
    if not Expert.objects.filter(pk=expert.pk, ended_at=None).update(ended_at=timezone.now()):
        raise AlreadyDecided(None, "They answer here no more already.")
    _record(expert, by, "ended")


def kept_about(owner):
    """Return where a person was named to answer, as data for them; of a story to come, not which it is."""
    if owner.account is None:
        return []
    told = Article.objects.visible().filter(pk=OuterRef("thread")).values("slug")
    experts = Expert.objects.filter(user=owner.account).annotate(story=Subquery(told))
    return list(experts.values("story", "name", "line", "named_at", "ended_at"))


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
