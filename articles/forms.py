from django import forms
from django.utils.translation import gettext_lazy as _

from articles.reader_fields import NO_ADDRESS, NameField, WordsField, takes_letters

LONGEST_WORDS = 3000
TRAPPED = _(
    "A field that people do not see was filled in, as programs do. Your words are safe: send them again."
)


class ErrorReportForm(forms.Form):
    """What a reader says is wrong, and where the answer may go."""

    words = WordsField(
        label=_("What is wrong?"),
        # Translators: begins the sentence “A report has at most 3,000 characters”.
        text=_("A report"),
        longest=LONGEST_WORDS,
        help_text=_("And how do you know? A link or a source helps us to check."),
    )
    name = NameField(help_text=_("If you like: the editors see it, readers never do."))
    email = forms.EmailField(
        validators=[takes_letters],
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("If you like: we write when it is answered. Nobody is shown it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field__input"}),
        error_messages={"invalid": NO_ADDRESS},
    )
    secret = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(TRAPPED)
        return ""

    def problems(self):
        """Yield each thing that is wrong once: the id of the field to mend, and a sentence."""
        for name, errors in self.errors.items():
            field = name if name in ("name", "email") else "words"
            for error in errors:
                yield self[field].id_for_label, error

    def shown_again(self):
        """Return the form with all that was written, ready to be sent once more."""
        self.is_valid()  # with the data as sent, before any of it is replaced
        self.data = {name: value.replace("\0", "") for name, value in self.data.items()}
        self.data["homepage"] = ""
        return self
