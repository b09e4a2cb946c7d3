from pathlib import Path

from django.conf import settings

INTRODUCTION = """# What programs from outside say of the pages

Written by `bin/quality`, which starts the demonstration newsroom and asks each program about its pages; so
can you. What is to be reached: 100 in each category of Lighthouse, the largest paint within a second, no
shift, no blocking; nothing that axe or the Nu checker has to say; and stories that every program reads whole.
Times are simulated by Lighthouse from what it measured, the median of three visits."""


class Paper:
    """The figures of one run: printed as they come, and written down at the end."""

    def __init__(self):
        self.missed, self._lines = 0, [INTRODUCTION]

    def part(self, name, *columns):
        print(f"== {name}", flush=True)
        self._lines += ["", f"## {name}", "", f"| | {' | '.join(columns)} | reached |"]
        self._lines.append("| --- |" + " ---: |" * len(columns) + " --- |")

    def row(self, name, cells, reached):
        self.missed += not reached
        cells, mark = [str(cell) for cell in cells], "yes" if reached else "NO"
        print(f"  {name:<52}" + "".join(f"{cell:>12}" for cell in cells) + f"  {mark}", flush=True)
        self._lines.append(f"| {name} | {' | '.join(cells)} | {mark} |")

    def note(self, lines):
        """Print what was found, for whoever mends it."""
        for line in lines:
            print(f"      {line[:400]}", flush=True)

    def write(self):
        Path(settings.BASE_DIR, "docs", "quality.md").write_text("\n".join(self._lines) + "\n")
