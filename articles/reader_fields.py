"""What readers write into our forms: plain words, taken as they are meant, refused in a sentence."""

import re
import unicodedata

from django import forms
from django.utils.formats import number_format
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _

PARAGRAPH_END = re.compile(r"\n{2,}")
LONGEST_NAME = 50
NO_ADDRESS = _("This is not an e-mail address such as name@example.org.")


def normalise(text):
    """Return `text` with one kind of line end, and no blank line or space that shows nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    return PARAGRAPH_END.sub("\n\n", "\n".join(lines)).strip()


@keep_lazy_text
def with_length(sentence, length, **values):
    """Fill a length into a sentence, as its language writes numbers; where it is lazy, once it is read.

    `%(show_value)s` stays, for the number of characters that a reader has written.
    """
    kept = {"length": number_format(length, force_grouping=True), "show_value": "%(show_value)s"}
    return sentence % (kept | values)


class WordsField(forms.CharField):
    """A text of several lines. A line end counts as one character, as it does in the browser."""

    def __init__(self, *, label, text, longest, help_text="", rows=6):
        """`text` says what it is, in the nominative, in the sentences to the reader: “A comment”."""
        # Translators: %(text)s is “A comment”, “A report” and the like, in the nominative.
        too_long = _(
            "%(text)s has at most %(length)s characters. Yours has %(show_value)s: please shorten it."
        )
        super().__init__(
            label=label,
            help_text=help_text or with_length(_("At most %(length)s characters."), longest),
            max_length=longest,
            strip=True,
            widget=forms.Textarea(attrs={"rows": rows, "class": "field__input", "dir": "auto"}),
            error_messages={
                "required": _("Write something first."),
                "max_length": with_length(too_long, longest, text=text),
                "null_characters_not_allowed": _("The text holds a character that cannot be shown."),
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
            label=_("Name"),
            required=bool(required),
            max_length=LONGEST_NAME,
            help_text=help_text,
            widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field__input"}),
            error_messages={
                "required": required,
                "max_length": _("A name has at most %(limit_value)s characters here."),
            },
        )

    def clean(self, value):
        name = super().clean(value)
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
            raise forms.ValidationError(_("A name cannot hold line ends or invisible characters."))
        return " ".join(name.split())


def takes_letters(address):
    """Refuse an address at a bare number: a mail server has a name. For e-mail fields of readers."""
    if address.rpartition("@")[2].startswith("["):
        raise forms.ValidationError(NO_ADDRESS)


class TellsProblems:
    """For forms: what is wrong, each with the field to mend."""

    def problems(self):
        for name, errors in self.errors.items():
            field = name if name in self.fields else next(iter(self.fields))
            for error in errors:
                yield self[field].id_for_label or f"id_{field}_0", error
