"""Give versions that were published before there was a ledger their places in it, in their order."""

from django.db import migrations

from articles.models import protection
from articles.models.ledger import BEGINNING, hash_of

FIELDS = (
    "article_id number headline standfirst dateline body caption sources kind note note_stands_at_foot findings "
    "embargo_until written_by_id published_by_id created_at saved_at sealed_at published_at"
).split()


def chain_up(apps, schema_editor):
    versions = apps.get_model("articles", "Version").objects.filter(sealed_at__isnull=False)
    number, previous = 0, BEGINNING
    protection.remove(schema_editor.connection)  # it is put back after every migrate
    for version in versions.order_by("sealed_at", "pk").iterator():
        number += 1
        content = {name: getattr(version, name) for name in FIELDS}
        hash = hash_of(number, previous, content)
        row = versions.filter(pk=version.pk)
        row.update(ledger_number=number, ledger_previous=previous, ledger_hash=hash)
        previous = hash
    if number:
        heads = apps.get_model("articles", "LedgerHead").objects
        heads.create(chain="articles.version", number=number, hash=previous)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_desk")]

    operations = [migrations.RunPython(chain_up, migrations.RunPython.noop)]
