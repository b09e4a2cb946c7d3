"""A reader's day in a conversation: respect, reports, changed words, an appeal, letters, an account."""

import re

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.newsroom import log_in
from anewz_site.tests.browser.test_pages import WITH_COMMENTS
from anewz_site.tests.browser.test_reader import leave_a_comment
from anewz_site.tests.browser.test_steps import assert_accessible

QUIET = "/story/bandar-abbas-port-explosion/"
PASSWORD = "seven-quiet-harbours"


def link_in(letter, path):
    text = letter.get_body(("plain",)).get_content()
    return re.search(rf"https?://\S+{path}\S+", text)[0].replace("localhost", "127.0.0.1")


def comment_with(page, words):
    return page.locator("#comments .comment, .thread__comments .comment", has_text=words).first


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_respect_is_given_and_taken_back(open_page, javascript):
    page = open_page(WITH_COMMENTS, size="phone", javascript=javascript)
    respected = page.locator(".comment__respected").first
    before = int(respected.inner_text() or 0)
    page.locator(".comment__respect button").first.click()
    if not javascript:
        page.goto(WITH_COMMENTS)
    expect(respected).to_have_text(str(before + 1))
    page.locator(".comment__respect button").first.click()
    if not javascript:
        expect(page.get_by_role("heading", name="You have taken your respect back")).to_be_visible()
        page.goto(WITH_COMMENTS)
    expect(respected).to_have_text(str(before) if before else "")


def test_a_person_is_hidden_on_this_device_until_shown_again(open_page):
    page = open_page(WITH_COMMENTS)
    comment = page.locator(".comment[data-person]").first
    words = comment.locator(".comment__text").first
    comment.get_by_role("button", name=re.compile("^Hide")).click()
    expect(words).to_be_hidden()
    page.reload()
    expect(words).to_be_hidden()
    comment.get_by_role("button", name=re.compile("^Show")).click()
    expect(words).to_be_visible()


def test_new_comments_are_told_by_a_quiet_link(open_page, site):
    page = open_page("/health/")
    page.clock.install()
    page.goto(WITH_COMMENTS)
    shown = int(page.locator("[data-came]").get_attribute("data-came"))
    came = [shown + 2, shown + 1, shown, shown - 1]  # one was removed meanwhile
    page.route("**/comments/count.json", lambda route: route.fulfill(json={"comments": 3, "came": came}))
    at = page.evaluate("scrollY")
    page.clock.run_for(50_000)
    news = page.get_by_role("link", name="2 new comments")
    expect(news).to_be_visible()
    assert page.evaluate("scrollY") == at
    news.click()
    expect(page).to_have_url(re.compile("/comments/#comments-title$"))


def test_words_are_changed_reported_removed_and_brought_back(open_page, site, mailbox):
    reader = open_page(QUIET, size="narrow")
    leave_a_comment(reader, mailbox, "The fery came at nine.", "Nazrin", "nazrin@reader.example", QUIET)
    reader.get_by_role("button", name="Publish my comment").click()
    status = reader.url
    assert_accessible(reader)
    reader.get_by_role("link", name="Change the words").click()
    assert_accessible(reader)
    reader.locator("[name=comment]").fill("The ferry came at nine.")
    reader.get_by_role("button", name="Save").click()
    expect(reader.get_by_text("edited")).to_be_visible()

    other = open_page(QUIET, size="narrow")
    comment_with(other, "The ferry came").get_by_role("link", name=re.compile("^Report")).click()
    other.locator("[name=reason][value=off-topic]").check()
    other.get_by_role("button", name="Send the report").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert_accessible(other)

    moderator = log_in(open_page("/admin/"), site, "moderator")
    moderator.goto("/moderation/")
    card = moderator.locator("[data-card]", has_text="The ferry came")
    card.get_by_text("Remove", exact=True).click()
    card.get_by_role("button", name=re.compile("off topic")).click()
    expect(moderator.get_by_text("Removed comment")).to_be_visible()

    reader.goto(status)
    expect(reader.get_by_role("heading", name="Your comment was removed")).to_be_visible()
    assert_accessible(reader)
    reader.get_by_role("button", name="Send the appeal").click()
    expect(reader.get_by_text("Your appeal was not sent")).to_be_visible()
    reader.locator("[name=words]").fill("It is on topic.")
    reader.get_by_role("button", name="Send the appeal").click()
    expect(reader.get_by_role("heading", name=re.compile("Your appeal of"))).to_be_visible()
    assert_accessible(reader)

    second = log_in(open_page("/admin/"), site, "administrator")
    second.goto("/moderation/")
    second.locator("[data-card]", has_text="The ferry came").locator(".note a").click()
    second.get_by_label("was wrong: the comment comes back").check()
    second.locator("[name=answer]").fill("You are right.")
    second.get_by_role("main").get_by_role("button").click()
    expect(second.get_by_role("heading", name="Queue")).to_be_visible()
    reader.goto(status)
    expect(reader.get_by_text("You are right.")).to_be_visible()
    expect(open_page(QUIET).get_by_text("The ferry came at nine.")).to_be_visible()


def test_a_conversation_is_followed_and_left_by_letter(open_page, mailbox):
    page = open_page(QUIET, size="narrow")
    page.get_by_text("Follow this conversation by mail").click()
    page.get_by_label("E-mail address").fill("follower@reader.example")
    page.get_by_label("Letters about comments").select_option("now")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    page.goto(link_in(mailbox.letter_to("follower@reader.example"), "/comments/"))
    assert_accessible(page)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    writer = open_page(QUIET, javascript=False)
    leave_a_comment(writer, mailbox, "Four hundred indeed.", "Orkhan", "orkhan@reader.example", QUIET)
    writer.get_by_role("button", name="Publish my comment").click()
    letter = mailbox.letter_to("follower@reader.example")
    assert "Four hundred indeed" not in letter.get_body(("plain",)).get_content()
    stop = letter["List-Unsubscribe"].strip(" <>").replace("localhost", "127.0.0.1")
    page.goto(stop)
    assert_accessible(page)
    page.get_by_role("button", name="Write to me no more").click()
    expect(page.get_by_role("heading", name="No more letters")).to_be_visible()
    assert_accessible(page)


def test_an_account_is_opened_and_holds_what_its_mailbox_wrote(open_page, mailbox):
    page = open_page(QUIET, size="narrow")
    leave_a_comment(page, mailbox, "I load ships there.", "Tural", "tural@reader.example", QUIET)
    page.get_by_role("button", name="Publish my comment").click()
    page.goto("/account/sign-up/")
    assert_accessible(page)
    page.get_by_label("Name").fill("Tural A.")
    page.get_by_label("E-mail address").fill("tural@reader.example")
    page.locator("[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Open the account").click()
    assert_accessible(page)
    page.goto(link_in(mailbox.letter_to("tural@reader.example"), "/account/confirm/"))
    assert_accessible(page)
    page.get_by_role("main").get_by_role("button").first.click()
    if "/account/sign-in/" in page.url:
        page.locator("[name=login]").fill("tural@reader.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
    page.goto("/account/")
    expect(page.get_by_text("I load ships there.").first).to_be_visible()
    assert_accessible(page)
    for path in ("/account/password/", "/account/address/", "/account/deletion/"):
        page.goto(path)
        assert_accessible(page)
    page.goto(QUIET)
    page.locator("#comment-words").fill("And today too.")
    page.get_by_role("button", name="Continue").click()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("^(Publish|Post|Send)")).click()
    expect(page.get_by_text("And today too.").first).to_be_visible()
