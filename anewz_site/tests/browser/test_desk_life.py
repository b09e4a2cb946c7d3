"""The life of a story at the desk, by several people in several browsers."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.newsroom import act, change_headline, log_in, publish, write_story

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


@pytest.fixture
def reporter(open_page, site):
    return log_in(open_page("/admin/"), site, "reporter")


@pytest.fixture
def editor(open_page, site):
    return log_in(open_page("/admin/"), site, "editor")


def saved(page):
    """Wait until the page says that it saved what was typed."""
    page.locator("[data-autosave]", has_text="Saved ").wait_for()


def story_of(page, address):
    """Return the address of the story for readers."""
    page.goto(address)
    return "/story/" + page.locator("[name=slug]").input_value() + "/"


def test_two_people_bring_a_draft_to_readers(reporter, editor, open_page):
    address = write_story(reporter, "Two people bring a story out")
    assert reporter.get_by_role("button", name="Publish now…").count() == 0, "a reporter publishes nothing"
    act(reporter, address, "Submit for review")
    act(editor, address, "Send back", note="Who was the first to dock?")
    reporter.goto(address)
    expect(reporter.get_by_text("Who was the first to dock?")).to_be_visible()
    change_headline(reporter, address, "Two people bring a better story out")
    act(reporter, address, "Submit for review")
    act(editor, address, "Approve")
    reader = open_page(story_of(editor, address))
    assert reader.get_by_role("heading", level=1).inner_text() == "There is no page at this address"
    publish(editor, address)
    reader.reload()
    assert reader.get_by_role("heading", level=1).inner_text() == "Two people bring a better story out"
    expect(reader.get_by_text("The harbour master")).to_be_visible()


def test_two_who_write_at_once_lose_nothing(reporter, editor):
    address = write_story(reporter, "Both write here")
    editor.goto(address, wait_until="networkidle")
    expect(editor.get_by_text("reporter has this story open too.")).to_be_visible()

    reporter.locator("[name=headline]").fill("The reporter's headline")
    saved(reporter)
    editor.locator("[name=headline]").fill("The editor's headline")
    editor.locator("[name=standfirst]").fill("The editor's standfirst.")
    editor.get_by_text("reporter saved this story after you opened it.").wait_for()
    editor.get_by_role("link", name="See both texts and merge them").click()
    for words in ("The reporter's headline", "The editor's headline", "The editor's standfirst."):
        expect(editor.get_by_text(words).first).to_be_visible()

    standfirst = editor.get_by_role("group", name="Standfirst")
    assert standfirst.get_by_label("What was set aside").is_checked(), "only the editor changed it"
    editor.get_by_role("group", name="Headline").get_by_label("What stands now").check()
    editor.get_by_role("button", name="Save the merged text").click()
    editor.get_by_text("Both texts are one now.").wait_for()
    assert editor.locator("[name=headline]").input_value() == "The reporter's headline"
    assert editor.locator("[name=standfirst]").input_value() == "The editor's standfirst."


def test_a_new_story_is_kept_from_its_first_words(reporter):
    reporter.goto("/admin/articles/article/add/", wait_until="networkidle")
    reporter.locator("[name=headline]").fill("Never pressed a button")
    saved(reporter)
    reporter.reload(wait_until="networkidle")
    assert reporter.url.endswith("/change/")
    assert reporter.locator("[name=headline]").input_value() == "Never pressed a button"


def next_change_of_clocks(*, forward):
    """Return the hour on Berlin's clocks that is next left out, or comes twice."""
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    while True:
        step = (at + HOUR).astimezone(BERLIN).utcoffset() - at.astimezone(BERLIN).utcoffset()
        if step and (step > timedelta(0)) == forward:
            return (at + HOUR).astimezone(BERLIN).replace(tzinfo=None) - (step if forward else timedelta(0))
        at += HOUR


@pytest.mark.parametrize(
    ("forward", "said", "readings"),
    [(True, "it never comes that day", ["01:30 GMT+1", "03:30 GMT+2"]),
     (False, "this time comes twice", ["02:30 GMT+2", "02:30 GMT+1"])],
    ids=["missing hour", "repeated hour"],
)  # fmt: skip
def test_an_hour_that_is_left_out_or_repeated_is_asked_about(editor, forward, said, readings):
    editor.goto("/admin/articles/member/zone/")
    editor.locator("[name=time_zone]").select_option("Europe/Berlin")
    editor.get_by_role("button", name="Save").click()
    address = write_story(editor, f"Clocks are set {'forward' if forward else 'back'}", said.capitalize())
    editor.get_by_role("button", name="Schedule…").click()
    hour = next_change_of_clocks(forward=forward) + timedelta(minutes=30)
    editor.locator("[name=instant-at]").fill(hour.strftime("%Y-%m-%dT%H:%M"))
    for box in editor.locator("[name^=yes-]").all():
        box.check()
    editor.get_by_role("button", name="Schedule", exact=True).click()
    expect(editor.get_by_text(said)).to_be_visible()
    for reading in readings:
        expect(editor.get_by_label(reading)).to_be_visible()
    editor.get_by_label(readings[1]).check()
    editor.get_by_role("button", name="Schedule", exact=True).click()
    editor.get_by_text("Scheduled for").first.wait_for()
    notice = editor.locator(".messagelist").inner_text()
    for words in (readings[1], "(Europe/Berlin)", "(Asia/Baku)"):
        assert words in notice
    act(editor, address, "Call off the schedule")


