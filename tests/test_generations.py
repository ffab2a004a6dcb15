"""Generations: what a reader holds never changes, and what is made step by step is as if made at once."""

import os
import threading
from pathlib import Path

import pytest

from index.library import open_library
from index.settings import IndexSettings
from index.sync import add, remove
from index.types import Filters
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.lookups import NOTHING, found, numbered
from tests.small_library import ARTICLES, article, make_library


def test_held_generation_is_unchanged_by_writers(tmp_path: Path) -> None:
    """A snapshot taken before a change answers as before, during and after it."""
    library = make_library(tmp_path)
    other = open_library(tmp_path)
    with library.snapshot() as snapshot:
        before = [snapshot.document(ref.id) for ref in snapshot.documents(NOTHING, 100, 0)[1]]
        hits = snapshot.dense(HashingEmbedder().encode_query("ferry"), 20, NOTHING)
        remove(other, ["ferry"])
        add(other, [article("orchard", "Quite another text about plums.")], HashingEmbedder())
        assert [snapshot.document(ref.id) for ref in snapshot.documents(NOTHING, 100, 0)[1]] == before
        assert snapshot.dense(HashingEmbedder().encode_query("ferry"), 20, NOTHING) == hits
        assert len(snapshot.paragraphs([hit.row for hit in hits])) == len(hits)
    with library.snapshot() as snapshot:
        assert {ref.id for ref in snapshot.documents(NOTHING, 100, 0)[1]} == {a.id for a in ARTICLES} - {"ferry"}
        assert "plums" in snapshot.document("orchard").text


def test_new_generation_is_picked_up_without_reopening(tmp_path: Path) -> None:
    """A library that is open for reading serves what another process published, at its next query."""
    library = make_library(tmp_path, ARTICLES[:1])
    with library.snapshot() as snapshot:
        first = snapshot.generation
    add(open_library(tmp_path), ARTICLES[1:], HashingEmbedder())
    with library.snapshot() as snapshot:
        assert snapshot.generation == first + 1
        assert snapshot.status().documents == len(ARTICLES)


def test_unread_generations_are_collected(tmp_path: Path) -> None:
    """Old generations and their files go once nobody reads them, and not before."""
    library = make_library(tmp_path, ARTICLES[:1])
    with library.snapshot() as snapshot:
        held = snapshot.generation
        for one in ARTICLES[1:4]:
            add(open_library(tmp_path), [one], HashingEmbedder())
        kept = sorted(int(path.name) for path in (tmp_path / "generations").iterdir())
        assert kept == [held, held + 3]
    library.close()
    add(open_library(tmp_path), ARTICLES[4:], HashingEmbedder())
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [str(held + 4)]
    assert len(list((tmp_path / "faiss").glob("*.index"))) == 1


def test_incremental_library_answers_as_one_made_at_once(tmp_path: Path) -> None:
    """Added one by one, with edits and removals between, a library answers as if made in one run."""
    stepwise = open_library(tmp_path / "steps")
    embedder = HashingEmbedder()
    for one in ARTICLES:
        add(stepwise, [one], embedder)
    add(stepwise, [article("ferry", "The ferry sank.", title="Gone")], embedder)
    remove(stepwise, ["wire"])
    add(stepwise, [next(a for a in ARTICLES if a.id == "ferry")], embedder)
    at_once = make_library(tmp_path / "once", [a for a in ARTICLES if a.id != "wire"])
    for question in ("ferry passengers", "frost in the valley", "who reads the weather report"):
        assert found(stepwise, question) == found(at_once, question)
    assert verify(stepwise, embedder).problems == ()


def test_delta_and_base_answer_as_one(tmp_path: Path) -> None:
    """Vectors outside the FAISS base, dead ones in it and resurrected ones are all searched right."""
    settings = IndexSettings(delta_vectors=30)
    library = open_library(tmp_path, settings)
    embedder = HashingEmbedder()
    add(library, numbered(60), embedder)
    for step in range(6):
        add(library, numbered(20, 60 + 20 * step), embedder)
        remove(library, [f"n{10 * step + i}" for i in range(5)])
        add(library, numbered(2, 10 * step), embedder)
    question = embedder.encode_query("harbour office boats 91 crates")
    with library.snapshot() as snapshot:
        hits = snapshot.dense(question, 1000, NOTHING)
        everything = [
            row.row for d in snapshot.documents(NOTHING, 1000, 0)[1] for row in snapshot.document(d.id).paragraphs
        ]
        exact = dict(zip(everything, snapshot.cosines(question, everything), strict=True))
        assert {hit.row: hit.score for hit in hits} == pytest.approx(exact)
        assert len(snapshot.delta) > 0
    assert verify(library, embedder).problems == ()


