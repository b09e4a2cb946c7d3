"""A form that is sent twice, by a double press or a page that is loaded anew, makes one thing."""

import hashlib
import json
import secrets
import uuid

from django import forms
from django.db import IntegrityError


class SentOnceForm(forms.ModelForm):
    """Carries a key that no other page has, while what it makes is not there yet."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("key", secrets.token_urlsafe(16))

    def clean(self):
        if not self.instance.pk:
            self.instance.sent_as = mark_of(self.data)
        return super().clean()


class SentOnceMixin:
    """For the admin of a noun that has `sent_as` for the mark of the form that made it.

    Other words under the same key are other words: they make something of their own.
    """

    def add_view(self, request, form_url="", extra_context=None):
        if request.method != "POST" or not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        try:
            return self._answer_again(request) or super().add_view(request, form_url, extra_context)
        except IntegrityError:  # both came at the same instant
            answer = self._answer_again(request)
            if answer is None:
                raise
            return answer

    def _answer_again(self, request):
        mark = mark_of(request.POST)
        made = mark and self.get_queryset(request).filter(sent_as=mark).first()
        return self.response_add(request, made) if made else None


def mark_of(sent):
    """Return what tells this form from every other; None where it has no key."""
    if not sent.get("key"):
        return None
    fields = sorted((name, sent.getlist(name)) for name in sent if name != "csrfmiddlewaretoken")
    return uuid.UUID(bytes=hashlib.sha256(json.dumps(fields).encode()).digest()[:16])
