from django.core.management.base import BaseCommand, CommandError

from articles import ledger


class Command(BaseCommand):
    help = (
        "Prove that no published version and no decision of a moderator was changed. "
        "Note the hashes down outside: they show later that nothing was written anew."
    )

    def handle(self, **options):
        accounts = ledger.verify()
        for account in accounts:
            self.stdout.write(f"{account.chain}: {account.rows} rows, {account.head}")
        faults = [f"{account.chain}: {account.fault}" for account in accounts if account.fault]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Nothing was changed.")
