"""The page in a real browser, over an engine with canned answers."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from search.settings import Settings
from search.web.app import create_app
from tests.fake_engine import BRIDGE, FakeEngine

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
CITED = "“We kept our promise,” said Mayor Ana Ruiz. “Now the buses will run.”"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


def serve_in_thread(settings: Settings) -> Iterator[str]:
    """Serve canned answers on a free port; give its address, and stop in the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(FakeEngine(), settings), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server without a key."""
    yield from serve_in_thread(Settings())


@pytest.fixture(scope="module")
def keyed_address() -> Iterator[str]:
    """A server that wants a key."""
    yield from serve_in_thread(Settings(api_key="open sesame"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """An empty page that fails the test when a script fails or anything elsewhere is asked for."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    yield page
    context.close()
    assert wrong == []


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    page.goto("/")
    page.get_by_role("searchbox").fill(question)
    page.keyboard.press("Enter")


def test_an_answer_has_numbered_citations_that_open_at_the_cited_words(page: Page) -> None:
    """Clicking a number shows the document, scrolled to the words, marked; Back returns."""
    ask(page, "What about the bridge?")
    expect(page.get_by_role("region", name="Answer")).to_contain_text("We kept our promise")
    expect(page.get_by_role("status")).to_contain_text("Answered with 2 citations")
    assert page.title().startswith("What about the bridge?")
    expect(page.get_by_role("list", name="Citations").get_by_role("listitem").first).to_contain_text("Ana Ruiz")
    page.get_by_role("link", name="Citation 1").click()
    cited = page.locator(".text mark")
    expect(cited).to_have_text(CITED)
    expect(cited).to_be_in_viewport()
    assert page.locator(".text").text_content() == BRIDGE
    expect(page.locator(".text .furniture")).to_have_text("Share this article")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge reopens")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("region", name="Answer")).to_be_visible()


def test_passages_and_statements_are_shown(page: Page) -> None:
    """Highlights count code points; a split quotation is joined without its cue."""
    ask(page, "bridge")
    expect(page.get_by_role("heading", name="Statements")).to_be_visible()
    expect(page.locator("blockquote")).to_have_text("“We kept our promise,” … “Now the buses will run.”")
    expect(page.locator("article mark")).to_have_text(["promise", "bridge", "bridge"])


def test_offsets_after_an_astral_character_are_right(page: Page) -> None:
    """The cited words follow an emoji, which is two UTF-16 units and one code point."""
    start = BRIDGE.index("over the Vell")
    page.goto(f"/?doc=bridge&start={start}&end={start + 13}")
    expect(page.locator(".text mark")).to_have_text("over the Vell")


def test_a_refusal_is_shown_plainly(page: Page) -> None:
    """No answer is no error: the reason, and what came nearest."""
    ask(page, "the moon")
    refusal = page.get_by_role("region", name="No answer")
    expect(refusal).to_contain_text("No document speaks of this.")
    expect(page.get_by_role("heading", name="Nearest to it")).to_be_visible()


def test_markup_in_documents_is_text(page: Page) -> None:
    """Titles, sources and texts with scripts and handlers are shown, not run."""
    ask(page, "bridge")
    expect(page.locator("main")).to_contain_text("<script>window.hacked = 1</script>")
    page.get_by_role("link", name="Markup").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("<b onclick='window.hacked = 3'>Markup</b>")
    expect(page.locator(".text")).to_contain_text("onerror='window.hacked = 2'")
    page.get_by_role("heading", level=1).click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("main script, main img, main b").count() == 0


def test_the_keyboard_is_enough(page: Page) -> None:
    """Slash goes to the box, Enter asks, Tab reaches a citation, Enter opens it, Escape returns."""
    page.goto("/")
    page.locator("main").focus()
    page.keyboard.press("/")
    page.keyboard.type("the bridge?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "cite":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".text mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()


def test_filters_are_sent_and_kept_in_the_address(page: Page) -> None:
    """A shared address asks the same again."""
    page.goto("/")
    page.get_by_text("Filters").click()
    page.get_by_label("Source").fill("Courier")
    page.get_by_role("searchbox").fill("bridge")
    with page.expect_request(lambda asked: "/ask?" in asked.url) as asked:
        page.get_by_role("button", name="Ask").click()
    assert asked.value.url.endswith("/ask?q=bridge&source=Courier")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Source")).to_have_value("Courier")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/?q=bridge", "/?q=moon", "/?doc=hostile", "/docs"])
def test_a_phone_needs_no_sideways_scrolling(page: Page, path: str) -> None:
    """At 360 pixels everything fits, and what is to be touched is large enough."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    expect(page.locator("main")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if path != "/docs":
        box = page.get_by_role("button", name="Ask").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_dark_mode_follows_the_system(browser: Browser, address: str) -> None:
    """The background is dark where that is preferred."""
    seen = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=address, color_scheme=scheme)
        page = context.new_page()
        page.goto("/")
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        seen[scheme] = sum(shade)
        context.close()
    assert seen["dark"] < 150 < 600 < seen["light"]


def test_a_failure_is_told_in_words(browser: Browser, address: str) -> None:
    """A document that is gone, or a filter that is wrong, shows the problem's detail, and the box stays."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/?doc=gone")
    expect(page.get_by_role("alert")).to_contain_text("gone: no document")
    page.goto("/?q=bridge&after=someday")
    expect(page.get_by_role("alert")).to_contain_text("after: expected a date")
    page.goto("/?q=bridge&mode=dense&speaker=" + "x" * 1001)
    expect(page.get_by_role("alert")).to_contain_text("speaker")
    expect(page.get_by_role("searchbox")).to_have_value("bridge")
    context.close()


def test_the_page_asks_for_the_key_where_one_is_needed(browser: Browser, keyed_address: str) -> None:
    """The key is kept for the tab and sent with every request."""
    context = browser.new_context(base_url=keyed_address)
    page = context.new_page()
    page.goto("/?q=bridge")
    page.get_by_label("API key").fill("open sesame")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()
    context.close()
