from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.models.period import Period, PeriodQuerySet

LONGEST = timedelta(hours=24)


class BreakingNewsQuerySet(PeriodQuerySet):
    def showing(self, at=None):
        """What stands on every page at the instant `at`: the newest that runs, or nothing. One query.

        `is_linked` says whether readers see its story. Where it was withdrawn, its bar goes with it.
        """
        at = at or timezone.now()
        article = self.model.article.field.related_model
        seen = article.objects.visible(at).filter(pk=OuterRef("article"))
        running = self.running(at).exclude(article__state=article.State.WITHDRAWN)
        newest = running.annotate(is_linked=Exists(seen)).select_related("article")
        return newest.order_by("-starts_at", "-pk")[:1]

    def next_change(self, at):
        """As every period's; and when a story comes out to which one that is not over links."""
        stories = self.model.article.field.related_model.objects.filter(
            pk__in=self.not_over(at).values("article")
        )
        instants = super().next_change(at), stories.next_change(at)
        return min(filter(None, instants), default=None)


class BreakingNews(Period):
    """A bar at the head of every page, for some hours at most."""

    words = models.CharField(max_length=120, help_text="One sentence, as readers find it on every page.")
    article = models.ForeignKey(
        "Article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="story",
        help_text="The words link to it while readers see it. If it is withdrawn, the bar goes.",
    )
    ends_at = models.DateTimeField("end")

    objects = BreakingNewsQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = verbose_name_plural = "breaking news"
        indexes = [models.Index(fields=["ends_at"], name="breaking_news_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="breaking_news_ends_after_start",
                violation_error_message="The bar ends after it starts.",
            ),
        ]

    def __str__(self):
        return self.words

    def clean(self):
        if self.starts_at and self.ends_at and self.ends_at > self.starts_at + LONGEST:
            raise ValidationError("A bar stands for 24 hours at most. What is news for longer is a story.")
