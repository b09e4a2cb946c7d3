from django.db import connection
from django.test import TransactionTestCase

from articles.models import protection


class ConcurrencyTestCase(TransactionTestCase):
    """For facts that take several real transactions. Emptying the tables protects them anew."""

    def _fixture_teardown(self):
        protection.remove(connection)
        super()._fixture_teardown()
