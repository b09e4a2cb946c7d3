"""Where django-allauth meets this site: letters through our outbox, limits that count together."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from articles import login_limits
from articles.addresses import absolute
from articles.mail import queue_mail
from articles.ratelimit import client_network
from comments import limits
from comments.account_pages.holders import is_of_newsroom

# By the library's name of a letter: ours, and its subject.
LETTERS = {
    "email_confirmation_signup": ("account_confirm", _("Confirm your e-mail address")),
    "email_confirmation": ("account_confirm", _("Confirm your e-mail address")),
    "account_already_exists": ("account_exists", _("You have an account already")),
    "unknown_account": ("account_unknown", _("There is no account with this address")),
    "password_reset_key": ("account_new_password", _("Choose a new password")),
    "password_changed": ("account_password_changed", _("Your password was changed")),
    "password_reset": ("account_password_changed", _("Your password was changed")),
    "email_changed": ("account_email_changed", _("The address of your account was changed")),
}


def right_password(request, account, name, password):
    """Whether this is the password of the account, counted as a try. Raises ValidationError for too many."""
    count_try(request, name)
    is_right = account.check_password(password)
    if is_right:
        login_limits.was_right(request, name)
    return is_right


def count_try(request, name):
    try:
        login_limits.count_try(request, name)
    except login_limits.TooManyTries as refusal:
        raise ValidationError(str(refusal), code="too_many") from refusal


class ReaderAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not belong together."),
        "too_many_login_attempts": login_limits.TOO_MANY,
    }

    def authenticate(self, request, **credentials):
        name = credentials.get("email") or credentials.get("username", "")
        count_try(request, name)
        account = authenticate(request, **credentials)
        if account:
            login_limits.was_right(request, name)
        return account

    def populate_username(self, request, user):
        """Nobody sees it, and it says nothing."""
        user.username = f"reader-{secrets.token_hex(12)}"

    def should_send_confirmation_mail(self, request, email_address, signup):
        """Whoever signs in unconfirmed gets the letter anew; that of signing up was counted by its form."""
        if signup:
            return True
        try:
            limits.count_account_letter(request, email_address.email)
        except limits.TooMuch:
            return False
        return True

    def send_mail(self, template_prefix, email, context):
        name, subject = LETTERS[template_prefix.rpartition("/")[2]]
        letter = {
            "email": email,
            "url": context.get("password_reset_url") or context.get("activate_url"),
            "new_email": context.get("to_email"),
            "of_newsroom": is_of_newsroom(email),
            "sign_up_url": absolute(reverse("account_signup")),
            "sign_in_url": absolute(reverse("account_login")),
            "reset_url": absolute(reverse("account_reset_password")),
        }
        queue_mail(
            email,
            str(subject),
            render_to_string(f"emails/{name}.txt", letter),
            html=render_to_string(f"emails/{name}.html", letter),
            headers={"Auto-Submitted": "auto-generated"},
        )

    def get_email_confirmation_url(self, request, emailconfirmation):
        return absolute(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def get_reset_password_from_key_url(self, key):
        account, _, secret = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", args=[account, secret]))

    def respond_user_inactive(self, request, user):
        return redirect("account_login")

    def is_safe_url(self, url):
        """Only to pages of this site, and never to another host by its name."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request):
        return client_network(request)

    def add_message(self, *args, **kwargs):
        """Our pages say by themselves what happened."""
