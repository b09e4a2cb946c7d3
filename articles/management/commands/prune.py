from django.core.management.base import BaseCommand

from articles import clock


class Command(BaseCommand):
    help = "Remove sent mails, old task results and other leftovers. The worker does it every hour."

    def handle(self, **options):
        clock.run(clock.EVERY_HOUR)
