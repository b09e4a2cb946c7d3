from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import PROTECT
from django.shortcuts import redirect, render

from articles.admin.desk import DeskAdmin
from articles.models import SectionRole

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

    def get_actions(self, request):
        """Accounts are deleted one by one: each may have done something that keeps it."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        """Whoever did something stays: the page says so, and offers to switch the account off."""
        account = self.get_object(request, unquote(object_id))
        if account is None or not self.has_delete_permission(request, account) or not has_acted(account):
            return super().delete_view(request, object_id, extra_context)
        may_switch_off = self.has_change_permission(request, account) and account != request.user
        if request.method == "POST" and may_switch_off:
            return self._switch_off(request, account)
        context = self.admin_site.each_context(request) | {
            "title": "This account cannot be deleted",
            "opts": self.opts,
            "account": account,
            "may_switch_off": account.is_active and may_switch_off,
        }
        return render(request, "admin/auth/user/kept.html", context)

    def _switch_off(self, request, account):
        if account.is_active:
            account.is_active = False
            account.save(update_fields=["is_active"])
            self.log_change(request, account, "Switched off.")
        self.message_user(request, f"The account “{account}” is switched off.", messages.SUCCESS)
        return redirect("admin:auth_user_change", account.pk)


def has_acted(account):
    """Whether the account stands in a row that holds it: of the record, a version, a picture, a decision …"""
    relations = [field for field in User._meta.get_fields(include_hidden=True) if field.one_to_many]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: account}).exists()
        for relation in relations
        if relation.on_delete is PROTECT
    )


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):
    view_on_site = False
