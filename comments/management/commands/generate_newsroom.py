import sys
import time
from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.demo.generated import newsroom
from articles.demo.generated.progress import Progress
from articles.demo.loading import NotEmpty
from articles.kept import marks
from comments.generated import conversations


class Command(BaseCommand):
    help = "Make a newsroom of any size in an empty database: for one seed the same one, on any day."

    def add_arguments(self, parser):
        parser.add_argument("--articles", type=_whole, default=1000, help="How many stories.")
        parser.add_argument("--comments", type=_whole, default=2000, help="How many comments.")
        parser.add_argument("--seed", type=int, default=1, help="Another number makes another newsroom.")
        parser.add_argument(
            "--until",
            type=_instant,
            default=newsroom.UNTIL,
            help="When the newest story came out, as 2026-01-01 or 2026-01-01T06:30+00:00.",
        )

    def handle(self, *, articles, comments, seed, until, **options):
        told = {"seed": seed, "until": until, "progress": Progress(options.get("stderr") or sys.stderr)}
        began = time.monotonic()
        try:
            with marks.paused(connection):
                newsroom.fill(articles, **told)
                comments = conversations.fill(comments, **told)
        except NotEmpty:
            raise CommandError("There is a newsroom already, so nothing was changed.") from None
        self._tell_planner()
        seconds = time.monotonic() - began
        self.stdout.write(f"{articles:,} stories and {comments:,} comments in {seconds:,.0f} s.")

    def _tell_planner(self):
        """Let PostgreSQL know at once how large the tables are; it would come to that by itself later."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


def _whole(text):
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def _instant(text):
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