def test_a_correction_is_seen_in_all_its_places(editor, open_page):
    address = write_story(editor, "Ships dock in March", "Nine ships docked.")
    publish(editor, address)
    change_headline(editor, address, "Ships dock in April")
    act(editor, address, "Correct", note="The ships docked in April, not in March.")
    editor.get_by_text("The story is corrected.").wait_for()

    story = story_of(editor, address)
    reader = open_page(story)
    assert reader.get_by_role("heading", level=1).inner_text() == "Ships dock in April"
    expect(reader.get_by_text("The ships docked in April, not in March.")).to_be_visible()
    graph = json.loads(reader.locator("script[type='application/ld+json']").inner_text())["@graph"]
    assert graph[0]["correction"][0]["text"] == "The ships docked in April, not in March."
    reader.get_by_role("link", name="See what changed").click()
    expect(reader.locator("del", has_text="March")).to_be_visible()
    expect(reader.locator("ins", has_text="April")).to_be_visible()
    reader.goto("/corrections/")
    expect(reader.get_by_text("The ships docked in April, not in March.")).to_be_visible()
    reader.goto("/latest/")
    card = reader.locator(".card", has_text="Ships dock in April")
    expect(card.get_by_text("Corrected")).to_be_visible()
    for machine in ("/feed.xml", f"/sitemap-{datetime.now(UTC):%Y-%m}.xml"):
        changed = reader.request.get(machine).text().partition(story)[2][:400]
        assert datetime.now(UTC).strftime("%Y-") in changed


def test_a_withdrawn_story_is_gone_with_a_notice_and_comes_back_by_two(editor, open_page, site):
    address = write_story(editor, "Nothing of it was true")
    publish(editor, address)
    story = story_of(editor, address)
    reader = open_page(story)
    act(editor, address, "Withdraw", notice="The letter was forged.")
    editor.get_by_text("The story is withdrawn.").wait_for()
    assert reader.goto(story).status == 410
    expect(reader.get_by_text("The letter was forged.")).to_be_visible()
    reader.goto("/latest/")
    assert reader.get_by_text("Nothing of it was true").count() == 0

    act(editor, address, "Ask for its return", note="It was genuine.")
    act(editor, address, "Bring back", note="It was genuine.")
    expect(editor.get_by_text("somebody else has to agree")).to_be_visible()
    chief = log_in(open_page("/admin/"), site, "administrator")
    act(chief, address, "Bring back", note="We checked the letter again.")
    assert reader.goto(story).status == 200
    reader.goto(f"{story}history/")
    expect(reader.get_by_text("We checked the letter again.")).to_be_visible()


def test_keys_press_what_the_page_offers(editor):
    editor.goto("/admin/")
    editor.keyboard.press("s")
    editor.get_by_role("heading", name="Stories").wait_for()
    editor.keyboard.press("?")
    keys = editor.get_by_role("dialog", name="Keys")
    expect(keys.get_by_text("New story")).to_be_visible()
    keys.get_by_label("Single keys work on this device").uncheck()
    editor.keyboard.press("Escape")
    editor.keyboard.press("n")
    assert editor.url.endswith("/admin/articles/article/"), "turned off, a key does nothing"


def test_what_is_typed_a_moment_before_leaving_is_kept(editor):
    address = write_story(editor, "Ships and their crews")
    editor.goto(address, wait_until="networkidle")
    editor.locator("[name=standfirst]").fill("Crews went ashore.")
    editor.get_by_role("link", name="Stories", exact=True).first.click()
    editor.get_by_role("heading", name="Stories").wait_for()
    for _ in range(20):  # it is on its way while other pages load
        editor.goto(address)
        if editor.locator("[name=standfirst]").input_value() == "Crews went ashore.":
            break
        editor.wait_for_timeout(500)
    expect(editor.locator("[name=standfirst]")).to_have_value("Crews went ashore.")


def test_what_is_typed_on_after_a_conflict_goes_to_the_page_that_merges(editor, open_page, site):
    address = write_story(editor, "Two of them write on")
    editor.goto(address, wait_until="networkidle")
    other = log_in(open_page("/admin/"), site, "administrator")
    change_headline(other, address, "Two of them wrote on")
    editor.locator("[name=standfirst]").fill("Mine one.")
    link = editor.get_by_role("link", name="See both texts and merge them").first
    link.wait_for()
    editor.locator("[name=standfirst]").fill("Mine one, and two.")
    editor.locator(".desk-saved a").click()
    editor.wait_for_url("**/merge/**")
    expect(editor.get_by_text("Mine one, and two.").first).to_be_visible()


def test_whoever_was_logged_out_types_on_and_saves_after_a_new_login(editor, site):
    address = write_story(editor, "Logged out in the middle")
    editor.goto(address, wait_until="networkidle")
    editor.context.clear_cookies(name="sessionid")
    editor.locator("[name=standfirst]").fill("Words that took an hour.")
    expect(editor.get_by_text("you are no longer logged in")).to_be_visible()
    editor.get_by_role("button", name="Save draft").click()
    assert editor.url == address
    with editor.expect_popup() as opened:
        editor.get_by_role("link", name="Log in in another tab").click()
    door = opened.value
    door.locator("[name=username]").fill("editor")
    door.locator("[name=password]").fill(site.password("editor"))
    door.get_by_role("button", name="Log in").click()
    door.get_by_role("navigation", name="Desk").wait_for()
    editor.get_by_role("button", name="Save draft").click()
    editor.get_by_text("The draft is saved.").wait_for()
    expect(editor.locator("[name=standfirst]")).to_have_value("Words that took an hour.")
