from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.admin.shared_row import SharedRowMixin
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(SharedRowMixin, DeskAdmin):
    list_display = ["name", "role", "is_desk"]
    list_filter = ["is_desk"]
    search_fields = ["name", "role"]
    prepopulated_fields = {"slug": ["name"]}

    def get_exclude(self, request, obj=None):
        """Only those who manage accounts may tie a name to one, or see which is tied."""
        return [] if request.user.has_perm("auth.change_user") else ["user"]
