"""Plain functions that make what a test needs. A test names only its own facts."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from articles.tests.factories import make_article
from comments.models import PendingComment, ReaderComment, Sanction


def make_comment(article=None, *, text="Seoul said this in October.", name="Leyla M.", below=None, **changes):
    fields = {"user_name": name, "user_email": "leyla@reader.example", "comment": text}
    if below:
        fields |= {"article": below.article, "parent_id": below.pk}
    else:
        fields |= {"article": article or make_article()}
    comment = ReaderComment(**fields | changes)
    comment.save()
    return comment


def make_pending(article=None, **changes):
    fields = {
        "article": article or make_article(),
        "name": "Leyla M.",
        "email": "leyla@reader.example",
        "text": "Seoul said this in October.",
    }
    return PendingComment.objects.create(**fields | changes)


def make_moderator(username="moderator"):
    moderator, _ = get_user_model().objects.get_or_create(username=username, defaults={"is_staff": True})
    moderator.groups.add(Group.objects.get(name="Moderator"))
    return moderator


def make_reader(username="reader", **changes):
    names = {"first_name": "Rana", "last_name": "K."}
    return get_user_model().objects.create_user(username, **names | changes)


def make_warning(person, **changes):
    fields = {"kind": Sanction.Kind.WARNING, "reason": "insult", "words": "Answer the argument."}
    return Sanction.objects.create(person=person, by=make_moderator(), **fields | changes)
