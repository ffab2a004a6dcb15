"""Links to a place in a document, after the library was built anew."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from index import sync
from index.library import open_library
from index.types import Document
from tests.browsing import MARKS
from tests.fake_embedder import HashingEmbedder
from tests.page_library import FLOOD, SLUICE
from tests.small_library import article

pytest_plugins = "tests.browser_fixtures"
pytestmark = MARKS

ABOUT = "About this link"


def link_to(page: Page, title: str) -> str:
    """The address of Irsa Tolvane's statement in the document of that title."""
    page.goto("/?speaker=Irsa Tolvane")
    page.get_by_role("article").get_by_role("link", name=title).first.click()
    expect(page.locator(".text mark")).to_be_focused()
    return page.url


def put(shelf: Path, *documents: Document) -> None:
    """Take documents into the library that is being served."""
    sync.add(open_library(shelf), documents, HashingEmbedder())


def changed(name: str, old: str, new: str) -> Document:
    """One of the articles, with a few words changed."""
    [before] = [one for one in FLOOD if one.id == name]
    assert old in before.text
    return replace(before, text=before.text.replace(old, new), sha256=f"{len(new):064}")


def test_words_that_stand_where_they_stood_are_marked(reader: Page, shelf: Path) -> None:
    """Another generation alone changes nothing, and the page says that it looked."""
    link = link_to(reader, "River rises")
    put(shelf, article("more", "One more article about nothing in particular.", title="More"))
    reader.goto(link)
    expect(reader.locator(".text mark")).to_have_text(SLUICE)
    expect(reader.locator("main")).to_contain_text("These words stand as they did when the link was made at generation")
    expect(reader.get_by_role("note")).to_have_count(0)


def test_words_that_moved_are_marked_where_they_stand_now(reader: Page, shelf: Path) -> None:
    """A paragraph was put before them: the link says so, and shows them."""
    link = link_to(reader, "A dry summer")
    words = reader.locator(".text mark").text_content() or ""
    put(shelf, changed("summer", "Nobody in Halm", "Corrected on 3 July.\n\nNobody at all in Halm"))
    reader.goto(link)
    expect(reader.get_by_role("note", name=ABOUT)).to_contain_text("the words stand elsewhere now")
    expect(reader.locator(".text mark")).to_have_text(words)


def test_words_that_are_gone_stand_beside_what_comes_nearest(reader: Page, shelf: Path) -> None:
    """Nothing is marked; what the link quoted and what the text says now are compared."""
    link = link_to(reader, "Bells sold")
    put(shelf, changed("winter", "had been sold in the spring", "had been sold in the autumn"))
    reader.goto(link)
    note = reader.get_by_role("note", name=ABOUT)
    expect(note).to_contain_text("the words are not in it any more")
    expect(note.locator("mark")).to_contain_text(["spring", "autumn"])
    expect(reader.locator(".text mark")).to_have_count(0)


def test_a_document_that_is_gone_is_told_with_its_words_and_where_else_they_stand(reader: Page, shelf: Path) -> None:
    """The problem's words, the words that the link quoted, and another document that holds them."""
    link = link_to(reader, "River rises").replace("doc=courier", "doc=lost")
    reader.goto(link)
    expect(reader.get_by_role("alert")).to_contain_text("lost: no document")
    expect(reader.get_by_role("alert").locator("blockquote")).to_have_text(SLUICE)
    expect(reader.get_by_role("article").first).to_contain_text("We will open the sluice gates")
    sync.remove(open_library(shelf), ["post"])
    reader.goto("/?doc=post&start=0&end=4&generation=1&words=Nobody knows these.")
    expect(reader.get_by_role("alert")).to_contain_text("post: no document")
    expect(reader.locator("main")).to_contain_text("No other document was found to hold these words.")


def test_a_place_that_is_not_in_the_document_is_told(reader: Page) -> None:
    """Whatever was typed into the address, the document is shown."""
    for place in ("start=5&end=5000000", "start=9&end=3", "start=-1&end=4", "start=x&end=y", "passage=none"):
        reader.goto("/?doc=roof&" + place)
        expect(reader.get_by_role("note", name=ABOUT)).to_contain_text("holds no such place")
        expect(reader.locator(".text")).to_contain_text("leaks in eleven places")


TEXTS = st.text(st.sampled_from("ab é🌉“ \n"), min_size=1, max_size=300)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), before=TEXTS, text=TEXTS)
def test_a_link_finds_its_words_wherever_they_went(reader: Page, data: st.DataObject, before: str, text: str) -> None:
    """Put anything before them: what is marked has the words of the link, by code points, however long they are."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if reader.url == "about:blank":
        reader.goto("/")
    found = reader.evaluate(
        """async ([text, start, end, later]) => {
          const { placeLink, readLink, resolve } = await import("/page/link.js");
          const words = Array.from(text).slice(start, end).join("");
          const link = readLink(new URLSearchParams(placeLink({ id: "d" }, { start, end, text: words }, 1).slice(2)));
          return [text, later].map((now) => resolve(link, { text: now, paragraphs: [] }));
        }""",
        [text, start, end, before + text],
    )
    assert found[0] == {"state": "same", "span": [start, end]}
    at, to = found[1]["span"]
    assert found[1]["state"] in {"same", "moved"} or (found[1]["state"] == "begun" and end - start > 200)
    assert (before + text)[at:to] == text[start:end][: to - at]


@pytest.mark.parametrize(
    ("now", "state", "marked"),
    [
        ('He said: "we  will—not go" at last.', "respelled", '"we  will—not go"'),
        ("He said: “We will – not come” at last.", "changed", None),
    ],
)
def test_a_change_of_spelling_is_no_change_of_words(reader: Page, now: str, state: str, marked: str | None) -> None:
    """Other quotation marks, dashes, white space and capitals are told apart from other words."""
    reader.goto("/")
    found = reader.evaluate(
        """async (now) => {
          const { readLink, resolve } = await import("/page/link.js");
          const link = readLink(new URLSearchParams({ start: 0, end: 17, words: "“We will-not go”" }));
          return resolve(link, { text: now, paragraphs: [] });
        }""",
        now,
    )
    assert found["state"] == state
    assert (now[slice(*found["span"])] if "span" in found else None) == marked
