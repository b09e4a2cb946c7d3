from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def protect_final_rows(using, **kwargs):
    from articles.models import protection

    protection.install(connections[using])


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self):
        post_migrate.connect(protect_final_rows, dispatch_uid="articles.protection")
