from django.contrib.auth.models import Group, Permission
from django.db.models import Q


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
