"""What each role of the newsroom may do. Groups follow this file after every migrate."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q


def _all(*models):
    return [f"articles.{act}_{model}" for model in models for act in ("add", "change", "delete", "view")]


REPORTER = [
    "articles.add_article",
    "articles.change_article",
    "articles.view_article",
    "articles.add_picture",
    "articles.change_picture",
    "articles.view_picture",
    "articles.view_section",
    "articles.view_topic",
    "articles.view_author",
    "articles.view_version",
    "articles.view_logentry",
    "articles.view_errorreport",
]
EDITOR = [
    *(right for right in REPORTER if not right.endswith(("_section", "_topic", "_author", "_picture"))),
    *_all("section", "topic", "author", "picture", "homeslot", "breakingnews", "page", "searchsuggestion"),
    "articles.send_back_article",
    "articles.approve_article",
    "articles.embargo_article",
    "articles.schedule_article",
    "articles.publish_article",
    "articles.update_article",
    "articles.clarify_article",
    "articles.correct_article",
    "articles.withdraw_article",
    "articles.restore_article",
    "articles.answer_errorreport",
]


def sync_newsroom():
    sync_group("Reporter", REPORTER)
    sync_group("Editor", EDITOR)


def sync_group(name, codenames):
    """Give the group exactly these rights, each written as `app.codename`. Run after every migrate."""
    named = Q()
    for codename in codenames:
        app, _, right = codename.partition(".")
        named |= Q(content_type__app_label=app, codename=right)
    rights = Permission.objects.filter(named)
    if len(rights) != len(codenames):
        raise LookupError(f"Not all rights of the group {name} exist: {codenames}")
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set(rights)
