import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.body import BLOCK_ID
from articles.reader_fields import with_length

LONGEST_NOTE = 2000
LONGEST_NAME = 60


class NoteForm(forms.Form):
    """What the holder of a preview link says to one paragraph, or to the whole story.

    `comment` is the name under which words are given back while the database is out of reach.
    """

    block = forms.CharField(required=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Your note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "class": "field__input", "dir": "auto"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": with_length(
                _("A note has at most %(length)s characters. Yours has %(show_value)s."), LONGEST_NOTE
            ),
            "null_characters_not_allowed": _("The text holds a character that cannot be shown."),
        },
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field__input"}),
        error_messages={
            "required": _("Give a name, so that the newsroom knows who says it."),
            "max_length": _("A name has at most %(limit_value)s characters here."),
            "null_characters_not_allowed": _("A name cannot hold invisible characters."),
        },
    )

    def __init__(self, data=None, *, block="", name=""):
        place = block or "story"
        super().__init__(data, initial={"block": block, "name": name}, auto_id=f"note-{place}-%s")
        # The browser would cut a long text that is pasted, without a word.
        self.fields["comment"].widget.attrs.pop("maxlength", None)

    @classmethod
    def sent(cls, data):
        """Return the form that was sent, with the ids that it has at its paragraph."""
        return cls(data, block=_known(data.get("block", "")))

    def clean_block(self):
        return _known(self.cleaned_data["block"])

    def clean_name(self):
        name = self.cleaned_data["name"]
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
            raise forms.ValidationError(_("A name cannot hold line ends or invisible characters."))
        return " ".join(name.split())


def _known(block):
    """Return the id of a paragraph as it is; whatever else was sent stands for the whole story."""
    return block if BLOCK_ID.fullmatch(block) else ""
