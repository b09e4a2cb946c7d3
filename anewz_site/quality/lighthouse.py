"""Lighthouse as it comes: a phone, slow 4G, a processor four times slower, all four categories."""

import json
import os
import statistics
import subprocess
from pathlib import Path

from anewz_site.tests.browser.test_pages import STORY, WITH_COMMENTS

PAGES = {
    "home": "/",
    "section": "/section/world/",
    "story with picture and correction": STORY,
    "story with picture and comments": WITH_COMMENTS,
    "search": "/search/",
    "corrections": "/corrections/",
    "author": "/author/world-desk/",
}
COLUMNS = ("performance", "accessibility", "best practices", "SEO", "largest paint s", "shift", "blocking ms")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
VISITS = 3
MOST_PAINT_S = 1.0


def measure(address):
    """Return the cells of a row, and whether all of it was reached."""
    visits = [_visit(address) or _visit(address, check=True) for _ in range(VISITS)]
    scores = [min(visit["categories"][name]["score"] for visit in visits) for name in CATEGORIES]
    paint, shift, blocking = (
        statistics.median(visit["audits"][name]["numericValue"] for visit in visits)
        for name in ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    )
    cells = [f"{score * 100:.0f}" for score in scores]
    cells += [f"{paint / 1000:.2f}", f"{shift:.3f}", f"{blocking:.0f}"]
    return cells, min(scores) == 1 and paint <= MOST_PAINT_S * 1000 and shift == 0 and blocking == 0


def _visit(address, check=False):
    """Return a report, or None where Lighthouse broke off, as it does when Chromium is slow to start."""
    program = Path(__file__).parent / "node_modules/.bin/lighthouse"
    command = [program, address, "--quiet", "--output=json", "--output-path=stdout"]
    command += ["--chrome-flags=--headless=new --no-sandbox", "--form-factor=mobile"]
    environment = os.environ | {"CHROME_PATH": os.environ["CHROMIUM"]}
    run = subprocess.run(command, capture_output=True, check=check, env=environment)
    return None if run.returncode else json.loads(run.stdout)
