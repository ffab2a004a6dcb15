"""What comes and goes costs no recall, in a base of codes, and a run that compacts says so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import intake, sync
from index.errors import InterruptedRunError
from index.library import open_library
from index.settings import IndexSettings
from index.store import faiss_base, publish
from index.store.local import LocalLibrary
from index.types import Document
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.lookups import NOTHING, numbered

QUESTIONS = [f"harbour office boats {number} crates {number % 7}" for number in range(0, 400, 9)]


@pytest.fixture
def coded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small libraries have what large ones have: a base of codes, which is left alone while half of it is dead."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 100)
    monkeypatch.setattr(publish, "WORN", 1.0)
    monkeypatch.setattr(publish, "PURGE_AT_END_UP_TO", 0)
    monkeypatch.setattr(sync, "PURGE_ON_REMOVAL_UP_TO", 0)


def recall(library: LocalLibrary) -> float:
    """The share of the ten best scores that a dense search finds, by all vectors that live."""
    embedder = HashingEmbedder()
    hits = 0
    with library.snapshot() as snapshot:
        stored = snapshot.vectors.take(snapshot.searchable_slots())
        for question in QUESTIONS:
            vector = embedder.encode_query(question)
            tenth = np.sort(stored @ vector)[-10]
            hits += sum(hit.score >= tenth - 5e-5 for hit in snapshot.dense(vector, 10, NOTHING))
    return hits / (10 * len(QUESTIONS))


@pytest.mark.usefixtures("coded")
def test_half_removed_and_others_added(tmp_path: Path) -> None:
    """With half of a base dead and new vectors beside it, a search finds what the status promises."""
    library = open_library(tmp_path, IndexSettings(delta_vectors=200))
    sync.add(library, numbered(600), HashingEmbedder())
    sync.remove(library, [f"n{number}" for number in range(0, 600, 2)])
    sync.add(library, numbered(100, 1000), HashingEmbedder())
    with library.snapshot() as snapshot:
        status = snapshot.status()
        assert status.vector_index.kind == "IVF2,PQ32x4fs + exact delta of 100 (compaction beyond 200)"
        assert (snapshot.manifest.base_slots, len(snapshot.searchable_slots())) == (600, 400)
    assert recall(library) >= status.vector_index.recall_at_10 >= faiss_base.RECALL_WANTED


@pytest.mark.usefixtures("coded")
@pytest.mark.parametrize(("others", "beside"), [(40, 40), (150, 0)])
def test_run_that_brings_much_leaves_nothing_beside_the_base(tmp_path: Path, others: int, beside: int) -> None:
    """Coding all vectors again takes little then, and no search has two scans to do; doing it twice changes nothing."""
    library = open_library(tmp_path)
    sync.add(library, numbered(300), HashingEmbedder())
    sync.add(library, numbered(others, 300), HashingEmbedder())
    for _ in range(2):
        with library.snapshot() as snapshot:
            assert (len(snapshot.delta), snapshot.generation) == (beside, 2 + bool(not beside))
        sync.add(library, numbered(others, 300), HashingEmbedder())
    assert recall(library) >= faiss_base.RECALL_WANTED


@pytest.mark.usefixtures("coded")
def test_run_that_was_stopped_leaves_that_to_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had published by then is no less new to the library, though the next run brings nothing."""
    sync.add(open_library(tmp_path), numbered(300), HashingEmbedder())
    monkeypatch.setattr(intake, "_FLUSH_TEXTS", 50)
    library = open_library(tmp_path, IndexSettings(publish_paragraphs=40))

    def stopped() -> Iterator[Document]:
        yield from numbered(150, 300)
        raise KeyboardInterrupt

    with pytest.raises(InterruptedRunError):
        sync.add(library, stopped(), HashingEmbedder())
    with library.snapshot() as snapshot:
        assert len(snapshot.delta) >= 50
    # What somebody waits for takes no longer for it.
    sync.remove(library, ["n0"])
    with library.snapshot() as snapshot:
        assert len(snapshot.delta) >= 50
    first, again = (sync.add(library, [], HashingEmbedder()).generation for _ in range(2))
    assert first == again
    with library.snapshot() as snapshot:
        assert (snapshot.manifest.base_slots, len(snapshot.delta)) == (snapshot.manifest.slots, 0)


