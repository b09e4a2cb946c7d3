"""Take fingerprints anew by mailbox and folded words, so that earlier comments are found too."""

from django.db import migrations

from comments.posting import fingerprint, writer_of

BATCH = 1000


def take_anew(apps, schema_editor):
    """Of comments that are the same now the first is found; the others keep what they had."""
    ReaderComment = apps.get_model("comments", "ReaderComment")
    marked, reached = ReaderComment.objects.exclude(fingerprint=None).order_by("pk"), 0
    fields = ("pk", "article_id", "parent_id", "user_id", "user_email", "comment")
    while rows := list(marked.filter(pk__gt=reached).values_list(*fields)[:BATCH]):
        new = {}
        for pk, article, parent, account, email, text in rows:
            answered = 0 if parent == pk else parent
            new.setdefault(fingerprint(article, answered, writer_of(account, email), text), pk)
        taken = ReaderComment.objects.filter(fingerprint__in=new)
        for value in taken.values_list("fingerprint", flat=True):
            del new[value]
        changed = [ReaderComment(pk=pk, fingerprint=value) for value, pk in new.items()]
        ReaderComment.objects.bulk_update(changed, ["fingerprint"])
        reached = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("comments", "0021_reports_by_time")]

    operations = [migrations.RunPython(take_anew, migrations.RunPython.noop, elidable=True)]
