from functools import cache

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Min, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from articles.addresses import path_to
from articles.models import Article
from articles.prepared import prepared_update
from comments.models import places
from comments.models.person import Person, mark_of
from comments.moderation.guidelines import Guideline
from comments.moderation.verdicts import objection_in
from comments.querysets import ReaderCommentManager
from comments.signals import comment_published
from comments.text import as_html, excerpt


class NotAnswerable(Exception):
    """The comment that is answered is not there for readers, or stands below another story."""


class ReaderComment(XtdComment):
    """What a reader answered to a story, or to another reader.

    Holds, beside the library's own columns, all that reading a thread asks for, so
    that one index finds a page. Nothing is ever deleted: `delete()` removes from sight.
    """

    class State(models.TextChoices):
        PUBLISHED = "published"
        HELD = "held"
        REMOVED = "removed"
        WITHDRAWN = "withdrawn"  # by its own writer

    class Badge(models.TextChoices):
        # Translators: whose a comment is, beside its writer’s name, where its first letter is a capital. In
        # Azerbaijani and Turkish it should not begin with “i”, whose capital would be wrong.
        NEWSROOM = "newsroom", _("newsroom")
        EXPERT = "expert", _("expert")

    HANGS_ON_STATE = (
        "state",
        "is_public",
        "is_removed",
        "html",
        "published_at",
        "removed_at",
        "removal_reason",
        "withdrawn_at",
        "picked_at",
    )

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="comments",
        db_index=False,  # the index in reading order begins with it, and leaves a planner no worse choice
    )
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)
    place = models.CharField(max_length=places.LENGTH, editable=False)
    html = models.TextField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removal_reason = models.CharField(max_length=12, choices=Guideline, blank=True, editable=False)
    # Null where there is none, and no condition on the index: a planner cannot see that a value fulfils it.
    fingerprint = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    # The default stands in the database too: code that knows no such column may still add rows.
    wants_corrections = models.BooleanField(default=False, db_default=False, editable=False)

    person = models.ForeignKey(
        "Person", on_delete=models.PROTECT, null=True, editable=False, related_name="comments", db_index=False
    )
    network = models.CharField(max_length=49, blank=True, db_default="", editable=False)  # for thirty days
    checks = models.JSONField(default=list, db_default=[], editable=False)  # the chain's verdicts
    score = models.FloatField(null=True, editable=False)  # 0 to 1: how likely moderators remove it
    case = models.ForeignKey(
        "Case", on_delete=models.SET_NULL, null=True, editable=False, related_name="comments"
    )
    opens_thread = models.BooleanField(default=False, db_default=False, editable=False)
    respect_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    picked_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    badge = models.CharField(max_length=8, choices=Badge, blank=True, db_default="", editable=False)
    led_to = models.ForeignKey(
        "articles.Version",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )  # the correction that this comment led to
    expert = models.ForeignKey(
        "Expert", on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )  # as whom an expert wrote it
    # When a question got its first answer that still stands; written by `_settle_question` alone.
    answered_at = models.DateTimeField(null=True, editable=False)

    answered = more = None  # what a page of a thread says of it besides: see comments/threads

    objects = ReaderCommentManager()

    class Meta:
        verbose_name = "comment"
        ordering = ["-pk"]
        default_permissions = ["view"]
        permissions = [("moderate_comment", "Can approve and remove comments")]
        indexes = [
            models.Index(fields=["article", "place"], name="comment_in_reading_order"),
            models.Index(
                fields=["article", "xtdcomment_ptr"],
                condition=models.Q(wants_corrections=True),
                name="comment_wants_corrections",
            ),
            models.Index(fields=["person", "-xtdcomment_ptr"], name="comments_of_person"),
            models.Index(fields=["article", "-xtdcomment_ptr"], name="comments_of_story"),
            models.Index(
                fields=["article", "-respect_count", "place"],
                condition=models.Q(opens_thread=True),
                name="threads_by_respect",
            ),
            models.Index(
                fields=["article", "place"],
                condition=models.Q(opens_thread=True),
                name="threads_by_age",
            ),
            models.Index(
                fields=["article", "state", "badge", "place"],
                condition=models.Q(opens_thread=True, answered_at=None),
                name="questions_unanswered",
            ),
            models.Index(
                fields=["article", "-published_at", "-xtdcomment_ptr"],
                condition=models.Q(published_at__isnull=False),
                name="comments_by_time",
            ),
            models.Index(
                fields=["article", "-xtdcomment_ptr"],
                condition=models.Q(picked_at__isnull=False) | models.Q(badge__gt=""),
                name="comments_highlighted",
            ),
            models.Index(
                fields=["article", "picked_at"],
                condition=models.Q(picked_at__isnull=False),
                name="comments_picked",
            ),
            models.Index(
                fields=["network", "-xtdcomment_ptr"],
                condition=~models.Q(network=""),
                name="comments_of_network",
            ),
            models.Index(
                fields=["withdrawn_at"],
                condition=models.Q(withdrawn_at__isnull=False),
                name="comments_withdrawn",
            ),
        ]

    def __str__(self):
        return f"comment {self.pk} by {self.user_name}"

    def get_absolute_url(self):
        return path_to("comments:comment", self.pk)

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def is_highlighted(self):
        """As `ReaderCommentQuerySet.highlighted` asks, of a comment that readers see."""
        return self.is_published and bool(self.picked_at or self.badge)

    @property
    def excerpt(self):
        return excerpt(self.html)

    @property
    def person_mark(self):
        return mark_of(self.person_id) if self.person_id else ""

    @property
    def letters_go_to(self):
        """The address of its writer, for letters alone: the account's, or the one that was confirmed."""
        return self.user.email if self.user_id else self.user_email

    def get_badge_display(self):
        return _labels(self.Badge).get(self.badge, self.badge)

    def get_removal_reason_display(self):
        return _labels(Guideline).get(self.removal_reason, self.removal_reason)

    @property
    def badge_in_words(self):
        """Whose it is, where no badge can be drawn; empty for a reader's."""
        line = self.expert.line if self.expert else ""
        return ", ".join(filter(None, [self.get_badge_display(), line]))

    @property
    def correction(self):
        """The correction that it led to, once readers see that, or None."""
        return self.led_to if self.led_to and self.led_to.published_at <= timezone.now() else None

    def corrections_since(self):
        """Return the corrections of its story that readers see and that came after it, the newest first."""
        kind = self._meta.get_field("led_to").related_model.Kind.CORRECTION
        public = self.article.versions.public().filter(kind=kind, published_at__gte=self.submit_date)
        return public.newest_first()

    @property
    def why_held(self):
        """The reason of the step that decided; empty where none objected."""
        return objection_in(self.checks).get("reason", "")

    @property
    def held_by(self):
        """The name of the step that decided to hold; empty where none objected."""
        return objection_in(self.checks).get("step", "")

    @property
    def is_reply(self):
        return self.level > 0

    def save(self, **kwargs):
        """Keep what hangs on the state in step with it; a new comment takes its place first.

        The library's own `save` is passed by: it finds the place without a lock, and
        writes every later row of the thread again.
        """
        comes_out = self._follow_state()
        if self._state.adding:
            with transaction.atomic():
                self._insert(**kwargs)
                self._tell(comes_out, as_stored=True)
        else:
            self._save_row(**kwargs)
            self._tell(comes_out, as_stored=False)

    def delete(self, **kwargs):
        """Remove from sight. The row stays, and so do its place and the replies below it."""
        with transaction.atomic():
            held = type(self).objects.hold(self)
            held.change_state(self.State.REMOVED)
        return 1, {self._meta.label: 1}

    def change_state(self, state, *, at=None, reason=""):
        """Change how it stands, and count the story's comments anew. The caller holds the thread."""
        counted_before = self.is_published
        self.state = self.State(state)
        removed = self.state == self.State.REMOVED
        self.removed_at = (at or timezone.now()) if removed else None
        self.removal_reason = reason if removed else ""
        withdrawn = self.state == self.State.WITHDRAWN
        self.withdrawn_at = (at or timezone.now()) if withdrawn else None
        if not self.is_published:
            self.picked_at = None
        self.save(update_fields=self.HANGS_ON_STATE)
        self._count(self.is_published - counted_before)
        self._settle_question()

    def _follow_state(self):
        """Return whether readers come to see it: the first time, or again after that was taken back."""
        self.is_public = self.is_published
        self.is_removed = self.state == self.State.REMOVED
        self.html = as_html(self.comment) if self.is_published else ""
        comes_out = self.is_published and self.published_at is None
        if comes_out:
            self.published_at = timezone.now()
        return comes_out

    def _tell(self, comes_out, *, as_stored):
        if comes_out:
            comment_published.send(sender=type(self), comment=self, as_stored=as_stored)

    def _insert(self, **kwargs):
        self.content_object = self.article
        self.site_id = settings.SITE_ID
        if self.person_id is None:
            self.person = Person.objects.of_writer(self.user, self.user_email)
        if self.parent_id:
            self._stand_below_parent()
            self._save_row(**kwargs)
        else:
            self._save_row(**kwargs)
            self._open_thread()
        self._count(int(self.is_published))
        self._settle_question()

    def _stand_below_parent(self):
        parent = type(self).objects.filter(pk=self.parent_id, article=self.article_id).first()
        if parent is None:
            raise NotAnswerable
        root = type(self).objects.hold_thread(parent.thread_id)
        parent.refresh_from_db(fields=["state"])
        if not parent.is_published:
            raise NotAnswerable
        number = root.nested_count + 1
        XtdComment.norel_objects.filter(pk=root.pk).update(nested_count=number)
        self.thread_id = parent.thread_id
        self.level = parent.level + 1
        self.order = number + 1
        self.place = places.of_reply(parent.place, number)

    def _open_thread(self):
        self.thread_id = self.parent_id = self.pk
        self.place = places.of_thread(self.pk)
        self.opens_thread = True
        _open_library_s_thread(self.pk)
        _take_place(self.pk, self.place)

    def _settle_question(self):
        """Keep in step whether the question that this comment answers has an answer. The thread is held.

        An answer is a reply to the question itself, by an expert or the newsroom, that readers see.
        """
        if self.badge and self.level == 1:
            replies = type(self).objects.filter(thread_id=self.thread_id, level=1)
            first = replies.published().answers().aggregate(at=Min("published_at"))
            type(self).objects.filter(pk=self.parent_id).update(answered_at=first["at"])

    def _save_row(self, **kwargs):
        # From here on the library's base class, past XtdComment.save.
        super(XtdComment, self).save(**kwargs)

    def _count(self, change):
        if change:
            _count_for_story(self.article_id, change, self.published_at)


@prepared_update
def _open_library_s_thread(pk):
    return XtdComment.norel_objects.filter(pk=pk), {"thread_id": F("pk"), "parent_id": F("pk")}


@prepared_update
def _take_place(pk, place):
    return ReaderComment.objects.filter(pk=pk), {"place": place, "opens_thread": True}


@prepared_update
def _count_for_story(article, change, published_at):
    came_at = Value(published_at, models.DateTimeField())
    return Article.objects.filter(pk=article), {
        "comment_count": F("comment_count") + change,
        "newest_comment_at": Greatest(Coalesce("newest_comment_at", came_at), came_at),
    }


@cache
def _labels(choices):
    """What readers read of each. Kept, since Django asks for the translations of all to tell one."""
    return {value: str(label) for value, label in choices.choices}
