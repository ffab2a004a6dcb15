"""Opening a library: what is lost of it comes back, and what cannot be opened is said plainly."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index.errors import (
    LibraryDamagedError,
    LibraryMissingError,
    LibraryReadOnlyError,
    LibraryUnpublishedError,
    LibraryVersionError,
)
from index.library import open_library
from index.store import generations
from index.store.schema import VERSION, connect
from index.sync import add, remove
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.lookups import NOTHING, found, numbered
from tests.small_library import ARTICLES, make_library


def test_no_library_is_said_plainly(tmp_path: Path) -> None:
    """Reading where there is none names the folder and the way to make one, and makes nothing."""
    with pytest.raises(LibraryMissingError, match="quoth index"), open_library(tmp_path / "none").snapshot():
        pass
    assert not (tmp_path / "none").exists()


def test_a_library_that_is_being_made_is_told_from_none(tmp_path: Path) -> None:
    """Before anything is published the message says whether a run is at it, was stopped, or found nothing."""
    root, begun = tmp_path / "library", "first index run was stopped.*`quoth index` again"
    library = open_library(root)

    def refusal() -> str:
        with pytest.raises(LibraryUnpublishedError) as refused, open_library(root).snapshot():
            pass
        assert library.model_name() in (None, HashingEmbedder().info.name)
        return str(refused.value)

    root.mkdir()
    (root / "library.db").touch()
    assert re.search(begun, refusal())
    with library.writing():
        assert "an index run is making this library" in refusal()
    with library.writing() as session:
        session.writer.use_model(HashingEmbedder().info)
    assert re.search(begun, refusal())
    add(library, [], HashingEmbedder())
    assert "this library has no documents yet; add some with `quoth index PATH`" in refusal()
    add(library, ARTICLES[:1], HashingEmbedder())
    with library.snapshot() as snapshot:
        assert snapshot.status().documents == 1


def test_a_database_that_lost_its_tables_is_no_new_one(tmp_path: Path) -> None:
    """Where a library was served, an empty database is damage: indexing must not begin anew over it."""
    make_library(tmp_path).close()
    for name in ("library.db", "library.db-wal", "library.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "library.db").touch()
    with pytest.raises(LibraryDamagedError, match=r"its tables are gone.*`quoth restore`"):
        open_library(tmp_path).model_name()


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


@pytest.mark.parametrize(
    "pattern", ["generations/*/tantivy/*.term", "generations/*/tantivy/meta.json", "faiss/*.index"]
)
def test_damage_inside_a_cache_is_told_and_mended(tmp_path: Path, pattern: str) -> None:
    """Bytes changed in a derived file, its size kept, are found by `verify`, and `repair` derives it again."""
    library = make_library(tmp_path)
    before = found(library, "ferry passengers")
    library.close()
    path = next(tmp_path.glob(pattern))
    content = path.read_bytes()
    # In place: whoever still maps a file that is cut short, however briefly, dies of a bus error.
    with path.open("r+b") as file:
        file.write(bytes(byte ^ 0xFF for byte in content))
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
    """A reader needs no right to write: neither SQLite nor tantivy keeps it out, nor what a reader with rights left."""
    library = make_library(tmp_path / "library")
    assert found(library, "ferry passengers")
    library.close()
    code = (
        "import sys; from tests.test_local import *\nprint(len(found(open_library(sys.argv[1]), 'ferry passengers')))"
    )
    ran = _run_without_rights(tmp_path / "library", "-c", code, str(tmp_path / "library"))
    assert ran.stderr == ""
    assert int(ran.stdout) > 0


def test_read_only_library_of_a_killed_run_says_who_can_make_it_readable(tmp_path: Path) -> None:
    """What a kill left in the log needs files beside it; whoever may write makes them, and then it is read again."""
    folder = tmp_path / "library"
    make_library(folder).close()
    code = (
        "import os, sqlite3, sys\nwriting = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "writing.execute('CREATE TABLE left_in_the_log (x)')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder / "library.db")], check=True)
    (folder / "library.db-shm").unlink()
    search = ("cli.py", "search", "ferry", "--mode", "lexical", "--library", str(folder))
    ran = _run_without_rights(folder, *search)
    assert ran.returncode == 1
    assert "run `quoth status` on it once" in ran.stderr
    status = [sys.executable, "cli.py", "status", "--library", str(folder)]
    subprocess.run(status, check=True, capture_output=True, cwd=Path(__file__).parents[1])
    assert _run_without_rights(folder, *search).returncode == 0


def _run_without_rights(folder: Path, *arguments: str, rights: int = 0o555) -> subprocess.CompletedProcess[str]:
    """Run Python where `folder` may only be read, or has other `rights`."""
    if not shutil.which("setpriv"):
        pytest.skip("setpriv, which takes root's rights away, is not installed")
    command = [sys.executable, *arguments]
    if os.getuid() == 0:
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(rights)
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


def test_library_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    """One line says which folder, and what to have changed."""
    make_library(tmp_path / "library").close()
    search = ("cli.py", "search", "ferry", "--library", str(tmp_path / "library"))
    ran = _run_without_rights(tmp_path / "library", *search, rights=0)
    assert ran.returncode == 1
    assert "library: this folder may not be read" in ran.stderr
    assert "permissions" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_indexes_of_a_lost_database_are_not_trusted(tmp_path: Path) -> None:
    """A new database in an old folder begins anew: what lies there was made of other rows."""
    make_library(tmp_path, numbered(30)).close()
    for path in tmp_path.glob("library.db*"):
        path.unlink()
    library = make_library(tmp_path)
    assert verify(library, HashingEmbedder()).problems == ()
    assert found(library, "ferry passengers") == found(make_library(tmp_path / "new"), "ferry passengers")
    with library.snapshot() as snapshot:
        assert snapshot.status().documents == len(ARTICLES)


def test_full_database_is_told_as_such(tmp_path: Path) -> None:
    """SQLite rolls back by itself then; the reason must not be hidden by a complaint of that."""
    library = make_library(tmp_path)
    before = found(library, "ferry passengers")

    def write() -> None:
        with library.writing() as session:
            # Stands in for the disk: SQLite then refuses in the same way.
            session.db.execute(f"PRAGMA max_page_count = {session.db.execute('PRAGMA page_count').fetchone()[0]}")
            row = session.writer.find("id", "roof")[0]
            document = replace(session.writer.load(row), title="A very long title. " * 100_000)
            session.writer.put(row.id, document, None, None)

    with pytest.raises(LibraryReadOnlyError, match="free some space"):
        write()
    assert found(open_library(tmp_path), "ferry passengers") == before
    assert verify(open_library(tmp_path), HashingEmbedder()).problems == ()


def test_unreadable_generation_that_somebody_holds_stops_no_writer(tmp_path: Path) -> None:
    """What its manifest names cannot be told, so everything is kept for now; the writer's own work goes on."""
    library = make_library(tmp_path)
    with library.snapshot() as snapshot:
        (tmp_path / "generations" / str(snapshot.generation) / "manifest.json").write_text("garbage")
        add(open_library(tmp_path), numbered(3), HashingEmbedder())
        assert snapshot.dense(HashingEmbedder().encode_query("ferry"), 5, NOTHING)
    add(open_library(tmp_path), numbered(3, 10), HashingEmbedder())
    assert len(list((tmp_path / "faiss").glob("*.index"))) == 1
    assert verify(open_library(tmp_path), HashingEmbedder()).problems == ()


