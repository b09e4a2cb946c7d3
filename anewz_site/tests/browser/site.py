"""The real site, started by bin/start with a folder, a port and a mail server of its own."""

import email
import os
import signal
import subprocess
import threading
import time
from email import policy
from pathlib import Path

from aiosmtpd.controller import Controller

from anewz_site.tests.server import free_port

ROOT = Path(__file__).resolve().parents[3]
START_S, STOP_S, LETTER_S = 180, 30, 60
OUR_VARIABLES = [
    "CACHE_URL",
    "DATABASE_URL",
    "DEBUG",
    "HOST",
    "KEPT_PAGES_MB",
    "NGINX_CACHE",
    "NGINX_SENDS_PICTURES",
    "PURGE_URL",
    "SECRET_KEY",
    "SITE_URL",
    "TRUSTED_PROXIES",
]


class Mailbox:
    """Catches every letter that the site sends, and hands each out once."""

    def __init__(self):
        self._letters = []
        self._arrival = threading.Condition()
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())
        self._server.start()
        self.url = f"smtp://127.0.0.1:{self._server.port}"

    async def handle_DATA(self, server, session, envelope):
        with self._arrival:
            self._letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
            self._arrival.notify_all()
        return "250 OK"

    def letter_to(self, address):
        def found():
            return [letter for letter in self._letters if address in letter["To"]]

        with self._arrival:
            assert self._arrival.wait_for(found, LETTER_S), f"no letter came for {address}"
            letter = found()[0]
            self._letters.remove(letter)
            return letter

    def close(self):
        self._server.stop()


class Site:
    """One run of bin/start. `run` may be called again once it was stopped."""

    def __init__(self, data_dir, root=ROOT, **variables):
        self.data_dir, self.root, self.port = data_dir, root, free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.variables = {"DATA_DIR": str(data_dir), "PORT": str(self.port), **variables}
        self.log = Path(data_dir, "start.log")
        self.sessions = {}  # the cookies of those who logged in at the desk, by role

    def run(self):
        """Return when bin/start has said that all is ready, and say how many seconds that took."""
        began = time.monotonic()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        inherited = {name: value for name, value in os.environ.items() if name not in OUR_VARIABLES}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["bin/start"],
                cwd=self.root,
                env=inherited | self.variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # as a terminal has its own, so that all of it can be asked for
            )
        while not self.is_ready():
            assert self.process.poll() is None, f"bin/start ended:\n{self.log.read_text()}"
            assert time.monotonic() - began < START_S, f"no answer:\n{self.log.read_text()}"
            time.sleep(0.1)
        return time.monotonic() - began

    def is_ready(self):
        """Whether the last line of the introduction is there: by then the site answers."""
        return "Ctrl-C" in self.log.read_text()

    def address(self, path):
        return self.base_url + path

    def stop(self, by=signal.SIGINT):
        """Do what Ctrl-C does: signal every process of the terminal. Return the exit status."""
        os.killpg(self.process.pid, by)
        return self.process.wait(STOP_S)

    def processes(self):
        """Return what runs, or was left running, of this start."""
        listing = subprocess.run(
            ["ps", "-e", "-o", "sid=,stat=,args="], capture_output=True, text=True, check=True
        )
        rows = [line.split(None, 2) for line in listing.stdout.splitlines()]
        return [row[2] for row in rows if row[0] == str(self.process.pid) and not row[1].startswith("Z")]

    def password(self, role):
        lines = Path(self.data_dir, "demo-accounts.txt").read_text().splitlines()
        return {line.split("\t")[0]: line.split("\t")[2] for line in lines}[role]
