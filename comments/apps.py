from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django_comments_xtd import apps as xtd


class QuietXtdConfig(xtd.CommentsXtdConfig):
    """The library without its `pre_save` receiver, which publishes hidden replies again."""

    def ready(self):
        pass


def give_moderators_their_rights(**kwargs):
    from comments.roles import sync_moderators

    sync_moderators()


class CommentsConfig(AppConfig):
    name = "comments"
    default = True

    def ready(self):
        from articles.models import protection

        protection.protect("comments_moderationact")
        post_migrate.connect(give_moderators_their_rights, sender=self, dispatch_uid="comments.roles")
