"""Who may do what: rights of an account everywhere, and rights that it has in one section alone.

`account.has_perm(right)` asks whether there is any story for which the account has the
right; `account.has_perm(right, article)` asks about that story.
"""

import hashlib
import json

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from articles.models import Article, Picture, SectionRole


class NewsroomBackend(ModelBackend):
    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active:
            return False
        if super().has_perm(user_obj, perm):
            return True
        if obj is None:
            return any(perm in rights for rights in rights_by_section(user_obj).values())
        return isinstance(obj, Article) and perm in self._rights_for(user_obj, obj)

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active:
            return False
        if super().has_module_perms(user_obj, app_label):
            return True
        rights = set().union(*rights_by_section(user_obj).values())
        return any(right.startswith(f"{app_label}.") for right in rights)

    def _rights_for(self, user_obj, article):
        """A story that stands in no section yet is open to whoever may write somewhere, if it is theirs."""
        by_section = rights_by_section(user_obj)
        if article.section_id is None and article.created_by_id in (None, user_obj.pk):
            return set().union(*by_section.values())
        return by_section.get(article.section_id, set())


def rights_by_section(account):
    """Return the rights that the account has in single sections, by the section's key. One query."""
    if not hasattr(account, "_rights_by_section"):
        account._rights_by_section = _rights_by_section(account)
    return account._rights_by_section


def has_everywhere(account, right):
    """Whether the account has the right for stories of every section."""
    if not account.is_active:
        return False
    return account.is_superuser or right in ModelBackend().get_all_permissions(account)


def mark_of_roles(account):
    """Return what tells these rights of an account from every other. The desk asks for them anyway."""
    everywhere, in_sections = [], []
    if not account.is_superuser:  # who has every right, whatever roles there are
        everywhere = sorted(ModelBackend().get_all_permissions(account))
        in_sections = sorted((key, sorted(rights)) for key, rights in rights_by_section(account).items())
    place = [account.is_superuser, account.is_staff]
    return hashlib.sha256(json.dumps([place, everywhere, in_sections]).encode()).hexdigest()[:24]


def sections_where(account, right):
    """Return the keys of the sections in which the account has the right; None stands for all of them."""
    if has_everywhere(account, right):
        return None
    return {section for section, rights in rights_by_section(account).items() if right in rights}


def _rights_by_section(account):
    rows = SectionRole.objects.filter(user=account).values_list(
        "section", "group__permissions__content_type__app_label", "group__permissions__codename"
    )
    rights = {}
    for section, app, codename in rows:
        rights.setdefault(section, set()).add(f"{app}.{codename}")
    return rights


def stories_at_desk(account, stories):
    """Return those of `stories` that the account may open at the desk: its sections', and its own of none."""
    sections = sections_where(account, "articles.view_article")
    if sections is None:
        return stories
    return stories.filter(Q(section__in=sections) | Q(section=None, created_by=account))


def reports_at_desk(account, reports):
    """Return those of `reports` of errors that are about stories of the account's sections."""
    sections = sections_where(account, "articles.view_errorreport")
    return reports if sections is None else reports.filter(article__section__in=sections)


def pictures_at_desk(account):
    """Return the pictures that the account may see. A picture is as private as the words of its stories.

    Those that no story holds are open to whoever works with pictures.
    """
    pictures = Picture.objects.all()
    if has_everywhere(account, "articles.view_article"):
        return pictures
    every, ours = Article.objects.all(), Article.objects.none()
    if account.has_perm("articles.view_article"):
        ours = stories_at_desk(account, every)
    open_to_it = pictures.held_by(ours)
    if account.has_perm("articles.view_picture"):
        open_to_it |= ~pictures.held_by(every)
    return pictures.filter(open_to_it) | pictures.shown()


def changeable_pictures(account, pictures):
    """Return those of `pictures` whose every story the account may open; of a published one, publish."""
    if not has_everywhere(account, "articles.view_article"):
        own = stories_at_desk(account, Article.objects.all())
        foreign = Article.objects.exclude(pk__in=own.values("pk"))
        pictures = pictures.exclude(Picture.objects.held_by(foreign))
    sections = sections_where(account, "articles.publish_article")
    if sections is not None:
        held = Picture.objects.held_by(Article.objects.exclude(section__in=sections))
        pictures = pictures.exclude(pk__in=Picture.objects.published().filter(held).values("pk"))
    return pictures


def may_change_picture(account, picture):
    rights = ("articles.view_article", "articles.publish_article")
    if all(has_everywhere(account, right) for right in rights):
        return True
    return changeable_pictures(account, Picture.objects.filter(pk=picture.pk)).exists()


def stories_known_to(account):
    """Return the stories that the account may open at the desk, and those that readers see."""
    if sections_where(account, "articles.view_article") is None:
        return Article.objects.all()
    return stories_at_desk(account, Article.objects.all()) | Article.objects.visible()
