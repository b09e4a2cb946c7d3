"""Ask each program about the pages of the demonstration newsroom, print the figures and write them down."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")
django.setup()

from anewz_site.quality import extraction, in_browser, lighthouse, paper  # noqa: E402
from anewz_site.tests.browser import html_checker  # noqa: E402
from anewz_site.tests.browser.site import Site  # noqa: E402
from anewz_site.tests.browser.test_pages import PAGES  # noqa: E402


def ask_lighthouse(site, told):
    told.part("Lighthouse: a phone, slow 4G, a processor four times slower", *lighthouse.COLUMNS)
    for name, path in lighthouse.PAGES.items():
        told.row(name, *lighthouse.measure(site.address(path)))


def ask_axe(site, told):
    told.part("axe: WCAG 2.2 AA", "looks", "violations")
    for name, count, found in in_browser.looks_of(site, PAGES):
        told.row(name, [count, len(found)], not found)
        told.note(found)


def ask_checker(site, told):
    told.part("Nu HTML checker", "pages", "errors and warnings")
    with TemporaryDirectory() as folder:
        in_browser.save(site, PAGES, Path(folder))
        found = html_checker.messages(folder)
    told.row("all kinds of page", [len(PAGES), len(found)], not found)
    told.note(found)


def ask_readers(site, told):
    told.part("Programs that read stories: title, byline, date, whole text", *extraction.PROGRAMS)
    for story in in_browser.stories(site):
        wrong = extraction.read(site.address(story))
        told.row(story, [", ".join(parts) or "yes" for parts in wrong], not any(wrong))


# Lighthouse comes last: by then the worker has made all pictures, and takes no time from the pages.
PARTS = {"html": ask_checker, "readers": ask_readers, "axe": ask_axe, "lighthouse": ask_lighthouse}


def main(wanted):
    told = paper.Paper()
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.run()
        try:
            for name in wanted or PARTS:
                PARTS[name](site, told)
        finally:
            site.stop()
    if not wanted:
        told.write()
    return 1 if told.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
