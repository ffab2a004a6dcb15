"""Generations: what a reader holds never changes, and what is lost comes back."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from index.errors import LibraryDamagedError, LibraryMissingError, LibraryVersionError
from index.library import open_library
from index.settings import IndexSettings
from index.store.local import LocalLibrary
from index.store.schema import VERSION, connect
from index.sync import add, remove
from index.types import Document, Filters
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_library

NOTHING = Filters()


def found(library: LocalLibrary, question: str, k: int = 50) -> list[tuple[str, float]]:
    """(passage id, score) of a dense and of a lexical search, one after the other."""
    vector = HashingEmbedder().encode_query(question)
    with library.snapshot() as snapshot:
        hits = snapshot.dense(vector, k, NOTHING) + snapshot.lexical(question.lower().split(), k, NOTHING)
        paragraphs = snapshot.paragraphs([hit.row for hit in hits])
        return sorted((p.id, hit.score) for p, hit in zip(paragraphs, hits, strict=True))


def numbered(count: int, first: int = 0) -> list[Document]:
    """Documents of one distinct paragraph each."""
    return [
        article(f"n{i}", f"Report number {i} of the harbour office tells of {i * 7} boats and {i * 13} crates of fish.")
        for i in range(first, first + count)
    ]


def test_no_library_is_said_plainly(tmp_path: Path) -> None:
    """Reading where there is none names the folder and the way to make one, and makes nothing."""
    with pytest.raises(LibraryMissingError, match="quoth index"), open_library(tmp_path / "none").snapshot():
        pass
    assert not (tmp_path / "none").exists()


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


@pytest.mark.parametrize("lost", ["CURRENT", "generations", "faiss", "all"])
def test_derived_files_come_back(tmp_path: Path, lost: str) -> None:
    """Deleting caches loses nothing: the next reader derives them again and answers the same."""
    library = make_library(tmp_path)
    before = found(library, "ferry passengers")
    library.close()
    for name in ("CURRENT", "generations", "faiss") if lost == "all" else (lost,):
        path = tmp_path / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    again = open_library(tmp_path)
    assert found(again, "ferry passengers") == before
    assert verify(again, HashingEmbedder()).ok


def test_cut_file_is_derived_again(tmp_path: Path) -> None:
    """A derived file of another size than its manifest says is not trusted."""
    library = make_library(tmp_path)
    before = found(library, "apple blossom")
    library.close()
    base = next((tmp_path / "faiss").glob("*.index"))
    os.truncate(base, base.stat().st_size // 2)
    assert found(open_library(tmp_path), "apple blossom") == before


def test_lost_vectors_are_embedded_again_by_the_next_run(tmp_path: Path) -> None:
    """Without the file of vectors a search says what to do, and indexing heals it."""
    library = make_library(tmp_path)
    before = found(library, "reading room")
    library.close()
    next((tmp_path / "vectors").iterdir()).unlink()
    with pytest.raises(LibraryDamagedError, match="repair"), open_library(tmp_path).snapshot():
        pass
    assert verify(open_library(tmp_path), HashingEmbedder(), repair=True).ok
    assert found(open_library(tmp_path), "reading room") == before


def test_newer_library_is_refused(tmp_path: Path) -> None:
    """A library of a later format is neither read nor written."""
    make_library(tmp_path).close()
    connection = connect(tmp_path / "library.db", writable=True)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(LibraryVersionError, match="upgrade"), open_library(tmp_path).snapshot():
        pass
    with pytest.raises(LibraryVersionError, match="upgrade"):
        add(open_library(tmp_path), ARTICLES[:1], HashingEmbedder())


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


def test_verify_finds_a_flipped_bit_and_repairs_it(tmp_path: Path) -> None:
    """Damage to a vector, to a FAISS base, or to a row is named; `repair` derives it again."""
    library = make_library(tmp_path)
    assert verify(library, HashingEmbedder()).ok
    library.close()
    path = next((tmp_path / "vectors").iterdir())
    stored = np.fromfile(path, dtype="<f2")
    stored[5] += np.float16(0.5)
    stored.tofile(path)
    report = verify(open_library(tmp_path), HashingEmbedder())
    assert not report.ok
    assert "vector differs from its checksum" in {problem.what for problem in report.problems}
    repaired = verify(open_library(tmp_path), HashingEmbedder(), repair=True)
    assert repaired.ok
    assert all(problem.repaired for problem in repaired.problems)
    base = next((tmp_path / "faiss").glob("*.slots"))
    base.write_bytes(base.read_bytes()[::-1])
    assert not verify(open_library(tmp_path), HashingEmbedder()).ok
    assert verify(open_library(tmp_path), HashingEmbedder(), repair=True).ok


def test_retitled_document_is_found_by_its_new_title(tmp_path: Path) -> None:
    """A changed title reaches the lexical index though the text is not written again."""
    library = make_library(tmp_path)
    add(library, [article("roof", ARTICLES[-1].text, title="Zeppelin lands")], HashingEmbedder())
    with library.snapshot() as snapshot:
        hits = snapshot.lexical(["zeppelin"], 10, NOTHING)
        assert {p.document.id for p in snapshot.paragraphs([hit.row for hit in hits])} == {"roof"}
    assert verify(library, HashingEmbedder()).ok


@pytest.mark.parametrize(
    "pattern", ["generations/*/tantivy/*.term", "generations/*/tantivy/meta.json", "faiss/*.index"]
)
def test_damage_inside_a_cache_is_told_and_mended(tmp_path: Path, pattern: str) -> None:
    """Bytes changed in a derived file, its size kept, are found by `verify`, and `repair` derives it again."""
    library = make_library(tmp_path)
    before = found(library, "ferry passengers")
    library.close()
    path = next(tmp_path.glob(pattern))
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))
    assert not verify(open_library(tmp_path), HashingEmbedder()).ok
    assert verify(open_library(tmp_path), HashingEmbedder(), repair=True).ok
    assert found(open_library(tmp_path), "ferry passengers") == before


def test_garbage_in_current_is_as_good_as_none(tmp_path: Path) -> None:
    """The rows know the last generation; CURRENT is only its name for readers."""
    library = make_library(tmp_path)
    before = found(library, "ferry")
    library.close()
    (tmp_path / "CURRENT").write_text("garbage", encoding="utf-8")
    assert found(open_library(tmp_path), "ferry") == before


def test_damaged_database_names_the_way_out(tmp_path: Path) -> None:
    """The texts are gone then: only a backup helps, and the message says so."""
    make_library(tmp_path).close()
    for name in ("library.db-wal", "library.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "library.db").write_bytes(b"garbage" * 1000)
    with pytest.raises(LibraryDamagedError, match="restore"), open_library(tmp_path).snapshot():
        pass


def test_read_only_library_is_read(tmp_path: Path) -> None:
    """A reader needs no right to write: neither SQLite nor tantivy keeps it out."""
    if not shutil.which("setpriv"):
        pytest.skip("setpriv, which takes root's rights away, is not installed")
    make_library(tmp_path / "library").close()
    code = (
        "import sys; from tests.test_generations import *\n"
        "print(len(found(open_library(sys.argv[1]), 'ferry passengers')))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "library")]
    if os.getuid() == 0:
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    for path in [*(tmp_path / "library").rglob("*"), tmp_path / "library"]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    finally:
        for path in [tmp_path / "library", *(tmp_path / "library").rglob("*")]:
            path.chmod(0o755)
    assert ran.stderr == ""
    assert int(ran.stdout) > 0


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
            assert not [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step], (query, plan)


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
