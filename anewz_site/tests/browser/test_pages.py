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
    "story, text only": f"{STORY}text/",
    "latest, text only": "/text/",
    "line": f"{STORY}line/",
    "archive": "/archive/",
    "archive, month": "/archive/2025/04/",
    "archive, day": "/archive/2025/04/29/",
    "archive, nothing": "/archive/2025/04/01/",
    "history": f"{STORY}history/",
    "corrections": "/corrections/",
    "passages to report": f"{STORY}report-an-error/",
    "transparency": "/transparency/",
    "app": "/app/",
    "thread": f"{WITH_COMMENTS}comments/",
    "thread, most respected": f"{WITH_COMMENTS}comments/?order=respected",
    "moderation log": "/moderation-log/",
    "search": "/search/?q=korea",
    "search, narrowed and by match": "/search/?q=russia&section=world&order=best",
    "search, nothing found": "/search/?q=zebra",
    "search, not understood": "/search/?q=korea&topic=nowhere",
    "about": "/about/",
    "policy": "/about/privacy/",
    "offline": "/offline/",
    "not found": "/no-such-page/",
}

FORMS = {"report of a comment": "/comments/1/report/"}  # which need a token, and so a cookie
LOOKS = [("phone", "light"), ("desktop", "light"), ("desktop", "dark")]


@pytest.mark.parametrize("path", (PAGES | FORMS).values(), ids=(PAGES | FORMS).keys())
def test_is_accessible_fits_each_screen_and_asks_nothing_of_others(open_page, site, path):
    page, hosts, problems = open_page("/health/", size="phone"), set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: problems.append(message.text))
    page.goto(path)
    assert hosts == {f"127.0.0.1:{site.port}"}
    assert path in FORMS.values() or page.context.cookies() == []
    assert not [text for text in problems if "Content Security Policy" in text]
    for size, theme in LOOKS:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=theme)
        assert accessibility.violations(page) == [], (size, theme)
    page.set_viewport_size(SIZES["narrow"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_is_valid_html(open_page, tmp_path):
    if not html_checker.is_there():
        assert os.environ.get("CI") != "true", "the Nu HTML checker has to be there"
        pytest.skip("no Java, or the Nu HTML checker is not installed")
    page = open_page("/health/")
    for name, path in (PAGES | FORMS).items():
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(page.request.get(path).body())
    assert html_checker.errors(tmp_path) == []
