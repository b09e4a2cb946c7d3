import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from anewz_site.tests.browser.site import Mailbox, Site

expect.set_options(timeout=15_000)  # a busy machine takes its time over a page

SIZES = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
    "narrow": {"width": 320, "height": 640},
}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def mailbox():
    mailbox = Mailbox()
    yield mailbox
    mailbox.close()


@pytest.fixture(scope="session")
def site(mailbox, tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("data"), EMAIL_URL=mailbox.url)
    site.run()
    yield site
    site.stop()
    assert site.processes() == []


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if os.getuid() == 0 else []
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """A function that opens a page as a reader with such a screen would."""
    contexts = []

    def open_page(path="/", size="desktop", theme="light", javascript=True):
        context = chromium.new_context(
            base_url=site.base_url,
            viewport=SIZES[size],
            color_scheme=theme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