def test_filters_come_before_ranking(tmp_path: Path) -> None:
    """With a filter that few match, as many hits come back as match, in both kinds of search."""
    documents = [*numbered(300), article("one", "Report of the harbour office, of boats.", source="Rare Gazette")]
    for exact in (1, 50_000):
        library = open_library(tmp_path / str(exact), IndexSettings(exact_filter=exact))
        add(library, documents, HashingEmbedder())
        with library.snapshot() as snapshot:
            vector = HashingEmbedder().encode_query("harbour office boats")
            for filters, wanted in ((Filters(source="rare"), 1), (Filters(title="nowhere"), 0)):
                assert len(snapshot.dense(vector, 10, filters)) == wanted
                assert len(snapshot.lexical(["harbour", "boat"], 10, filters)) == wanted


def test_many_readers_during_writes_see_whole_generations(tmp_path: Path) -> None:
    """Threads that search while documents come and go always see a generation's own counts."""
    library = make_library(tmp_path, numbered(20))
    stop, wrong = threading.Event(), list[str]()

    def read() -> None:
        vector = HashingEmbedder().encode_query("harbour")
        while not stop.is_set():
            with library.snapshot() as snapshot:
                hits = snapshot.dense(vector, 1000, NOTHING)
                lexical = snapshot.lexical(["harbour"], 1000, NOTHING)
                count = snapshot.manifest.counts.paragraphs
                if not len(hits) == len(lexical) == count == len(snapshot.paragraphs([h.row for h in hits])):
                    wrong.append(f"{len(hits)} {len(lexical)} of {count} in {snapshot.generation}")

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    writer = open_library(tmp_path)
    for step in range(8):
        add(writer, numbered(5, 100 + 5 * step), HashingEmbedder())
        remove(writer, [f"n{step}"])
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_retitled_document_is_found_by_its_new_title(tmp_path: Path) -> None:
    """A changed title reaches the lexical index though the text is not written again."""
    library = make_library(tmp_path)
    add(library, [article("roof", ARTICLES[-1].text, title="Zeppelin lands")], HashingEmbedder())
    with library.snapshot() as snapshot:
        hits = snapshot.lexical(["zeppelin"], 10, NOTHING)
        assert {p.document.id for p in snapshot.paragraphs([hit.row for hit in hits])} == {"roof"}
    assert verify(library, HashingEmbedder()).ok


def test_queries_walk_no_table_whole(tmp_path: Path) -> None:
    """The queries of a search find their rows by index: a plan that scans is slow at a million paragraphs."""
    library = make_library(tmp_path, numbered(5))
    watched: list[str] = []
    with library.snapshot() as snapshot:
        snapshot.db.set_trace_callback(watched.append)
        vector = HashingEmbedder().encode_query("harbour boats")
        hits = snapshot.dense(vector, 5, NOTHING) + snapshot.lexical(["boat"], 5, NOTHING)
        snapshot.cosines(vector, [hit.row for hit in hits])
        snapshot.paragraphs([hit.row for hit in hits])
        snapshot.db.set_trace_callback(None)
        for query in watched:
            plan = [row[3] for row in snapshot.db.execute(f"EXPLAIN QUERY PLAN {query}")]
            # What is asked for may be a list, which is walked as it must be.
            scans = [step for step in plan if step.startswith("SCAN") and "json_each" not in step]
            assert not [step for step in scans if "CONSTANT" not in step], (query, plan)


def test_threads_and_generations_leave_no_files_open(tmp_path: Path) -> None:
    """Many short-lived threads over many generations keep a handful of connections."""
    library = make_library(tmp_path, numbered(3))

    def ask() -> None:
        with library.snapshot() as snapshot:
            snapshot.documents(NOTHING, 1, 0)

    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    ask()
    before = descriptors()
    for step in range(5):
        add(open_library(tmp_path), numbered(1, 100 + step), HashingEmbedder())
        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert descriptors() < before + 40


def test_reader_lets_go_when_it_looks(tmp_path: Path) -> None:
    """A process that looks at the library now and then does not keep removed text alive."""
    library = make_library(tmp_path)
    with library.snapshot():
        pass
    remove(open_library(tmp_path), ["ferry"])
    with library.snapshot():
        pass
    remove(open_library(tmp_path), ["wire"])
    assert not (tmp_path / "generations" / "1").exists()
