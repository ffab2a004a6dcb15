"""A browser, and servers for it to look at; a test file takes these fixtures in by `pytest_plugins`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from search.settings import Settings
from tests.browsing import ARGUMENTS, CHROMIUM, PATIENCE_MS, opened, serving, session
from tests.fake_engine import FakeEngine
from tests.page_library import make_page_engine


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of canned answers, without a key."""
    with serving(FakeEngine(), Settings()) as address:
        yield address


@pytest.fixture(scope="module")
def canned_session(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A session on the canned answers."""
    with session(browser, address) as made:
        yield made


@pytest.fixture
def page(canned_session: BrowserContext, address: str) -> Iterator[Page]:
    """An empty page on the canned answers."""
    with opened(canned_session, address) as page:
        yield page


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a library of invented articles, new for each file of tests."""
    return tmp_path_factory.mktemp("page") / "library"


@pytest.fixture(scope="module")
def library_address(shelf: Path) -> Iterator[str]:
    """A server of that library."""
    with serving(make_page_engine(shelf), Settings(library=str(shelf))) as address:
        yield address


@pytest.fixture(scope="module")
def library_session(browser: Browser, library_address: str) -> Iterator[BrowserContext]:
    """A session on the library, which may use the clipboard."""
    rights = ["clipboard-read", "clipboard-write"]
    with session(browser, library_address, permissions=rights, accept_downloads=True) as made:
        yield made


@pytest.fixture
def reader(library_session: BrowserContext, library_address: str) -> Iterator[Page]:
    """An empty page on the library."""
    with opened(library_session, library_address) as page:
        yield page
