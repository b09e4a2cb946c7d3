"""Emptying the caches that stand before us, by the same changes that empty ours."""

import logging
import queue
import threading
import time
from hashlib import md5
from pathlib import Path

from articles.outside import FAILURES, post

CODINGS = ("br", "gzip", "")
AGAIN_AFTER_S = (0.2, 0.7)  # an answer that was on its way is thrown out too
HOOK_TIMEOUT_S = 2
HOOK_TRIES, LONGEST_PAUSE_S = 15, 30  # about as long as a CDN keeps a page

logger = logging.getLogger(__name__)


class NginxCache:
    """The folder in which deploy/nginx.conf keeps pages: `levels=1:2`, key `$coding$request_uri`.

    Without its file a page is no longer kept. Both have to run as the same user.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self._again = queue.SimpleQueue()
        self._thread = None

    def purge_all(self):
        self._unlink(self.folder.glob("?/??/*"))

    def purge(self, pages):
        """Throw out pages under every address by which they were asked for."""
        addresses = [address for page in pages for address in tuple(page.addresses)]
        paths = [self.path(coding, address) for address in addresses for coding in CODINGS]
        if not paths:
            return
        self._unlink(paths)
        now = time.monotonic()
        for delay in AGAIN_AFTER_S:
            self._again.put((now + delay, paths))
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._unlink_again, name="purge", daemon=True)
            self._thread.start()

    def changed(self, subjects):
        """Nothing to do: the pages that show them are purged one by one."""

    def path(self, coding, address):
        name = md5(f"{coding}{address}".encode(), usedforsecurity=False).hexdigest()
        return self.folder / name[-1] / name[-3:-1] / name

    def _unlink(self, paths):
        for path in paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                logger.error("nginx keeps a page that is old: %s", error)

    def _unlink_again(self):
        while True:
            due, paths = self._again.get()
            time.sleep(max(0, due - time.monotonic()))
            self._unlink(paths)


class Hook:
    """An address of a CDN to which the names of what changed are posted, as `Surrogate-Key`."""

    def __init__(self, address, token):
        self.address, self.token = address, token
        self._waiting = queue.SimpleQueue()
        self._thread = None

    def purge_all(self):
        """Nobody knows what changed meanwhile; what the CDN keeps ends by itself."""

    def purge(self, pages):
        """Nothing to do: what changed is told by name."""

    def changed(self, subjects):
        if not subjects:
            return
        self._waiting.put(set(subjects))
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._post_waiting, name="purge", daemon=True)
            self._thread.start()

    def _post_waiting(self):
        while True:
            subjects = self._waiting.get()
            for attempt in range(HOOK_TRIES):
                keys = " ".join(sorted(subjects))
                try:
                    self._post(keys)
                    break
                except FAILURES as error:
                    logger.warning("The CDN was not told of %s: %s", keys, error)
                    time.sleep(min(2**attempt / 10, LONGEST_PAUSE_S))
                while not self._waiting.empty():  # what changed meanwhile goes along
                    subjects |= self._waiting.get()

    def _post(self, keys):
        headers = {"Surrogate-Key": keys, "Authorization": f"Bearer {self.token}"}
        post(self.address, headers=headers, seconds=HOOK_TIMEOUT_S)
