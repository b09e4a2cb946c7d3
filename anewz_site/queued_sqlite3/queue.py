"""Who writes next: threads in the order in which they came, processes by a lock on a file."""

import fcntl
import os
import threading
from collections import deque


class Queue:
    """One writer at a time, of all processes that queue at the same file.

    A process that dies gives its place back. Where another process hangs while it writes, one thread of this
    one waits for it, and the others give up after their time.
    """

    def __init__(self, path):
        self._file = open(path, "a")
        self._guard, self._waiting, self._is_taken = threading.Lock(), deque(), False

    def join(self, patience_s):
        """Wait for one's turn; return whether it came within `patience_s` seconds."""
        if not self._pass_threads(patience_s):
            return False
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._let_next_thread()
            raise
        return True

    def leave(self):
        try:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._let_next_thread()

    def _pass_threads(self, patience_s):
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        try:
            if called.wait(patience_s):
                return True
        except BaseException:  # such as a signal's
            if not self._step_out(called):
                self._let_next_thread()
            raise
        return not self._step_out(called)

    def _step_out(self, called):
        """Stop waiting; return False for whoever has been called already."""
        with self._guard:
            if called.is_set():
                return False
            self._waiting.remove(called)
            return True

    def _let_next_thread(self):
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


def queue_of(database):
    """Return the queue of this process before a database; beside its file lies one to lock."""
    path = f"{database}-queue"
    with _making:
        queue = _queues.get((path, os.getpid()))
        if queue is None:  # none yet, or a parent's
            queue = _queues[path, os.getpid()] = Queue(path)
        return queue


_queues, _making = {}, threading.Lock()
