from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from articles.reader_fields import NameField, WordsField
from comments.moderation.guidelines import Guideline

LONGEST_WORDS = 2000
TRAPPED = _(
    "A field that people do not see was filled in, as programs do. Your words are safe: send them again."
)
# Translators: begins “A report has at most 2,000 characters”.
A_REPORT = _("A report")
CHOICE_NEEDED = _("Choose what is wrong.")
EXPLANATION_NEEDED = _("Explain why you think that the comment is against the law.")
NAME_NEEDED = _("Give your name: a notice of something against the law needs one.")
ADDRESS_NEEDED = _("Give an e-mail address: a notice of something against the law needs one.")
GOOD_FAITH_NEEDED = _("Say that what you write is right and complete, as far as you know.")


class CommentReportForm(forms.Form):
    """Why a reader thinks that a comment should go.

    For something against the law it asks for what article 16 (2) of the Digital Services Act lists. Whoever
    points to the sexual abuse of a child need not say who they are.
    """

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Guideline,
        widget=forms.RadioSelect,
        error_messages={"required": CHOICE_NEEDED, "invalid_choice": CHOICE_NEEDED},
    )
    words = WordsField(label=_("In your own words"), text=A_REPORT, longest=LONGEST_WORDS, rows=4)
    name = NameField(help_text=_("The moderators see it, readers never do."))
    about_a_child = forms.BooleanField(
        required=False,
        label=_("It is about the sexual abuse of a child"),
        help_text=_("Then you need not give a name or an address."),
    )
    in_good_faith = forms.BooleanField(
        required=False, label=_("I believe in good faith that what I write here is right and complete")
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_(
            "If you want to hear what was decided. Nobody is shown it, and we forget it a month later."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field__input"}),
        error_messages={"invalid": _("This is not an e-mail address such as name@example.org.")},
    )
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False
        longest = {"count": number_format(LONGEST_WORDS, force_grouping=True)}
        hint = _("Where it is not plain to see. At most %(count)s characters.") % longest
        self.fields["words"].help_text = hint

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(TRAPPED)
        return ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == Guideline.UNLAWFUL:
            self._need("words", EXPLANATION_NEEDED)
            self._need("in_good_faith", GOOD_FAITH_NEEDED)
            if not cleaned.get("about_a_child"):
                self._need("name", NAME_NEEDED)
                self._need("email", ADDRESS_NEEDED)
        else:
            cleaned |= {
                "name": "",
                "in_good_faith": False,
            }  # asked for nothing else, so kept for nothing else
        return cleaned

    def said(self):
        """Return what a report keeps of it."""
        return {
            name: self.cleaned_data[name] for name in ("reason", "words", "name", "email", "in_good_faith")
        }

    def problems(self):
        """Yield each thing that is wrong once: the id of the field to mend, and a sentence."""
        for name, errors in self.errors.items():
            field = "words" if name in ("__all__", "homepage") else name
            for error in errors:
                yield self[field].id_for_label or f"id_{field}_0", error

    def shown_again(self):
        """Return the form with all that was written, ready to be sent once more."""
        self.is_valid()  # with the data as sent, before any of it is replaced
        self.data = {name: value.replace("\0", "") for name, value in self.data.items()}
        self.data["homepage"] = ""
        return self

    def _need(self, name, sentence):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)
