"""Give decisions that were made before there was a ledger their places in it, in their order."""

from django.db import migrations

from articles.models import protection
from articles.models.ledger import BEGINNING, hash_of

FIELDS = ("comment_id", "act", "reason", "note", "by_id", "at")


def chain_up(apps, schema_editor):
    acts = apps.get_model("comments", "ModerationAct").objects.all()
    number, previous = 0, BEGINNING
    protection.remove(schema_editor.connection)  # it is put back after every migrate
    for act in acts.order_by("at", "pk").iterator():
        number += 1
        hash = hash_of(number, previous, {name: getattr(act, name) for name in FIELDS})
        row = acts.filter(pk=act.pk)
        row.update(ledger_number=number, ledger_previous=previous, ledger_hash=hash)
        previous = hash
    if number:
        heads = apps.get_model("articles", "LedgerHead").objects
        heads.create(chain="comments.moderationact", number=number, hash=previous)


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderation_ledger"), ("articles", "0004_desk")]

    operations = [migrations.RunPython(chain_up, migrations.RunPython.noop)]
