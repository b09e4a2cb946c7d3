"""Pages on which one row is changed, by several people: nobody overwrites what they have not seen."""

import hashlib
import json

from django import forms
from django.forms.models import model_to_dict
from django.utils.html import strip_tags
from django.utils.text import Truncator

from articles.admin.shared_list import who_changed

CAME_LATE = (
    "{who} changed this after you opened it, so nothing is saved yet. What you typed stands in the "
    "fields, with what stands now said below. Save again to put yours in its place."
)
MOST_CHARACTERS_SAID = 300


class SharedRowForm(forms.ModelForm):
    """Carries along a mark of what stood there when the page was opened."""

    account = None  # who edits; the desk gives it
    marked = ()  # fields of the row that are asked for by no field of the form

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self._mark(self.instance)

    @property
    def changed_data(self):
        return [name for name in super().changed_data if name != "seen"]

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk or not cleaned.get("seen"):
            return cleaned
        # Held until this page's transaction ends: what is compared still stands when it is written.
        stored = self._meta.model._base_manager.select_for_update().filter(pk=self.instance.pk).first()
        if stored and cleaned["seen"] != self._mark(stored):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self._mark(stored)
            self.add_error(None, CAME_LATE.format(who=who_changed(stored, self.account)))
            for name, stands in self._values(stored).items():
                if name in self.fields and self.fields[name].has_changed(stands, self[name].data):
                    self.add_error(name, f"Now this stands here: {self._said(stored, name)}")
        return cleaned

    def _mark(self, row):
        values = json.dumps(self._values(row), default=str)
        return hashlib.sha256(values.encode()).hexdigest()[:24]

    def _values(self, row):
        return model_to_dict(row, fields=[*self.fields, *self.marked])

    def _said(self, row, name):
        value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
        return Truncator(strip_tags(str(value))).chars(MOST_CHARACTERS_SAID) or "nothing"


class SharedRowMixin:
    """For the admin of a noun with such a page."""

    form = SharedRowForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"account": request.user})
