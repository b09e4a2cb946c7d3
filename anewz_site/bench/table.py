"""The figures of one run, as a table on paper."""

import os
import platform
from pathlib import Path

from django.conf import settings
from django.db import connection

from anewz_site.bench import chart
from anewz_site.bench.figures import Report


class Table:
    """The figures of one run, printed as they come, and written down at the end."""

    def __init__(self):
        self.report, self.rows = Report(), []

    def part(self, name, *columns):
        self.report.say(f"== {name}")
        self.rows.append((name, columns, []))

    def row(self, name, *cells, reached=None):
        """Add a row; `reached` says whether what is to be reached was, where something is."""
        self.report.missed += reached is False
        shown = [f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in cells]
        mark = {None: "", True: "yes", False: "NO"}[reached]
        self.report.say(f"  {name:<58}" + "".join(f"{cell:>14}" for cell in shown) + f"  {mark}")
        self.rows[-1][2].append((name, shown, mark))

    def write(self):
        lines = [INTRODUCTION.format(machine=machine())]
        for name, columns, rows in self.rows:
            lines += ["", f"## {name}", "", f"| | {' | '.join(columns)} | reached |"]
            lines.append("| --- |" + " ---: |" * len(columns) + " --- |")
            lines += [f"| {row} | {' | '.join(cells)} | {mark} |" for row, cells, mark in rows]
        Path(settings.BASE_DIR, "docs", "benchmarks.md").write_text("\n".join(lines) + "\n")
        bars = [(row, float(cells[0].replace(",", ""))) for row, cells, _ in self.rows[0][2]]
        Path(settings.BASE_DIR, "docs", "images", "benchmarks.svg").write_text(chart.bars(bars))


INTRODUCTION = """# How fast it is

Written by `bin/bench`, which measures everything below in one run on one machine, and so can you. What counts
are the ratios: the same bytes from a bare WSGI function and from an empty Django view without middleware, by
the same server with the same settings, say what the machine can do. {machine}

![Answers a second](images/benchmarks.svg)"""


def machine():
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    python = platform.python_version()
    return f"This run: {os.cpu_count()} cores shared with the tool that asks, Python {python}, {database}."