@pytest.mark.usefixtures("coded")
def test_run_that_compacts_says_so(tmp_path: Path) -> None:
    """A run whose additions outgrow the delta tells of the new base while it is made; others are silent.

    The first one tells of the index of words, too, which is made of all paragraphs.
    """
    library = open_library(tmp_path, IndexSettings(delta_vectors=50))
    told: list[tuple[str, int, int]] = []

    def tell(*stage: object) -> None:
        if stage[0] == "compacting":
            told.append(stage)  # type: ignore[arg-type]

    sync.add(library, numbered(300), HashingEmbedder(), progress=tell)
    assert told == [("compacting", done, 300) for done in (0, 0, 75, 150, 300)]
    sync.add(library, numbered(40, 300), HashingEmbedder(), progress=tell)
    assert len(told) == 5
    sync.add(library, numbered(40, 340), HashingEmbedder(), progress=tell)
    assert told[5:] == [("compacting", done, 380) for done in (0, 95, 190, 380)]
    assert recall(library) >= faiss_base.RECALL_WANTED


@pytest.mark.usefixtures("coded")
def test_what_is_new_is_served_before_compaction_and_kept_when_that_is_interrupted(tmp_path: Path) -> None:
    """A run publishes what it took in, then compacts; stopped amid that it loses nothing, and the next one does it."""
    library, reader = (open_library(tmp_path, IndexSettings(delta_vectors=50)) for _ in range(2))
    sync.add(library, numbered(300), HashingEmbedder())
    served = list[tuple[int, str]]()

    def interrupt(*stage: object) -> None:
        if stage[0] == "compacting":
            with reader.snapshot() as snapshot:
                served.append((snapshot.manifest.counts.documents, snapshot.status().vector_index.kind))
            raise KeyboardInterrupt

    with pytest.raises(InterruptedRunError, match="60 documents were finished"):
        sync.add(library, numbered(60, 300), HashingEmbedder(), progress=interrupt)
    assert served == [(360, "IVF2,PQ32x4fs + exact delta of 60 (compaction beyond 50)")]
    assert verify(library, HashingEmbedder()).ok
    assert library.is_unfinished()
    sync.add(library, [], HashingEmbedder())
    assert not library.is_unfinished()
    with reader.snapshot() as snapshot:
        assert (snapshot.manifest.base_slots, len(snapshot.delta)) == (360, 0)
    assert recall(reader) >= faiss_base.RECALL_WANTED


@pytest.mark.usefixtures("coded")
def test_base_of_an_earlier_version_is_made_anew(tmp_path: Path) -> None:
    """A library with an index that is searched no longer is opened like one that lost it."""
    library = open_library(tmp_path)
    sync.add(library, numbered(200), HashingEmbedder())
    library.close()
    manifest = next(tmp_path.glob("generations/*/manifest.json"))
    manifest.write_text(manifest.read_text().replace("IVF2,PQ32x4fs", "IVF64,SQ8"))
    assert recall(open_library(tmp_path)) >= faiss_base.RECALL_WANTED
    with open_library(tmp_path).snapshot() as snapshot:
        assert snapshot.status().vector_index.kind.startswith("IVF2,PQ32x4fs")


@pytest.mark.usefixtures("coded")
def test_status_counts_what_came_and_went(tmp_path: Path) -> None:
    """A document that is edited again and again brings a compaction nearer, though one vector of it lives."""
    library = open_library(tmp_path, IndexSettings(delta_vectors=50))
    sync.add(library, numbered(300), HashingEmbedder())
    for number in range(10):
        edited = replace(numbered(1)[0], text=f"The ferry to Lessing sank for the time number {number}.", sha256="")
        sync.add(library, [edited], HashingEmbedder())
    with library.snapshot() as snapshot:
        assert snapshot.status().vector_index.kind == "IVF2,PQ32x4fs + exact delta of 1 (compaction beyond 41)"
