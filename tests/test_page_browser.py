"""The page in a real browser, over an engine with canned answers."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from search.settings import Settings
from tests.browsing import MARKS, ask, serving
from tests.fake_engine import BRIDGE, FakeEngine

CITED = "“We kept our promise,” said Mayor Ana Ruiz. “Now the buses will run.”"

pytest_plugins = "tests.browser_fixtures"
pytestmark = MARKS


def test_an_answer_has_numbered_citations_that_open_at_the_cited_words(page: Page) -> None:
    """Clicking a number shows the document, scrolled to the words, marked; Back returns."""
    ask(page, "What about the bridge?")
    expect(page.get_by_role("region", name="Answer")).to_contain_text("We kept our promise")
    expect(page.get_by_role("status")).to_contain_text("Answered with 2 citations")
    expect(page).to_have_title(re.compile(r"^What about the bridge\?"))
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


def test_a_refusal_shows_its_reason_its_numbers_and_what_came_nearest(page: Page) -> None:
    """No answer is no error."""
    ask(page, "the moon")
    refusal = page.get_by_role("region", name="No answer")
    expect(refusal).to_contain_text("No document speaks of this.")
    expect(refusal.locator("dd")).to_have_text(["3", "0", "0"])
    expect(page.get_by_role("heading", name="Nearest to it")).to_be_visible()


def test_a_few_words_lead_to_speakers_as_well(page: Page) -> None:
    """Who types a name, and no question, is offered the speaker's page."""
    ask(page, "Ana Ruiz bridge")
    expect(page.locator("h2", has_text="Speakers")).to_be_visible()
    ask(page, "What about the bridge?")
    expect(page.locator("h2", has_text="Speakers")).to_have_count(0)


def test_more_passages_can_be_asked_for(page: Page) -> None:
    """The address says how many; there are no more than there are."""
    page.goto("/?q=bridge&k=3")
    with page.expect_request(lambda asked: "/ask?" in asked.url) as asked:
        page.get_by_role("link", name="More passages").click()
    assert asked.value.url.endswith("/ask?q=bridge&k=6")
    expect(page.locator("article p mark")).to_have_count(3)
    expect(page.get_by_role("link", name="More passages")).to_have_count(0)


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


def test_an_address_with_two_values_of_a_filter_asks_by_the_one_that_the_form_shows(page: Page) -> None:
    """The page never sends a parameter twice."""
    with page.expect_request(lambda asked: "/ask?" in asked.url) as asked:
        page.goto("/?q=bridge&source=Courier&source=Wire&q=tower")
    assert asked.value.url.endswith("/ask?q=bridge&source=Courier")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()
    expect(page.get_by_label("Source")).to_have_value("Courier")


def test_metadata_is_a_filter_of_a_field_and_a_value(page: Page) -> None:
    """What is no `field=value` is not sent; the address keeps what was typed."""
    page.goto("/?q=bridge")
    page.get_by_text("Filters").click()
    page.get_by_label("Metadata").fill("sport")
    page.get_by_role("button", name="Ask").click()
    assert page.url.endswith("/?q=bridge")
    page.get_by_label("Metadata").fill("desk=home=page")
    with page.expect_request(lambda asked: "/ask?" in asked.url) as asked:
        page.keyboard.press("Enter")
    assert asked.value.url.endswith("/ask?q=bridge&meta.desk=home%3Dpage")
    expect(page.locator("#status")).to_contain_text("passage")
    page.reload()
    expect(page.get_by_label("Metadata")).to_have_value("desk=home=page")


def test_a_failure_is_told_in_words(page: Page) -> None:
    """A document that is gone shows the problem's detail, and the box stays."""
    page.goto("/?doc=gone")
    expect(page.get_by_role("alert")).to_contain_text("gone: no document")
    expect(page.get_by_role("searchbox")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "told"), [("after=someday", "after: expected a date"), ("speaker=" + "x" * 1001, "speaker")]
)
def test_a_wrong_filter_is_told_in_words(canned_session: BrowserContext, asked: str, told: str) -> None:
    """The problem's detail is shown, and the question stays in the box."""
    # The browser itself notes the 422 as an error: this page is not held to have none.
    page = canned_session.new_page()
    page.goto("/?q=bridge&" + asked)
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.get_by_role("searchbox")).to_have_value("bridge")
    page.close()


def test_the_page_asks_for_the_key_where_one_is_needed(browser: Browser) -> None:
    """The key is kept for the tab and sent with every request."""
    with serving(FakeEngine(), Settings(api_key="open sesame")) as address:
        page = browser.new_page(base_url=address)
        page.goto("/?q=bridge")
        page.get_by_label("API key").fill("open sesame")
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Answer")).to_be_visible()
        expect(page.locator("#library")).to_contain_text("3 documents")
        page.close()


def test_a_server_that_is_gone_can_be_asked_again(browser: Browser) -> None:
    """What failed for want of a connection is told, and tried again at the push of a button."""
    with serving(FakeEngine(), Settings()) as address:
        page = browser.new_page(base_url=address)
        page.goto("/")
        page.context.set_offline(True)
        page.get_by_role("searchbox").fill("the bridge?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
        page.context.set_offline(False)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("region", name="Answer")).to_be_visible()
        page.close()
