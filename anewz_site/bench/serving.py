"""Servers to measure, each as production has them, and the tool that asks them."""

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from anewz_site.tests.server import free_port

CONNECTIONS = 16
ACCEPTED = "gzip, deflate, br, zstd"  # as browsers do
SITE = "anewz_site.wsgi"


@dataclass(frozen=True)
class Speed:
    """Answers a second, and how long one took at the median and for the slowest of a hundred, in ms."""

    a_second: float
    p50_ms: float
    p99_ms: float


@contextmanager
def serving(application=SITE, **variables):
    """Run gunicorn with the project's configuration; gives its port, and its process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "anewz_site/gunicorn.conf.py", application]
    log = open(settings.DATA_DIR / "bench.log", "a")
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"} | variables,
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            get(port, "/")
            time.sleep(1)  # for the other processes
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start; see bench.log.")


def get(port, address, accepted=ACCEPTED):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers={"Accept-Encoding": accepted})
    answer = connection.getresponse()
    if answer.status != 200:
        sys.exit(f"{address} was answered with {answer.status}.")
    return answer.read()


def best(places, times=5, **asking):
    """Ask for each of the places, (port, address) by name, in turns; return the best run of each.

    What others do on the machine meanwhile only makes a run worse, and meets all alike.
    """
    runs = {name: [] for name in places}
    for _ in range(times):
        for name, (port, address) in places.items():
            runs[name].append(drive(port, address, seconds=2, **asking))
    return {name: max(speeds, key=lambda speed: speed.a_second) for name, speeds in runs.items()}


def drive(port, address, *, seconds=5, connections=CONNECTIONS, accepted=ACCEPTED, script=""):
    """Ask for one address as often as it is answered. Exits where not every answer was good."""
    wrk = shutil.which("wrk")
    if not wrk:
        sys.exit("bin/bench needs wrk (Debian: apt-get install wrk).")
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    command += ["-H", f"Accept-Encoding: {accepted}"]
    if script:
        path = Path(settings.DATA_DIR, "drive.lua")
        path.write_text(script)
        command += ["-s", str(path)]
    command.append(f"http://127.0.0.1:{port}{address}")
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(f"{address} was not always answered:\n{told}")
    return Speed(
        float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
        _ms(re.search(r"^\s+50%\s+(\S+)\s*$", told, re.MULTILINE)[1]),
        _ms(re.search(r"^\s+99%\s+(\S+)\s*$", told, re.MULTILINE)[1]),
    )


def memory_mb(process):
    """Return what each of the server's processes holds in memory of its own, in MB.

    Not what it maps of SQLite’s file (128 MB at most), which the kernel has for all and takes back.
    """
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
    return [int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024 for status in statuses]


def _ms(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
