from django.db import migrations


def keep_words_in_one_place(apps, schema_editor):
    """Words that became a comment are kept there, and no longer beside it as well."""
    PendingComment = apps.get_model("comments", "PendingComment")
    PendingComment.objects.exclude(stored=None).update(name="", email="", text="", network="")


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0012_writers_own_comments"),
    ]

    operations = [
        migrations.RunPython(keep_words_in_one_place, migrations.RunPython.noop),
    ]
