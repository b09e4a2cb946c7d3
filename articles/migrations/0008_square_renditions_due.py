"""Let the worker make the square crop of pictures that are there already; all their other files stay."""

from django.db import migrations
from django.utils import timezone


def make_due(apps, schema_editor):
    apps.get_model("articles", "Picture").objects.update(renditions_due_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_picture_rights")]

    operations = [migrations.RunPython(make_due, migrations.RunPython.noop)]
