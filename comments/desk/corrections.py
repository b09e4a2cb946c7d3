from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from articles.models import Version
from comments.desk.access import at_the_desk
from comments.desk.telling import last_done
from comments.models import ReaderComment
from comments.moderation import acts
from comments.moderation.acts.record import check_right
from comments.moderation.acts.tracing import RIGHT_TO_CORRECT


class CorrectionField(forms.ModelChoiceField):
    def label_from_instance(self, version):
        at = date_format(timezone.localtime(version.published_at), "j F Y, H:i")
        return f"{at}: {version.note[:80]}"


class TraceForm(forms.Form):
    """Which correction a comment led to, and what was said of it when the page was opened."""

    correction = CorrectionField(
        Version.objects.none(),
        label="It led to",
        required=False,
        empty_label="no correction",
        help_text="Readers find it on the comment, with a link to the correction in the story's history.",
        widget=forms.Select(attrs={"class": "field__input"}),
        error_messages={"invalid_choice": "Choose a correction of this story that came after the comment."},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, comment, data=None):
        super().__init__(data, initial={"correction": comment.led_to_id, "seen": comment.led_to_id})
        self.fields["correction"].queryset = comment.corrections_since()


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request, pk):
    """Say to which correction of its story a comment led."""
    comments = ReaderComment.objects.published().below_visible_stories()
    comment = get_object_or_404(comments.select_related("article__live_version").numbered(pk))
    check_right(request.user, comment.article, or_else=RIGHT_TO_CORRECT)
    form = TraceForm(comment, request.POST or None)
    if form.is_valid():
        wish = form.cleaned_data
        try:
            acts.trace(comment, request.user, wish["correction"], instead_of=wish["seen"])
        except acts.AlreadyDecided as fact:
            messages.warning(request, str(fact))
        else:
            messages.success(request, "Saved.")
        return redirect("moderation:correction", comment.pk)
    context = {"comment": comment, "form": form, "last_done": last_done(request.user)}
    return render(request, "moderation/correction.html", context, status=422 if form.is_bound else 200)
