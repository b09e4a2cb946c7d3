"""An editor writes a story and publishes it; and no page of the desk breaks its own policy."""

import pytest

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import log_in, pick

PAGES = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/1/change/",
    "/admin/articles/article/1/versions/1/",
    "/admin/articles/article/1/withdrawal/",
    "/admin/articles/article/1/history/",
    "/admin/articles/author/1/change/",
    "/admin/articles/homeslot/",
    "/admin/articles/homeslot/add/",
    "/admin/articles/logentry/",
    "/admin/articles/page/1/change/",
    "/admin/articles/picture/",
    "/admin/articles/picture/add/",
    "/admin/articles/picture/1/change/",
    "/admin/articles/section/1/change/",
    "/admin/articles/topic/add/",
    "/preview/1/",
]


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def desk(open_page, site, complaints):
    page = open_page("/admin/")
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return log_in(page, site, "editor")


def write_body(page):
    text = page.locator(".ProseMirror[contenteditable=true]")
    text.click()
    page.keyboard.type("The harbour opened again on Tuesday.")
    page.keyboard.press("Enter")
    page.keyboard.type("It was quiet, she said.")
    page.get_by_role("button", name="Pull quote").click()
    text.locator("blockquote.pull-quote").wait_for()
    page.get_by_role("button", name="Picture", exact=True).click()
    page.locator(".desk-pictures li button").first.click()
    text.locator("figure[data-picture] img").wait_for()


def test_an_editor_writes_a_story_and_publishes_it(desk, complaints):
    desk.goto("/admin/articles/article/add/")
    desk.locator("[name=headline]").fill("The harbour is open again")
    desk.locator("[name=standfirst]").fill("Ships came in on Tuesday.")
    write_body(desk)
    desk.locator("[name=sources-0-name]").fill("The harbour master")
    desk.locator("[name=section]").select_option(label="World")
    pick(desk, "picture", "harbour cranes")
    pick(desk, "author", "World desk")
    pick(desk, "target", "Porsche")
    desk.locator(".add-row a", has_text="Add another Related story").click()
    desk.locator("[name=related_stories-1-url]").fill("https://example.com/harbour")
    desk.locator("[name=related_stories-1-title]").fill("The harbour's own notice")
    desk.get_by_role("button", name="Save draft").click()
    desk.get_by_text("The draft is saved.").wait_for()
    assert desk.locator(".ProseMirror blockquote.pull-quote").inner_text() == "It was quiet, she said."

    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Preview what is saved").click()
    preview = opened.value
    assert preview.get_by_role("heading", level=1).inner_text() == "The harbour is open again"
    assert preview.locator("blockquote.pull-quote").is_visible()
    assert preview.get_by_text("The harbour's own notice").is_visible()
    assert preview.locator(".prose figure img").is_visible()

    desk.get_by_role("button", name="Publish now…").click()
    desk.get_by_role("button", name="Publish now", exact=True).click()
    desk.get_by_text("The story is published.").wait_for()
    assert complaints == []
    desk.goto("/latest/")
    assert desk.get_by_text("The harbour is open again").first.is_visible()
    desk.goto("/")
    assert desk.get_by_text("The harbour is open again").first.is_visible()


def test_no_page_of_the_desk_breaks_its_policy(desk, complaints):
    for path in PAGES:
        response = desk.goto(path, wait_until="networkidle")
        assert response.status == 200, path
        assert complaints == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_list_and_the_page_of_an_act_pass_axe(desk, theme):
    desk.emulate_media(color_scheme=theme)
    for path in ("/admin/articles/article/", "/admin/articles/article/1/withdrawal/"):
        desk.goto(path, wait_until="networkidle")
        assert violations(desk) == [], path
