"""What a reader has when the network goes."""

import re
import time

import pytest
from playwright.sync_api import expect

from anewz_site.tests.browser.network import Network
from anewz_site.tests.browser.newsroom import act, change_headline, log_in, publish, write_story
from anewz_site.tests.browser.test_pages import STORY, WITH_COMMENTS

KEEPS = "async address => Boolean(await (await caches.open('anewz-stories')).match(address))"


@pytest.fixture
def network(site):
    network = Network(site.port)
    yield network
    network.cut()


def wait_until(page, question, about=None):
    """Ask a page an asynchronous question until the answer is yes, for fifteen seconds.

    Playwright's own `wait_for_function` takes the promise of an answer for a yes.
    """
    ends = time.monotonic() + 15
    while not page.evaluate(question, about):
        assert time.monotonic() < ends, question
        page.wait_for_timeout(50)


def read(page, address):
    """Open a story and wait until it is kept."""
    page.goto(address)
    wait_until(page, KEEPS, address)


def with_worker(open_page, network):
    page = open_page("/health/")
    page.goto(f"{network.base_url}/latest/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def test_stories_that_were_read_are_there_and_say_when_they_were_saved(open_page, network):
    page = with_worker(open_page, network)
    read(page, f"{network.base_url}{STORY}")
    headline = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_text("you are offline")).to_have_count(0)
    network.cut()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    expect(page.get_by_text(re.compile(r"Saved at \d\d:\d\d, you are offline"))).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.story__headline')).fontWeight") == "700"
    page.goto(f"{network.base_url}{WITH_COMMENTS}")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name=headline).click()
    expect(page.get_by_text("you are offline")).to_be_visible()
    network.mend()
    page.reload()
    expect(page.get_by_text("you are offline")).to_have_count(0)


def test_a_story_withdrawn_meanwhile_is_thrown_out_once_the_network_is_back(open_page, site, network):
    editor = log_in(open_page("/"), site, "editor")
    desk = write_story(editor, "Ferry sails again")
    publish(editor, desk)
    editor.goto("/latest/")
    story = editor.get_by_role("link", name="Ferry sails again").first.get_attribute("href")
    address = f"{network.base_url}{story}"
    page = with_worker(open_page, network)
    for read_first in (address, f"{network.base_url}{STORY}"):
        read(page, read_first)
    network.cut()
    page.goto(address)
    expect(page.get_by_text("you are offline")).to_be_visible()
    act(editor, desk, "Withdraw", notice="It did not sail.")
    editor.get_by_text("The story is withdrawn.").wait_for()
    network.mend()
    page.goto(f"{network.base_url}/latest/")
    wait_until(page, f"async (address) => !(await ({KEEPS})(address))", address)
    wait_until(page, KEEPS, f"{network.base_url}{STORY}")
    network.cut()
    page.goto(address)
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()


def test_a_story_that_changed_meanwhile_is_kept_as_it_is_now(open_page, site, network):
    editor = log_in(open_page("/"), site, "editor")
    desk = write_story(editor, "Bridge closes")
    publish(editor, desk)
    editor.goto("/latest/")
    story = editor.get_by_role("link", name="Bridge closes").first.get_attribute("href")
    page = with_worker(open_page, network)
    read(page, f"{network.base_url}{story}")
    network.cut()
    page.reload()
    expect(page.get_by_text("you are offline")).to_be_visible()
    change_headline(editor, desk, "Bridge stays open")
    act(editor, desk, "Update", note="It was reopened.")
    editor.get_by_text("The story is updated.").wait_for()
    network.mend()
    page.goto(f"{network.base_url}/latest/")
    has_new_words = """async address => {
      const copy = await (await caches.open('anewz-stories')).match(address);
      return copy && (await copy.text()).includes('Bridge stays open');
    }"""
    wait_until(page, has_new_words, f"{network.base_url}{story}")
    network.cut()
    page.goto(f"{network.base_url}{story}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge stays open")


def test_the_last_twenty_are_kept(open_page, network):
    page = with_worker(open_page, network)
    page.evaluate(
        """async () => {
          // As if the network had just been asked about all of them, which are none of the site's.
          const shell = (await caches.keys()).find((name) => name.startsWith('anewz-shell'));
          await (await caches.open(shell)).put('/looked', new Response(String(Date.now())));
          const stories = await caches.open('anewz-stories');
          for (let number = 1; number <= 20; number += 1) {
            await stories.put(`/story/number-${number}/`, new Response(''));
          }
        }"""
    )
    read(page, f"{network.base_url}{STORY}")
    wait_until(page, "async () => (await (await caches.open('anewz-stories')).keys()).length === 20")
    assert not page.evaluate(KEEPS, "/story/number-1/")
    assert page.evaluate(KEEPS, "/story/number-2/")


def test_the_page_of_the_app_lists_what_is_kept(open_page, network):
    page = with_worker(open_page, network)
    read(page, f"{network.base_url}{STORY}")
    headline = page.get_by_role("heading", level=1).inner_text()
    page.goto(f"{network.base_url}/app/")
    expect(page.get_by_role("main").get_by_role("link", name=headline)).to_be_visible()


def test_where_the_browser_offers_to_install_the_site_a_button_asks(open_page):
    page = open_page("/app/")
    button = page.get_by_role("button", name="Install it now")
    expect(button).to_be_hidden()
    page.evaluate(
        """() => {
          const offer = new Event("beforeinstallprompt", { cancelable: true });
          offer.prompt = async () => { window.asked = true };
          window.browsersOwn = dispatchEvent(offer);
        }"""
    )
    assert not page.evaluate("window.browsersOwn"), "the browser's own banner is held back"
    button.click()
    expect(button).to_be_hidden()
    assert page.evaluate("window.asked")
