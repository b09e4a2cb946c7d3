"""Django's SQLite, where whoever means to write waits in a queue.

SQLite lets those who find it locked sleep and try again, each by itself: the lock lies idle between two of
them, and one of many may never find it free.
"""

from contextlib import contextmanager

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from anewz_site.queued_sqlite3.queue import queue_of

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    _has_turn = False

    def create_cursor(self, name=None):
        cursor = self.connection.cursor(factory=QueuedCursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self):
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self):
        super()._commit()  # if it fails, a rollback follows
        self._end_turn()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self):
        try:
            super()._close()
        finally:
            self._end_turn()

    @contextmanager
    def turn_for_one_statement(self):
        """Wait in the queue too where a statement is its own transaction."""
        if self._has_turn or self.connection.in_transaction:
            yield
            return
        self._wait_for_turn()
        try:
            yield
        finally:
            self._end_turn()

    def _wait_for_turn(self):
        if self.is_in_memory_db():
            return
        queue = queue_of(self.settings_dict["NAME"])
        if not queue.join(self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked: its turn to write did not come")
        self._has_turn = True

    def _end_turn(self):
        if self._has_turn:
            self._has_turn = False
            queue_of(self.settings_dict["NAME"]).leave()


class QueuedCursor(base.SQLiteCursorWrapper):
    def execute(self, query, params=None):
        if not _writes(query):
            return super().execute(query, params)
        with self.wrapper.turn_for_one_statement():
            return super().execute(query, params)

    def executemany(self, query, param_list):
        if not _writes(query):
            return super().executemany(query, param_list)
        with self.wrapper.turn_for_one_statement():
            return super().executemany(query, param_list)


def _writes(query):
    return query.lstrip()[:7].upper().startswith(WRITES)
