"""The real worker, in a process of its own, killed while it sends."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

from django.conf import settings
from django.test import SimpleTestCase

from articles.tests.mail_server import Inbox, mail_server

PATIENCE_S = 60
QUEUE_A_LETTER = "from articles.mail import queue_mail; queue_mail('leyla@example.org', 'Hello', 'Text')"


class SlowInbox(Inbox):
    """Never finishes with the first letter that it is given."""

    def __init__(self):
        super().__init__()
        self.asked, self.taken = Event(), Event()

    async def handle_DATA(self, server, session, envelope):
        if not self.asked.is_set():
            self.asked.set()
            await asyncio.sleep(3600)
        answer = await super().handle_DATA(server, session, envelope)
        self.taken.set()
        return answer


class KilledWorkerTests(SimpleTestCase):
    def test_a_letter_survives_the_worker_that_was_sending_it(self):
        with tempfile.TemporaryDirectory() as data_dir, mail_server(inbox=SlowInbox()) as inbox:
            self.environment = os.environ | {
                "DATA_DIR": data_dir,
                "DATABASE_URL": "",
                "EMAIL_URL": f"smtp://127.0.0.1:{inbox.port}",
            }
            subprocess.run(self.command("migrate", "--verbosity=0"), check=True, **self.place)
            subprocess.run(self.command("shell", "--command", QUEUE_A_LETTER), check=True, **self.place)
            with self.worker():
                self.assertTrue(inbox.asked.wait(PATIENCE_S))
            self.let_letters_fall_due(data_dir)
            with self.worker():
                self.assertTrue(inbox.taken.wait(PATIENCE_S))
            self.assertEqual(len(inbox.letters), 1)

    @property
    def place(self):
        silence = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return {"cwd": settings.BASE_DIR, "env": self.environment} | silence

    def command(self, *arguments):
        return [sys.executable, "manage.py", *arguments]

    @contextmanager
    def worker(self):
        worker = subprocess.Popen(self.command("work", "--no-startup-delay"), **self.place)
        try:
            yield
        finally:
            worker.kill()
            worker.wait()

    def let_letters_fall_due(self, data_dir):
        with closing(sqlite3.connect(Path(data_dir, "anewz.sqlite3"))) as database, database:
            database.execute("UPDATE articles_outgoingmail SET next_attempt_at = '2025-01-01 00:00:00'")
