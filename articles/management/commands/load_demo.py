from django.core.management.base import BaseCommand

from articles.demo import loading
from articles.demo.accounts import accounts_file


class Command(BaseCommand):
    help = "Load the demonstration newsroom into an empty database. A second run changes nothing."

    def handle(self, **options):
        try:
            loading.load()
        except loading.NotEmpty:
            self.stdout.write("The newsroom is there already; nothing was changed.")
        else:
            self.stdout.write(f"The demonstration newsroom is loaded; its accounts are in {accounts_file()}")
