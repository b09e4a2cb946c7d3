"""Give the comments from before their persons, and their threads' first ones the mark that finds them."""

from django.db import migrations
from django.db.models import F

from articles.ratelimit import mailbox_of

BATCH = 2000


def give(apps, schema_editor):
    comments = apps.get_model("comments", "ReaderComment").objects.using(schema_editor.connection.alias)
    people = apps.get_model("comments", "Person").objects.using(schema_editor.connection.alias)
    comments.filter(thread_id=F("pk")).update(opens_thread=True)
    of_account, of_mailbox, reached = {}, {}, 0
    while rows := list(
        comments.filter(pk__gt=reached, person=None)
        .order_by("pk")
        .values_list("pk", "user_id", "user__first_name", "user__last_name", "user_email")[:BATCH]
    ):
        changed = {}
        for pk, user_id, first_name, last_name, email in rows:
            if user_id:
                if user_id not in of_account:
                    name = f"{first_name} {last_name}".strip()[:50]
                    of_account[user_id] = people.get_or_create(user_id=user_id, defaults={"name": name})[0].pk
                changed.setdefault(of_account[user_id], []).append(pk)
            elif email:
                mailbox = mailbox_of(email)
                if mailbox not in of_mailbox:
                    of_mailbox[mailbox] = people.get_or_create(mailbox=mailbox)[0].pk
                changed.setdefault(of_mailbox[mailbox], []).append(pk)
        for person, keys in changed.items():
            comments.filter(pk__in=keys).update(person=person)
        reached = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_conversation")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop, elidable=True)]
