"""How fast pages are, over what the machine can do at all, and whether that lasts as the archive grows.

Prints a table and writes docs/benchmarks.md with a chart. `--full` goes on to a million stories.
"""

import argparse
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import astuple
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")
django.setup()

from django.conf import settings  # noqa: E402

from anewz_site.bench import postgresql, speeds  # noqa: E402
from anewz_site.bench.newsroom import (  # noqa: E402
    archive_of,
    discussed_stories,
    generate,
    kinds_of_page,
    manage,
)
from anewz_site.bench.serving import best, drive, get, memory_mb, serving  # noqa: E402
from anewz_site.bench.table import Table  # noqa: E402
from anewz_site.tests import nginx  # noqa: E402

SIZES = (1_000, 100_000)
FULL_SIZES = (*SIZES, 1_000_000)
SPEED = ("a second", "p50 ms", "p99 ms")
REQUESTS_FOR_MEMORY = 100_000

# What a row may be at least (or, of durations, at most), over another row of the same run.
KEPT_OVER_VIEW, KEPT_OVER_BARE, NGINX_OVER_FILE, COLD_OVER_VIEW = 1.6, 0.85, 0.6, 0.06
GROWN_OVER_SMALL, BUSY_OVER_QUIET, SEARCH_MS = 1.5, 1.2, 50
PAGE_KB, PAGE_REQUESTS, WORKER_MB = 30, 5, 150


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--full", action="store_true", help="go on to a million stories")
    options.add_argument("--archives", help="a folder in which generated newsrooms stay for the next time")
    options = options.parse_args()
    sizes = FULL_SIZES if options.full else SIZES
    table = Table()
    generate(sizes[0])
    stories = discussed_stories()
    addresses = kinds_of_page(stories)
    against_the_machine(table, stories)
    on_postgresql(table, sizes[0])
    behind_nginx(table, stories[50])
    while_others_write(table, stories)
    weight(table, stories[50])
    memory(table, addresses)
    as_the_archive_grows(table, sizes, addresses, options.archives)
    table.write()
    table.report.end()


BARE, VIEW = "bare WSGI function, the bytes of a story", "empty Django view, the same bytes"


def against_the_machine(table, stories):
    """The site beside the least that a server and Django can do, all asked in turns as browsers ask."""
    table.part("Against what the machine can do", *SPEED, "over bare", "over empty view")
    with ExitStack() as servers:
        kept, _ = servers.enter_context(serving())
        cold, _ = servers.enter_context(serving(**speeds.NOTHING_KEPT))
        file = servers.enter_context(NamedTemporaryFile())
        file.write(get(kept, stories[50].get_absolute_url()))
        file.flush()
        function, _ = servers.enter_context(bare("function", file))
        view, _ = servers.enter_context(bare("view", file, BENCH_VIEW="1"))
        found = speeds.of_kept_pages(kept, stories, **{BARE: (function, "/"), VIEW: (view, "/")})
        found |= speeds.of_cold_pages(cold, stories) | speeds.of_presses(kept)
    over_view = {
        speeds.KEPT: KEPT_OVER_VIEW,
        speeds.COLD: COLD_OVER_VIEW,
        speeds.HOME_COLD: COLD_OVER_VIEW,
    }
    for name in (BARE, VIEW, *(name for name in found if name not in (BARE, VIEW))):
        speed = found[name]
        of_bare, of_view = (speed.a_second / found[other].a_second for other in (BARE, VIEW))
        reached = of_view >= over_view[name] if name in over_view else None
        if name == speeds.KEPT:
            reached = reached and of_bare >= KEPT_OVER_BARE
        table.row(name, *astuple(speed), of_bare, of_view, reached=reached)


def bare(name, file, **variables):
    return serving(f"anewz_site.bench.bare:{name}", BENCH_BYTES=file.name, **variables)


def on_postgresql(table, size):
    """The same newsroom on the other database, where there is one."""
    url = postgresql.found()
    if not url:
        table.report.say("== No PostgreSQL on this machine")
        return
    table.part("The same on PostgreSQL", *SPEED)
    with postgresql.own_database(url) as address, TemporaryDirectory() as folder:
        variables = {"DATABASE_URL": address, "DATA_DIR": folder}
        Path(folder, "static").symlink_to(settings.STATIC_ROOT)
        manage("migrate", "--verbosity=0", **variables)
        generate(size, **variables)
        for name, *figures in figures_of("anewz_site.bench.speeds", **variables):
            table.row(name, *figures)