@pytest.mark.parametrize("name", ["*.slots", "*.fast", "*.fieldnorm", "dead.i8"])
def test_a_flipped_byte_of_a_small_file_is_mended_by_reading(tmp_path: Path, name: str) -> None:
    """Small derived files are compared with their checksums when they are opened: none of them answers wrongly."""
    library = make_library(tmp_path)
    remove(library, ["wire"])
    add(library, ARTICLES[3:4], HashingEmbedder())
    before = found(library, "ferry passengers")
    library.close()
    for path in tmp_path.rglob(name):
        content = path.read_bytes()
        path.write_bytes(bytes([*content[:-1], content[-1] ^ 0x55]) if content else b"\x07" * 8)
    assert found(open_library(tmp_path), "ferry passengers") == before
    assert verify(open_library(tmp_path), HashingEmbedder()).ok


def test_damage_within_a_large_file_is_told_once_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no size tells is met by a search, which says so; the next one derives the indexes again."""
    monkeypatch.setattr(generations, "_SMALL", 0)
    library = make_library(tmp_path, numbered(250))
    before = found(library, "harbour office")
    library.close()
    base = next(tmp_path.glob("faiss/*.slots"))
    base.write_bytes(base.read_bytes()[::-1])
    assert found(open_library(tmp_path), "harbour office") == before
    for path in tmp_path.glob("generations/*/tantivy/*.term"):
        content = path.read_bytes()
        path.write_bytes(b"\xff" * (len(content) // 2) + content[len(content) // 2 :])
    library = open_library(tmp_path)
    with pytest.raises(LibraryDamagedError, match=r"lexical index cannot be read.*--repair"):
        found(library, "harbour office")
    assert found(library, "harbour office") == before


def test_a_small_vector_base_is_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all vectors are candidates, whatever is asked for, damage within their index costs no answer."""
    monkeypatch.setattr(generations, "_SMALL", 0)
    library = make_library(tmp_path, numbered(100))
    vector = HashingEmbedder().encode_query("harbour office")
    with library.snapshot() as snapshot:
        before = snapshot.dense(vector, 5, NOTHING)
    library.close()
    base = next(tmp_path.glob("faiss/*.index"))
    base.write_bytes(bytes(base.stat().st_size))
    with open_library(tmp_path).snapshot() as snapshot:
        assert snapshot.dense(vector, 5, NOTHING) == before


def test_links_that_are_read_at_once_change_no_answer(tmp_path: Path) -> None:
    """Paragraphs of one text share a vector; what came or went since belongs to a generation of its own."""
    library = make_library(tmp_path, numbered(60))
    names = [f"again-{number}" for number in range(20)]
    twice = [replace(one, id=name, uri=f"{one.uri}-again") for one, name in zip(numbered(20), names, strict=True)]
    changes = (partial(add, library, twice, HashingEmbedder()), partial(remove, library, names[:7]))
    for change in changes:
        for _ in range(2):
            before = found(library, "harbour office")
            with library.snapshot() as snapshot:
                snapshot.read_links()
            assert found(library, "harbour office") == before
        change()
    ids = {identity.partition("#")[0] for identity, _ in found(library, "harbour office", k=200)}
    assert ids == {*(one.id for one in numbered(60)), *names[7:]}
    assert found(open_library(tmp_path), "harbour office") == found(library, "harbour office")
