"""What a setting may be: each function makes a value of a text, or raises an error saying why it cannot."""

import ipaddress
import re
from urllib.parse import urlsplit

import environ
from django.conf.locale import LANG_INFO

env = environ.Env()


def boolean(text):
    return {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }[text.lower()]


def whole_number(least, most):
    def cast(text):
        if not least <= int(text) <= most:
            raise ValueError(f"it has to lie between {least} and {most}")
        return int(text)

    return cast


def site_address(text):
    parts = urlsplit(text.rstrip("/"))
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.fragment
    ):
        raise ValueError("it has to look like https://news.example")
    return text.rstrip("/")


def outside_address(text):
    if urlsplit(text).scheme != "https":
        raise ValueError("it has to begin with https://")
    return text


def hub_address(text):
    """An address that stands in every feed and in the head of its answer, so it holds no password."""
    parts = urlsplit(text)
    if (
        parts.scheme != "https"
        or not parts.hostname
        or "@" in parts.netloc
        or parts.fragment
        or parts.port == 0
    ):
        raise ValueError("it has to look like https://hub.example/")
    if not re.fullmatch(r"[!#-;=?-~]+", text):
        raise ValueError("it has to be ASCII without spaces, quotes and angle brackets")
    return text


def long_secret(text):
    if len(text) < 40:
        raise ValueError("it has to be at least 40 characters long")
    return text


def database(text):
    config = env.db_url_config(text)
    if config.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ValueError("it has to begin with sqlite:// or postgres://")
    return config


def cache(text):
    config = env.cache_url_config(text)
    if urlsplit(text).scheme not in ("redis", "rediss", "rediscache", "locmemcache"):
        raise ValueError("it has to begin with redis:// or locmemcache://")
    return config


def mail_server(text):
    if urlsplit(text).scheme not in ("smtp", "smtp+tls", "smtp+ssl"):
        raise ValueError("it has to begin with smtp://, smtp+tls:// or smtp+ssl://")
    return env.email_url_config(text)


def networks(text):
    return [str(ipaddress.ip_network(part.strip())) for part in text.split(",")]


def names(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def crawlers(text):
    found = names(text)
    if any(not re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in found):
        raise ValueError("it has to be names of crawlers parted by commas, or all")
    return found


def contact(text):
    if urlsplit(text).scheme not in ("mailto", "https"):
        raise ValueError("it has to begin with mailto: or https://")
    return text


def language(text):
    if text not in LANG_INFO:
        raise ValueError("it has to be the code of a language that Django knows, such as az")
    return text
