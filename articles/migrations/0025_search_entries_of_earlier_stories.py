from django.db import migrations

from articles.microseconds import microseconds
from articles.search.entries import entry_of

BATCH = 500


def index(apps, schema_editor):
    alias = schema_editor.connection.alias
    entries = apps.get_model("articles", "SearchEntry")
    published = apps.get_model("articles", "Article").objects.using(alias).filter(state="published")
    published = published.select_related("live_version", "section").prefetch_related("topics", "authors")
    last = 0
    for story in published.order_by("published_at", "pk").iterator(BATCH):
        last = max(microseconds(story.published_at), last + 1)
        words = entry_of(story, entries)
        words.place = last
        words.save(force_insert=True, using=alias)


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_search")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
