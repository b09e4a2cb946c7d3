from django import forms
from django.utils.text import Truncator

from articles import error_reports, publishing
from articles.admin.acts.act_form import GateForm
from articles.zones import moment


def note_field(help_text):
    return forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=help_text,
    )


class PublicationForm(GateForm):
    act = staticmethod(publishing.publish)


class UpdateForm(GateForm):
    act = staticmethod(publishing.update)

    note = note_field("What is new. Readers see it in the story's history.")


class StyleForm(GateForm):
    act = staticmethod(publishing.restyle)


class ReportsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, report):
        return f"{Truncator(report.words).chars(120)} (of {moment(report.created_at)})"


class NotedForm(GateForm):
    """A change that readers are told of on the story itself, and that may answer what they reported."""

    reports = ReportsField(
        queryset=None,
        required=False,
        label="This answers the reports",
        widget=forms.CheckboxSelectMultiple,
        help_text="Who sent one finds this change at the address that we gave out.",
    )

    at_foot = forms.TypedChoiceField(
        label="The note stands",
        choices=[(False, "at the head of the story"), (True, "at its foot")],
        coerce=lambda value: value in (True, "True"),
        initial=False,
        widget=forms.RadioSelect,
        help_text="At the head, if somebody who read the story would think otherwise now.",
    )

    def __init__(self, article, by, data=None):
        super().__init__(article, by, data)
        waiting = error_reports.open_for(article)
        self.fields["reports"].queryset = waiting
        if not (by.has_perm("articles.answer_errorreport", article) and waiting.exists()):
            del self.fields["reports"]

    def words(self):
        return {name: value for name, value in super().words().items() if name != "reports"}

    def perform(self):
        """Publish the change, then answer with it. The caller is in a transaction."""
        done = super().perform()
        reports = self.cleaned_data.get("reports")
        if done and reports:
            error_reports.answer_with(self.article.live_version, list(reports), self.by)
        return done


class ClarificationForm(NotedForm):
    act = staticmethod(publishing.clarify)

    note = note_field("What could be misunderstood, and what is meant. Readers see it on the story.")
    field_order = ["note", "at_foot", "reports"]


class CorrectionForm(NotedForm):
    act = staticmethod(publishing.correct)

    note = note_field(
        "What was wrong, and what is right. Readers see it on the story and among the corrections."
    )
    field_order = ["note", "at_foot", "reports"]
