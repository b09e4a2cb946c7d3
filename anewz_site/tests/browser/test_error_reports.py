"""A reader without JavaScript says what is wrong; an editor corrects it; the reader finds the answer."""

import pytest

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import change_headline, log_in, publish, write_story


def test_a_report_leads_to_a_correction(open_page, site):
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
    assert reader.get_by_text("We named the wrong month.").is_visible()
    reader.locator("main a[href*='/history/']").first.click()
    assert reader.locator("ins", has_text="June").first.is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_a_report_are_accessible(open_page, theme):
    story = "/story/pyongyang-says-troops-fought-for-russia/"
    page = open_page("/transparency/", theme=theme, size="narrow")
    for path in ("/transparency/", f"{story}report-an-error/", f"{story}report-an-error/2/headline/"):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
