"""What tests of the way from words to a comment do over and over, as a browser would."""

import re
from html import unescape

from django.urls import reverse

from articles.models import OutgoingMail

INPUT = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
LINK = re.compile(r"https?://\S+?(/comments/confirm/\S+)")


def compose(client, article, text="Seoul said this in October.", **data):
    return client.post(reverse("comments:compose", args=[article.pk]), {"comment": text} | data)


def fields_of(response):
    """Return the names and values of the inputs on a page, as a browser would send them back."""
    inputs = [dict(ATTRIBUTE.findall(tag)) for tag in INPUT.findall(response.content.decode())]
    return {field["name"]: unescape(field.get("value", "")) for field in inputs}


def send(client, article, text="Seoul said this in October.", *, reply_to="", **changes):
    """Walk both steps and return the answer to the second."""
    page = compose(client, article, text, reply_to=reply_to)
    data = fields_of(page) | {"comment": text, "name": "Leyla M.", "email": "leyla@reader.example"}
    return client.post(reverse("comments:posting", args=[article.pk]), data | changes)


def last_letter():
    return OutgoingMail.objects.latest("pk")


def link_in_last_letter():
    """The link that publishes, in the last letter that has one."""
    letters = OutgoingMail.objects.order_by("-pk").values_list("text", flat=True)
    return next(found[1] for text in letters if (found := LINK.search(text)))
