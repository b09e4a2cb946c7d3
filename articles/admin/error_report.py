from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from articles import error_reports
from articles.admin.desk import ReadOnlyAdmin
from articles.history import word_difference
from articles.models import ErrorReport
from articles.passages import PARTS, passage_at
from articles.publishing import NotReady
from articles.rights import reports_at_desk
from articles.zones import moment, zone_of

State = ErrorReport.State
LATE = timedelta(days=1)
EVERY = "all"


class VersionChoice(forms.ModelChoiceField):
    def label_from_instance(self, version):
        return f"{version.get_kind_display().capitalize()} of {moment(version.published_at)}: {version.note}"


class AnswerForm(forms.Form):
    """Was it an error? Then which version put it right, and else why not."""

    verdict = forms.ChoiceField(
        label="What came of it",
        choices=[
            (State.CORRECTED, "It was an error, and it is corrected"),
            (State.NO_ERROR, "It is not an error"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was an error."},
    )
    correction = VersionChoice(
        queryset=None,
        label="Put right by",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "This version cannot have corrected it. Choose again."},
    )
    answer = forms.CharField(
        label="Answer",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="The sender reads it. Needed where it is not an error; a correction has its own note.",
    )

    def __init__(self, report, data=None):
        self.report = report
        corrections = error_reports.corrections_for(report)
        newest = corrections.first()
        super().__init__(data, initial={"correction": newest, "verdict": newest and State.CORRECTED})
        self.fields["correction"].queryset = corrections
        self.has_correction = newest is not None

    def clean(self):
        cleaned = super().clean()
        lacks_version = cleaned.get("verdict") == State.CORRECTED and not cleaned.get("correction")
        if lacks_version and self.has_correction:
            self.add_error("correction", "Choose the version that put it right.")
        elif lacks_version:
            self.add_error(
                "verdict", "No correction was published since the report: correct the story first."
            )
        return cleaned

    def answer_as(self, by):
        """Answer, or keep in the form what is missing; return whether it is done. Raises AlreadyDecided."""
        said = self.cleaned_data
        if said["verdict"] == State.CORRECTED:
            if not error_reports.answer_with(said["correction"], [self.report], by, answer=said["answer"]):
                self.report.refresh_from_db()
                raise error_reports.AlreadyDecided(self.report)
            return True
        try:
            error_reports.refuse(self.report, by, said["answer"])
        except NotReady as refusal:
            self.add_error("answer", str(refusal))
        return not self.errors


class StateFilter(admin.SimpleListFilter):
    """Those that wait, unless another state is asked for."""

    title = parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*State.choices, (EVERY, "all")]

    def choices(self, changelist):
        for value, name in [(None, "waiting"), *self.lookup_choices]:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": name,
            }

    def queryset(self, request, reports):
        if self.value() is None:
            return reports.waiting()
        return reports if self.value() == EVERY else reports.filter(state=self.value())


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin):
    """The inbox of what readers say is wrong: the oldest first, with its age."""

    list_display = ["excerpt", "age", "state_in_words", "story", "section", "where", "handled_by"]
    list_filter = [StateFilter, "article__section"]
    list_select_related = [
        "article__section",
        "article__live_version",
        "version",
        "correction",
        "taken_by",
        "decided_by",
    ]
    list_per_page = 50
    sortable_by = []

    # The list

    def get_queryset(self, request):
        reports = reports_at_desk(request.user, super().get_queryset(request))
        return reports.oldest_first()

    def get_ordering(self, request):
        return ["created_at", "pk"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Reports of errors"} | (extra_context or {}))

    @admin.display(description="what is wrong")
    def excerpt(self, report):
        return Truncator(report.words).chars(120)

    @admin.display
    def age(self, report):
        return age_of(report)

    @admin.display(description="state")
    def state_in_words(self, report):
        return state_of(report)

    @admin.display(description="story")
    def story(self, report):
        return report.article.headline

    @admin.display
    def section(self, report):
        return report.article.section

    @admin.display
    def where(self, report):
        return PARTS.get(report.place, "In the text")

    @admin.display(description="with", empty_value="nobody yet")
    def handled_by(self, report):
        return report.decided_by or report.taken_by

    # Rights

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_errorreport", obj and obj.article)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    # The page of one report

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/taking/", wrap(self.taking), name="articles_errorreport_taking"),
            path("<int:pk>/answer/", wrap(self.answer), name="articles_errorreport_answer"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        report = self._find(request, object_id, "view_errorreport")
        return self._show(request, report, AnswerForm(report))

    @method_decorator(require_POST)
    def taking(self, request, pk):
        report = self._find(request, pk, "answer_errorreport")
        try:
            error_reports.take(report, request.user)
        except error_reports.AlreadyDecided as fact:
            self.message_user(request, str(fact), messages.WARNING)
        return redirect("admin:articles_errorreport_change", pk)

    @method_decorator(require_POST)
    def answer(self, request, pk):
        report = self._find(request, pk, "answer_errorreport")
        form = AnswerForm(report, request.POST)
        try:
            if report.is_decided:
                raise error_reports.AlreadyDecided(report)
            if not form.is_valid() or not form.answer_as(request.user):
                return self._show(request, report, form)
            self.message_user(request, "The report is answered.", messages.SUCCESS)
        except error_reports.AlreadyDecided as fact:
            self.message_user(request, f"{fact} Your answer was not sent.", messages.WARNING)
        return redirect("admin:articles_errorreport_change", pk)

    def _find(self, request, pk, right):
        """Return the report for this account. Raises Http404 or PermissionDenied."""
        if not request.user.has_perm(f"articles.{right}"):
            raise PermissionDenied
        report = self.get_object(request, pk)
        if report is None:
            raise Http404
        if not request.user.has_perm(f"articles.{right}", report.article):
            raise PermissionDenied
        return report

    def _show(self, request, report, form):
        context = self.admin_site.each_context(request) | {
            "title": f"Report {report.pk}",
            "opts": self.opts,
            "report": report,
            "headline": report.article.headline,
            "where": self.where(report),
            "age": age_of(report),
            "state": state_of(report),
            "times": times_of(report, zone_of(request.user)),
            "now_there": now_there(report),
            "may_answer": request.user.has_perm("articles.answer_errorreport", report.article),
            "may_correct": request.user.has_perm("articles.correct_article", report.article),
            "form": form,
        }
        return render(request, "admin/articles/errorreport/report.html", context)


def age_of(report):
    """Say how long the report has waited, marked from a day on; or how long it took to answer."""
    end = report.decided_at or timezone.now()
    words = timesince(report.created_at, end, depth=1)
    if report.is_decided:
        return f"answered after {words}"
    late = "yes" if end - report.created_at >= LATE else "no"
    return format_html(
        '<time class="desk-age" data-late="{}" datetime="{}" title="{}">{}</time>',
        late,
        report.created_at.isoformat(),
        moment(report.created_at),
        words,
    )


def state_of(report):
    return format_html(
        '<span class="desk-state" data-state="{}">{}</span>', report.state, report.get_state_display()
    )


def times_of(report, zone):
    """Yield what happened to the report, by whom and when."""
    yield "Received", "", moment(report.created_at, zone)
    if report.taken_at:
        yield "Looked at", report.taken_by, moment(report.taken_at, zone)
    if report.decided_at:
        yield "Answered", report.decided_by, moment(report.decided_at, zone)


def now_there(report):
    """Return as HTML what has become of the passage since, empty where it stands as it stood."""
    version = report.article.live_version
    if version is None or not report.passage or version.pk == report.version_id:
        return ""
    passage = passage_at(version, report.place)
    if passage and passage.words == report.passage:
        return ""
    return word_difference(report.passage, passage.words if passage else "")
