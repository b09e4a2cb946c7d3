from django.contrib import admin

from articles.admin.body import BodyMediaMixin, body_field
from articles.admin.desk import DeskAdmin
from articles.admin.shared_list import SharedListMixin
from articles.admin.shared_row import SharedRowMixin
from articles.models import Page


@admin.register(Page)
class PageAdmin(SharedListMixin, BodyMediaMixin, SharedRowMixin, DeskAdmin):
    list_display = ["title", "slug", "order", "changed_at"]
    list_editable = ["order"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "body":
            return body_field(pictures=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
