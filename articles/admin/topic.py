from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.admin.shared_row import SharedRowMixin
from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(SharedRowMixin, DeskAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
