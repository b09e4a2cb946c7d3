"""What the pages of the desk have in common."""

from django.contrib import admin
from django.utils.text import capfirst

from articles.models import LogEntry


class DeskAdmin(admin.ModelAdmin):
    """A noun of the desk. What is done to it stands in the record of the newsroom too."""

    show_full_result_count = False

    def view_on_site(self, noun):
        """Link to the page itself: the admin's own redirect tells any account any address."""
        return noun.get_absolute_url()

    def changelist_view(self, request, extra_context=None):
        named = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, named | (extra_context or {}))

    def log_addition(self, request, noun, message):
        self.record(LogEntry.Act.ADD, request, noun)
        return super().log_addition(request, noun, message)

    def log_change(self, request, noun, message):
        entry = super().log_change(request, noun, message)
        self.record(LogEntry.Act.CHANGE, request, noun, entry.get_change_message() if message else "")
        return entry

    def log_deletions(self, request, nouns):
        for noun in nouns:
            self.record(LogEntry.Act.DELETE, request, noun)
        return super().log_deletions(request, nouns)

    def record(self, act, request, noun, note=""):
        LogEntry.record(act, request.user, subject=f"{self.opts.verbose_name} “{noun}”", note=note)


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
