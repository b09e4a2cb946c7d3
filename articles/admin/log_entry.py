from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from articles.admin.desk import ReadOnlyAdmin
from articles.models import Article, LogEntry
from articles.rights import sections_where, stories_at_desk


class WhoFilter(admin.SimpleListFilter):
    """The people of the newsroom: asked of the accounts, not of the whole record."""

    title, parameter_name = "who", "by"

    def lookups(self, request, model_admin):
        people = get_user_model().objects.filter(is_staff=True).order_by("username")
        return list(people.values_list("pk", "username"))

    def queryset(self, request, entries):
        if not self.value():
            return entries
        known = {str(key) for key, _ in self.lookup_choices}
        return entries.filter(by=self.value()) if self.value() in known else entries.none()


class DayFilter(admin.SimpleListFilter):
    """The last seven days by name, any other by its date. A span of time, which the index serves."""

    YEARS = range(1990, 9000)  # their instants exist in every zone

    title, parameter_name = "day", "day"
    template = "admin/articles/logentry/day.html"

    def __init__(self, request, *args):
        super().__init__(request, *args)
        self.other_filters = [pair for pair in request.GET.items() if pair[0] not in ("day", "p")]

    def lookups(self, request, model_admin):
        today = timezone.localdate()
        days = [today - timedelta(days=days) for days in range(7)]
        return [(day.isoformat(), date_format(day, "l, j F")) for day in days]

    def queryset(self, request, entries):
        try:
            day = date.fromisoformat(self.value() or "")
        except ValueError:
            return entries
        if day.year not in self.YEARS:
            return entries.none()
        begin, end = (datetime.combine(day + timedelta(days=more), time.min) for more in (0, 1))
        return entries.filter(at__gte=timezone.make_aware(begin), at__lt=timezone.make_aware(end))


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who did what to which story, for reading."""

    list_display = ["at", "by", "act", "story", "version_number", "note"]
    list_filter = [WhoFilter, "act", DayFilter]
    show_facets = admin.ShowFacets.NEVER  # they count the whole record, once for each choice
    list_select_related = ["by"]
    list_per_page = 50
    fields = readonly_fields = ["at", "by", "act", "story", "version_number", "note"]
    search_fields = ["subject", "note", "article__slug", "article__live_version__headline"]
    search_help_text = "Searches what it was about, its note, and the address or headline of the story."

    def get_queryset(self, request):
        # A join, but an outer one: the entry of a deleted draft has no story any more.
        entries = super().get_queryset(request)
        if sections_where(request.user, "articles.view_article") is not None:
            own = stories_at_desk(request.user, Article.objects.all())
            entries = entries.filter(Q(article__in=own) | Q(article=None, by=request.user))
        return entries.prefetch_related("article__live_version", "article__draft")

    @admin.display(description="what")
    def story(self, entry):
        if entry.article:
            page = reverse("admin:articles_article_change", args=[entry.article_id])
            return format_html('<a href="{}">{}</a>', page, entry.article)
        return entry.subject or f"(deleted draft {entry.article_id})"
