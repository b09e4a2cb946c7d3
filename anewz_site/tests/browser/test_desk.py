"""An editor writes a story and publishes it; and no page of the desk breaks its own policy."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.conftest import SIZES
from anewz_site.tests.browser.newsroom import log_in, pick
from anewz_site.tests.browser.site import ROOT

PAGES = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/1/change/",
    "/admin/articles/article/1/versions/1/",
    "/admin/articles/article/1/withdrawal/",
    "/admin/articles/article/1/history/",
    "/admin/articles/author/1/change/",
    "/admin/articles/errorreport/",
    "/admin/articles/errorreport/1/change/",
    "/admin/articles/homeslot/",
    "/admin/articles/homeslot/add/",
    "/admin/articles/logentry/",
    "/admin/articles/page/1/change/",
    "/admin/articles/picture/",
    "/admin/articles/picture/add/",
    "/admin/articles/picture/1/change/",
    "/admin/articles/picture/1/delete/",
    "/admin/articles/picture/several/",
    "/admin/articles/picture/several/words/?picture=1",
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
    page.locator(".desk-pictures li button", has_text="harbour cranes").click()
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
    expect(preview.locator("blockquote.pull-quote")).to_be_visible()
    expect(preview.get_by_text("The harbour's own notice")).to_be_visible()
    expect(preview.locator(".prose figure img")).to_be_visible()

    desk.get_by_role("button", name="Publish now…").click()
    desk.get_by_role("button", name="Publish now", exact=True).click()
    desk.get_by_text("The story is published.").wait_for()
    assert complaints == []
    desk.goto("/latest/")
    expect(desk.get_by_text("The harbour is open again").first).to_be_visible()
    desk.goto("/")
    expect(desk.get_by_text("The harbour is open again").first).to_be_visible()


def test_no_page_of_the_desk_breaks_its_policy(desk, complaints):
    for path in PAGES:
        response = desk.goto(path)
        assert response.status == 200, path
        assert complaints == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_list_and_the_page_of_an_act_pass_axe(desk, theme):
    desk.emulate_media(color_scheme=theme)
    for path in ("/admin/articles/article/", "/admin/articles/article/1/withdrawal/"):
        desk.goto(path, wait_until="networkidle")
        assert violations(desk) == [], path


def drawing(name):
    return ROOT / "articles" / "demo" / "pictures" / name


def test_an_editor_adds_several_pictures_and_says_what_no_crop_may_lose(desk, complaints, tmp_path):
    notes = tmp_path / "notes.png"
    notes.write_text("These are no pixels.")
    desk.goto("/admin/articles/picture/")
    desk.get_by_role("link", name="Add several").click()
    desk.get_by_label("Files").set_input_files([drawing("kyiv-dawn.jpg"), notes, drawing("doha-table.jpg")])
    desk.get_by_text("Files chosen: 3").wait_for()
    desk.get_by_role("button", name="Take them in").click()
    desk.get_by_text("“notes.png” was not taken").wait_for()
    for number in (0, 1):
        desk.get_by_label("Alt text").nth(number).fill(f"Domes before sunrise {number}")
        desk.get_by_label("Credit").nth(number).fill("AnewZ graphics")
    desk.get_by_role("button", name="Save all").click()
    desk.get_by_text("Saved: 2 pictures.").wait_for()

    desk.get_by_role("link", name="Domes before sunrise 0").last.click()
    cross = desk.get_by_role("slider", name="Focal point")
    cross.wait_for()
    whole = desk.locator("[data-crop=original] img")
    whole.scroll_into_view_if_needed()
    box = whole.bounding_box()
    whole.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    assert cross.get_attribute("aria-valuetext") == "25% from the left, 50% from the top"
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Shift+ArrowDown")
    assert cross.get_attribute("aria-valuetext") == "24% from the left, 60% from the top"
    assert [desk.locator(f"[name=focal_{axis}]").input_value() for axis in "xy"] == ["24", "60"]
    assert complaints == []  # the tools of what follows write styles into the page
    previewed = pixels_of(desk.locator("[data-crop='1x1'] img"))
    assert violations(desk) == []
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.get_by_text("was changed successfully").wait_for()
    square = desk.locator("[data-crop='1x1'] img")
    assert "-24-60.jpg" in square.get_attribute("src")
    assert nearly_same(previewed, pixels_of(square)), "the crop is the one that was previewed"


def test_the_pages_for_several_pictures_pass_axe_and_fit_the_narrowest_screen(desk):
    desk.set_viewport_size(SIZES["narrow"])
    for path in ("several/", "several/words/?picture=1", "1/change/", "1/delete/"):
        desk.goto(f"/admin/articles/picture/{path}", wait_until="networkidle")
        assert violations(desk) == [], path
        assert desk.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_several_pictures_are_added_without_javascript(open_page, site):
    page = log_in(open_page(javascript=False), site, "editor")
    page.goto("/admin/articles/picture/several/")
    page.get_by_label("Files").set_input_files([drawing("kyiv-dawn.jpg"), drawing("doha-table.jpg")])
    page.get_by_role("button", name="Take them in").click()
    page.get_by_text("Taken in: 2 pictures.").wait_for()
    page.get_by_role("button", name="Save all").click()
    page.goto("/admin/articles/picture/1/change/")
    expect(page.locator("[data-crop='1x1'] img")).to_be_visible()
    expect(page.locator("[name=focal_x]")).to_be_visible()


def pixels_of(element):
    """Return what stands there on the screen, small enough to be compared."""
    element.scroll_into_view_if_needed()
    element.evaluate("image => image.decode()")
    with Image.open(BytesIO(element.screenshot())) as image:
        return image.convert("L").resize((16, 16)).tobytes()


def nearly_same(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one) < 4


def test_the_style_guide_is_accessible_and_fits_a_narrow_screen(open_page, site):
    page = log_in(open_page("/", size="narrow"), site, "reporter")
    page.goto("/style-guide/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []
