"""What makes reading more pleasant, and what is left of it without JavaScript."""

import json

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.test_pages import STORY

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 27)"}
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });
"""


def paper(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_light_or_dark_is_chosen_once_for_all_pages_and_from_their_first_moment(open_page):
    page = open_page("/", theme="light")
    assert paper(page) == PAPER["light"]
    page.get_by_label("Dark").check()
    assert paper(page) == PAPER["dark"]
    page.route("**/js/*", lambda route: route.abort())  # whatever is not inside the page comes too late
    page.goto("/latest/")
    assert paper(page) == PAPER["dark"]
    assert page.locator("meta[name=theme-color][media=all]").get_attribute("content") == "#12161b"
    page.unroute("**/js/*")
    page.reload()
    page.get_by_label("As the device").check()
    page.goto(STORY)
    assert paper(page) == PAPER["light"]
    page.emulate_media(color_scheme="dark")
    assert paper(page) == PAPER["dark"]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(21, 25, 31)"


@pytest.mark.parametrize("size", ["narrow", "phone", "desktop"])
def test_the_choice_at_the_foot_of_a_short_page_moves_nothing(open_page, size):
    page = open_page("/health/", size=size)
    page.add_init_script(SHIFTS)
    page.goto("/search/")
    expect(page.get_by_label("Dark")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifted") == 0


def test_the_desk_looks_as_it_was_chosen_on_the_site(open_page):
    page = open_page("/")
    page.get_by_label("Dark").check()
    page.goto("/admin/login/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_what_changed_since_it_was_read_is_marked_and_moves_nothing(open_page):
    page = open_page(STORY, size="phone")
    page.add_init_script(SHIFTS)
    expect(page.get_by_text("since you read it")).to_have_count(0)
    page.reload()
    expect(page.locator(".prose__changed")).to_have_count(0)
    remembered = page.evaluate("localStorage.getItem('anewz-read')")
    stories = json.loads(remembered)
    [story] = stories.values()
    first, second, third = list(story["sums"])[:3]
    del story["sums"][first]
    story["sums"][third] = "another"
    story["version"] = "1"
    page.evaluate("words => localStorage.setItem('anewz-read', words)", json.dumps(stories))
    page.reload()
    expect(page.locator(".prose__changed")).to_have_count(2)
    expect(page.locator(f"#{third}")).to_contain_text("New or different:")
    expect(page.locator(f"#{second}")).not_to_contain_text("New or different:")
    assert page.evaluate("window.shifted") == 0
    page.get_by_role("link", name="2 changes since you read it").click()
    assert page.url.endswith(f"#{first}")
    page.goto("/")
    page.goto(STORY)
    expect(page.locator(".prose__changed")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('anewz-read')") != remembered  # when it was read


def test_the_address_of_a_paragraph_is_copied_by_keyboard_and_by_mouse(open_page):
    page = open_page(STORY)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    paragraphs = page.locator(".prose > p[id]")
    second = paragraphs.nth(1).get_attribute("id")
    paragraphs.nth(1).hover()
    paragraphs.nth(1).locator(".passage-link").click()
    expect(page.get_by_role("status").filter(has_text="address of the paragraph is copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{STORY}#{second}")
    expect(page.get_by_role("link", name="Copy the link to this paragraph")).to_have_count(0)
    button = page.get_by_role("button", name="Link to a paragraph")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    first = paragraphs.nth(0).get_attribute("id")
    expect(page.locator(f"#{first} .passage-link[data-copied]")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{STORY}#{first}")
    page.goto(page.evaluate("navigator.clipboard.readText()").replace("localhost", "127.0.0.1"))
    assert page.evaluate("document.querySelector(':target').id") == first


def test_a_story_is_shared_by_plain_links_and_copied_where_there_are_scripts(open_page):
    plain = open_page(STORY, javascript=False)
    row = plain.get_by_role("group", name="Share")
    assert row.get_by_role("link").all_inner_texts() == ["E-mail", "WhatsApp", "Telegram", "Facebook", "X"]
    assert row.get_by_role("button").count() == 0
    page = open_page(STORY)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(STORY)
