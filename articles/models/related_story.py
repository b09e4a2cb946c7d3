from django.core.exceptions import ValidationError
from django.db import models


class RelatedStory(models.Model):
    """A story that an editor picked to stand beside another: one of ours, or an outside address."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="related_stories")
    order = models.PositiveSmallIntegerField(default=0)
    target = models.ForeignKey(
        "Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="our story",
    )
    url = models.URLField("outside address", max_length=500, blank=True)
    title = models.CharField(
        max_length=200, blank=True, help_text="For an outside address: what the reader will find."
    )
    reason = models.CharField(
        max_length=80, blank=True, help_text="Why it stands here, in the reader's words: Background."
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "related stories"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=False, url="")
                | (models.Q(target__isnull=True) & ~models.Q(url="") & ~models.Q(title="")),
                name="related_ours_or_outside",
                violation_error_message="Choose one of our stories, or give an outside address with a title.",
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target=models.F("article")),
                name="related_not_itself",
                violation_error_message="A story is not related to itself.",
            ),
            models.UniqueConstraint(
                fields=["article", "target"],
                name="related_once",
                violation_error_message="This story is on the list already.",
            ),
        ]

    def __str__(self):
        return self.title or str(self.target)

    def clean(self):
        """Say before the database does what the constraint says: forms of a list leave it out."""
        if self.target_id and self.target_id == self.article_id:
            raise ValidationError({"target": "A story is not related to itself."})
