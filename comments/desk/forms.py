from datetime import timedelta

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone

from comments.moderation import seen
from comments.moderation.guidelines import Guideline

LONGEST_WORDS = 1000
CHOOSE_GUIDELINE = "Choose the guideline that is broken."
LENGTHS = {"1": "a day", "7": "a week", "30": "thirty days", "365": "a year"}


def words_field(label, *, required=False, help_text="", missing="Write something."):
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_WORDS,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2, "class": "field__input", "dir": "auto"}),
        error_messages={"required": missing},
    )


def guideline_field(**kwargs):
    return forms.ChoiceField(
        label="Guideline",
        choices=[("", "Choose one"), *Guideline.choices],
        widget=forms.Select(attrs={"class": "field__input"}),
        error_messages={"required": CHOOSE_GUIDELINE, "invalid_choice": CHOOSE_GUIDELINE},
        **kwargs,
    )


def words_to_writer(**kwargs):
    return words_field("Words to the writer", **kwargs)


class DecisionForm(forms.Form):
    """What becomes of the comments of a card, by one button: `remove` names its guideline at once.

    `seen` is the mark of the case when the card was shown.
    """

    act = forms.ChoiceField(
        choices=[
            ("approve", "Approve"),
            ("pick", "Pick"),
            *((f"remove:{value}", f"Remove: {label}") for value, label in Guideline.choices),
        ],
        error_messages={"required": "Choose what to do.", "invalid_choice": CHOOSE_GUIDELINE},
    )
    words = words_to_writer()
    note = words_field("Note for the record")
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_seen(self):
        return seen.read(seen.CaseMark, self.cleaned_data["seen"])

    @property
    def wish(self):
        """The act, its reason, the words to the writer and the note."""
        act, _, reason = self.cleaned_data["act"].partition(":")
        return {"act": act, "reason": reason} | {name: self.cleaned_data[name] for name in ("words", "note")}


class BulkForm(forms.Form):
    """One act for all that was ticked, or for a single comment."""

    act = forms.ChoiceField(
        label="Do",
        choices=[
            ("approve", "Approve"),
            ("remove", "Remove"),
            ("pick", "Pick"),
            ("unpick", "Take the pick away"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to do.", "invalid_choice": "Choose what to do."},
    )
    reason = guideline_field(required=False, help_text="If removed.")
    words = words_to_writer(help_text="If removed. Each writer reads them on the comment's own page.")
    note = words_field("Note for the record")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == "remove" and not cleaned.get("reason"):
            self.add_error("reason", CHOOSE_GUIDELINE)
        return cleaned


class AppealForm(forms.Form):
    """What becomes of an appeal, and why."""

    decision = forms.ChoiceField(
        label="The removal",
        choices=[("uphold", "stands"), ("overturn", "was wrong: the comment comes back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the removal."},
    )
    answer = words_field(
        "Your answer",
        required=True,
        help_text="The writer reads it on the comment's page.",
        missing="Say why: the writer reads your answer.",
    )


class QuestionForm(forms.Form):
    colleague = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label="Whom",
        widget=forms.Select(attrs={"class": "field__input"}),
        error_messages={"required": "Choose a colleague."},
    )
    question = words_field("Your question", required=True, missing="Write your question.")

    def __init__(self, *args, asker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = moderators().exclude(pk=asker.pk)


class NoteForm(forms.Form):
    text = words_field("Note for moderators", required=True, missing="Write the note.")


class WarningForm(forms.Form):
    """`seen` is how many sanctions were known when the page was made."""

    reason = guideline_field()
    words = words_field("What the person reads", help_text="The guideline is named anyway.")
    seen = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)

    def ask_again(self, sentence, known):
        """Say what came in between, with the words kept; sent again, it is meant so."""
        self.data = self.data.copy()
        self.data["seen"] = known
        self.add_error(None, f"{sentence} Send yours too if that is not enough.")


class SuspensionForm(WarningForm):
    days = forms.ChoiceField(
        label="For",
        choices=list(LENGTHS.items()),
        initial="7",
        widget=forms.Select(attrs={"class": "field__input"}),
    )
    field_order = ["reason", "days", "words"]

    @property
    def ends_at(self):
        return timezone.now() + timedelta(days=int(self.cleaned_data["days"]))


class BanForm(SuspensionForm):
    network = forms.ChoiceField(
        label="Whom",
        required=False,
        widget=forms.Select(attrs={"class": "field__input"}),
        help_text="Many people share a network.",
    )
    field_order = ["reason", "days", "network", "words"]

    def __init__(self, *args, networks=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].initial = "30"
        self.fields["network"].choices = [
            ("", "the person, by account and e-mail address"),
            *((network, f"everybody in {network}") for network in networks),
        ]


def moderators():
    """Return who may moderate, by name."""
    right = Permission.objects.filter(codename="moderate_comment", content_type__app_label="comments")
    may = Q(groups__permissions__in=right) | Q(user_permissions__in=right) | Q(is_superuser=True)
    accounts = get_user_model().objects.filter(may, is_active=True, is_staff=True)
    return accounts.distinct().order_by("username")
