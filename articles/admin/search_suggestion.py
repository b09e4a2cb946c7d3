from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.admin.shared_row import SharedRowMixin
from articles.models import SearchSuggestion


@admin.register(SearchSuggestion)
class SearchSuggestionAdmin(SharedRowMixin, DeskAdmin):
    list_display = ["typed", "suggested"]
    search_fields = ["typed", "suggested"]
