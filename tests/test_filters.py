"""Filters over documents: what an operator types matches whatever case and accents a source writes."""

import unicodedata
from pathlib import Path

import pytest

from index.library import open_library
from index.store.filters import plain
from index.sync import add
from index.types import Filters
from tests.fake_embedder import HashingEmbedder
from tests.small_library import article


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("The Tolm Gazette", "TOLM gaz"),
        ("Köy Postası", "KÖY POSTASI"),
        ("DİYARKÖY haberleri", "diyarköy"),
        ("Εφημερίδα του Όρμου", "ΕΦΗΜΕΡΙΔΑ ΤΟΥ ΟΡΜΟΥ"),
        ("Ёлкинский вестник", "елкинский"),
        ("Straße und Brücke", "STRASSE UND BRUCKE"),
        ("Łódzki Kurier", "lodzki"),
        (unicodedata.normalize("NFD", "Café Évreuse"), unicodedata.normalize("NFC", "CAFÉ")),
    ],
)
def test_source_and_title_match_in_any_case_and_accents(tmp_path: Path, written: str, typed: str) -> None:
    """Both filters find what is typed otherwise, and nothing else."""
    documents = [
        article("one", "The ferry sank.\n", source=written, title=written),
        article("other", "It froze.\n", source="Sarn Herald", title="Frost"),
    ]
    library = open_library(tmp_path)
    add(library, documents, HashingEmbedder())
    with library.snapshot() as snapshot:
        for filters in (Filters(source=typed), Filters(title=typed)):
            total, found = snapshot.documents(filters, 10, 0)
            assert (total, [ref.id for ref in found]) == (1, ["one"])


@pytest.mark.parametrize(
    ("written", "typed"),
    [("バス新聞", "ハス"), ("가람일보", "ㄱ"), ("कर्म पत्र", "करम")],
    ids=["kana", "Hangul", "Devanagari"],
)
def test_marks_that_make_another_letter_tell(written: str, typed: str) -> None:
    """Voicing of kana, parts of Hangul and vowel killers are no accents: a bus is no lotus."""
    folded, wanted = plain(written), plain(typed)
    assert folded is not None
    assert wanted is not None
    assert wanted not in folded
    assert folded.startswith(plain(written[:1]) or "none")


def test_letters_that_are_capitals_only_once_decomposed() -> None:
    """Letters of mathematics and of ornament are letters in any case."""
    assert plain("𝐓olm ℌerald") == "tolm herald"


@pytest.mark.parametrize("text", [None, "", "ASCII only", "\udfff"])
def test_what_has_no_accents_stays(text: str | None) -> None:
    """Nothing, plain letters, and what is no character at all."""
    assert plain(text) == (text.lower() if text else text)
