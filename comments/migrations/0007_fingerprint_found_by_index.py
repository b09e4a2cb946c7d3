"""A fingerprint is unique or null, so that it is found by an index without a condition."""

from django.db import migrations, models


def empty_to_null(apps, schema_editor):
    comments = apps.get_model("comments", "ReaderComment").objects.using(schema_editor.connection.alias)
    comments.filter(fingerprint="").update(fingerprint=None)


def null_to_empty(apps, schema_editor):
    comments = apps.get_model("comments", "ReaderComment").objects.using(schema_editor.connection.alias)
    comments.filter(fingerprint=None).update(fingerprint="")


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL cannot change a column in the transaction that changed its rows

    dependencies = [("comments", "0006_persons_of_earlier_comments")]

    operations = [
        migrations.AlterField(
            model_name="readercomment",
            name="fingerprint",
            field=models.CharField(editable=False, max_length=64, null=True),
        ),
        migrations.RunPython(empty_to_null, null_to_empty),
        migrations.RemoveConstraint(model_name="readercomment", name="comment_said_once"),
        migrations.AlterField(
            model_name="readercomment",
            name="fingerprint",
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
    ]
