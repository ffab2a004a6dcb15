"""What a user removes really goes: from rows, log, indexes and vectors, now or at the event that is told."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.derive import derive
from index.library import open_library
from index.store import publish
from index.store.generations import Manifest
from index.store.lexical import LexicalIndex
from index.store.local import LocalLibrary
from index.sync import remove, sync
from index.terms import term_texts
from index.types import Filters
from index.verify import verify
from search import terminal
from tests.fake_embedder import HashingEmbedder

MARKER = "Quandarius Blenkinsopp"
SECRET = f"{MARKER} was named in the sealed indictment about the harbour contract, two clerks said."
PLAIN = "The harbour office counted {} boats and {} crates of fish in the week before the storm."


def write(path: Path, text: str) -> None:
    """Write a file that is old: one of just now might have changed again, and is read twice."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (10**9, 10**9))


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Give a folder of forty files, one of which holds what will be removed."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for number in range(40):
        write(folder / f"{number}.txt", PLAIN.format(number, number * 7))
    write(folder / "secret.txt", f"{SECRET}\n\n{PLAIN.format(99, 98)}")
    return folder


def run(root: Path, pile: Path) -> None:
    """Index the pile as a process of its own would."""
    library = open_library(root)
    sync(library, [str(pile)], HashingEmbedder(), prune=True)
    library.close()


def is_pending(root: Path) -> bool:
    """Whether `status` says that something removed is left."""
    library = open_library(root)
    with library.snapshot() as snapshot:
        found = snapshot.status()
    library.close()
    assert ("verify --repair" in terminal.status(found)) == found.purge_pending
    return found.purge_pending


def traces(root: Path) -> list[str]:
    """The files that hold the secret's words or its vector's bytes, and the indexes that hold its terms."""
    vector = np.asarray(HashingEmbedder().encode_documents([SECRET])[0], dtype="<f2").tobytes()
    found = list[str]()
    for path in (path for path in sorted(root.rglob("*")) if path.is_file()):
        data = path.read_bytes()
        if vector in data or any(word in data.lower() for word in (b"quandari", b"blenkinsop", b"sealed indictment")):
            found.append(str(path.relative_to(root)))
    for folder in sorted(root.glob("generations/*/tantivy")):
        # Its files hold terms in a compressed form; deleted ones count until they are really gone.
        index = LexicalIndex(folder)
        if any(term in index.title_terms() or index.document_frequency(term) for term in term_texts(MARKER)):
            found.append(str(folder.relative_to(root)))
    return found


def _edit(root: Path, pile: Path) -> None:
    write(pile / "secret.txt", PLAIN.format(99, 98))
    run(root, pile)


def _prune(root: Path, pile: Path) -> None:
    (pile / "secret.txt").unlink()
    run(root, pile)


def _remove(root: Path, pile: Path) -> None:
    (pile / "secret.txt").unlink()
    library = open_library(root)
    remove(library, [f"file://{pile / 'secret.txt'}"])
    library.close()


WAYS = pytest.mark.parametrize("way", [_edit, _prune, _remove])
Way = Callable[[Path, Path], None]


