from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest


def fill(apps, schema_editor):
    """As the desk's list worked it out for each page before: drafts by their last save, published words by sealing."""
    stories = apps.get_model("articles", "Article").objects
    versions = apps.get_model("articles", "Version").objects.order_by()
    saved = Subquery(versions.filter(pk=OuterRef("draft")).values("saved_at"))
    sealed = Subquery(versions.filter(pk=OuterRef("live_version")).values("sealed_at"))
    created = F("created_at")
    stories.update(touched_at=Greatest(created, Coalesce(saved, created), Coalesce(sealed, created)))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0021_touched_at'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
