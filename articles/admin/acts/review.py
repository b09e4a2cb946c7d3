from django import forms

from articles import publishing
from articles.admin.acts.act_form import ActForm


class SubmissionForm(ActForm):
    act = staticmethod(publishing.submit)


class SendingBackForm(ActForm):
    act = staticmethod(publishing.send_back)

    note = forms.CharField(
        label="What is to be done",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="The writer finds it on the story's page.",
    )


class ApprovalForm(ActForm):
    act = staticmethod(publishing.approve)
