"""What stands where, seen by editors and readers in real browsers."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.newsroom import log_in, pick

SLOTS = "/admin/articles/homeslot/"
FORECAST = f"{SLOTS}forecast/"
BREAKING = "/admin/articles/breakingnews/"
PAGES = [
    SLOTS,
    f"{SLOTS}add/",
    FORECAST,
    f"{FORECAST}page/",
    BREAKING,
    f"{BREAKING}add/",
    "/admin/articles/article/6/related/",
]
LATER = "Porsche"  # the story that is to lead tomorrow


def wall_time(hours):
    return (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def ask(page, name, hours):
    page.locator(f"[name={name}-zone]").select_option("UTC")
    page.locator(f"[name={name}-at]").fill(wall_time(hours))


def order_of(page, story):
    return page.get_by_label(f"Order of {story}")


@pytest.fixture
def editor(open_page, site):
    return log_in(open_page("/admin/"), site, "editor")


@pytest.fixture
def breaking(editor):
    """Breaking news on every page, until the test ends."""
    editor.goto(f"{BREAKING}add/", wait_until="networkidle")
    editor.locator("[name=words]").fill("The lights are back in Lisbon")
    pick(editor, "article", "Power returns")
    ask(editor, "end", 2)
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.locator(".success").wait_for()
    yield
    editor.goto(BREAKING)
    button = editor.get_by_role("button", name="End now: The lights are back in Lisbon")
    if button.count():
        button.click()


def test_two_editors_put_the_home_page_in_order_at_once(editor, open_page, site):
    other = log_in(open_page("/admin/"), site, "administrator")
    lead, second = "Pyongyang says for the first time", "Power returns to most of Spain"
    for page in (editor, other):
        page.goto(SLOTS)
    order_of(other, lead).fill("2")
    order_of(other, second).fill("1")
    other.get_by_role("button", name="Save").click()
    other.locator(".success").wait_for()

    order_of(editor, lead).fill("4")
    editor.get_by_role("button", name="Save").click()
    editor.get_by_text("Somebody changed this list after you opened it").wait_for()
    expect(editor.get_by_text("administrator, on").first).to_be_visible()
    assert order_of(editor, lead).input_value() == "4", "what was typed stays"
    expect(editor.get_by_text("Now 2 stands here.")).to_be_visible()
    assert order_of(editor, second).input_value() == "1", "what the other did is shown"
    assert violations(editor) == []

    order_of(editor, lead).fill("1")
    order_of(editor, second).fill("2")
    editor.get_by_role("button", name="Save").click()
    editor.locator(".success").wait_for()
    editor.goto("/")
    expect(editor.locator(".card--lead").get_by_text(lead)).to_be_visible()


def test_the_forecast_shows_who_leads_tomorrow(editor):
    editor.goto(f"{SLOTS}add/", wait_until="networkidle")
    editor.locator("[name=order]").fill("1")
    pick(editor, "article", LATER)
    ask(editor, "start", 20)
    ask(editor, "end", 30)
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.locator(".success").wait_for()
    expect(editor.get_by_role("row", name=LATER).get_by_text("To come")).to_be_visible()

    editor.get_by_role("link", name="The home page as it will be").click()
    ask(editor, "instant", 24)
    editor.get_by_role("button", name="Show this time").click()
    row = editor.get_by_role("row", name="takes place 1 of the home page")
    assert LATER in row.locator("td").last.inner_text()
    editor.get_by_role("link", name="See the home page as it will be").click()
    expect(editor.get_by_text("Readers do not see this page")).to_be_visible()
    expect(editor.locator(".card--lead").get_by_text(LATER)).to_be_visible()
    editor.goto("/")
    assert not editor.locator(".card--lead").get_by_text(LATER).is_visible()


def test_a_story_that_moves_is_found_at_its_old_address(editor, open_page):
    reader, old = open_page("/latest/"), "/story/porsche-lowers-its-outlook/"
    reader.goto(old)
    headline = reader.get_by_role("heading", level=1).inner_text()
    for slug in ("porsche-outlook", "porsche-margins"):
        editor.goto("/admin/articles/article/?q=Porsche")
        editor.get_by_role("link", name=headline).click()
        editor.locator("[name=slug]").fill(slug)
        editor.get_by_role("button", name="Save draft").click()
        editor.get_by_text("The draft is saved.").wait_for()
    expect(editor.get_by_text("changed the address").first).to_be_visible()
    for address in (old, "/story/porsche-outlook/"):
        response = reader.goto(address)
        assert response.request.redirected_from.redirected_from is None, "in one step"
        assert reader.url.endswith("/story/porsche-margins/")
        assert reader.get_by_role("heading", level=1).inner_text() == headline
    reader.goto(f"{old}comments/")
    assert reader.url.endswith("/story/porsche-margins/comments/")


@pytest.mark.usefixtures("breaking")
def test_breaking_news_stands_on_every_page_and_ends_with_one_press(editor, open_page):
    reader = open_page("/latest/", size="phone", javascript=False)
    bar = reader.get_by_role("region", name="Breaking news")
    expect(bar.get_by_text("The lights are back in Lisbon")).to_be_visible()
    bar.get_by_role("link").click()
    assert "Power returns" in reader.get_by_role("heading", level=1).inner_text()
    assert bar.is_visible()
    editor.goto(BREAKING)
    editor.get_by_role("button", name="End now: The lights are back in Lisbon").click()
    editor.get_by_text("It stands on no page any more.").wait_for()
    reader.reload()
    assert not bar.is_visible()


@pytest.mark.usefixtures("breaking")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_bar_is_accessible_and_fits_the_narrowest_screen(open_page, theme):
    for size in ("phone", "narrow", "desktop"):
        page = open_page("/", size=size, theme=theme)
        expect(page.get_by_role("region", name="Breaking news")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_placing_pass_axe_break_no_policy_and_fit_a_phone(editor, theme):
    complaints = []
    editor.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    editor.set_viewport_size({"width": 320, "height": 640})
    editor.emulate_media(color_scheme=theme)
    for path in PAGES:
        editor.goto(path, wait_until="networkidle")
        assert complaints == [], path
        assert editor.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert violations(editor) == [], path
        complaints.clear()  # axe itself writes styles, which the policy refuses
