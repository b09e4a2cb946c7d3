"""What tests of readers' accounts do over and over, as a browser would."""

import re

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.urls import reverse

from comments.tests.pages import last_letter

LINK = re.compile(r"https?://[^/]+(/account/\S+)")
PASSWORD = "a quiet morning train"
RANA = "rana@reader.example"


def sign_up(client, email=RANA, *, name="Rana K.", password=PASSWORD):
    return client.post(reverse("account_signup"), {"name": name, "email": email, "password1": password})


def sign_in(client, email=RANA, password=PASSWORD, **where):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **where)


def link_in_letter():
    return LINK.search(last_letter().text)[1]


def open_account(client, email=RANA, **changes):
    """Walk the whole way: sign up, follow the letter, press the button. Return the account."""
    sign_up(client, email, **changes)
    client.post(link_in_letter())
    return EmailAddress.objects.get(email=email, verified=True).user


def make_account_of(email=RANA, name="Rana K."):
    """An account that has proved its address, without the way there."""
    account = get_user_model().objects.create_user(f"reader-{email}", email, PASSWORD, first_name=name)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account
