from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class PreviewNoteQuerySet(models.QuerySet):
    def on(self, article):
        """Notes by whatever link to the story, without the words that a link may be fixed to."""
        notes = self.filter(opening__link__article=article).select_related("opening__link", "resolved_by")
        return notes.defer("opening__link__words")

    def unresolved(self):
        return self.filter(resolved_at=None)

    def resolve(self, by, now=None):
        return self.unresolved().update(resolved_at=now or timezone.now(), resolved_by=by)


class PreviewNote(models.Model):
    """What the holder of a preview link says to a paragraph, or with no `block` to the whole story."""

    opening = models.ForeignKey("PreviewOpening", on_delete=models.PROTECT, related_name="notes")
    block = models.CharField(max_length=10, blank=True, help_text="The id of the paragraph: p-1234abcd.")
    passage = models.TextField(blank=True, help_text="How the paragraph began when the note was left.")
    words = models.TextField()
    name = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    mark = models.CharField(max_length=60, help_text="The state of the story's words that it was left on.")
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = PreviewNoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="preview_note_resolved_by_somebody",
            )
        ]

    def __str__(self):
        return f"{self.name}: {self.words[:50]}"
