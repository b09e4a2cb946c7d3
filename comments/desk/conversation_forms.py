import re

from django import forms

from articles.reader_fields import NameField
from comments.account_pages.holders import account_called
from comments.models import ReaderComment, Thread
from comments.models.thread import DAYS, MOST_DAYS
from comments.moderation.conversations import RULES

NUMBER = re.compile(r"[0-9]+")


class RulesForm(forms.ModelForm):
    """The rules, and what stood when the page was opened."""

    seen_mode = forms.CharField(widget=forms.HiddenInput)
    seen_rule = forms.CharField(widget=forms.HiddenInput)
    seen_closes_after_days = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Thread
        fields = RULES
        labels = {
            "mode": "Readers are asked for",
            "rule": "New comments",
            "closes_after_days": "Closes after",
        }
        widgets = {
            "mode": forms.Select(attrs={"class": "field__input"}),
            "rule": forms.Select(attrs={"class": "field__input"}),
            "closes_after_days": forms.NumberInput(
                attrs={"class": "field__input", "min": 0, "max": MOST_DAYS}
            ),
        }
        error_messages = {"closes_after_days": dict.fromkeys(("invalid", "min_value", "max_value"), DAYS)}

    def __init__(self, *args, instance, **kwargs):
        marks = {f"seen_{name}": getattr(instance, name) for name in RULES}
        super().__init__(*args, instance=instance, initial=marks, **kwargs)

    @property
    def wanted(self):
        return {name: self.cleaned_data[name] for name in RULES}

    @property
    def seen(self):
        return {name: self.cleaned_data[f"seen_{name}"] for name in RULES}

    def show_what_stands(self, fact):
        """Say what a colleague saved meanwhile; saved once more, these rules take its place."""
        stands = Thread(**fact.now)
        now = f"{stands.get_mode_display()}, {stands.get_rule_display()}"
        self.add_error(None, f"{fact} Now: {now}. Save again to put yours in place.")
        self.data = self.data.copy()
        for name, value in fact.now.items():
            self.data[f"seen_{name}"] = "" if value is None else value


class ExpertForm(forms.Form):
    account = forms.CharField(
        label="Account",
        max_length=254,
        help_text="The e-mail address with which they sign in; of a colleague, the login name.",
        widget=forms.TextInput(attrs={"class": "field__input", "autocomplete": "off"}),
        error_messages={"required": "Say whose account it is: experts answer signed in."},
    )
    name = NameField(help_text="Stands above their answers.", required="Give the name above their answers.")
    line = forms.CharField(
        label="Who they are",
        max_length=120,
        help_text="A few words beside the name: seismologist at the university.",
        widget=forms.TextInput(attrs={"class": "field__input", "dir": "auto"}),
        error_messages={"required": "Say in a few words who they are: readers see it."},
    )

    def clean_account(self):
        account = account_called(self.cleaned_data["account"])
        if account is None:
            raise forms.ValidationError(
                "Nobody signs in with that. Whoever is to answer opens an account first, under Your account "
                "at the foot of every page, and confirms the address."
            )
        return account


class SoughtForm(forms.Form):
    """A comment below the story, by the link that stands below it."""

    comment = forms.CharField(
        label="A comment that led to a correction",
        max_length=200,
        help_text="The address to which Link leads, below the comment.",
        widget=forms.TextInput(attrs={"class": "field__input", "autocomplete": "off"}),
    )

    def __init__(self, article, *args):
        self.article = article
        super().__init__(*args)

    def clean_comment(self):
        numbers = NUMBER.findall(self.cleaned_data["comment"])
        below = ReaderComment.objects.published().filter(article=self.article)
        comment = below.numbered(numbers[-1]).first() if numbers else None
        if comment is None:
            raise forms.ValidationError("Readers see no comment with this link below this story.")
        return comment