@pytest.fixture
def root(pile: Path, tmp_path: Path) -> Path:
    """Give a library of the pile."""
    run(tmp_path / "library", pile)
    assert len(traces(tmp_path / "library")) >= 4  # rows, terms, FAISS base, vectors
    return tmp_path / "library"


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every library be too large to be purged at once."""
    for name in ("PURGE_AT_END_UP_TO", "REBUILD_LEXICAL_UP_TO"):
        monkeypatch.setattr(publish, name, 1)


def _bytes(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with its time stamp, but for SQLite's shared memory, which readers make and take away."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {
        str(p.relative_to(root)): (p.stat().st_mtime_ns, p.read_bytes()) for p in files if not p.name.endswith("-shm")
    }


@WAYS
def test_removed_text_is_gone_when_the_run_ends(root: Path, pile: Path, way: Way) -> None:
    """Edited away, pruned or removed: no word, no term and no vector of it is left, and status says so."""
    way(root, pile)
    assert traces(root) == []
    assert not is_pending(root)
    assert verify(open_library(root), HashingEmbedder()).problems == ()


@WAYS
def test_run_without_changes_writes_nothing(root: Path, pile: Path, way: Way) -> None:
    """Once everything is purged, another run leaves every byte and time stamp."""
    way(root, pile)
    run(root, pile)
    before = _bytes(root)
    run(root, pile)
    assert _bytes(root) == before


@WAYS
def test_reader_puts_purging_off_until_the_next_run(root: Path, pile: Path, way: Way) -> None:
    """While a reader holds the old generation its text stays and status says so; a run after that takes it away."""
    reader = open_library(root)
    with reader.snapshot() as snapshot:
        way(root, pile)
        assert is_pending(root)
        assert any("Blenkinsopp" in snapshot.document(r.id).text for r in snapshot.documents(Filters(), 99, 0)[1])
        run(root, pile)
        assert is_pending(root)
    run(root, pile)
    assert traces(root) == []
    assert not is_pending(root)


@WAYS
def test_idle_reader_keeps_nothing(root: Path, pile: Path, way: Way) -> None:
    """A server that has the library open, but is asked nothing just now, doesn't put purging off."""
    reader = open_library(root)
    with reader.snapshot() as snapshot:
        before = snapshot.generation
    way(root, pile)
    assert traces(root) == []
    assert not is_pending(root)
    with reader.snapshot() as snapshot:
        assert snapshot.generation > before
        assert snapshot.dense(HashingEmbedder().encode_query(SECRET), 3, Filters())


def test_corrected_title_is_gone_too(root: Path, pile: Path) -> None:
    """A title that was replaced leaves rows and lexical index though its text stays."""
    page = "<html><head><title>{}</title></head><body><article><p>{}</p></article></body></html>"
    write(pile / "page.html", page.format(MARKER, PLAIN.format(3, 4)))
    _edit(root, pile)
    assert traces(root) != []
    reader = open_library(root)
    with reader.snapshot():
        write(pile / "page.html", page.format("Boats", PLAIN.format(3, 4)))
        run(root, pile)
        assert is_pending(root)
    run(root, pile)
    assert traces(root) == []
    assert not is_pending(root)


def bases(root: Path) -> list[str]:
    """The FAISS bases of a library; one that is made anew has another name."""
    return sorted(path.name for path in (root / "faiss").glob("*.index"))


@pytest.mark.usefixtures("as_if_large")
def test_large_library_is_not_made_anew_at_every_edit(root: Path, pile: Path) -> None:
    """Edits cost what they change: neither index is made anew until a quarter of it is dead."""
    before = bases(root)
    for number in range(8):
        write(pile / f"{number}.txt", f"Round {number} of the report, and no fish.")
        run(root, pile)
        assert is_pending(root)
    assert bases(root) == before
    generation = (root / "CURRENT").read_bytes()
    run(root, pile)
    assert (root / "CURRENT").read_bytes() == generation
    for number in range(8, 20):
        (pile / f"{number}.txt").unlink()
    run(root, pile)
    assert bases(root) != before
    assert not is_pending(root)


