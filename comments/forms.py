from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.forms import XtdCommentForm

from articles.reader_fields import NameField, WordsField, takes_letters
from comments.accounts import account_name
from comments.models import Following, ReaderComment
from comments.moderation.steps.length import LONGEST_TEXT
from comments.wording import COMMENTS

NO_LONGER_THERE = _(
    "The comment that you are answering is no longer there. "
    "Send your words again to post them as a comment of their own."
)
OPEN_TOO_LONG = _(
    "This page was open for too long, so we could not trust it. Your words are safe: send them again."
)
LETTERS = ("wants_corrections", "follows_replies", "follows_story", "pace")
LONGEST_APPEAL = 2000


def words_field(label=COMMENTS.yours, text=COMMENTS.a_text):
    return WordsField(label=label, text=text, longest=LONGEST_TEXT)


def email_field(help_text, required):
    return forms.EmailField(
        validators=[takes_letters],
        label=_("E-mail address"),
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field__input"}),
        error_messages={
            "required": required,
            "invalid": _("This is not an e-mail address such as name@example.org."),
        },
    )


def pace_field():
    """Where none is chosen, letters come at once."""
    return forms.TypedChoiceField(
        label=_("Letters about comments"),
        choices=Following.Pace,
        required=False,
        initial=Following.Pace.NOW,
        empty_value=Following.Pace.NOW,
        widget=forms.Select(attrs={"class": "field__input"}),
    )


def find_answered(article, number):
    """Return the comment to answer: one that readers see, below this very story. Else None."""
    comments = ReaderComment.objects.published().filter(article=article)
    return comments.for_thread().numbered(number).first()


class AnswersMixin:
    """A form whose words may answer a comment, and that can be shown again with all that was written."""

    def take_wording(self, wording):
        """Ask for the words as the thread does, which may differ for a reply."""
        sent = self.data if self.is_bound else self.initial
        label = wording.your_reply if sent.get("reply_to") else wording.yours
        self.fields["comment"] = words_field(label, wording.a_text)

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
        for name in ("reply_to", "comment", "name", "email", "pace"):
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
    """The first step: nothing but the words. What was said at the second comes along as it is."""

    comment = words_field()
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = email = forms.Field(required=False, widget=forms.HiddenInput)
    wants_corrections = follows_replies = follows_story = pace = forms.Field(
        required=False, widget=forms.HiddenInput
    )

    def __init__(self, thread, *args, **kwargs):
        self.article = thread.article
        super().__init__(*args, **kwargs)
        self.take_wording(thread.wording)


class ReaderCommentForm(AnswersMixin, XtdCommentForm):
    """The second step: the words again, whose they are, and what keeps machines out."""

    security_hash = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    honeypot = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, thread, *args, account, **kwargs):
        """`account` is who is signed in, if anybody is, and is asked for nothing that it has already."""
        self.article = thread.article
        super().__init__(thread.article, *args, **kwargs)
        del self.fields["url"], self.fields["followup"]
        self.take_wording(thread.wording)
        self.fields["name"] = NameField(
            help_text=_("Shown above your comment."),
            required=_("Give a name: it is shown above your comment."),
        )
        self.fields["email"] = email_field(
            _(
                "Never shown. We send one letter there, to make sure that it is you, "
                "others only if you tick a box below or a moderator decides about your comment."
            ),
            required=_("Give an e-mail address: we send the link there that publishes your comment."),
        )
        self.fields |= self._letters()
        if account.is_authenticated:
            self._ask_no_more_than_needed(account, thread)

    @property
    def wishes(self):
        """The letters that the writer wants, as `PendingComment` names them."""
        return {name: self.cleaned_data[name] for name in LETTERS if name in self.fields}

    def letters(self):
        """Yield the fields about letters, for those who have an address."""
        return [self[name] for name in LETTERS if name in self.fields]

    def _letters(self):
        boxes = {
            name: forms.BooleanField(required=False, label=label)
            for name, label in (
                ("follows_replies", _("Write to me when somebody replies to me")),
                ("follows_story", _("Follow this story: write to me about every comment")),
                ("wants_corrections", _("Write to me if this story is corrected")),
            )
        }
        self.initial["pace"] = self.initial.get("pace") or Following.Pace.NOW
        return boxes | {"pace": pace_field()}

    def _ask_no_more_than_needed(self, account, thread):
        del self.fields["email"]
        if account_name(account, thread):
            del self.fields["name"]
        if not account.email:
            for name in LETTERS:
                del self.fields[name]

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


class OwnWordsMixin:
    """A form of one text, which is shown again with all that was written."""

    def problems(self):
        """Yield each thing that is wrong once: the id of the field to mend, and a sentence."""
        for name, errors in self.errors.items():
            for error in errors:
                yield self[name].id_for_label, error

    def shown_again(self):
        self.is_valid()
        self.data = {name: value.replace("\0", "") for name, value in self.data.items()}
        return self


class ChangeForm(OwnWordsMixin, forms.Form):
    """Other words for a comment that is there already."""

    comment = words_field()


class AppealForm(OwnWordsMixin, forms.Form):
    words = WordsField(
        label=_("Why should the comment be back?"),
        # Translators: begins “An appeal has at most 2,000 characters”.
        text=_("An appeal"),
        longest=LONGEST_APPEAL,
    )


class FollowForm(forms.Form):
    """Letters about a conversation, for somebody who does not write in it. An account has its address."""

    email = email_field(
        _(
            "We send one letter there, to make sure that it is you. "
            "Each later one has a link that stops them."
        ),
        required=_("Give an e-mail address: the letters go there."),
    )
    pace = pace_field()

    def __init__(self, *args, account, **kwargs):
        super().__init__(*args, **kwargs)
        if account:
            del self.fields["email"]

    def problems(self):
        """Yield each thing that is wrong once: the id of the field to mend, and a sentence."""
        for name, errors in self.errors.items():
            field = self[name] if name in self.fields else self["pace"]
            for error in errors:
                yield field.id_for_label, error
