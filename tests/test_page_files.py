"""The page's files as text: what holds whatever the browser does."""

import re
from importlib.resources import files

import pytest

from search.web.routes_service import ASSETS

FOLDER = files("search.web") / "page"
NAMES = sorted(one.name for one in FOLDER.iterdir())
SCRIPTS = [name for name in NAMES if name.endswith(".js")]
MOST_LINES = 350
WRITES_MARKUP = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\.style\b|srcdoc|\beval\(|new Function"
)


def test_every_file_of_the_page_is_served() -> None:
    """What is not listed does not exist for a browser."""
    assert sorted(ASSETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_files_are_short_and_ask_for_nothing_elsewhere(name: str) -> None:
    """One noun a file; the only address in them is the name of a drawing's elements."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert set(re.findall(r"https?://[^\s\"'`]+", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_write_text_and_never_markup_or_styles(name: str) -> None:
    """What a document holds becomes a text node; the content policy forbids the rest anyway."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(WRITES_MARKUP, text)
