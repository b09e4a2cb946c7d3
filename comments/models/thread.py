from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.prepared import prepared
from articles.zones import hour_of
from comments import wording

MOST_DAYS = 3650  # after which a conversation closes by age; ten years
READ_FIRST = _("A moderator reads everything that is written below this story before others see it.")
DAYS = f"Write a number of days from 0 to {MOST_DAYS}."


class ThreadQuerySet(models.QuerySet):
    def of(self, article):
        """Return what the story's conversation follows: an unsaved row of defaults where there is none.

        Asked of the whole table, whatever this queryset was narrowed to.
        """
        return self._below(article, next(_of(article.pk), None))

    def shown_below(self, article):
        """As `of`, with the unanswered questions counted: what pages show."""
        return self._below(article, next(_with_unanswered(article.pk), None))

    def called(self, comment):
        """What one comment is where it stands, in a sentence to its writer: a comment, a question …"""
        thread = next(_of(comment.article_id), None) or self.model()
        return thread.wording.called(comment)

    def _below(self, article, thread):
        thread = thread or self.model(article=article)
        thread.article = article
        return thread

    def answered_by(self, account):
        """Threads that ask for questions, in which this account is named to answer."""
        return self.filter(mode=self.model.Mode.QUESTIONS, experts__user=account, experts__ended_at=None)

    def with_unanswered(self):
        """Count in the same query how many questions wait for an answer, where questions are asked."""
        comments = apps.get_model("comments", "ReaderComment").objects
        unanswered = comments.filter(article=OuterRef("pk")).unanswered().order_by()
        count = Subquery(unanswered.values("article").annotate(count=Count("pk")).values("count"))
        asked = When(mode=self.model.Mode.QUESTIONS, then=Coalesce(count, 0))
        return self.annotate(unanswered_count=Case(asked, default=0))


@prepared
def _of(article):
    return Thread.objects.filter(article=article)


@prepared
def _with_unanswered(article):
    return Thread.objects.filter(article=article).with_unanswered()


class Thread(models.Model):
    """What the conversation below one story follows. No row means the defaults."""

    class Mode(models.TextChoices):
        COMMENTS = "comments", "comments"
        QUESTIONS = "questions", "questions and answers"

    class Rule(models.TextChoices):
        OPEN = "open", "open: published at once"
        HELD = "held", "held: a moderator reads first"
        CLOSED = "closed", "closed"

    class Heat(models.IntegerChoices):
        # Translators: what becomes of a conversation that runs hot.
        NORMAL = 0, _("normal")
        SLOW = 1, _("slow mode")
        HELD = 2, _("pre-moderation")
        CLOSED = 3, _("closed for a while")

    article = models.OneToOneField(
        "articles.Article", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.COMMENTS, db_default=Mode.COMMENTS.value)
    rule = models.CharField(max_length=6, choices=Rule, default=Rule.OPEN)
    closes_after_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0, DAYS), MaxValueValidator(MOST_DAYS, DAYS)],
        help_text="Days from the story's publication. 0: never. Empty: as everywhere on the site.",
    )
    heat = models.PositiveSmallIntegerField(choices=Heat, default=Heat.NORMAL, editable=False)
    heat_until = models.DateTimeField(null=True, editable=False)
    heat_why = models.CharField(max_length=200, blank=True, db_default="", editable=False)
    cool_until = models.DateTimeField(null=True, editable=False)  # until then it does not run hot by itself

    unanswered_count = 0  # unless `with_unanswered` has counted

    objects = ThreadQuerySet.as_manager()

    class Meta:
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_after_days__isnull=True)
                | models.Q(closes_after_days__range=(0, MOST_DAYS)),
                name="thread_closes_within_ten_years",
                violation_error_message=DAYS,
            ),
        ]

    def __str__(self):
        return f"Thread of story {self.article_id}"

    @property
    def asks_questions(self):
        return self.mode == self.Mode.QUESTIONS

    @property
    def wording(self):
        return wording.QUESTIONS if self.asks_questions else wording.COMMENTS

    @cached_property
    def named_experts(self):
        """Who answers, in the order in which they were named; nobody where no questions are asked."""
        return list(self.experts.filter(ended_at=None).order_by("pk")) if self.asks_questions else []

    def expert_of(self, account):
        """Return as which of the experts this account answers here, or None."""
        if not account or not account.is_active:
            return None
        return next((expert for expert in self.named_experts if expert.user_id == account.pk), None)

    @property
    def closes_at(self):
        """The instant from which the thread is closed by age, or None."""
        published_at = self.article.published_at
        if not self.open_for_days or published_at is None:
            return None
        try:
            return published_at + timedelta(days=self.open_for_days)
        except OverflowError:  # later than dates can say
            return None

    @property
    def open_for_days(self):
        own = self.closes_after_days
        return settings.COMMENTS_CLOSE_AFTER_DAYS if own is None else own

    def next_change(self, at):
        """The next instant after `at` at which it closes, or its heat ends; None if there is none."""
        instants = (self.closes_at, self.heat_until)
        return min((instant for instant in instants if instant and instant > at), default=None)

    def heat_at(self, at=None):
        """The step of heat that holds at this instant: heat ends by itself."""
        over = self.heat_until is None or self.heat_until <= (at or timezone.now())
        return self.Heat.NORMAL if over else self.Heat(self.heat)

    def notice(self, at=None):
        """Return what readers are told before they write, where not all appears at once; or nothing."""
        before = str(READ_FIRST) if self.rule == self.Rule.HELD else ""
        return " ".join(filter(None, [before, self._heat_notice(at)]))

    def _heat_notice(self, at):
        heat = self.heat_at(at)
        if heat not in HEAT_TOLD or (heat == self.Heat.HELD and self.rule == self.Rule.HELD):
            return ""
        return HEAT_TOLD[heat] % {"until": hour_of(timezone.localtime(self.heat_until)), "why": self.heat_why}

    def why_closed(self, at=None):
        """Return the sentence that tells readers why they cannot write now; empty where they can.

        Whether the story takes comments at all, `article.takes_comments` says.
        """
        at = at or timezone.now()
        if self.rule == self.Rule.CLOSED:
            return gettext("A moderator has closed the conversation below this story.")
        if self.closes_at and self.closes_at <= at:
            return _closed_by_age(self.open_for_days)
        if self.heat_at(at) == self.Heat.CLOSED:
            until = hour_of(timezone.localtime(self.heat_until))
            told = {"until": until, "why": self.heat_why or gettext("it ran too hot")}
            return gettext("The conversation is closed until %(until)s: %(why)s.") % told
        return ""


HEAT_TOLD = {
    # Translators: %(why)s are figures, such as “several reports came from readers”.
    Thread.Heat.SLOW: _(
        "Slow mode: one comment every two minutes from each reader, until %(until)s at least: %(why)s."
    ),
    Thread.Heat.HELD: _("A moderator reads every comment first, until %(until)s at least: %(why)s."),
}


def _closed_by_age(days):
    told = ngettext(
        "The conversation closed %(count)s day after the story was published.",
        "The conversation closed %(count)s days after the story was published.",
        days,
    )
    return told % {"count": days}
