"""What the pages of the desk have in common."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import ProtectedError
from django.forms import ModelMultipleChoiceField
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst

from articles.models import LogEntry
from articles.rights import has_everywhere


class OnlyKeys:
    """Shows chosen values of a field that completes what is typed; what is no key is nobody's."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if _is_key(key)], attr)


def _is_key(value):
    """Whether a database of 64 bits can be asked for it."""
    text = str(value)
    return text.isascii() and text.isdecimal() and int(text[:30]) < 2**63


class CompletingSelect(OnlyKeys, AutocompleteSelect):
    pass


class CompletingSelectMultiple(OnlyKeys, AutocompleteSelectMultiple):
    pass


class KeyedMultipleChoiceField(ModelMultipleChoiceField):
    def _check_values(self, value):
        odd = next((key for key in value if not _is_key(key)), None)
        if odd is not None:
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": odd})
        return super()._check_values(value)


class CompletesSafely:
    """For admins and inlines: what the address or a form carries for such a field breaks no page."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", CompletingSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", CompletingSelectMultiple(db_field, self.admin_site))
            kwargs.setdefault("form_class", KeyedMultipleChoiceField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class BoundedPaginator(Paginator):
    """Counts no further than anybody turns pages: lists grow for ever; filters find what is older."""

    MOST = 5000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.MOST].count()


class BoundedLists:
    """For admins: a value that no database knows, in a filter or as a key, finds nothing."""

    paginator = BoundedPaginator

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError):
            if "e" in request.GET:
                raise
            return redirect(f"{request.path}?e=1")

    def get_object(self, request, object_id, from_field=None):
        try:
            return super().get_object(request, object_id, from_field)
        except OverflowError:
            return None


class DeskAdmin(CompletesSafely, BoundedLists, admin.ModelAdmin):
    """A noun of the desk. What is done to it stands in the record of the newsroom too."""

    show_full_result_count = False

    def has_add_permission(self, request):
        return super().has_add_permission(request) and self._may_everywhere(request, "add")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_everywhere(request, "change")

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_everywhere(request, "delete")

    def _may_everywhere(self, request, act):
        """What all sections share is not for who has a role in one; stories and pictures ask otherwise."""
        return has_everywhere(request.user, f"{self.opts.app_label}.{act}_{self.opts.model_name}")

    def view_on_site(self, noun):
        """Link to the page itself: the admin's own redirect tells any account any address."""
        return noun.get_absolute_url()

    def changelist_view(self, request, extra_context=None):
        named = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, named | (extra_context or {}))

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            said = "Somebody has put it to use since you opened this page, so it was not deleted."
            self.message_user(request, said, messages.ERROR)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)

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


class ReadOnlyAdmin(BoundedLists, admin.ModelAdmin):
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
