from django.contrib import admin

from articles.admin.desk import ReadOnlyAdmin
from articles.models import LogEntry


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who did what to which story, for reading."""

    list_display = ["at", "by", "act", "story", "version_number", "note"]
    list_filter = ["act", "at"]
    list_select_related = ["by"]
    fields = readonly_fields = ["at", "by", "act", "story", "version_number", "note"]

    def get_queryset(self, request):
        # A join, but an outer one: the entry of a deleted draft has no story any more.
        return super().get_queryset(request).prefetch_related("article__live_version", "article__draft")

    @admin.display(description="what")
    def story(self, entry):
        if entry.article:
            return str(entry.article)
        return entry.subject or f"(deleted draft {entry.article_id})"
