from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.signup import prevent_enumeration
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from articles import reader_fields
from articles.reader_fields import NameField, takes_letters
from comments import limits
from comments.account_pages.adapter import right_password
from comments.account_pages.holders import is_taken, proved_account
from comments.models import Person

PASSWORD_HINT = _("At least eight characters, and none of the passwords that everybody uses.")
WRONG_PASSWORD = _("This is not the password of your account.")
SAME_ADDRESS = _("This is the address that your account has now.")
CHOOSE = _("Choose what becomes of your comments.")


class AddressField(forms.EmailField):
    def __init__(self, label="", help_text=""):
        super().__init__(
            label=label or _("E-mail address"),
            help_text=help_text,
            max_length=254,
            validators=[takes_letters],
            widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field__input"}),
            error_messages={
                "required": _("Give your e-mail address."),
                "invalid": _("This is not an e-mail address such as name@example.org."),
            },
        )

    def clean(self, value):
        return super().clean(value).lower()


class PasswordField(forms.CharField):
    def __init__(self, label="", *, is_new=False):
        super().__init__(
            label=label or _("Password"),
            help_text=PASSWORD_HINT if is_new else "",
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(
                attrs={
                    "autocomplete": "new-password" if is_new else "current-password",
                    "class": "field__input",
                }
            ),
            error_messages={"required": _("Choose a password.") if is_new else _("Give your password.")},
        )


class TellsProblems(reader_fields.TellsProblems):
    @property
    def status(self):
        """What a page answers that shows the form again."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return 429 if "too_many" in codes else 422


def count_letter(request, email):
    try:
        limits.count_account_letter(request, email)
    except limits.TooMuch as refusal:
        raise forms.ValidationError(str(refusal), code="too_many") from refusal


class SignInForm(TellsProblems, allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"], self.fields["password"] = AddressField(), PasswordField()
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def login(self, request, redirect_url=None):
        """As the library does it, but the session keeps no address."""
        self._login.redirect_url = redirect_url
        return perform_login(request, self._login)


class SignUpForm(TellsProblems, allauth.SignupForm):
    field_order = ["name", "email", "password1"]

    def __init__(self, *args, request=None, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["name"] = NameField(
            help_text=_("Shown above your comments. You can change it at any time."),
            required=_("Give a name: it is shown above your comments."),
        )
        self.fields["email"] = AddressField(help_text=_("Never shown. We send a letter there, to make sure."))
        self.fields["password1"] = PasswordField(is_new=True)
        self.order_fields(self.field_order)

    def validate_unique_email(self, value):
        """Whoever has an account is told so by letter, and nobody is told here."""
        self.account_already_exists = is_taken(value)
        return value

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            count_letter(self.request, cleaned["email"])
        return cleaned

    def try_save(self, request):
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # as much work as for a new account
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])
        return super().try_save(request)

    def signup(self, request, user):
        user.first_name = self.cleaned_data["name"]
        user.save(update_fields=["first_name"])


class ResetForm(TellsProblems, allauth.ResetPasswordForm):
    def __init__(self, *args, request=None, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self):
        email = self.cleaned_data["email"]
        count_letter(self.request, email)
        self.users = list(filter(None, [proved_account(email)]))
        return email


class NewPasswordForm(TellsProblems, allauth.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"] = PasswordField(_("New password"), is_new=True)
        del self.fields["password2"]

    def clean_password1(self):
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)


class OwnerForm(TellsProblems, forms.Form):
    """For what only the owner of an account may do, though the session be somebody else's."""

    password = PasswordField(_("Your password"))

    def __init__(self, *args, request, account, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.account = request, account

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not right_password(self.request, self.account, self.account.email, password):
            raise forms.ValidationError(WRONG_PASSWORD)
        return password


class ConfirmForm(OwnerForm):
    """The letter's link proves the mailbox; who is not signed in proves the account by its password.

    So nobody who opens an account with somebody else's address gets what that mailbox wrote.
    """

    def __init__(self, *args, address, asks_password, **kwargs):
        super().__init__(*args, account=address.user, **kwargs)
        self.name = address.email
        if not asks_password:
            del self.fields["password"]

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not right_password(self.request, self.account, self.name, password):
            raise forms.ValidationError(WRONG_PASSWORD)
        return password


class ChangePasswordForm(OwnerForm):
    password = PasswordField(_("Your password now"))
    new_password = PasswordField(_("New password"), is_new=True)

    def clean_new_password(self):
        return get_adapter().clean_password(self.cleaned_data["new_password"], user=self.account)


class ChangeAddressForm(OwnerForm):
    email = AddressField(
        _("New e-mail address"), _("We send a letter there. Until it is confirmed, nothing changes.")
    )
    field_order = ["email", "password"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email == self.account.email.lower():
            raise forms.ValidationError(SAME_ADDRESS)
        return email

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            count_letter(self.request, cleaned["email"])
        return cleaned


class NameForm(TellsProblems, forms.Form):
    name = NameField(
        help_text=_("Above comments that you write from now on."),
        required=_("Give a name: it is shown above your comments."),
    )


class DeletionForm(OwnerForm):
    words = forms.ChoiceField(
        label=_("What becomes of your comments?"),
        choices=[
            (Person.Leaving.KEEP, _("What is published stays, without your name")),
            (Person.Leaving.WITHDRAW, _("All of my words go; their places stay")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    field_order = ["words", "password"]
