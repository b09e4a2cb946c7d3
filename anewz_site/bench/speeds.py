"""How many pages a second the site answers with, kept and not, and how many comments it publishes.

As a program it asks a site on the database of `DATABASE_URL` and prints a line for each figure.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")
django.setup()

from django.urls import reverse  # noqa: E402

from anewz_site.bench.newsroom import SEARCH, discussed_stories  # noqa: E402
from anewz_site.bench.serving import best, drive, serving  # noqa: E402
from articles.tests.factories import make_article  # noqa: E402
from comments.models import PendingComment  # noqa: E402
from comments.tokens import confirmation_token  # noqa: E402

KEPT, HOME_KEPT = "story, kept", "home, kept"
COLD, HOME_COLD = "story, 50 comments, nothing kept", "home, nothing kept"
PRESSED = "a comment posted: the button that publishes"
NOTHING_KEPT = {"KEPT_PAGES_MB": "0"}
PRESSES = 3000


def of_kept_pages(port, stories, **others):
    """Ask for what is kept, and for `others`, as browsers do."""
    return best({KEPT: (port, stories[50].get_absolute_url()), HOME_KEPT: (port, "/")} | others)


def of_cold_pages(port, stories):
    """Ask for pages as they are, uncompressed, so that this is not measured with them."""
    pages = {f"story, {count:,} comments, nothing kept": story for count, story in stories.items()}
    places = {name: (port, story.get_absolute_url()) for name, story in pages.items()}
    others = {HOME_COLD: (port, "/"), SEARCH: (port, "/search/?q=the")}
    return best(places | others, accepted="identity")


def of_presses(port):
    """Let readers press as many buttons as they can; each comment is published once."""
    story = make_article("Pressed")
    pendings = PendingComment.objects.bulk_create(
        PendingComment(
            article=story,
            name=f"Reader {number}",
            email=f"{story.pk}-{number}@bench.example",
            text=f"Words number {number} of their own, {number * 7919 % 10007}.",
            network=f"10.{number % 250}.{number // 250}.0/24",
        )
        for number in range(PRESSES)
    )
    buttons = [reverse("comments:confirmation", args=[confirmation_token(pending)]) for pending in pendings]
    lines = "\n".join(f'"{button}",' for button in buttons)
    script = f"""
        local buttons, number = {{ {lines} }}, 0
        request = function()
            number = math.min(number + 1, #buttons)
            return wrk.format("POST", buttons[number], {{["Content-Length"] = "0"}}, "")
        end
    """
    return {PRESSED: drive(port, "/", script=script)}


def main():
    stories = discussed_stories()
    with serving() as (kept, _), serving(**NOTHING_KEPT) as (cold, _):
        found = of_kept_pages(kept, stories) | of_cold_pages(cold, stories) | of_presses(kept)
    for name, speed in found.items():
        print(f"{name}: {speed.a_second} {speed.p50_ms} {speed.p99_ms}")


if __name__ == "__main__":
    main()
