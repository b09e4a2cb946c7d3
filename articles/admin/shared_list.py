"""Lists that are edited row by row, by several people: nobody overwrites what they have not seen."""

from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseModelFormSet

from articles.zones import moment, zone_of

CAME_LATE = (
    "Somebody changed this list after you opened it, so nothing is saved yet. What you typed stands in "
    "the fields, beside what stands now. Save again to put yours in its place."
)


class SharedListFormSet(BaseModelFormSet):
    """Each field carries along what stood in it when the page was opened: Django's hidden initial value.

    So a field counts as changed where this person changed it, and a row that somebody else
    changed meanwhile can be told.
    """

    account = None  # who edits; the desk gives it

    def add_fields(self, form, index):
        names = list(form.fields)
        super().add_fields(form, index)
        for name in names:
            field = form.fields[name]
            field.show_hidden_initial, field.help_text = True, ""
            if form.instance.pk:
                field.widget.attrs["aria-label"] = f"{form[name].label} of {form.instance}"

    def clean(self):
        super().clean()
        if not self.has_changed():
            return
        said = [sentence for form in self.forms for sentence in self._came_late(form)]
        if said:
            raise ValidationError([CAME_LATE, *said], code="stale")

    def _came_late(self, form):
        """Say what somebody did to the row since the page was opened."""
        if form.instance.pk is None:
            yield "A row that stood here was removed."
            return
        for name, stands in form.initial.items():
            seen = seen_in(form, name)
            if seen != stands:
                who, label = who_changed(form.instance, self.account), form[name].label.lower()
                yield f"{who} changed the {label} of “{form.instance}” from {seen} to {stands}."


def who_changed(row, account):
    """Say who changed it last, and when by the clock of the account."""
    kind = get_content_type_for_model(row)
    entries = AdminLogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related("user")
    newest = entries.order_by("-action_time", "-pk").first()
    if newest is None:
        return "Somebody"
    return f"{newest.user}, on {moment(newest.action_time, zone_of(account))},"


def seen_in(form, name):
    """Return what stood in the field when the page was opened; None where the page does not say."""
    field = form.fields[name]
    sent = form[name]
    try:
        return field.to_python(
            field.hidden_widget().value_from_datadict(form.data, {}, sent.html_initial_name)
        )
    except ValidationError:
        return None


class SharedListMixin:
    """For the admin of a noun whose list is edited in place."""

    def get_changelist_formset(self, request, **kwargs):
        formset = super().get_changelist_formset(request, formset=SharedListFormSet, **kwargs)
        return type(formset.__name__, (formset,), {"account": request.user})

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST" or "_save" not in request.POST:
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            # Whoever saves the list holds its rows: what it is compared with still stands when it is written.
            list(self.model._default_manager.select_for_update().order_by("pk").values_list("pk"))
            response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", {}).get("cl")
        if listed and listed.formset:
            listed.formset = _on_rows_as_they_stand(listed)
        return response


def _on_rows_as_they_stand(listed):
    """Lay what was typed over the list as it is now: rows may have moved, come or gone.

    Where somebody changed what was typed over, the field says so; where nothing was typed,
    what stands now is shown.
    """
    sent = listed.formset
    typed = {form.instance.pk: form for form in sent.forms if form.instance.pk}
    rows = list(listed.result_list)
    data, remarks = sent.data.copy(), []
    for count in ("INITIAL_FORMS", "TOTAL_FORMS"):
        data[sent.management_form.add_prefix(count)] = len(rows)
    for number, row in enumerate(rows):
        data[f"{sent.add_prefix(number)}-id"] = row.pk
        for name in listed.list_editable:
            html_name, stands = f"{sent.add_prefix(number)}-{name}", getattr(row, name)
            form = typed.get(row.pk)
            is_typed = form is not None and name in form.changed_data
            data[html_name] = form[name].data if is_typed else stands
            data[f"initial-{html_name}"] = stands
            if is_typed and seen_in(form, name) != stands:
                remarks.append((number, name, f"Now {stands} stands here."))
    shown = type(sent)(data, queryset=listed.result_list)
    shown.full_clean()
    shown._non_form_errors = sent.non_form_errors()
    for number, name, remark in remarks:
        shown.forms[number].add_error(name, remark)
    return shown
