"""Somebody without an account and without JavaScript reads a draft by a preview link, and notes something."""

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import log_in
from anewz_site.tests.browser.test_desk import write_body

HEADLINE = "The ferry sails again"


@pytest.fixture
def desk(open_page, site):
    return log_in(open_page("/admin/"), site, "editor")


def press(page, button):
    """Press a button and wait for the page to which it leads."""
    with page.expect_navigation():
        button.click()


def make_link(desk, story):
    """Return the address of a new link, where this run of the site answers."""
    desk.goto(f"{story}links/")
    desk.locator("[name=purpose]").fill("For the harbour master")
    press(desk, desk.get_by_role("button", name="Make the link"))
    return desk.locator("[data-copy]").inner_text().replace("localhost", "127.0.0.1")


@pytest.fixture
def story(desk):
    """The desk's address of a draft with a picture, written for this test."""
    desk.goto("/admin/articles/article/add/")
    desk.locator("[name=headline]").fill(HEADLINE)
    write_body(desk)
    desk.get_by_role("button", name="Save draft").click()
    desk.get_by_text("The draft is saved.").wait_for()
    return desk.url.partition("change")[0]


def test_a_draft_is_shown_noted_on_and_hidden_again(desk, story, open_page):
    complaints = []
    desk.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    address = make_link(desk, story)
    expect(desk.get_by_role("button", name="Copy the address")).to_be_visible()

    holder = open_page(address, size="phone", javascript=False)
    assert HEADLINE not in holder.content(), "following the link opens nothing"
    press(holder, holder.get_by_role("button", name="Open the preview"))
    assert holder.get_by_role("heading", level=1).inner_text() == HEADLINE
    assert holder.locator(".prose figure img").evaluate("image => image.naturalWidth") > 0

    holder.locator(".margin__summary").first.click()
    form = holder.locator("details[open]")
    form.get_by_label("Your note").fill("It was on Monday.")
    press(holder, form.get_by_role("button"))
    assert form.get_by_label("Your note").input_value() == "It was on Monday.", "a missing name costs no word"
    form.get_by_label("Your name").fill("Rena")
    press(holder, form.get_by_role("button"))
    beside = holder.locator(".prose p:has-text('opened again') + .margin")
    expect(beside.get_by_text("on Monday")).to_be_visible()
    assert holder.context.cookies() == []

    desk.goto(f"{story}change/")
    expect(desk.locator("#preview-links").get_by_text("It was on Monday.")).to_be_visible()
    desk.goto(desk.get_by_role("link", name="Preview what is saved").get_attribute("href"))
    beside = desk.locator(".prose p:has-text('opened again') + .margin")
    expect(beside.get_by_text("on Monday")).to_be_visible()
    press(desk, desk.get_by_role("button", name="Done"))
    assert desk.get_by_text("It was on Monday.").count() == 0

    desk.goto(f"{story}links/")
    expect(desk.get_by_text("1 of 5")).to_be_visible()
    desk.get_by_role("button", name="Revoke").click()
    desk.get_by_text("is dead.").wait_for()
    assert complaints == []
    assert holder.reload().status == 404
    assert HEADLINE not in holder.content()
    assert holder.goto(address).status == 404


def check(page):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_every_page_is_accessible_and_fits_the_screen(desk, open_page):
    """One test for all sizes and themes: each log-in counts against the limit of them."""
    for theme in ("light", "dark"):
        desk.emulate_media(color_scheme=theme)
        address = make_link(desk, "/admin/articles/article/1/")
        assert violations(desk) == []
    for size, theme in (("desktop", "light"), ("desktop", "dark"), ("narrow", "light"), ("narrow", "dark")):
        page = open_page(address, size=size, theme=theme)
        check(page)
        press(page, page.get_by_role("button", name="Open the preview"))
        check(page)
        page.locator(".margin__summary").first.click()
        press(page, page.locator("details[open] button"))
        check(page)
        page.locator("details[open] [name=comment]").fill("Is that so?")
        page.locator("details[open] [name=name]").fill("Rena")
        press(page, page.locator("details[open] button"))
        check(page)
        check(open_page("/shared/wrong/", size=size, theme=theme))
