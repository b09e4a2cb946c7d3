"""Bring the days after which a conversation closes into the range that the next migration demands."""

from django.db import migrations

MOST_DAYS = 3650


def bring_into_range(apps, schema_editor):
    threads = apps.get_model("comments", "Thread").objects.using(schema_editor.connection.alias)
    threads.filter(closes_after_days__gt=MOST_DAYS).update(closes_after_days=MOST_DAYS)


class Migration(migrations.Migration):
    dependencies = [("comments", "0018_overturned_removals")]

    operations = [migrations.RunPython(bring_into_range, migrations.RunPython.noop, elidable=True)]
