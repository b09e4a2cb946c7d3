from django import forms

from articles.reader_fields import NameField, WordsField, takes_letters

LONGEST_WORDS = 3000
TRAPPED = (
    "A field that people do not see was filled in, as programs do. Your words are safe: send them again."
)


class ErrorReportForm(forms.Form):
    """What a reader says is wrong, and where the answer may go."""

    words = WordsField(
        label="What is wrong?",
        text="A report",
        longest=LONGEST_WORDS,
        help_text="And how do you know? A link or a source helps us to check.",
    )
    name = NameField(help_text="If you like: the editors see it, readers never do.")
    email = forms.EmailField(
        validators=[takes_letters],
        label="E-mail address",
        required=False,
        max_length=254,
        help_text="If you like: we write when it is answered. Nobody is shown it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field__input"}),
        error_messages={"invalid": "This is not an e-mail address such as name@example.org."},
    )
    secret = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label="Leave this field empty",
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
