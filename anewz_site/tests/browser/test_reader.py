"""A reader with a phone and without JavaScript answers a story; a moderator decides."""

import re

from playwright.sync_api import expect

from anewz_site.tests.browser.newsroom import log_in
from anewz_site.tests.browser.test_pages import STORY

WORDS = "My uncle served on that border. He would not have believed this headline."


def leave_a_comment(page, mailbox, words, name, address, story=STORY):
    page.goto(story)
    page.locator("#comment-words").fill(words)
    page.get_by_role("button", name="Continue").click()
    assert words in page.locator(".compose__preview").inner_text()
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(address)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Look in your mailbox")).to_be_visible()
    letter = mailbox.letter_to(address).get_body(("plain",)).get_content()
    page.goto(re.search(r"https?://\S+/comments/confirm/\S+", letter)[0].replace("localhost", "127.0.0.1"))


def test_a_story_is_found_by_its_words(open_page):
    page = open_page("/", size="phone", javascript=False)
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox", name="Search for").fill("troops kursk")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile("troops|Kursk", re.IGNORECASE))
    page.get_by_role("link", name="Pyongyang says for the first time").click()
    expect(page).to_have_url(re.compile(STORY))


def remove(page, site, words):
    log_in(page, site, "moderator")
    page.goto("/admin/comments/readercomment/")
    page.get_by_role("link", name=words[:40]).click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_role("radio", name="Remove").check()
    page.locator("[name=reason]").select_option(index=1)
    page.locator("[name=note]").fill("Off the story, see guideline.")
    page.get_by_role("button", name="Do it").click()


def test_a_reader_leaves_the_first_comment_and_a_moderator_removes_it(open_page, site, mailbox):
    reader = open_page(STORY, size="phone", javascript=False)
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.get_by_text("What is your opinion on this topic?")).to_be_visible()
    expect(reader.get_by_text("Leave the first comment")).to_be_visible()

    leave_a_comment(reader, mailbox, WORDS, "Aysel", "aysel@reader.example")
    bystander = open_page(STORY)
    assert WORDS not in bystander.content(), "opening the link of the letter publishes nothing"
    reader.get_by_role("button", name="Publish my comment").click()
    expect(reader.get_by_role("heading", name="Your comment is published")).to_be_visible()
    reader.get_by_role("link", name="your comment in the conversation").click()
    assert WORDS in reader.locator("#comments").inner_text()
    bystander.reload()
    assert WORDS in bystander.locator("#comments").inner_text()
    assert "aysel@reader.example" not in bystander.content()

    remove(open_page("/"), site, WORDS)
    for page in (bystander, reader):
        page.goto(STORY)
        assert WORDS not in page.content()
        expect(page.get_by_text("Removed by a moderator")).to_be_visible()
