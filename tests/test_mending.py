"""Slips of the finger: mended where one word of the library is so near, and no other."""

from collections.abc import Iterator

import pytest

from index.library import open_library
from index.store.local import LocalLibrary
from search.mending import is_slip, mended
from tests.small_library import make_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLibrary]:
    """The small library, which knows of passengers, insurers and a shipping register."""
    root = tmp_path_factory.mktemp("mending") / "library"
    make_library(root).close()
    opened = open_library(root)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the pasengers of the ferry", "the passengers of the ferry"),
        ("the passenegrs", "the passengers"),
        ("the shiping regizter", "the shipping register"),
        ("insurors", "Insurers"),
        ("the agrikulture ministry", "the agriculture ministry"),
    ],
)
def test_one_letter_is_mended(library: LocalLibrary, typed: str, meant: str) -> None:
    """A letter left out, put in, swapped or taken for another gives the library's own word."""
    with library.snapshot() as snapshot:
        assert mended(snapshot, typed) == meant


@pytest.mark.parametrize("typed", ["the passengers", "messengers", "volcanoes", "the fery", "chairs of Tolm", "2031"])
def test_other_words_stay(library: LocalLibrary, typed: str) -> None:
    """What the library knows, what is far from all it knows, and short words are left as they were typed."""
    with library.snapshot() as snapshot:
        assert mended(snapshot, typed) == typed


def test_what_a_slip_is() -> None:
    """Letters that are taken for each other are slips, others make another word; the first one must be right."""
    for typed, meant in (("sanktion", "sanction"), ("peskow", "peskov"), ("acount", "account"), ("recieve", "receive")):
        assert is_slip(typed, meant)
    for typed, meant in (("strike", "stripe"), ("elections", "ejections"), ("bank", "tank"), ("same", "same")):
        assert not is_slip(typed, meant)
