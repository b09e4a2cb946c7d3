from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.admin.shared_list import SharedListMixin
from articles.admin.shared_row import SharedRowMixin
from articles.models import Section


@admin.register(Section)
class SectionAdmin(SharedListMixin, SharedRowMixin, DeskAdmin):
    list_display = ["name", "slug", "order", "is_brief"]
    list_editable = ["order"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
