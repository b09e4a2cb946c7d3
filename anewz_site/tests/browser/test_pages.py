"""What holds for every kind of page that readers see, in a real browser."""

import os
from urllib.parse import urlsplit

import pytest

from anewz_site.tests.browser import accessibility, html_checker
from anewz_site.tests.browser.conftest import SIZES

STORY = "/story/pyongyang-says-troops-fought-for-russia/"
WITH_COMMENTS = "/story/missiles-and-drones-hit-kyiv/"
PAGES = {
    "home": "/",
    "latest": "/latest/",
    "section": "/section/world/",
    "topic": "/topic/north-korea/",
    "author": "/author/world-desk/",
    "story": STORY,
    "story with comments": WITH_COMMENTS,
    "brief": "/story/morning-brief-29-april-2025/",
    "history": f"{STORY}history/",
    "corrections": "/corrections/",
    "passages to report": f"{STORY}report-an-error/",
    "transparency": "/transparency/",
    "thread": f"{WITH_COMMENTS}comments/",
    "thread, most respected": f"{WITH_COMMENTS}comments/?order=respected",
    "moderation log": "/moderation-log/",
    "about": "/about/",
    "policy": "/about/privacy/",
    "not found": "/no-such-page/",
}

FORMS = {"report of a comment": "/comments/1/report/"}  # which need a token, and so a cookie

every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@pytest.mark.parametrize("path", (PAGES | FORMS).values(), ids=(PAGES | FORMS).keys())
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_is_accessible_and_fits_each_screen(open_page, path, theme):
    page = open_page(path, size="phone", theme=theme)
    for size in ("phone", "desktop"):
        page.set_viewport_size(SIZES[size])
        assert accessibility.violations(page) == [], size
    page.set_viewport_size(SIZES["narrow"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@every_page
def test_asks_nothing_of_others_and_sets_no_cookie(open_page, site, path):
    page, hosts, problems = open_page("/health/"), set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: problems.append(message.text))
    page.goto(path, wait_until="networkidle")
    assert hosts == {f"127.0.0.1:{site.port}"}
    assert page.context.cookies() == []
    assert not [text for text in problems if "Content Security Policy" in text]


def test_is_valid_html(open_page, tmp_path):
    if not html_checker.is_there():
        assert os.environ.get("CI") != "true", "the Nu HTML checker has to be there"
        pytest.skip("no Java, or the Nu HTML checker is not installed")
    page = open_page("/health/")
    for name, path in (PAGES | FORMS).items():
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(page.request.get(path).body())
    assert html_checker.errors(tmp_path) == []
