"""What the writer of a comment reads about it: how it stands, why, and what can be done."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from comments import changes
from comments.models import ModerationAct, ReaderComment, Sanction, Thread
from comments.text import as_html

State = ReaderComment.State

# What a step of the chain means to the writer. The step's own reason is for moderators.
WHY_HELD = {
    "flood": _("Many comments came from you, or from the network that you use, in a short time."),
    "likeness": _("Nearly the same words had come before."),
    "links": _("It has more links than most comments."),
    "words": _("It has a word that the newsroom's list holds suspect."),
    "score": _("It reads like comments that moderators removed before; a person looks at it now."),
    "history": _("Several of your earlier comments had to be removed."),
    "first_timer": _("It is your first comment here, and we read some of those first."),
    "rule": _("Moderators read every comment below this story first, whoever writes it."),
    "receivers": _("A rule of this newsroom asks for it."),
}
OTHERWISE = _("One of our checks asks for it.")


class Status:
    """One comment, as its writer may see it. Asked for a page, it costs the same whatever happened."""

    def __init__(self, comment):
        self.comment = comment
        self.article = comment.article if comment.article.is_visible() else None

    @cached_property
    def called(self):
        return Thread.objects.called(self.comment)

    @property
    def html(self):
        """The words as written, whoever may read them."""
        return as_html(self.comment.comment)

    @property
    def is_held(self):
        return self.comment.state == State.HELD

    @property
    def is_withdrawn(self):
        return self.comment.state == State.WITHDRAWN

    @property
    def is_removed(self):
        return self.comment.state == State.REMOVED

    @property
    def has_place(self):
        """Whether the comment has an address in a thread that readers see now."""
        return self.article is not None and self.comment.published_at is not None and not self.is_held

    @property
    def why_held(self):
        return WHY_HELD.get(self.comment.held_by, OTHERWISE)

    @cached_property
    def removal(self):
        """The act that removed it, if a moderator's act did."""
        if not self.is_removed:
            return None
        removals = self.comment.acts.filter(act=ModerationAct.Act.REMOVE, undone_by=None)
        return removals.select_related("words_to_writer").first()

    @cached_property
    def words_of_moderators(self):
        """What they wrote to the person because of this comment: with its removal, and as warnings."""
        sanctions = Sanction.objects.filter(act__comment=self.comment, lifted_at=None).exclude(words="")
        removal = getattr(self.removal, "words_to_writer", None)
        return [*([removal.text] if removal else []), *(sanction.words for sanction in sanctions)]

    @cached_property
    def appeals(self):
        return list(self.comment.appeals.order_by("pk"))

    @property
    def can_appeal(self):
        return bool(self.removal) and all(appeal.act_id != self.removal.pk for appeal in self.appeals)

    @cached_property
    def why_not_withdrawn(self):
        return changes.why_not_withdrawn(self.comment)

    @cached_property
    def why_not_changed(self):
        return changes.why_not_changed(self.comment)

    @property
    def open_until(self):
        return changes.open_until(self.comment)
