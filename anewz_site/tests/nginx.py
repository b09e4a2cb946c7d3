"""The nginx of deploy/nginx.conf, started as an operator would, in folders of its own."""

import getpass
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from anewz_site.tests.server import free_port

FOUND = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
DEPLOY = settings.BASE_DIR / "deploy"


def configuration(server_port, port, folder, data_dir, listen=None):
    """Return the file as it is shipped, with what it says to replace replaced."""
    text = (DEPLOY / "nginx.conf").read_text()
    for shipped, ours in [
        ("user anewz;", f"user {getpass.getuser()};" if getpass.getuser() == "root" else ""),
        ("/run/anewz-nginx.pid", f"{folder}/pid"),
        ("127.0.0.1:8000", f"127.0.0.1:{server_port}"),
        ("/srv/anewz/var", str(data_dir)),
        ("/var/cache/anewz", f"{folder}/cache"),
        ("listen 80;", listen or f"listen 127.0.0.1:{port};"),
    ]:
        if not re.search(re.escape(shipped), text):
            raise AssertionError(f"deploy/nginx.conf no longer says {shipped}")
        text = text.replace(shipped, ours)
    return text


class Nginx:
    def __init__(self, server_port, data_dir, folder):
        self.port, self.folder = free_port(), Path(folder)
        self.conf = self.folder / "nginx.conf"
        self.conf.write_text(configuration(server_port, self.port, self.folder, data_dir))
        self.process = subprocess.Popen(
            [FOUND, "-p", str(self.folder), "-c", str(self.conf), "-g", "daemon off;"],
            stderr=open(self.folder / "errors", "w"),
        )
        for _ in range(100):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "errors").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def syntax_error(text):
    """Return what nginx says against a configuration; empty where it is good."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "nginx.conf")
        path.write_text(text)
        tried = subprocess.run(
            [FOUND, "-t", "-q", "-p", folder, "-c", str(path)], capture_output=True, text=True
        )
        return "" if tried.returncode == 0 else tried.stderr
