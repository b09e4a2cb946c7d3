"""Django's PostgreSQL, which keeps the plans of statements that come again and again.

Django writes values into the SQL, so that PostgreSQL reads and plans each statement anew. For what nearly
every page asks, that takes several times what answering takes.
"""

from django.db.backends.postgresql import base
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def planned_cursor(self):
        """Return a cursor whose statements the server prepares: for SQL that is the same each time."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PlannedCursor(self.connection))


class PlannedCursor(base.ServerBindingCursor):
    def execute(self, query, params=None, **options):
        try:
            return super().execute(query, params, **options)
        except FeatureNotSupported:  # a migration has changed the table under a process of before
            self.connection.prepare_threshold = None  # so this connection keeps no plans any more
            if self.connection.info.transaction_status == TransactionStatus.INERROR:
                raise
            return super().execute(query, params, **options)
