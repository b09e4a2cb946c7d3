"""A reader with a phone and without JavaScript reports an error; an editor corrects it and answers."""

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import act, change_headline, log_in, publish, write_story
from anewz_site.tests.browser.test_pages import STORY

FORM = f"{STORY}report-an-error/2/story/"


def send(reader, words, address=""):
    reader.locator("[name=words]").fill(words)
    reader.locator("[name=email]").fill(address)
    reader.get_by_role("button", name="Send the report").click()


def test_a_report_leads_to_a_correction_that_its_sender_finds(open_page, site, mailbox):
    editor = log_in(open_page("/admin/"), site, "editor")
    address = write_story(editor, "A ferry sails in March", "The first ferry leaves in March, they say.")
    publish(editor, address)
    editor.goto(address)
    story = f"/story/{editor.locator('[name=slug]').input_value()}/"

    reader = open_page(story, size="phone", javascript=False)
    reader.get_by_role("link", name="Report an error").click()
    reader.get_by_role("link", name="The first ferry leaves in March").click()
    expect(reader.locator(".passage").get_by_text("The first ferry leaves in March")).to_be_visible()
    send(reader, "")
    expect(reader.get_by_role("alert").get_by_text("Write something first.")).to_be_visible()
    send(reader, "It leaves in April: the harbour says so.", "nigar@reader.example")
    assert reader.get_by_role("heading", level=1).inner_text() == "Your report has reached us"
    own_address = reader.url
    assert own_address.removeprefix(site.base_url) in reader.locator(".report__secret").inner_text()
    letter = mailbox.letter_to("nigar@reader.example").get_body(("plain",)).get_content()
    assert own_address.removeprefix(site.base_url) in letter
    assert "harbour says" not in letter

    editor.goto("/admin/")
    editor.locator("#content .desk-note").get_by_role("link", name="report").click()
    editor.get_by_role("link", name="It leaves in April").click()
    report = editor.url
    editor.get_by_role("button", name="I am looking at it").click()
    reader.reload()
    assert reader.get_by_role("heading", level=1).inner_text() == "Being looked at"

    change_headline(editor, address, "A ferry sails in April")
    act(editor, address, "Correct", note="We named the wrong month.")
    editor.get_by_text("The story is corrected.").wait_for()
    editor.goto(report)
    assert editor.get_by_label("It was an error, and it is corrected").is_checked()
    editor.locator("[name=answer]").fill("Thank you, the harbour confirmed it.")
    editor.get_by_role("button", name="Send the answer").click()
    editor.get_by_text("The report is answered.").wait_for()

    reader.goto(own_address)
    assert reader.get_by_role("heading", level=1).inner_text() == "Corrected. Thank you"
    expect(reader.get_by_text("Thank you, the harbour confirmed it.")).to_be_visible()
    letter = mailbox.letter_to("nigar@reader.example").get_body(("plain",)).get_content()
    assert "Thank you, the harbour confirmed it." in letter
    reader.get_by_role("link", name="See what changed").click()
    assert reader.url.endswith("/history/#version-2")
    entry = reader.locator("#version-2")
    expect(entry.get_by_text("A reader’s report led to it.")).to_be_visible()
    expect(entry.locator("ins", has_text="April")).to_be_visible()


def test_the_act_of_correcting_answers_a_report(open_page, site):
    editor = log_in(open_page("/admin/"), site, "editor")
    address = write_story(editor, "The bridge opened in May", "Cars crossed it.")
    publish(editor, address)
    editor.goto(address)
    story = f"/story/{editor.locator('[name=slug]').input_value()}/"

    reader = open_page(story, size="phone", javascript=False)
    reader.get_by_role("link", name="Report an error").last.click()
    reader.get_by_role("link", name="The bridge opened in May").last.click()
    reader.locator("[name=words]").fill("It was opened in June.")
    reader.get_by_role("button", name="Send").click()
    answer_at = reader.url
    assert "/reports/" in answer_at
    assert reader.get_by_role("blockquote").inner_text() == "The bridge opened in May"

    change_headline(editor, address, "The bridge opened in June")
    editor.goto(f"{address.removesuffix('change/')}correction/", wait_until="networkidle")
    editor.locator("[name=note]").fill("We named the wrong month.")
    editor.get_by_label("It was opened in June.").check()
    for box in editor.locator("[name^=yes-]").all():
        box.check()
    editor.get_by_role("button", name="Correct", exact=True).click()
    editor.get_by_text("The story is corrected.").wait_for()

    reader.goto(answer_at)
    expect(reader.get_by_text("We named the wrong month.")).to_be_visible()
    reader.locator("main a[href*='/history/']").first.click()
    expect(reader.locator("ins", has_text="June").first).to_be_visible()


def test_a_mouse_that_rests_on_a_paragraph_finds_a_mark_and_a_keyboard_does_not_stop_there(open_page):
    page = open_page(STORY)
    paragraph = page.locator(".prose > p").nth(1)
    mark = paragraph.locator(".error-mark")
    assert mark.evaluate("mark => getComputedStyle(mark).opacity") == "0"
    paragraph.hover()
    assert mark.evaluate("mark => getComputedStyle(mark).opacity") != "0"
    assert mark.get_attribute("tabindex") == "-1"
    mark.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Report an error"
    phone = open_page(STORY, size="phone")
    assert not phone.locator(".error-mark").first.is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop", "narrow"])
def test_each_page_of_the_way_is_accessible_and_fits(open_page, theme, size):
    page = open_page(FORM, size=size, theme=theme)
    send(page, "")
    check(page)
    send(page, f"Something is wrong, seen on a {size} screen in {theme}.")
    assert page.get_by_role("heading", level=1).inner_text() == "Your report has reached us"
    check(page)


def check(page):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_inbox_and_both_kinds_of_report_pass_axe(open_page, site, theme):
    editor = log_in(open_page("/admin/"), site, "editor")
    editor.emulate_media(color_scheme=theme)
    for path in ("", "1/change/", "2/change/"):
        editor.goto(f"/admin/articles/errorreport/{path}", wait_until="networkidle")
        assert violations(editor) == [], path