@pytest.mark.usefixtures("as_if_large")
@pytest.mark.parametrize("later", [publish.PURGE_AFTER_S + 1, -10 * publish.PURGE_AFTER_S])
def test_large_library_is_purged_by_the_first_run_an_hour_later(
    root: Path, pile: Path, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    """Whatever it costs, and whether or not there is anything else to do; a clock set back delays nothing."""
    _edit(root, pile)
    assert is_pending(root)
    assert traces(root) != []
    now = time.time() + later
    monkeypatch.setattr(time, "time", lambda: now)
    run(root, pile)
    assert traces(root) == []
    assert not is_pending(root)


@pytest.mark.usefixtures("as_if_large")
def test_purging_is_not_put_off_by_later_edits(root: Path, pile: Path) -> None:
    """The hour counts from the first text that was removed, not from the last."""
    _edit(root, pile)
    due = manifest(root).purge_after
    assert due > 0
    (pile / "1.txt").unlink()
    run(root, pile)
    assert manifest(root).purge_after == due


def manifest(root: Path) -> Manifest:
    """What is served."""
    library = open_library(root)
    with library.snapshot() as snapshot:
        return snapshot.manifest


@pytest.mark.usefixtures("as_if_large")
def test_repair_purges_at_once(root: Path, pile: Path) -> None:
    """The way out that status names works, and embeds nothing again but its sample."""
    _edit(root, pile)
    report = verify(open_library(root), HashingEmbedder(), repair=True)
    assert (report.ok, report.problems) == (True, ())
    assert traces(root) == []
    assert not is_pending(root)


@pytest.mark.usefixtures("as_if_large")
def test_removal_by_name_is_purged_at_once_in_a_middling_library(root: Path, pile: Path) -> None:
    """Who names a document to take away waits for it, where the end of any run would not."""
    _remove(root, pile)
    assert traces(root) == []
    assert not is_pending(root)


def test_text_that_was_never_published_is_purged(root: Path, pile: Path) -> None:
    """A text that a killed run had written, and that is gone before the next, leaves nothing."""
    _edit(root, pile)
    library = open_library(root)
    with library.snapshot():
        pass  # Its connection stays open: else SQLite would empty the log by itself, when the last one closes.
    with library.writing() as session:
        row = session.writer.find("file", f"file://{pile / '3.txt'}")[0]
        document = replace(session.writer.load(row), uri="x:new", title=MARKER)
        session.writer.put("new", document, None, derive(document, HashingEmbedder(), library.settings))
        session.writer.remove(session.writer.find("id", "new")[0])
    run(root, pile)
    assert traces(root) == []
    assert not is_pending(root)


def test_vector_index_alone_is_pending_too(root: Path, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexical index that is made anew anyway says nothing of the vectors."""
    monkeypatch.setattr(publish, "PURGE_AT_END_UP_TO", 1)
    _edit(root, pile)
    assert [name.partition("/")[0] for name in traces(root)] == ["faiss"]
    assert is_pending(root)


def test_vector_that_was_found_damaged_is_zeroed(root: Path, pile: Path) -> None:
    """A repaired vector's old bytes still tell of its text: they go at once, and the new ones with the text."""
    path = next((root / "vectors").iterdir())
    stored = np.fromfile(path, dtype="<f2").reshape(-1, 64)
    vector = np.asarray(HashingEmbedder().encode_documents([SECRET])[0], dtype="<f2")
    slot = int(np.flatnonzero((stored == vector).all(axis=1))[0])
    stored[slot, 0] += np.float16(0.5)
    damaged = stored[slot].tobytes()
    path.write_bytes(stored.tobytes())
    assert verify(open_library(root), HashingEmbedder(), repair=True).ok
    assert damaged not in path.read_bytes()
    assert verify(open_library(root), HashingEmbedder()).problems == ()
    _edit(root, pile)
    assert traces(root) == []


def test_file_of_vectors_of_no_model_goes(root: Path, pile: Path) -> None:
    """Killed between a model's row and its file, a run leaves the file of every text; the next takes it away."""
    left = root / "vectors" / "0123456789abcdef-1.f16"
    left.write_bytes(next((root / "vectors").iterdir()).read_bytes())
    run(root, pile)
    assert not left.exists()
    assert len(list((root / "vectors").iterdir())) == 1


def test_many_threads_share_one_generation(root: Path) -> None:
    """The lock goes with the last user, not with the first."""
    library: LocalLibrary = open_library(root)
    with library.snapshot() as outer:
        with library.snapshot():
            pass
        remove(open_library(root), [outer.documents(Filters(), 1, 0)[1][0].id])
        assert (root / "generations" / str(outer.generation)).exists()
        assert len(outer.documents(Filters(), 99, 0)[1]) == 41
