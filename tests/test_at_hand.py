"""Paragraphs that a server keeps in memory are those of the database, and none are kept of a large library."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from index.library import open_library
from index.parts import _kept
from index.signature import signature
from index.store import at_hand, rows
from index.store.at_hand import AtHand
from index.store.pieces import LONG
from index.store.snapshot import LocalSnapshot
from index.sync import add, remove
from search.engine import Engine
from search.settings import Settings
from tests.fake_embedder import HashingEmbedder
from tests.lookups import numbered
from tests.small_library import ARTICLES, article, make_library

ODD = article("odd", 'Ünlü “quoted” words, a "plain" pair, a back\\slash and 𝒏umbers.\n\nAnd\tmore \u2028 of it.')
LONGEST = article(
    "long", "\n\n".join(f"Paragraph {n} of the harbour's long report tells of {n} boats." for n in range(600))
)


def _read(snapshot: LocalSnapshot) -> AtHand:
    kept = AtHand()
    kept.read_all(snapshot.db, snapshot.generation)
    return kept


def test_paragraphs_at_hand_are_those_of_the_database(tmp_path: Path) -> None:
    """In the order asked, twice where asked twice, without those that are gone; long texts and odd signs, too."""
    library = make_library(tmp_path, [*ARTICLES, ODD, LONGEST, *numbered(30)])
    assert len(LONGEST.text) > LONG
    remove(library, ["n3", "n7"])
    add(library, [replace(numbered(5)[4], title="Boats, again", source="The Quay")], HashingEmbedder())
    with library.snapshot() as snapshot:
        kept = _read(snapshot)
        wanted = [5, 900, 0, *range(700, 0, -3), 5, 10**12, -1]
        looked_up = rows.paragraphs(snapshot.db, snapshot.generation, wanted)
        texts = rows.texts(snapshot.db, snapshot.generation, wanted)
        refuse = partial(pytest.fail, "what is at hand was looked up")
        assert kept.paragraphs(wanted, refuse) == looked_up
        assert kept.texts(wanted, refuse) == texts
        assert kept.paragraphs([], refuse) == []
    assert len(looked_up) > 100
    assert {"Boats, again", ODD.title, LONGEST.title} <= {one.document.title for one in looked_up}


@pytest.mark.parametrize("limit", ["MOST", "MOST_CHARACTERS"])
def test_nothing_is_kept_of_a_large_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Whether it has many paragraphs or long ones: each is read when it is asked for."""
    monkeypatch.setattr(at_hand, limit, 10)
    with make_library(tmp_path, numbered(20)).snapshot() as snapshot:
        kept, there = _read(snapshot), snapshot.paragraphs([1, 2])
        assert kept.paragraphs([1, 2], lambda wanted: there if wanted == [1, 2] else []) == there
        assert kept.texts([1], lambda wanted: dict.fromkeys(wanted, ("looked", "up"))) == {1: ("looked", "up")}


def test_a_library_without_documents_has_none_at_hand(tmp_path: Path) -> None:
    """There is nothing to keep, and asking is no error."""
    library = make_library(tmp_path, numbered(1))
    remove(library, ["n0"])
    with library.snapshot() as snapshot:
        snapshot.read_links()
        assert snapshot.paragraphs([1]) == []
        assert snapshot.sample(10) == []


def test_what_was_emptied_while_somebody_reads_it_has_none_at_hand(tmp_path: Path) -> None:
    """The rows of before are there for that reader, and for nobody else."""
    library = make_library(tmp_path, numbered(3))
    with open_library(tmp_path).snapshot() as before:
        remove(library, ["n0", "n1", "n2"])
        with library.snapshot() as snapshot:
            snapshot.read_links()
            assert snapshot.paragraphs([1]) == []
            assert snapshot.sample(10) == []
        assert len(before.paragraphs([1, 2, 3])) == 3


def test_what_changed_often_is_at_hand_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of rows grow with each change; a library is as large as what it holds."""
    monkeypatch.setattr(at_hand, "MOST", 20)
    library = make_library(tmp_path, numbered(20))
    for version in ("first", "second", "third"):
        add(library, [replace(one, text=f"{one.text} A {version} time.") for one in numbered(20)], HashingEmbedder())
    with library.snapshot() as snapshot:
        there = [row for (row,) in snapshot.db.execute("SELECT paragraph FROM paragraphs")]
        assert min(there) > at_hand.MOST
        refuse = partial(pytest.fail, "what is at hand was looked up")
        assert [one.row for one in _read(snapshot).paragraphs(there, refuse)] == there
        assert len(snapshot.sample(20)) == 20


def test_a_sample_is_from_all_over_the_library(tmp_path: Path) -> None:
    """At most as many as asked for, each a paragraph's text, the first and the last among those that may be."""
    with make_library(tmp_path, numbered(100)).snapshot() as snapshot:
        every = snapshot.sample(1000)
        few = snapshot.sample(10)
    assert sorted(every) == sorted(one.text for one in numbered(100))
    assert len(few) == 10
    assert set(few) < set(every)
    assert {every.index(text) * 10 // len(every) for text in few} == set(range(10))


def test_a_prepared_server_knows_the_words_of_its_library(tmp_path: Path) -> None:
    """Comparing what is found then works out no word that stands in many places."""
    library = make_library(tmp_path, numbered(50))
    _kept.cache_clear()
    Engine(library, Settings(library=str(tmp_path)), lambda _: HashingEmbedder()).prepare()
    known = _kept.cache_info().misses
    assert known
    signature(numbered(50)[49].text)
    assert _kept.cache_info().misses == known
