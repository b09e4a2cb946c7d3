"""What readers write into our forms: plain words, taken as they are meant, refused in a sentence."""

import re
import unicodedata

from django import forms

PARAGRAPH_END = re.compile(r"\n{2,}")
LONGEST_NAME = 50


def normalise(text):
    """Return `text` with one kind of line end, and no blank line or space that shows nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    return PARAGRAPH_END.sub("\n\n", "\n".join(lines)).strip()


class WordsField(forms.CharField):
    """A text of several lines. A line end counts as one character, as it does in the browser."""

    def __init__(self, *, label, text, longest, help_text="", rows=6):
        """`text` says what it is in the sentences to the reader: “A comment”."""
        super().__init__(
            label=label,
            help_text=help_text or f"At most {longest:,} characters.",
            max_length=longest,
            strip=True,
            widget=forms.Textarea(attrs={"rows": rows, "class": "field__input", "dir": "auto"}),
            error_messages={
                "required": "Write something first.",
                "max_length": (
                    f"{text} has at most {longest:,} characters. Yours has %(show_value)s: please shorten it."
                ),
                "null_characters_not_allowed": "The text holds a character that cannot be shown.",
            },
        )

    def widget_attrs(self, widget):
        # No `maxlength`: the browser would cut a long text that is pasted, without a word.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value):
        text = normalise(super().to_python(value))
        return text if any(unicodedata.category(sign)[0] in "LNPS" for sign in text) else ""


class NameField(forms.CharField):
    """A reader's name, on one line, with nothing in it that cannot be seen."""

    def __init__(self, *, help_text, required=""):
        """`required` says why a name is needed, where it is."""
        super().__init__(
            label="Name",
            required=bool(required),
            max_length=LONGEST_NAME,
            help_text=help_text,
            widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field__input"}),
            error_messages={
                "required": required,
                "max_length": f"A name has at most {LONGEST_NAME} characters here.",
            },
        )

    def clean(self, value):
        name = super().clean(value)
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
            raise forms.ValidationError("A name cannot hold line ends or invisible characters.")
        return " ".join(name.split())


def takes_letters(address):
    """Refuse an address at a bare number: a mail server has a name. For e-mail fields of readers."""
    if address.rpartition("@")[2].startswith("["):
        raise forms.ValidationError("This is not an e-mail address such as name@example.org.")


class TellsProblems:
    """For forms: what is wrong, each with the field to mend."""

    def problems(self):
        for name, errors in self.errors.items():
            field = name if name in self.fields else next(iter(self.fields))
            for error in errors:
                yield self[field].id_for_label or f"id_{field}_0", error
