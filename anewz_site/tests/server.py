"""The site as a real server runs it, on the database of the tests."""

import fcntl
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.db import connection


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url():
    described = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{described['NAME']}"
    user, host, port = described["USER"], described["HOST"] or "127.0.0.1", described["PORT"] or 5432
    return f"postgres://{user}:{described['PASSWORD']}@{host}:{port}/{described['NAME']}"


@functools.cache
def collected_static():
    """Return a folder with the static files as production has them, made once for all processes of a run."""
    folder = Path(settings.DATA_DIR, "collected")
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "static" / "staticfiles.json").exists():
            command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
            subprocess.run(command, cwd=settings.BASE_DIR, env=_environment(folder), check=True)
    return folder / "static"


def _environment(data_dir, **variables):
    ours = {"DATA_DIR": str(data_dir), "DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY}
    return os.environ | ours | variables


class Server:
    """gunicorn with the project's own configuration, until `stop`. Its data folder is its own."""

    def __init__(self, **variables):
        self.port = free_port()
        self.data_dir = Path(tempfile.mkdtemp())
        (self.data_dir / "static").symlink_to(collected_static())
        self.log = open(self.data_dir / "log", "w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "anewz_site/gunicorn.conf.py", "anewz_site.wsgi"],
            cwd=settings.BASE_DIR,
            env=_environment(self.data_dir, PORT=str(self.port), **variables),
            stdout=self.log,
            stderr=self.log,
        )
        self._wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()
        shutil.rmtree(self.data_dir)

    def _wait(self):
        for _ in range(600):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5)
            except OSError:
                time.sleep(0.1)
            else:
                return
            if self.process.poll() is not None:
                break
        raise AssertionError(Path(self.log.name).read_text())
