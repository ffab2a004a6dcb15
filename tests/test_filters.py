"""Filters over documents: what an operator types matches whatever case and accents a source writes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import open_library
from index.store.filters import meta_holds, plain
from index.store.lexical import LexicalIndex, Names
from index.store.local import LocalLibrary
from index.sync import add, remove
from index.types import Document, Filters
from tests.fake_embedder import HashingEmbedder
from tests.lookups import NOTHING
from tests.small_library import article

MANY = 600


def of_all_sizes() -> list[Document]:
    """Documents that say less of the harbour the later they come, in sets of 1 to all that lie together or apart."""
    sizes = (1, 2, 5, 20, 60, 150, 300, 450, MANY)
    return [
        replace(
            article(
                f"n{number}", f"The harbour has {number % 90} boats." + " It rained on the hills." * (number // 12)
            ),
            meta={
                **{f"first{size}": "yes" for size in sizes if number < size},
                **{f"last{size}": "yes" for size in sizes if number >= MANY - size},
                **{f"apart{size}": "yes" for size in sizes if 7 * number % MANY < size},
            },
        )
        for number in range(MANY)
    ]


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    """Those documents in a library, without some that were removed again."""
    library = open_library(tmp_path_factory.mktemp("sizes"))
    add(library, of_all_sizes(), HashingEmbedder())
    remove(library, ["n1", "n250", "n251", "n599"])
    return library


FILTERS = [
    Filters(meta=((f"{where}{size}", "yes"),))
    for where in ("first", "last", "apart")
    for size in (1, 2, 5, 20, 60, 150, 300, 450, MANY)
]


def test_best_of_those_left_are_found_however_few(sizes: LocalLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 1 to all, by words and by meaning: what the list of all holds of them, whichever way is the quicker one."""
    ways, search = set[str](), LexicalIndex.search
    asked: list[bool] = []

    def watched(
        self: LexicalIndex, terms: Sequence[str], k: int, among: Names | None = None
    ) -> list[tuple[int, float]]:
        asked.append(among is not None)
        return search(self, terms, k, among)

    vector = HashingEmbedder().encode_query("harbour boats")
    with sizes.snapshot() as snapshot:
        every = snapshot.paragraph_count
        by_meaning = snapshot.dense(vector, every, NOTHING)
        for terms in (["harbour", "boat"], ["hill"], ["rain", "7"], ["nowhere"]):
            by_words = snapshot.lexical(terms, every, NOTHING)
            for filters in FILTERS:
                _, refs = snapshot.documents(filters, MANY, 0)
                left = {paragraph.row for ref in refs for paragraph in snapshot.document(ref.id).paragraphs}
                for k in (1, 10, every):
                    asked.clear()
                    with monkeypatch.context() as watching:
                        watching.setattr(LexicalIndex, "search", watched)
                        found = snapshot.lexical(terms, k, filters)
                    assert found == [hit for hit in by_words if hit.row in left][:k]
                    assert snapshot.dense(vector, k, filters) == [hit for hit in by_meaning if hit.row in left][:k]
                    ways.add("".join("named " if is_named else "asked " for is_named in asked))
    assert {"", "asked ", "named ", "asked asked ", "asked named "} <= ways


def test_naming_documents_leaves_the_same(sizes: LocalLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a filter leaves them whole, as all do but one for what somebody says, and they are the shorter list."""
    with open_library(sizes.root).snapshot() as snapshot:
        by_rows = [snapshot.lexical(["harbour", "boat"], 10, one) for one in FILTERS]
    monkeypatch.setattr("index.store.opened._CONTENTS", 0)
    monkeypatch.setattr("index.store.opened._CONTENT", 0)
    named, search = set[str](), LexicalIndex.search

    def watched(
        self: LexicalIndex, terms: Sequence[str], k: int, among: Names | None = None
    ) -> list[tuple[int, float]]:
        named.add(among.field if among else "")
        return search(self, terms, k, among)

    monkeypatch.setattr(LexicalIndex, "search", watched)
    with open_library(sizes.root).snapshot() as snapshot:
        assert [snapshot.lexical(["harbour", "boat"], 10, one) for one in FILTERS] == by_rows
        snapshot.lexical(["harbour"], 10, Filters(speaker="Nobody"))
    assert "content" in named
    assert "row" not in named


def test_what_somebody_says_leaves_a_part_of_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such paragraphs are never found by naming the document, however much quicker that would be."""
    monkeypatch.setattr("index.store.opened._CONTENTS", 0)
    monkeypatch.setattr("index.store.opened._CONTENT", 0)
    text = "The harbour has two boats, Ada Orr said on Friday.\n\nThe harbour has a crane, too."
    library = open_library(tmp_path / "library")
    add(library, [article("one", text)], HashingEmbedder())
    with library.snapshot() as snapshot:
        assert len(snapshot.lexical(["harbour"], 10, NOTHING)) == len(text.split("\n\n"))
        assert len(snapshot.lexical(["harbour"], 10, Filters(speaker="Ada Orr"))) == 1


def test_links_read_before_leave_the_same(sizes: LocalLibrary) -> None:
    """The vectors of what a filter leaves are those that the database tells, when all were read at once, too."""
    vector = HashingEmbedder().encode_query("harbour boats")
    filters = [*FILTERS, Filters(source="no such")]
    with open_library(sizes.root).snapshot() as snapshot:
        looked_up = [snapshot.dense(vector, snapshot.paragraph_count, one) for one in filters]
    with open_library(sizes.root).snapshot() as snapshot:
        snapshot.read_links()
        assert [snapshot.dense(vector, snapshot.paragraph_count, one) for one in filters] == looked_up


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


@pytest.mark.parametrize(
    ("held", "typed", "matches"),
    [
        (3, "3", True),
        (3, "3.0", True),
        (3, "3.1", False),
        (3, "03", False),
        (3, "+3", False),
        (3.0, "3", True),
        (0.1, "0.10", True),
        (1000, "1e3", True),
        (-0.0, "0", True),
        (10**20 + 5, "100000000000000000005", True),
        (10**20 + 5, "100000000000000000004", False),
        (2**63 + 1, str(2**63 + 1), True),
        (True, "true", True),
        (True, "1", False),
        (False, "false", True),
        (1, "true", False),
        ("3", "3", True),
        ("3", "3.0", False),
        ("a\0b", "a\0b", True),
        ("a\0b", "a", False),
        ("", "", True),
        ("Élysée", "Elysee", False),
        (None, "null", False),
        (None, "", False),
        ([1, "a"], '[1,"a"]', True),
        ({"by": 1}, '{"by":1}', True),
        ([], "", False),
    ],
)
def test_metadata_has_the_value_that_is_typed(tmp_path: Path, held: object, typed: str, matches: bool) -> None:
    """Numbers by what they mean and exactly, however large; texts to the letter, also where they hold a NUL."""
    library = open_library(tmp_path)
    for name in ("field", "a.b", 'q"uo', "поле", "$", "a=b"):
        add(library, [replace(article("one", "The ferry sank.\n"), meta={name: held, "other": 1})], HashingEmbedder())
        with library.snapshot() as snapshot:
            assert snapshot.documents(Filters(meta=((name, typed),)), 10, 0)[0] == matches
            assert snapshot.documents(Filters(meta=((name + "x", typed),)), 10, 0)[0] == 0
    assert not meta_holds("{}", "field", typed)