def figures_of(module, **variables):
    """Run a program that prints a line for each figure; yield the name and the numbers of each."""
    told = subprocess.run(
        [sys.executable, "-m", module],
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name, numbers in re.findall(r"^(.+): ([\d. ]+)$", told, re.MULTILINE):
        yield name, *map(float, numbers.split())


def behind_nginx(table, story):
    if not nginx.FOUND:
        table.report.say("== No nginx on this machine")
        return
    table.part("Behind deploy/nginx.conf", *SPEED, "over its own file")
    address = story.get_absolute_url()
    with TemporaryDirectory() as folder:
        variables = {"NGINX_CACHE": f"{folder}/cache", "TRUSTED_PROXIES": "127.0.0.1/32"}
        with serving(**variables) as (port, _):
            proxy = nginx.Nginx(port, settings.DATA_DIR, folder)
            try:
                plain = Path(settings.STATIC_ROOT, "bench.txt")
                plain.write_bytes(get(proxy.port, address))
                found = best(
                    {"file": (proxy.port, "/static/bench.txt"), "page": (proxy.port, address)}, times=3
                )
            finally:
                proxy.stop()
                plain.unlink(missing_ok=True)
    file, page = found["file"], found["page"]
    table.row("nginx, a file with the bytes of a story", file.a_second, file.p50_ms, file.p99_ms, 1.0)
    ratio = page.a_second / file.a_second
    cells = page.a_second, page.p50_ms, page.p99_ms, ratio
    table.row("story, 50 comments, kept by nginx", *cells, reached=ratio >= NGINX_OVER_FILE)


def while_others_write(table, stories):
    """A reader of one story while a hundred comments a second come below another."""
    table.part("While a hundred comments a second come below another story", "p50 ms", "p99 ms", "over quiet")
    Path(settings.DATA_DIR, "demo-loaded").touch()  # this newsroom is full already
    command = [sys.executable, "-m", "anewz_site.bench.load", "--quiet-story"]
    told = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True).stdout
    figures = dict(re.findall(r"^  (.+?)\s{2,}([\d.]+)", told, re.MULTILINE))
    quiet, busy = (
        [float(figures[f"a reader {when}, {share}"]) for share in ("p50", "p99")]
        for when in ("before", "meanwhile")
    )
    table.row("story, kept, in quiet", *quiet, 1.0)
    ratio = busy[1] / quiet[1]
    table.row("story, kept, meanwhile", *busy, ratio, reached=ratio <= BUSY_OVER_QUIET)
    table.row(
        "a press of the button", *(float(figures[f"a press of the button, {p}"]) for p in ("p50", "p99")), ""
    )


def weight(table, story):
    """What a browser fetches for a story: the page, and what it names that is fetched at once."""
    table.part("What a page weighs as it travels (brotli)", "kB", "requests")
    with serving() as (port, _):
        page = get(port, story.get_absolute_url())
        text = get(port, story.get_absolute_url(), accepted="identity").decode()
        wanted = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', text)
        files = [get(port, style or script) for style, script in wanted]
    kb = (len(page) + sum(map(len, files))) / 1000
    count = 1 + len(files)
    reached = kb <= PAGE_KB and count <= PAGE_REQUESTS
    table.row("story, 50 comments: HTML, CSS and scripts", kb, count, reached=reached)


def memory(table, addresses):
    table.part(f"Memory of a process after {REQUESTS_FOR_MEMORY:,} requests", "MB at first", "MB then")
    with serving() as (port, process):
        for address in addresses.values():
            get(port, address)
        before = max(memory_mb(process))
        asked = 0
        while asked < REQUESTS_FOR_MEMORY:
            for address in addresses.values():
                asked += 2 * drive(port, address, seconds=2).a_second
        after = max(memory_mb(process))
    table.row("all kinds of page, kept", before, after, reached=after <= WORKER_MB)


def as_the_archive_grows(table, sizes, addresses, archives):
    """Each kind of page with nothing kept, one reader after the other, at every size."""
    columns = [f"p99 ms, {size:,}" for size in sizes]
    table.part("As the archive grows, nothing kept", *columns, "last over first")
    found = {name: [] for name in addresses}
    for size in sizes:
        with archive_of(size, archives) as variables:
            for name, p99 in figures_of("anewz_site.bench.growth", **variables):
                found.setdefault(name, []).append(p99)
    for name, durations in found.items():
        if len(durations) == len(sizes):
            ratio = durations[-1] / durations[0]
            reached = durations[-1] <= SEARCH_MS if name.startswith("search") else ratio <= GROWN_OVER_SMALL
            table.row(name, *durations, ratio, reached=reached)


if __name__ == "__main__":
    main()
