"""A moderator's day at the queue: by keys alone, without JavaScript, and as axe sees it."""

import re

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import log_in
from anewz_site.tests.browser.test_pages import WITH_COMMENTS
from anewz_site.tests.browser.test_reader import leave_a_comment

THREE_LINKS = "https://one.example/ https://two.example/ https://three.example/"
PAGES = [
    *("/moderation/", "/moderation/people/", "/moderation/people/1/", "/moderation/people/1/ban/"),
    *("/moderation/words/", "/moderation/score/", "/moderation/log/", "/moderation/conversations/1/"),
]


@pytest.fixture
def hold(open_page, mailbox):
    """A function that lets a reader write what the chain holds."""

    def write(words, name="Rana"):
        address = f"{name.lower()}-{abs(hash(words))}@reader.example"
        reader = open_page(WITH_COMMENTS, javascript=False)
        leave_a_comment(reader, mailbox, f"{words} {THREE_LINKS}", name, address, WITH_COMMENTS)
        reader.get_by_role("button", name="Publish my comment").click()
        return reader

    return write


def moderator(open_page, site, **options):
    page = log_in(open_page("/admin/", **options), site, "moderator")
    page.goto("/moderation/")
    return page


def card_with(page, words):
    return page.locator("[data-card]", has_text=words)


def bring_to(page, words):
    """Press `j` until the card is the current one."""
    for _ in range(10):
        if "is-current" in card_with(page, words).get_attribute("class"):
            return
        page.keyboard.press("j")
    raise AssertionError(f"no key led to the card with {words!r}")


def test_a_comment_is_removed_and_brought_back_by_keys_alone(hold, open_page, site):
    hold("Compare the earlier reports of this border.")
    page = moderator(open_page, site)
    bring_to(page, "Compare the earlier reports")
    page.keyboard.press("r")
    page.keyboard.press("6")
    expect(page.get_by_text("advertising or spam (guideline 6).").first).to_be_visible()
    assert card_with(page, "Compare the earlier reports").count() == 0
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back: 1 decision.")).to_be_visible()
    bring_to(page, "Compare the earlier reports")
    page.keyboard.press("a")
    expect(page.get_by_text(re.compile("Approved comment"))).to_be_visible()
    expect(open_page(WITH_COMMENTS).get_by_text("Compare the earlier reports")).to_be_visible()


def test_a_key_that_is_held_down_decides_once(hold, open_page, site):
    words = ("Read the whole treaty first.", "Ask who paid for the bridge.")
    for text in words:
        hold(text, name=text.split()[0])
    page = moderator(open_page, site)
    bring_to(page, words[0])
    waiting = page.locator("[data-card]").count()
    page.keyboard.down("a")
    expect(page.get_by_text(re.compile("Approved comment"))).to_be_visible()
    for _ in range(3):
        page.keyboard.down("a")  # the browser says that it repeats
        page.wait_for_timeout(100)
    page.keyboard.up("a")
    assert page.locator("[data-card]").count() >= waiting - 1
    expect(card_with(page, words[1])).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back: 1 decision.")).to_be_visible()


def test_the_list_of_keys_names_what_each_does(open_page, site):
    page = moderator(open_page, site)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    for says in (
        "Approve",
        "Remove",
        "Pick",
        "Warn",
        "Suspend",
        "Ban",
        "Note",
        "Ask a colleague",
        "Next card",
    ):
        expect(keys.get_by_text(says, exact=True)).to_be_visible()


def test_every_act_works_without_javascript(hold, open_page, site):
    hold("Somebody should look into these three papers.", "Samir")
    page = moderator(open_page, site, javascript=False, size="phone")
    card = card_with(page, "Somebody should look")
    card.get_by_role("link", name="Warn").click()
    page.get_by_label("Guideline").select_option("off-topic")
    page.get_by_label("What the person reads").fill("Keep to the story, please.")
    page.get_by_role("button", name="Warn").click()
    card = card_with(page, "Somebody should look")
    expect(card.get_by_text("Warning, off topic")).to_be_visible()
    card.get_by_text("Remove", exact=True).click()
    card.get_by_label("Note for the record").fill("Links to nothing.")
    card.get_by_role("button", name="off topic").click()
    expect(page.get_by_text("Removed comment")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    card = card_with(page, "Somebody should look")
    card.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve …").click()
    expect(page.get_by_text("1 comment by 1 person, below 1 story, would be published")).to_be_visible()
    page.get_by_role("button", name="Do it").click()
    assert card_with(page, "Somebody should look").count() == 0


def test_a_warned_reader_reads_the_warning_before_the_next_comment(open_page, site, mailbox):
    reader, words = (
        open_page(WITH_COMMENTS, javascript=False, size="phone"),
        "My first words about the border.",
    )
    leave_a_comment(reader, mailbox, f"{words} {THREE_LINKS}", "Vera", "vera@reader.example", WITH_COMMENTS)
    reader.get_by_role("button", name="Publish my comment").click()
    page = moderator(open_page, site)
    card_with(page, words).get_by_role("link", name="Warn").click()
    page.get_by_label("Guideline").select_option("insult")
    page.get_by_role("button", name="Warn").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()

    leave_a_comment(reader, mailbox, "My second words.", "Vera", "vera@reader.example", WITH_COMMENTS)
    reader.get_by_role("button", name="Publish my comment").click()
    expect(reader.get_by_text("A moderator has warned you.")).to_be_visible()
    expect(reader.get_by_label("Your words, to copy")).to_have_value("My second words.")
    reader.get_by_role("link", name="Read the warning").click()
    reader.get_by_role("button", name="I have read it").click()
    expect(reader.get_by_text("You can comment again.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_desk_breaks_no_rule_of_accessibility(open_page, site, theme):
    page = log_in(open_page("/admin/", theme=theme, size="narrow"), site, "moderator")
    found = []
    for path in PAGES:
        page.goto(path)
        for summary in page.locator("summary").all():
            summary.click()
        found += [f"{path}: {line}" for line in violations(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} px wide"
    assert found == []
