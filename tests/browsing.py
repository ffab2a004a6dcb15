"""What tests of the page share: servers, pages that allow no mistake, patience."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from search.engine import Engine
from search.settings import Settings
from search.web.app import create_app
from tests.serving import served

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
PATIENCE_MS = 60_000
"""Nothing here takes as many milliseconds; on a busy machine everything may."""
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]
MISSING = "the server responded with a status of 404"
"""What the browser itself notes of a document that is gone."""


def serving(engine: Engine, settings: Settings) -> AbstractContextManager[str]:
    """Serve an engine on a free port; give the address."""
    return served(create_app(engine, settings))


@contextmanager
def session(browser: Browser, address: str, **how: Any) -> Iterator[BrowserContext]:
    """Open a session that several tests may have their pages in."""
    made = browser.new_context(base_url=address, **how)
    made.set_default_timeout(PATIENCE_MS)
    # An empty page keeps the window open: to open one takes longer than most tests do.
    made.new_page()
    yield made
    made.close()


@contextmanager
def opened(session: BrowserContext, address: str) -> Iterator[Page]:
    """Open an empty page; fail when a script fails or anything elsewhere is asked for; leave nothing to the next."""
    page = session.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "blob:")) else wrong.append(asked.url))
    yield page
    kept = {"origin": address, "storageTypes": "all"}
    session.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
    page.close()
    assert [one for one in wrong if MISSING not in one] == []


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter; wait until the answer or the refusal is there."""
    page.goto("/")
    page.get_by_role("searchbox").first.fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("passage")
