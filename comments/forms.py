from django import forms
from django.utils.crypto import salted_hmac
from django_comments_xtd.forms import XtdCommentForm

from articles.reader_fields import NameField, WordsField
from comments.models import ReaderComment

LONGEST_TEXT = 3000
NO_LONGER_THERE = (
    "The comment that you are answering is no longer there. "
    "Send your words again to post them as a comment of their own."
)
OPEN_TOO_LONG = (
    "This page was open for too long, so we could not trust it. Your words are safe: send them again."
)


def words_field():
    return WordsField(label="Your comment", text="A comment", longest=LONGEST_TEXT)


def find_answered(article, number):
    """Return the comment to answer: one that readers see, below this very story. Else None."""
    comments = ReaderComment.objects.published().filter(article=article)
    return comments.for_thread().numbered(number).first()


class AnswersMixin:
    """A form whose words may answer a comment, and that can be shown again with all that was written."""

    def clean_reply_to(self):
        number = self.cleaned_data.get("reply_to")
        if not number:
            return None
        answered = find_answered(self.article, number)
        if answered is None:
            raise forms.ValidationError(NO_LONGER_THERE)
        return answered

    def problems(self):
        """Yield each thing that is wrong once: the id of the field to mend, and a sentence."""
        for error in self.non_field_errors():
            yield self["comment"].id_for_label, error
        for name in ("reply_to", "comment", "name", "email"):
            for error in self.errors.get(name, []):
                field = "comment" if name == "reply_to" else name
                yield self[field].id_for_label, error

    def shown_again(self):
        """Return the form with the reader's words and what was wrong, ready to be sent once more."""
        self.is_valid()  # with the data as sent, before any of it is replaced
        self.data = self.data.copy()
        self.data["comment"] = self.data.get("comment", "").replace("\0", "")
        if "reply_to" in self.errors:
            self.data["reply_to"] = ""
        return self


class WordsForm(AnswersMixin, forms.Form):
    """The first step: nothing but the words."""

    comment = words_field()
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, article, *args, **kwargs):
        self.article = article
        super().__init__(*args, **kwargs)


class ReaderCommentForm(AnswersMixin, XtdCommentForm):
    """The second step: the words again, whose they are, and what keeps machines out."""

    security_hash = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    honeypot = forms.CharField(
        required=False,
        label="Leave this field empty",
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, article, *args, account_name=None, **kwargs):
        """`account_name` is the name of a signed-in reader, who is asked for none; "" asks for it."""
        self.article = article
        super().__init__(article, *args, **kwargs)
        del self.fields["url"], self.fields["followup"]
        self.fields["comment"] = words_field()
        self.fields["name"] = NameField(
            help_text="Shown above your comment.",
            required="Give a name: it is shown above your comment.",
        )
        self.fields["email"] = forms.EmailField(
            label="E-mail address",
            max_length=254,
            help_text="Never shown. We send one letter there, to make sure that it is you.",
            widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field__input"}),
            error_messages={
                "required": "Give an e-mail address: we send the link there that publishes your comment.",
                "invalid": "This is not an e-mail address such as name@example.org.",
            },
        )
        if account_name is not None:
            del self.fields["email"]
            if account_name:
                del self.fields["name"]

    def generate_security_hash(self, content_type, object_pk, timestamp):
        value = "-".join((content_type, object_pk, timestamp))
        return salted_hmac("comments.forms.ReaderCommentForm", value, algorithm="sha256").hexdigest()

    def clean(self):
        cleaned = super().clean()
        if self.security_errors() or not self._is_about_its_story():
            self.add_error(None, forms.ValidationError(OPEN_TOO_LONG, code="security"))
        return cleaned

    def shown_again(self):
        super().shown_again()
        for name, value in (self.generate_security_data() | {"honeypot": ""}).items():
            self.data[name] = value
        return self

    def _is_about_its_story(self):
        return self.data.get("object_pk") == str(self.article.pk)
