"""Each kind of page, opened in every look that readers may have, and saved for programs that read files."""

import os
import re
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from anewz_site.tests.browser import accessibility
from anewz_site.tests.browser.conftest import SIZES

LOOKS = [
    *({"viewport": size, "color_scheme": theme} for size in SIZES.values() for theme in ("light", "dark")),
    {"viewport": SIZES["narrow"], "forced_colors": "active"},
]


def looks_of(site, pages):
    """Yield for each page its name, in how many looks it was opened, and what axe found."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        for name, path in pages.items():
            found = []
            for look in LOOKS:
                context = browser.new_context(base_url=site.base_url, **look)
                page = context.new_page()
                page.goto(path)
                found += accessibility.violations(page)
                context.close()
            yield name, len(LOOKS), found
        browser.close()


def html_of(site, path):
    try:
        with urlopen(site.address(path)) as answer:
            return answer.read().decode()
    except HTTPError as error:
        return error.read().decode()


def save(site, pages, folder):
    for number, path in enumerate(pages.values()):
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        (folder / f"{number:02}-{name}.html").write_text(html_of(site, path))


def stories(site):
    """Return the path of every story of the demonstration newsroom."""
    listed = html_of(site, "/") + html_of(site, "/latest/") + html_of(site, "/text/")
    return sorted(set(re.findall(r'href="(/story/[^"/]+/)', listed)))
