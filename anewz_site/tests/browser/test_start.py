"""bin/start, as somebody who has just cloned the repository uses it."""

import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
from contextlib import closing

from anewz_site.tests.browser.site import ROOT, Site

DATABASE = "anewz.sqlite3"
SECOND_START_S = 15


def start(**variables):
    environment = os.environ | {"PORT": "8000"} | variables
    return subprocess.run(
        ["bin/start"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_starts_again_at_once_and_leaves_no_process(site, tmp_path):
    """The site of these tests was a first start; its folder is started anew beside it."""
    assert len(site.processes()) > 3, "the script, the server and its workers, the background worker"
    copy = tmp_path / "data"
    shutil.copytree(site.data_dir, copy, ignore=shutil.ignore_patterns("*.sqlite3*"))
    with closing(sqlite3.connect(site.data_dir / DATABASE)) as running:
        with closing(sqlite3.connect(copy / DATABASE)) as copied:
            running.backup(copied)
    accounts = (copy / "demo-accounts.txt").read_bytes()
    again = Site(copy)
    for by in (signal.SIGINT, signal.SIGTERM):
        assert again.run() < SECOND_START_S
        assert again.stop(by) == 0
        assert again.processes() == []
    assert (copy / "demo-accounts.txt").read_bytes() == accounts


def test_says_where_everything_is(site):
    said = site.log.read_text()
    for fact in (f"http://localhost:{site.port}/", "/admin/", str(site.data_dir / "demo-accounts.txt")):
        assert fact in said


def test_the_passwords_are_for_their_owner_only(site):
    assert stat.S_IMODE((site.data_dir / "demo-accounts.txt").stat().st_mode) == 0o600


def test_a_wrong_setting_is_named_in_one_sentence(tmp_path):
    result = start(DATA_DIR=str(tmp_path), SITE_URL="news.example")
    assert result.returncode == 1
    assert result.stderr == (
        "AnewZ cannot start: SITE_URL is not a value that it can use (it has to look like https://news.example).\n"
    )


def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = start(DATA_DIR=str(tmp_path), PORT=port)
    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} is taken.")


def test_a_host_that_is_not_this_machine_s_is_named(tmp_path):
    result = start(DATA_DIR=str(tmp_path), HOST="192.0.2.1")
    assert result.returncode == 1
    assert result.stderr.startswith("AnewZ cannot start: HOST 192.0.2.1")


def test_an_old_python_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/environment").write_text((ROOT / "bin/environment").read_text())
    (tmp_path / "bin/start").write_text((ROOT / "bin/start").read_text())
    (tmp_path / "requirements.txt").touch()
    old = tmp_path / "old"
    old.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (old / name).write_text("#!/bin/sh\nexit 1\n")
        (old / name).chmod(0o755)
    command = ["bash", str(tmp_path / "bin/start")]
    environment = {"PATH": f"{old}:/usr/bin:/bin"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert result.returncode != 0
    assert "AnewZ needs Python 3.11 or newer" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_no_banner_tells_a_version(open_page, site):
    server = open_page("/health/").request.get("/").headers.get("server", "")
    assert not any(character.isdigit() for character in server)
