from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from articles.admin.desk import DeskAdmin
from articles.models import LogEntry, SectionRole

admin.site.unregister(User)
admin.site.unregister(Group)


class SectionRoleInline(admin.TabularInline):
    model = SectionRole
    extra = 1
    verbose_name, verbose_name_plural = "role in one section", "roles in single sections"


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
    """Accounts, their roles everywhere, and their roles in single sections."""

    inlines = [SectionRoleInline]
    view_on_site = False

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        """Whoever did something stays in the record. Such an account is switched off, not deleted."""
        if obj is not None and LogEntry.objects.filter(by=obj).exists():
            return False
        return super().has_delete_permission(request, obj)


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):
    view_on_site = False
