"""Plain functions that make what a test needs. A test names only its own facts."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from articles.tests.factories import make_article
from comments.models import (
    Expert,
    Following,
    PendingComment,
    PendingFollowing,
    ReaderComment,
    Sanction,
    Thread,
)
from comments.moderation import cases


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


def make_expert(article, account=None, **changes):
    """Somebody who answers below the story, which asks for questions."""
    thread, _ = Thread.objects.update_or_create(article=article, defaults={"mode": Thread.Mode.QUESTIONS})
    fields = {"name": "Prof. Aynur H.", "line": "seismologist in Baku"}
    account = account or make_reader("expert", first_name="", last_name="")
    return Expert.objects.create(thread=thread, user=account, **fields | changes)


def make_warning(person, **changes):
    fields = {"kind": Sanction.Kind.WARNING, "reason": "insult", "words": "Answer the argument."}
    return Sanction.objects.create(person=person, by=make_moderator(), **fields | changes)


def make_following(person, article=None, **changes):
    """Follow a story, or with none the replies to the person."""
    fields = {"pace": Following.Pace.NOW} | changes
    return Following.objects.get_or_create(person=person, article=article, defaults=fields)[0]


def make_wish(article, email="leyla@reader.example", pace="now"):
    return PendingFollowing.objects.create(article=article, email=email, pace=pace)


def make_appealed(article=None, **changes):
    """A comment that a moderator removed, with an appeal that waits."""
    comment = make_comment(article, text="Removed words.", **changes)
    with transaction.atomic():
        comment.change_state("removed", reason="insult")
        act = comment.acts.create(act="remove", reason="insult", by=make_moderator())
        comment.appeals.create(act=act, words="Nobody is insulted.")
        cases.appeal(comment)
    return comment
