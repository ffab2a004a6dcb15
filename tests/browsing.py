"""What tests of the page share: servers, pages that allow no mistake, patience."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from search.engine import Engine
from search.settings import Settings
from search.web.app import create_app

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


@contextmanager
def serving(engine: Engine, settings: Settings) -> Iterator[str]:
    """Serve an engine on a free port; give the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(engine, settings), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def opened(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """Open an empty page; fail when a script fails or anything elsewhere is asked for."""
    session = browser.new_context(base_url=address, **context)
    session.set_default_timeout(PATIENCE_MS)
    page = session.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "blob:")) else wrong.append(asked.url))
    yield page
    session.close()
    assert [one for one in wrong if MISSING not in one] == []


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter; wait until the answer or the refusal is there."""
    page.goto("/")
    page.get_by_role("searchbox").first.fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("passage")
