from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.desk import ReadOnlyAdmin
from articles.models import LogEntry


class WhoFilter(admin.SimpleListFilter):
    """The people of the newsroom: asked of the accounts, not of the whole record."""

    title, parameter_name = "who", "by"

    def lookups(self, request, model_admin):
        people = get_user_model().objects.filter(is_staff=True).order_by("username")
        return list(people.values_list("pk", "username"))

    def queryset(self, request, entries):
        return entries.filter(by=self.value()) if self.value() else entries


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who did what to which story, for reading."""

    list_display = ["at", "by", "act", "story", "version_number", "note"]
    list_filter = [WhoFilter, "act", "at"]
    list_select_related = ["by"]
    list_per_page = 50
    fields = readonly_fields = ["at", "by", "act", "story", "version_number", "note"]
    search_fields = ["subject", "note", "article__slug", "article__live_version__headline"]
    search_help_text = "Searches what it was about, its note, and the address or headline of the story."

    def get_queryset(self, request):
        # A join, but an outer one: the entry of a deleted draft has no story any more.
        return super().get_queryset(request).prefetch_related("article__live_version", "article__draft")

    @admin.display(description="what")
    def story(self, entry):
        if entry.article:
            page = reverse("admin:articles_article_change", args=[entry.article_id])
            return format_html('<a href="{}">{}</a>', page, entry.article)
        return entry.subject or f"(deleted draft {entry.article_id})"
