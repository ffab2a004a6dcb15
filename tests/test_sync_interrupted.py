"""Runs that are interrupted: what is finished is kept, what is served stays whole, the next run goes on."""

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index import intake
from index.errors import InterruptedRunError
from index.library import open_library
from index.settings import IndexSettings
from index.store.generations import Generations
from index.store.local import LocalLibrary
from index.store.writer import Writer
from index.sync import add_stream, remove
from index.types import Filters, Vectors
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.piles import LONG, age, run, texts, write_pile


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of two articles of two long paragraphs each."""
    return write_pile(tmp_path / "pile")


@pytest.fixture
def library(tmp_path: Path) -> LocalLibrary:
    """A library that doesn't exist yet."""
    return open_library(tmp_path / "library")


def test_interrupted_rebuild_is_completed_by_the_next_run(library: LocalLibrary, pile: Path) -> None:
    """Until the new vectors are complete the old generation is served; then the next run finishes them."""

    class Interrupting(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    run(library, pile)
    with pytest.raises(InterruptedRunError):
        run(library, pile, embedder=Interrupting(), rebuild=True)
    with library.snapshot() as snapshot:
        assert snapshot.generation == 1
        assert len(snapshot.dense(HashingEmbedder().encode_query("sea wall"), 9, Filters())) > 0
    report = run(library, pile)
    assert report.embedded > 0
    with library.snapshot() as snapshot:
        counts = snapshot.status()
        assert len(snapshot.dense(HashingEmbedder().encode_query("wall"), 99, Filters())) == counts.paragraphs


def test_interruption_keeps_what_was_finished(
    library: LocalLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C amid a run leaves the old generation served and the finished documents in the next."""
    monkeypatch.setattr(intake, "_FLUSH_TEXTS", 32)
    for number in range(120):
        body = f"Report {number}. " + " ".join(f"Sentence {number} {i} speaks of the harbour." for i in range(20))
        (tmp_path / f"{number:03}.txt").write_text(body, encoding="utf-8")
    first = tmp_path / "000.txt"
    run(library, first)

    class Tired(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            if self.calls == 2:  # the documents of the first lot are committed then
                raise KeyboardInterrupt
            return super().encode_documents(texts)

    tired = Tired()
    with pytest.raises(InterruptedRunError):
        run(library, tmp_path, embedder=tired)
    with library.snapshot() as snapshot:
        assert snapshot.generation == 1
        assert snapshot.status().documents == 1
    again = HashingEmbedder()
    report = run(library, tmp_path, embedder=again)
    assert report.unchanged > 1
    assert not set(tired.encoded) & set(again.encoded)
    assert len(texts(library)) == 120


@pytest.fixture(scope="module")
def half_rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of a pile and its library, whose rebuild was interrupted; tests copy the library."""

    class Tired(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_documents(texts)

    folder = tmp_path_factory.mktemp("rebuilt")
    pile, library = write_pile(folder / "pile"), open_library(folder / "library")
    for number in range(30):
        lines = [f"Report {number} tells of {number * i} boats in the harbour of Merrow." for i in range(1, 20)]
        (pile / f"{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    age(pile)
    run(library, pile)
    with pytest.raises(InterruptedRunError):
        run(library, pile, embedder=Tired(), rebuild=True)
    library.close()
    return folder


@pytest.mark.parametrize("step", ["remove", "add", "recover", "verify"])
def test_no_writer_publishes_a_half_made_rebuild(half_rebuilt: Path, tmp_path: Path, step: str) -> None:
    """After an interrupted rebuild, whatever writes next leaves every paragraph with a vector that is served."""
    shutil.copytree(half_rebuilt / "library", tmp_path / "library")
    pile, library = half_rebuilt / "pile", open_library(tmp_path / "library")
    if step == "remove":
        remove(library, [f"file://{pile}/3.txt"])
    elif step == "add":
        add_stream(library, io.BytesIO(LONG.encode()), HashingEmbedder())
    elif step == "recover":
        library.close()
        (library.root / "CURRENT").unlink()
    else:
        assert verify(library, HashingEmbedder(), repair=True).ok
    vector = HashingEmbedder().encode_query("boats in the harbour")
    for _ in range(2):
        with library.snapshot() as snapshot:
            count = snapshot.status().paragraphs
            assert len(snapshot.dense(vector, 10_000, Filters())) == count
        run(library, pile)
    assert verify(library, HashingEmbedder()).problems == ()


def test_lost_tail_of_vectors_is_remembered_until_it_is_mended(library: LocalLibrary, pile: Path) -> None:
    """Vectors cut off the file are embedded again even when the next run is interrupted."""

    class Interrupting(HashingEmbedder):
        def encode_documents(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    run(library, pile)
    library.close()
    path = next((library.root / "vectors").iterdir())
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(InterruptedRunError):
        run(library, pile, embedder=Interrupting())
    assert run(library, pile).embedded > 0
    assert verify(library, HashingEmbedder()).problems == ()


class Stopped(HashingEmbedder):
    """Is interrupted once it has encoded so many texts, like a model that is stopped within a batch."""

    def __init__(self, texts: int) -> None:
        super().__init__()
        self._left = texts

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Raises KeyboardInterrupt instead of going beyond its number of texts."""
        self._left -= len(texts)
        if self._left < 0:
            raise KeyboardInterrupt
        return super().encode_documents(texts)


def write_reports(folder: Path) -> Path:
    """Twenty reports of as many paragraphs; those of the first ones are the longest."""
    folder.mkdir()
    for number in range(20):
        pad = "very " * (60 - 3 * number)
        lines = [f"Report {number} tells of {number * 100 + i} {pad}old boats in the harbour." for i in range(20)]
        (folder / f"{number:02}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    age(folder)
    return folder


def test_a_short_run_keeps_the_documents_whose_texts_were_all_encoded(library: LocalLibrary, tmp_path: Path) -> None:
    """Also those of a batch that was interrupted; the next run encodes the rest alone, and publishes all."""
    reports, stopped = write_reports(tmp_path / "reports"), Stopped(200)
    with pytest.raises(InterruptedRunError) as caught:
        run(library, reports, embedder=stopped)
    kept = caught.value.finished
    assert kept is not None
    assert 5 <= kept <= len(stopped.encoded) // 20
    assert f"{kept} documents were finished and are kept" in str(caught.value)
    again = HashingEmbedder()
    report = run(library, reports, embedder=again)
    assert (report.unchanged, report.added) == (kept, 20 - kept)
    assert not set(stopped.encoded) & set(again.encoded)
    assert len(stopped.encoded) + len(again.encoded) == 400
    assert verify(library, HashingEmbedder()).problems == ()


def test_an_interrupted_move_keeps_what_needs_no_vector(library: LocalLibrary, tmp_path: Path) -> None:
    """A document whose texts are known is written, though the one read with it waits for its vectors."""
    reports = write_reports(tmp_path / "reports")
    run(library, reports)
    moved = reports.rename(tmp_path / "moved")
    (moved / "zz.txt").write_text(LONG, encoding="utf-8")
    with pytest.raises(InterruptedRunError, match="20 documents were finished"):
        run(library, moved, embedder=Stopped(0))
    report = run(library, moved)
    assert (report.added, report.moved, report.unchanged, report.embedded) == (1, 0, 20, 1)


def test_an_interruption_before_anything_is_finished_says_so(library: LocalLibrary, tmp_path: Path) -> None:
    """A message that spoke of what is kept would promise too much."""
    with pytest.raises(InterruptedRunError, match="no document was finished"):
        run(library, write_reports(tmp_path / "reports"), embedder=Stopped(0))


WRITER = """
import signal, sys, threading
from index import intake
from index.errors import InterruptedRunError
from index.library import open_library
from index.settings import IndexSettings
from index.store.generations import Generations
from index.sync import sync
from tests.fake_embedder import HashingEmbedder

interrupted = threading.Event()

def interrupt(number, frame):
    interrupted.set()
    raise KeyboardInterrupt

signal.signal(signal.SIGINT, interrupt)

class Slow(HashingEmbedder):
    def encode_documents(self, texts):
        if self.calls == 5:
            print("encoding", flush=True)
            interrupted.wait(60)
        return super().encode_documents(texts)

try:
    sync(open_library(sys.argv[1]), [sys.argv[2]], Slow())
except InterruptedRunError as error:
    print(error.finished, flush=True)
"""


def test_a_signal_amid_encoding_keeps_what_was_finished(root: Path, library: LocalLibrary, tmp_path: Path) -> None:
    """In a process of its own, by the signal that Ctrl-C sends: what it tells is what the next run finds."""
    reports = write_reports(tmp_path / "reports")
    command = [sys.executable, "-c", WRITER, str(library.root), str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        assert process.stdout.readline() == "encoding\n"
        process.send_signal(signal.SIGINT)
        kept = int(process.stdout.readline())
    assert process.returncode == 0
    assert kept > 0
    report = run(library, reports)
    assert (report.unchanged, report.added) == (kept, 20 - kept)


class _Interrupted(sqlite3.Connection):
    """A connection whose thread is interrupted as soon as a transaction has begun."""

    def execute(self, sql: str, /, *parameters: object) -> sqlite3.Cursor:
        """Do it, and be interrupted."""
        found = super().execute(sql, *parameters)  # type: ignore[arg-type]
        if sql.startswith("BEGIN"):
            raise KeyboardInterrupt
        return found


def test_an_interruption_as_a_transaction_begins_leaves_none_open(tmp_path: Path) -> None:
    """Or what is finished could not be kept: the next transaction would be refused."""
    with closing(sqlite3.connect(":memory:", factory=_Interrupted, isolation_level=None)) as connection:
        with pytest.raises(KeyboardInterrupt), Writer(connection, tmp_path, 1).transaction(durable=True):
            pass
        assert not connection.in_transaction


def test_what_is_served_is_not_written_to_when_publishing_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C just after a generation became current: what is finished belongs to the next one."""
    (tmp_path / "pile").mkdir()
    for number in range(4):
        lines = (f"Line {place} of report {number} tells of a sea wall that stands to this day." for place in range(20))
        (tmp_path / "pile" / f"{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    library = open_library(tmp_path / "library", IndexSettings(publish_paragraphs=1))
    monkeypatch.setattr(intake, "_FLUSH_TEXTS", 20)
    with monkeypatch.context() as patched:
        real = Generations.make_current

        def interrupted(self: Generations, number: int, identity: str) -> None:
            real(self, number, identity)
            raise KeyboardInterrupt

        patched.setattr(Generations, "make_current", interrupted)
        with pytest.raises(InterruptedRunError):
            run(library, tmp_path / "pile")
    with library.snapshot() as snapshot:
        assert snapshot.documents(Filters(), 9, 0)[0] == snapshot.status().documents > 0
    run(library, tmp_path / "pile")
    with library.snapshot() as snapshot:
        assert snapshot.documents(Filters(), 9, 0)[0] == snapshot.status().documents == 4
    assert verify(library, HashingEmbedder()).ok
