"""Who may see which comment, and what reading a thread must load."""

import re

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django_comments.managers import CommentManager
from django_comments_xtd.models import XtdComment

from articles.models import Article
from comments.models import places

KEY = re.compile(r"[0-9]{1,10}")


class ReaderCommentQuerySet(models.QuerySet):
    """The only place that says which comments a reader may see, and at what cost."""

    def numbered(self, *keys):
        """Comments with these numbers, as a request gives them; what is no number finds none."""
        return self.filter(pk__in=[int(key) for key in keys if KEY.fullmatch(str(key))])

    def published(self):
        return self.filter(state=self.model.State.PUBLISHED)

    def placed(self):
        """Comments that have a place in a thread: public now, or public once and removed since.

        Of a removed or withdrawn one readers see that it was there, never what it said.
        """
        return self.filter(published_at__isnull=False).exclude(state=self.model.State.HELD)

    def standing(self):
        """Comments that a thread's pages show: those placed, and held ones that open one with replies.

        Of those readers see that they wait, and nothing more: they hold the place of their replies.
        """
        held = self.model.State.HELD
        placed = Q(published_at__isnull=False) & ~Q(state=held)
        replies = self.model.objects.below_outer().placed()
        return self.filter(placed | (Q(state=held, opens_thread=True) & Exists(replies)))

    def below_outer(self):
        """The replies below the first comment that the outer query is at.

        A stretch of the index in reading order; by an equal `thread_id`, PostgreSQL would rather read the
        comments of all stories.
        """
        last = Concat(OuterRef("place"), Value(places.LAST_REPLY))
        return self.filter(article=OuterRef("article_id"), place__gt=OuterRef("place"), place__lte=last)

    def waiting(self):
        """Comments that want a moderator: held, reported, or with an appeal. None that was withdrawn."""
        asked = Q(state=self.model.State.HELD) | Exists(_open_reports()) | Exists(_open_appeals())
        return self.filter(asked).exclude(state=self.model.State.WITHDRAWN)

    def without_appeal(self):
        return self.exclude(Exists(_open_appeals()))

    def decidable_by(self, moderator):
        """Those about which this moderator can decide: not their own, nor an appeal against themselves."""
        return self.exclude(user=moderator).exclude(Exists(_open_appeals().filter(act__by=moderator)))

    def counting_marks(self):
        """Count with each comment what `moderation.seen` makes a mark of."""
        return self.annotate(
            times_changed=_count("EarlierText"),
            times_decided=_count("ModerationAct", act__in=_decisions()),
            times_reported=_count("CommentReport"),
        )

    def below_visible_stories(self, at=None):
        # Asked row by row: a list of all visible stories would be drawn up for each page.
        return self.filter(Exists(Article.objects.visible(at).filter(pk=OuterRef("article"))))

    def asking_for(self, correction):
        """Comments whose writers are owed a letter about this version, in the order of their numbers.

        Only words that readers see, which were there before the correction.
        """
        asking = self.published().filter(article=correction.article_id, wants_corrections=True)
        earlier = asking.filter(published_at__lte=correction.published_at)
        return earlier.filter(Q(user=None) | Q(user__is_active=True)).select_related("user").order_by("pk")

    def of_writer(self, comment):
        """Comments below the same story by whoever wrote this one: of the account, or with the address."""
        same = Q(user=comment.user_id) if comment.user_id else Q()
        if address := comment.letters_go_to:
            same |= Q(user=None, user_email__iexact=address) | Q(user__email__iexact=address)
        return self.filter(same, article=comment.article_id) if same else self.filter(pk=comment.pk)

    def answers(self):
        """What the newsroom or an expert wrote."""
        return self.filter(badge__gt="")

    def unanswered(self):
        """Questions of readers that no reply of the newsroom or an expert answers."""
        return self.published().filter(opens_thread=True, answered_at=None, badge="")

    def unanswered_by(self, account):
        """Questions that wait below stories for which the account is named, those that wait longest first."""
        threads = apps.get_model("comments", "Thread").objects.answered_by(account)
        # Asked first: for nearly every account there are none, and then nothing more is asked.
        stories = list(threads.values_list("pk", flat=True))
        waiting = self.unanswered().below_visible_stories().filter(article__in=stories)
        return waiting.select_related("article__live_version").order_by("pk")

    def highlighted(self):
        """Comments that the newsroom picked, and answers by it or by experts."""
        return self.filter(Q(picked_at__isnull=False) | Q(badge__gt=""))

    def newest_first(self):
        return self.order_by("-article_id", "-published_at", "-pk")

    def in_reading_order(self):
        return self.order_by("article_id", "place")

    def for_thread(self):
        """Load in one query what a thread shows. Address and words as written stay behind."""
        return self.select_related("led_to", "expert").only(
            "article_id",
            "place",
            "state",
            "html",
            "published_at",
            "removed_at",
            "removal_reason",
            "level",
            "parent_id",
            "thread_id",
            "user_name",
            "person_id",
            "respect_count",
            "picked_at",
            "edited_at",
            "badge",
            "led_to__number",
            "led_to__published_at",
            "expert__line",
        )

    def delete(self):
        """Remove from sight, as `ReaderComment.delete` does; no row ever goes."""
        for comment in self:
            comment.delete()
        return len(self), {self.model._meta.label: len(self)}

    delete.queryset_only = True


def _open_reports():
    return apps.get_model("comments", "CommentReport").objects.filter(comment=OuterRef("pk"), outcome="")


def _open_appeals():
    return apps.get_model("comments", "Appeal").objects.filter(comment=OuterRef("pk"), outcome="")


def _decisions():
    return apps.get_model("comments", "ModerationAct").DECISIONS


def _count(model, **which):
    rows = apps.get_model("comments", model).objects.filter(comment=OuterRef("pk"), **which).order_by()
    return Coalesce(Subquery(rows.values("comment").annotate(count=Count("pk")).values("count")), 0)


class ReaderCommentManager(CommentManager.from_queryset(ReaderCommentQuerySet)):
    def hold_thread(self, thread_id):
        """Lock a thread to the end of the transaction; return its first comment.

        Whoever adds to a thread or changes the state of one in it holds this lock, and
        no other comment's: so nobody waits in a circle.
        """
        threads = XtdComment.norel_objects.only("pk", "nested_count")
        return threads.select_for_update().get(pk=thread_id)

    def hold(self, comment):
        """Lock the comment's thread, and return the comment as it stands under the lock."""
        self.hold_thread(comment.thread_id)
        return self.get(pk=comment.pk)


class PendingCommentQuerySet(models.QuerySet):
    def outdated(self):
        return self.filter(created_at__lt=timezone.now() - self.model.KEPT_FOR, stored=None)


class CorrectionMailingQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(finished_at__isnull=True)
