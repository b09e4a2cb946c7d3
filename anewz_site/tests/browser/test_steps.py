"""The pages between a reader's words and their publication, and those that say that something is gone."""

import re

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import act, log_in, publish, write_story
from anewz_site.tests.browser.test_pages import WITH_COMMENTS


def assert_accessible(page):
    """In light and in dark, on a narrow screen."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == [], (page.url, theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def test_each_step_of_commenting_is_accessible(open_page, mailbox):
    page = open_page(WITH_COMMENTS, size="narrow")
    page.get_by_role("link", name="Reply").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Write something first.").first).to_be_visible()
    assert_accessible(page)
    page.locator("[name=comment]").fill("I read it twice.\n\nThank you.")
    page.get_by_role("button", name="Continue").click()
    assert_accessible(page)
    page.locator("[name=name]").fill("Nigar")
    page.locator("[name=email]").fill("nobody")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("This is not an e-mail address").first).to_be_visible()
    assert_accessible(page)
    page.locator("[name=email]").fill("nigar@reader.example")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="Look in your mailbox").wait_for()
    assert_accessible(page)
    letter = mailbox.letter_to("nigar@reader.example").get_body(("plain",)).get_content()
    page.goto(re.search(r"https?://\S+/comments/confirm/\S+", letter)[0].replace("localhost", "127.0.0.1"))
    assert_accessible(page)


def test_a_withdrawn_story_and_its_closed_conversation_are_accessible(open_page, site):
    editor = log_in(open_page("/admin/"), site, "editor")
    address = write_story(editor, "Soon to be gone", "A dam broke in the valley.")
    publish(editor, address)
    editor.goto(address)
    story = f"/story/{editor.locator('[name=slug]').input_value()}/"
    reader = open_page(story, size="narrow")
    reader.locator("#comment-words").fill("What a pity.")
    act(editor, address, "Withdraw", notice="The report was wrong.")
    reader.get_by_role("button", name="Continue").click()
    assert reader.get_by_label("Your words, to copy").input_value() == "What a pity."
    assert_accessible(reader)
    reader.goto(story)
    expect(reader.get_by_text("The report was wrong.")).to_be_visible()
    assert_accessible(reader)


@pytest.mark.parametrize("path", ["/section/sport/", "/latest/?before=0-1", "/comments/sent/wrong/"])
def test_what_is_empty_or_not_there_is_accessible(open_page, path):
    assert_accessible(open_page(path, size="narrow"))


@pytest.mark.parametrize("form", ["more fields than are read", "no token"])
def test_what_a_refused_form_is_answered_is_accessible(open_page, form):
    page = open_page("/admin/login/", size="narrow")
    fields = 1001 if form == "more fields than are read" else 1
    page.set_content(f"<form method=post action=/admin/login/>{'<input name=field>' * fields}<button>Send")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator(".label").inner_text() == ("Error 400" if fields > 1 else "Error 403")
    assert_accessible(page)
