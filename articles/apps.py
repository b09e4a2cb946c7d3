from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import connections
from django.db.models.signals import post_migrate


def protect_final_rows(using, **kwargs):
    from articles.models import protection

    protection.install(connections[using])


def mark_changes(using, **kwargs):
    from articles.kept import marks

    marks.install(connections[using])


def keep_the_search_in_step(using, **kwargs):
    from articles.search import index

    index.install(connections[using])


def count_the_archive(**kwargs):
    from articles.models.archive_day import count_all_days

    count_all_days()


def give_the_newsroom_its_rights(**kwargs):
    from articles.roles import sync_newsroom

    sync_newsroom()


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self):
        import articles.hub  # noqa: F401  connects its signals
        import articles.search.entries  # noqa: F401
        from articles.sessions import remember_roles

        user_logged_in.connect(remember_roles, dispatch_uid="articles.sessions")
        post_migrate.connect(protect_final_rows, dispatch_uid="articles.protection")
        post_migrate.connect(mark_changes, sender=self, dispatch_uid="articles.marks")
        post_migrate.connect(keep_the_search_in_step, sender=self, dispatch_uid="articles.search")
        post_migrate.connect(count_the_archive, sender=self, dispatch_uid="articles.archive")
        post_migrate.connect(give_the_newsroom_its_rights, sender=self, dispatch_uid="articles.roles")
