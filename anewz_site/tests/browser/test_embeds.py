"""A video of another site in a story: put in at the desk, shown on a click, and not before."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.accessibility import violations
from anewz_site.tests.browser.conftest import SIZES
from anewz_site.tests.browser.newsroom import log_in, publish, write_story
from anewz_site.tests.browser.test_reading import SHIFTS

ADDRESS = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
FRAME = "https://www.youtube-nocookie.com/embed/aaaaaaaaaaa"
CODE = f'<iframe width="560" src="{FRAME}?si=secret" title="YouTube"></iframe>'
OTHER_CODES = {
    "Post on X": '<blockquote class="twitter-tweet"><p>March <a href="https://t.co/abc">pic</a></p>'
    '<a href="https://twitter.com/anewz/status/1917000000000000000?ref_src=x">29 April</a></blockquote>'
    '<script async src="https://platform.twitter.com/widgets.js"></script>',
    "Post on Telegram": '<script async src="https://telegram.org/js/telegram-widget.js?22" '
    'data-telegram-post="anewz/123" data-width="100%"></script>',
}
WORDS = "Soldiers in white march past a stand, at night."
PLAYER = "<!doctype html><title>A player</title><button>Play</button>"
OTHER_FRAME = """
() => new Promise((resolve) => {
  document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
  setTimeout(resolve, 5_000, "nothing forbade it");
  const frame = document.createElement("iframe");
  frame.src = "https://www.youtube.com/embed/aaaaaaaaaaa";
  document.body.append(frame);
})
"""


def put_in(desk, address, words):
    desk.get_by_role("button", name="Embed", exact=True).click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Address of the post or video").fill(address)
    dialog.get_by_label("What is to be seen there").fill(words)
    dialog.get_by_role("button", name="Put it in").click()


def save(desk):
    desk.get_by_role("button", name="Save draft").click()
    desk.get_by_text("The draft is saved.").wait_for()


@pytest.fixture(scope="module")
def stories():
    return []


@pytest.fixture
def story(open_page, site, stories):
    """The address of a story with a video, as an editor made it."""
    if not stories:
        desk = log_in(open_page("/admin/"), site, "editor")
        address, complaints = write_story(desk, "What the parade shows"), []
        desk.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        desk.on("pageerror", lambda error: complaints.append(str(error)))
        embed = desk.locator(".ProseMirror figure[data-embed]")
        put_in(desk, "https://youtube.com.evil.example/watch?v=aaaaaaaaaaa", "")
        expect(embed).to_contain_text("there is no post or video that can stand in a story")
        expect(embed).to_contain_text("Not described yet")
        save(desk)
        expect(embed).to_contain_text("youtube.com.evil.example")
        expect(desk.get_by_role("link", name="Preview what is saved")).to_be_visible()
        embed.click()
        put_in(desk, CODE, WORDS)
        expect(embed).to_contain_text(f"Video on YouTube{FRAME}")
        save(desk)
        expect(embed).to_have_count(1)
        expect(embed).to_contain_text(f"Video on YouTube{ADDRESS}{WORDS}")
        assert complaints == []
        publish(desk, address)
        stories.append("/story/what-the-parade-shows/")
    return stories[0]


def test_the_post_is_found_in_the_code_that_its_site_offers(open_page, site):
    desk = log_in(open_page("/admin/"), site, "editor")
    write_story(desk, "What others offer")
    for name, code in OTHER_CODES.items():
        put_in(desk, code, WORDS)
        expect(desk.locator(".ProseMirror figure[data-embed]").filter(has_text=name)).to_have_count(1)


def test_nothing_is_asked_of_others_before_a_click(open_page, site, story):
    page, hosts, sent = open_page("/health/", size="phone"), set(), []
    page.add_init_script(SHIFTS)
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))

    def play(route):
        sent.append((route.request.url, route.request.all_headers().get("referer")))
        route.fulfill(body=PLAYER, content_type="text/html")

    page.context.route("https://**", lambda route: route.abort())  # nothing leaves this machine
    page.context.route("https://www.youtube-nocookie.com/**", play)
    page.goto(story, wait_until="networkidle")
    button = page.get_by_role("button", name="Show it here")
    expect(button).to_have_accessible_description(
        f"{WORDS} Google then learns your network address and which site you are on, and may set cookies."
    )
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(500)
    assert hosts == {f"127.0.0.1:{site.port}"}
    assert page.locator("iframe").count() == 0
    assert page.locator("link[rel=preconnect], link[rel=dns-prefetch]").count() == 0
    assert violations(page) == []

    button.press("Enter")
    frame = page.locator("iframe")
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("src", FRAME)
    expect(frame).to_have_attribute("title", WORDS)
    assert set(frame.get_attribute("sandbox").split()) == {
        "allow-scripts",
        "allow-same-origin",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
    }
    expect(page.frame_locator("iframe").get_by_role("button", name="Play")).to_be_visible()
    assert sent == [(FRAME, f"{site.base_url}/")]
    assert hosts == {f"127.0.0.1:{site.port}", "www.youtube-nocookie.com"}
    assert page.evaluate("window.shifted") == 0
    box = page.locator(".embed__place").bounding_box()
    assert abs(box["width"] / box["height"] - 16 / 9) < 0.02
    page.keyboard.press("Tab")
    assert page.frames[1].evaluate("document.activeElement.textContent") == "Play"
    assert page.evaluate(OTHER_FRAME) == "frame-src"


def test_without_a_script_there_are_words_and_a_link_and_no_hole(open_page, story):
    page = open_page(story, size="phone", javascript=False)
    embed = page.locator(".embed")
    expect(embed).to_contain_text(WORDS)
    expect(embed.get_by_role("link", name="Video on YouTube")).to_have_attribute("href", ADDRESS)
    expect(embed.get_by_role("button")).to_have_count(0)
    assert embed.bounding_box()["height"] < 200
    page = open_page(story)
    page.emulate_media(media="print")
    expect(page.locator(".embed__place")).to_be_hidden()
    expect(page.locator(".embed")).to_contain_text(WORDS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_and_fits_each_screen(open_page, story, theme):
    page = open_page(story, size="narrow", theme=theme)
    expect(page.get_by_role("button", name="Show it here")).to_be_visible()
    for size in SIZES.values():
        page.set_viewport_size(size)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
