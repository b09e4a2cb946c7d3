"""What every test stands on. The database is the one of DATABASE_URL, SQLite with none."""

import shutil
import tempfile

from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

MEDIA_ROOT = tempfile.mkdtemp(prefix="anewz-test-media-")


def pytest_configure(config):
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = MEDIA_ROOT
    settings.API_ANSWERS_A_MINUTE = 0  # tests ask for more than a reader's app
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool would hold on to the test database
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        # No test pulls the plug of the database's machine, so none waits for its disk.
        settings.DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
    TransactionTestCase._fixture_teardown = _emptying_final_rows(TransactionTestCase._fixture_teardown)


def pytest_unconfigure(config):
    shutil.rmtree(MEDIA_ROOT, ignore_errors=True)


def _emptying_final_rows(teardown):
    """Let a test database be emptied. The flush ends with post_migrate, which protects the rows anew."""

    def emptied(self):
        from articles.models import protection

        protection.remove(connections["default"])
        teardown(self)

    return emptied
