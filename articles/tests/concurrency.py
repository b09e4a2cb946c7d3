from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections
from django.test import TransactionTestCase

from articles.models import protection


class ConcurrencyTestCase(TransactionTestCase):
    """For facts that take several real transactions. Emptying the tables protects them anew."""

    def at_once(self, act, times):
        """Call `act(number)` in as many threads at the same instant; return what they returned."""
        barrier = Barrier(times)

        def run(number):
            barrier.wait()
            try:
                return act(number)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(run, range(times)))

    def _fixture_teardown(self):
        protection.remove(connection)
        super()._fixture_teardown()
