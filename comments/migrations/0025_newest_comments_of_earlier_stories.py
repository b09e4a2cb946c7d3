from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery


def keep(apps, schema_editor):
    alias = schema_editor.connection.alias
    stories = apps.get_model("articles", "Article").objects.using(alias)
    comments = apps.get_model("comments", "ReaderComment").objects.using(alias)
    below = comments.filter(article=OuterRef("pk"), published_at__isnull=False)
    newest = below.order_by("article_id", "-published_at").values("published_at")[:1]
    stories.filter(Exists(below)).update(newest_comment_at=Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0024_words_with_a_removal"),
        ("articles", "0023_newest_comment_at"),
    ]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
