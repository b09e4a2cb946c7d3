from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from articles.models.period import Period, PeriodQuerySet


class HomeSlotQuerySet(PeriodQuerySet):
    def leading(self, at=None):
        """Of the slots that run at the instant `at`, the best one of each story: a story stands once."""
        running = self.running(at or timezone.now())
        best = running.filter(article=OuterRef("article")).order_by(*self.model._meta.ordering)
        return running.filter(pk=Subquery(best.values("pk")[:1]))


class HomeSlot(Period):
    """A place on the home page that an editor filled. A slot whose story is not visible falls to the next.

    Several slots may have one number, at different times or at the same: of those that
    run, the one that started last stands there, and the others follow behind it.
    """

    order = models.PositiveSmallIntegerField(
        help_text="1 is the lead; the next four stand beside it. Of two with one number, the one that "
        "started last stands first."
    )
    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="home_slots", verbose_name="story"
    )
    ends_at = models.DateTimeField("end", null=True, blank=True)

    objects = HomeSlotQuerySet.as_manager()

    class Meta:
        ordering = ["order", "-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="home_slot_ends_after_start",
                violation_error_message="A slot ends after it starts.",
            ),
        ]

    def __str__(self):
        return str(self.article)
