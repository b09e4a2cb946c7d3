from django.db import migrations
from django.db.models import Min


def answer_earlier_questions(apps, schema_editor):
    """Replies of the newsroom from before there were questions count as answers too."""
    ReaderComment = apps.get_model("comments", "ReaderComment")
    answers = ReaderComment.objects.filter(level=1, badge__gt="", state="published").order_by()
    for question, first in answers.values_list("parent_id").annotate(Min("published_at")).iterator():
        ReaderComment.objects.filter(pk=question).update(answered_at=first)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0015_questions"),
    ]

    operations = [
        migrations.RunPython(answer_earlier_questions, migrations.RunPython.noop),
    ]
