from django import forms

from articles import publishing
from articles.admin.acts.act_form import GateForm


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


class NotedForm(GateForm):
    """A change that readers are told of on the story itself."""

    at_foot = forms.TypedChoiceField(
        label="The note stands",
        choices=[(False, "at the head of the story"), (True, "at its foot")],
        coerce=lambda value: value in (True, "True"),
        initial=False,
        widget=forms.RadioSelect,
        help_text="At the head, if somebody who read the story would think otherwise now.",
    )


class ClarificationForm(NotedForm):
    act = staticmethod(publishing.clarify)

    note = note_field("What could be misunderstood, and what is meant. Readers see it on the story.")
    field_order = ["note", "at_foot"]


class CorrectionForm(NotedForm):
    act = staticmethod(publishing.correct)

    note = note_field(
        "What was wrong, and what is right. Readers see it on the story and among the corrections."
    )
    field_order = ["note", "at_foot"]
