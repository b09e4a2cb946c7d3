"""What a moderator, or an editor of the story, decides about the conversation below one story."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from comments.models import ModerationAct, Thread
from comments.moderation.acts.record import has_right, record

RIGHT_TO_LEAD = "articles.publish_article"  # with which an editor leads the conversation below a story
RULES = ("mode", "rule", "closes_after_days")


class ChangedMeanwhile(Exception):
    """Somebody else changed the rules since the page was opened; `now` is what stands."""

    def __init__(self, now):
        super().__init__("A colleague changed these rules after you opened the page.")
        self.now = now


def may_lead(account, article):
    """Whether the account settles what is asked for below the story, by which rules, and who answers.

    Before readers see the story that is its editors' alone: a moderator learns of no story early.
    """
    if article.is_visible():
        return has_right(account, article, or_else=RIGHT_TO_LEAD)
    is_to_come = article.state in article.BEFORE_PUBLICATION or article.is_scheduled
    return is_to_come and account.has_perm(RIGHT_TO_LEAD, article)


def check_may_lead(account, article):
    """Raise PermissionDenied to whom `may_lead` says no."""
    if not may_lead(account, article):
        raise PermissionDenied


@transaction.atomic
def change_rules(article, by, wanted, *, seen):
    """Set the rules of a story's conversation; `seen` is what stood when the page was opened."""
    check_may_lead(by, article)
    Thread.objects.get_or_create(article=article)
    thread = Thread.objects.select_for_update().get(article=article.pk)
    stands = {name: getattr(thread, name) for name in RULES}
    if stands == wanted:
        return None
    if stands != seen:
        raise ChangedMeanwhile(stands)
    for name, value in wanted.items():
        setattr(thread, name, value)
    thread.save(update_fields=list(wanted))
    differing = [name for name in RULES if stands[name] != wanted[name]]
    changed = "; ".join(f"{name.replace('_', ' ')} {stands[name]} → {wanted[name]}" for name in differing)
    return record(
        ModerationAct.Act.RULE, by, article=article, note=f"conversation: {changed}", before=stands, now=None
    )
