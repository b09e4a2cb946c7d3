"""The accounts of the demonstration, and the file that tells their owner the passwords."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from articles.demo.newsroom import ACCOUNTS, ADMINISTRATOR, READER, READERS_ADDRESS

FILE_NAME = "demo-accounts.txt"


def create_accounts():
    """Create the accounts and return them by name; their passwords stand in the file by then."""
    passwords = {name: secrets.token_urlsafe(12) for name in ACCOUNTS}
    _write(passwords)
    return {name: _create(name, group, passwords[name]) for name, group in ACCOUNTS.items()}


def accounts_file():
    return settings.DATA_DIR / FILE_NAME


def login_name(name):
    """Return what is typed beside the password."""
    return READERS_ADDRESS if name == READER else name


def _create(name, group, password):
    users = get_user_model().objects
    if name == ADMINISTRATOR:
        return users.create_superuser(name, password=password)
    address = READERS_ADDRESS if name == READER else ""
    user = users.create_user(login_name(name), address, password, is_staff=bool(group))
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def _write(passwords):
    """Write role, user name and password, parted by tabs, one account a line.

    Born unreadable to others under another name, so that no moment shows it to them or shows half of it.
    """
    unfinished = accounts_file().with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}\t{login_name(name)}\t{password}\n" for name, password in passwords.items())
    unfinished.replace(accounts_file())
