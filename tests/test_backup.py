"""Backup and restore: what comes back is what was served, and a hostile file leaves nothing."""

import errno
import io
import json
import os
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index import backup as backups
from index.backup import TargetExistsError, backup, restore
from index.errors import (
    InvalidValueError,
    LibraryMissingError,
    LibraryReadOnlyError,
    LibraryVersionError,
    QuothError,
)
from index.library import open_library
from index.store.archive import pack as pack_archive
from index.store.generations import Manifest
from index.store.local import LocalLibrary, WritingSession
from index.store.schema import VERSION
from index.sync import add, remove, sync
from index.types import Filters, Vectors
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_library

NOTE = "quoth-backup.json"


def members(archive: Path) -> dict[str, bytes]:
    """Every member's bytes, in order."""
    with tarfile.open(archive, "r:") as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def pack(target: Path, contents: dict[str, bytes], mode: str = "w") -> Path:
    """An archive of just these members."""
    with tarfile.open(target, mode) as tar:  # type: ignore[call-overload]
        for name, data in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return target


def altered(data: bytes, folder: Path, *statements: str) -> bytes:
    """A database after some SQL."""
    path = folder / "altered.db"
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
    return path.read_bytes()


def answers(library: LocalLibrary) -> list[object]:
    """What a library says, except for its number."""
    vector = HashingEmbedder().encode_query("the ferry to the islanders")
    with library.snapshot() as snapshot:
        documents = [snapshot.document(ref.id) for ref in snapshot.documents(Filters(), 100, 0)[1]]
        hits = snapshot.dense(vector, 20, Filters()) + snapshot.lexical(["ferry", "board"], 20, Filters())
        found = [(p.id, hit.score) for p, hit in zip(snapshot.paragraphs([h.row for h in hits]), hits, strict=True)]
        return [snapshot.model, documents, sorted(found), snapshot.status().statements]


def tree(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that holds the small library and its backup, made once."""
    folder = tmp_path_factory.mktemp("made")
    library = make_library(folder / "library")
    backup(library, folder / "saved.tar")
    library.close()
    return folder


@pytest.fixture
def saved(made: Path, tmp_path: Path) -> Path:
    """Give a backup of the small library, which lies beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "saved.tar"


def test_restored_library_answers_as_the_saved_one(saved: Path, tmp_path: Path) -> None:
    """The same documents, hits and scores; it verifies, and can be written to."""
    library = open_library(tmp_path / "a" / "b")
    restore(saved, library)
    assert answers(library) == answers(open_library(tmp_path / "library"))
    assert verify(library, HashingEmbedder()).problems == ()
    assert not (library.root / ".restore").exists()
    assert add(library, ARTICLES, HashingEmbedder()).embedded == 0
    assert remove(library, ["ferry"]).removed == 1
    assert verify(library, HashingEmbedder()).problems == ()


def test_archive_holds_three_plain_files(saved: Path) -> None:
    """Format, rows and vectors, uncompressed; nothing is left beside it."""
    names = list(members(saved))
    assert names[:2] == [NOTE, "library.db"]
    assert len(names) == 3
    assert {path.name for path in saved.parent.iterdir()} == {"library", "saved.tar"}


def test_library_without_vectors_comes_back(tmp_path: Path) -> None:
    """When all documents are gone there is still a library to save."""
    library = make_library(tmp_path / "library", ARTICLES[:1])
    remove(library, ["ferry"])
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert add(restored, ARTICLES, HashingEmbedder()).added == len(ARTICLES)
    assert verify(restored, HashingEmbedder()).problems == ()


# Hostile and broken files

Change = Callable[[dict[str, bytes], Path], dict[str, bytes]]


def _vectors(contents: dict[str, bytes]) -> str:
    return next(name for name in contents if name.startswith("vectors/"))


def _sql(*statements: str) -> Change:
    return lambda contents, folder: contents | {"library.db": altered(contents["library.db"], folder, *statements)}


def _without(name: str) -> Change:
    return lambda contents, folder: {key: data for key, data in contents.items() if not key.startswith(name)}


BROKEN: dict[str, Change] = {
    "models.file outside": _sql("UPDATE models SET file = '../victim.txt'"),
    "models.file absolute": _sql("UPDATE models SET file = '/etc/hostname'"),
    "second model outside": _sql("INSERT INTO models SELECT 0, name, key, dim, 1, '../victim.txt' FROM models"),
    "models.file not there": _sql("UPDATE models SET file = 'vectors/0123456789abcdef-1.f16'"),
    "no model": _sql("DELETE FROM models", "DELETE FROM slots"),
    "dimension": _sql("UPDATE models SET dim = dim * 2"),
    "dimension no number": _sql("UPDATE models SET dim = 'many'"),
    "slot below zero": _sql("UPDATE slots SET slot = -1 WHERE slot = 0"),
    "slots beyond the file": _sql("UPDATE library SET value = 999999 WHERE key LIKE 'slots:%'"),
    "zeroing beyond the file": _sql("INSERT OR REPLACE INTO library VALUES ('to_zero', '[[1, 99999999999]]')"),
    "published no number": _sql("UPDATE library SET value = 'x' WHERE key = 'published'"),
    "trigger": _sql("CREATE TRIGGER t AFTER DELETE ON slots BEGIN DELETE FROM documents; END"),
    "view": _sql("CREATE VIEW v AS SELECT 1"),
    "another table": _sql("CREATE TABLE more (x)"),
    "table missing": _sql("DROP TABLE statements"),
    "no version": _sql("PRAGMA user_version = 0"),
    "no database": _without("library.db"),
    "no vectors": _without("vectors/"),
    "no note": _without(NOTE),
    "nothing": lambda contents, folder: {},
    "note not JSON": lambda contents, folder: contents | {NOTE: b"{"},
    "note without number": lambda contents, folder: contents | {NOTE: b"[]"},
    "note of format 0": lambda contents, folder: contents | {NOTE: b'{"quoth_backup": 0}'},
    "note too long": lambda contents, folder: contents | {NOTE: b'{"quoth_backup": 1}' + b" " * 10_000},
    "short vectors": lambda contents, folder: contents | {_vectors(contents): contents[_vectors(contents)][:-1]},
    "database no database": lambda contents, folder: contents | {"library.db": b"text " * 1000},
    "database cut": lambda contents, folder: contents | {"library.db": contents["library.db"][:20_000]},
    "more files": lambda contents, folder: contents | {"notes.txt": b"hello"},
    "file above": lambda contents, folder: contents | {"../victim.txt": b"hello"},
    "CURRENT": lambda contents, folder: contents | {"CURRENT": b"1\n"},
    "log": lambda contents, folder: contents | {"library.db-wal": b"x" * 4096},
    "dotted": lambda contents, folder: contents | {"vectors/../x.f16": b"x"},
    "vectors by another name": lambda contents, folder: contents | {"vectors/more.f16": b"x"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_backup_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path, name: str) -> None:
    """One line that names the file; nothing outside is touched, nothing is left."""
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    bad = pack(tmp_path / "bad.tar", BROKEN[name](members(saved), tmp_path))
    before = tree(tmp_path)
    library = open_library(tmp_path / "new" / "restored")
    with pytest.raises(InvalidValueError, match=r"bad\.tar") as caught:
        restore(bad, library)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)
    assert tree(tmp_path) == before
    assert victim.read_text() == "mine"


def test_good_backup_restores_where_a_bad_one_failed(saved: Path, tmp_path: Path) -> None:
    """A failure is no reason to say that something exists already."""
    library = open_library(tmp_path / "restored")
    with pytest.raises(InvalidValueError):
        restore(pack(tmp_path / "bad.tar", _without("library.db")(members(saved), tmp_path)), library)
    restore(saved, library)
    assert answers(library) == answers(open_library(tmp_path / "library"))


def test_truncated_and_compressed_files_are_refused(saved: Path, tmp_path: Path) -> None:
    """A file cut short anywhere, another archive, plain text, a folder, nothing at all."""
    whole = saved.read_bytes()
    bad = tmp_path / "bad.tar"
    library = open_library(tmp_path / "restored")
    # The archive's last blocks are padding.
    end = len(whole.rstrip(b"\0"))
    for length in [*range(0, end, end // 24), end - 1]:
        bad.write_bytes(whole[:length])
        with pytest.raises(InvalidValueError):
            restore(bad, library)
    for mode in ("w:gz", "w:bz2", "w:xz"):
        with pytest.raises(InvalidValueError):
            restore(pack(bad, members(saved), mode), library)
    bad.write_text("Dear diary")
    for source in (bad, tmp_path, tmp_path / "nowhere.tar", tmp_path / ("x" * 300)):
        with pytest.raises(InvalidValueError):
            restore(source, library)
    assert not library.root.exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_members_that_are_no_plain_files_are_refused(saved: Path, tmp_path: Path, kind: bytes) -> None:
    """A link, a pipe or a folder by an allowed name is still none."""
    contents = members(saved)
    bad = pack(tmp_path / "bad.tar", contents)
    with tarfile.open(bad, "a") as tar:
        info = tarfile.TarInfo("vectors/0123456789abcdef-9.f16")
        info.type, info.linkname = kind, str(tmp_path / "library" / "library.db")
        tar.addfile(info)
    with pytest.raises(InvalidValueError, match="plain file"):
        restore(bad, open_library(tmp_path / "restored"))
    assert not (tmp_path / "restored").exists()


def test_sparse_and_repeated_members_are_refused(saved: Path, tmp_path: Path) -> None:
    """A few bytes that claim to be a terabyte, and a second database behind the first."""
    bad = pack(tmp_path / "bad.tar", members(saved))
    with tarfile.open(bad, "a") as tar:
        info = tarfile.TarInfo("vectors/0123456789abcdef-9.f16")
        info.pax_headers = {"GNU.sparse.size": str(1 << 40), "GNU.sparse.map": "0,0", "GNU.sparse.major": "0"}
        tar.addfile(info)
    library = open_library(tmp_path / "restored")
    with pytest.raises(InvalidValueError, match="plain file"):
        restore(bad, library)
    bad = pack(tmp_path / "bad.tar", members(saved))
    with tarfile.open(bad, "a") as tar:
        tar.add(tmp_path / "library" / "library.db", "library.db")
    with pytest.raises(InvalidValueError, match="twice"):
        restore(bad, library)
    assert not library.root.exists()


def test_backup_of_a_newer_quoth_says_to_upgrade(saved: Path, tmp_path: Path) -> None:
    """Whether its archive or its tables are newer."""
    contents = members(saved)
    newer = altered(contents["library.db"], tmp_path, f"PRAGMA user_version = {VERSION + 1}")
    for changed in ({NOTE: json.dumps({"quoth_backup": 2}).encode()}, {"library.db": newer}):
        bad = pack(tmp_path / "bad.tar", contents | changed)
        with pytest.raises(LibraryVersionError, match="upgrade"):
            restore(bad, open_library(tmp_path / "restored"))
        assert not (tmp_path / "restored").exists()


# Where things are written


def test_existing_targets_are_kept(saved: Path, tmp_path: Path) -> None:
    """Neither a file, a library, nor a folder that is somebody else's is overwritten."""
    library = open_library(tmp_path / "library")
    before = saved.read_bytes()
    with pytest.raises(TargetExistsError):
        backup(library, saved)
    with pytest.raises(TargetExistsError):
        restore(saved, library)
    assert saved.read_bytes() == before
    (tmp_path / "pictures" / "vectors").mkdir(parents=True)
    (tmp_path / "pictures" / "vectors" / "logo.svg").write_text("<svg/>")
    with pytest.raises(TargetExistsError, match="vectors"):
        restore(saved, open_library(tmp_path / "pictures"))
    assert tree(tmp_path / "pictures") == ["vectors", "vectors/logo.svg"]


def test_folder_with_other_things_keeps_them(saved: Path, tmp_path: Path) -> None:
    """Restoring beside a user's files leaves them alone, whether or not it succeeds."""
    root = tmp_path / "mine"
    root.mkdir()
    (root / "notes.txt").write_text("mine")
    with pytest.raises(InvalidValueError):
        restore(root / "notes.txt", open_library(root))
    assert tree(root) == ["notes.txt"]
    restore(saved, open_library(root))
    assert (root / "notes.txt").read_text() == "mine"
    assert verify(open_library(root), HashingEmbedder()).problems == ()


def test_library_that_lost_its_database_is_replaced(saved: Path, tmp_path: Path) -> None:
    """What a lost library left, its log above all, is no part of the restored one; a failure leaves it be."""
    library = open_library(tmp_path / "library")
    wanted = answers(library)
    remove(library, ["ferry"])
    log = library.root / "library.db-wal"
    with library.writing() as session:
        session.db.execute("INSERT INTO corrections VALUES (NULL, 'reject', 'x', NULL, '2031')")
        shutil.copy(log, tmp_path / "log")
    library.close()
    (library.root / "library.db").unlink()
    shutil.copy(tmp_path / "log", log)
    before = tree(library.root)
    with pytest.raises(InvalidValueError):
        restore(tmp_path / "log", library)
    assert tree(library.root) == before
    restore(saved, library)
    assert answers(library) == wanted
    assert verify(library, HashingEmbedder()).problems == ()


def test_open_reader_notices_the_restored_library(saved: Path, tmp_path: Path) -> None:
    """A process that served the lost library serves the restored one, though its number be the same."""
    reader = open_library(tmp_path / "library")
    add(reader, [article("late", "A late report on plums and other fruit.")], HashingEmbedder())
    with reader.snapshot() as snapshot:
        assert snapshot.status().documents == len(ARTICLES) + 1
    shutil.rmtree(tmp_path / "library")
    restore(saved, open_library(tmp_path / "library"))
    with reader.snapshot() as snapshot:
        assert snapshot.status().documents == len(ARTICLES)


def test_backup_of_nothing_and_to_nowhere(saved: Path, tmp_path: Path) -> None:
    """No library, no generation yet, a target in no folder: each is said, and nothing is written."""
    with pytest.raises(LibraryMissingError):
        backup(open_library(tmp_path / "none"), tmp_path / "none.tar")
    begun = open_library(tmp_path / "begun")
    with begun.writing():
        pass
    with pytest.raises(LibraryMissingError):
        backup(begun, tmp_path / "none.tar")
    with pytest.raises(InvalidValueError):
        backup(open_library(tmp_path / "library"), tmp_path / "nowhere" / "saved.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["begun", "library", "saved.tar"]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let fsync find the disk full: the one call by which every file that matters is written."""

    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        yield


def test_full_disk_leaves_nothing(saved: Path, tmp_path: Path, full_disk: None) -> None:
    """Neither half an archive nor half a library, and the message is about the disk."""
    library = open_library(tmp_path / "library")
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(LibraryReadOnlyError, match="free some space"):
        backup(library, tmp_path / "second.tar")
    with pytest.raises(LibraryReadOnlyError, match="free some space") as caught:
        restore(saved, open_library(tmp_path / "new" / "restored"))
    assert caught.value.library == str(tmp_path / "new" / "restored")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_restore_interrupted_while_moving_into_place(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two renames leaves the folder as it was."""
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if target == tmp_path / "restored" / "library.db":
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restore(saved, open_library(tmp_path / "restored"))
    assert not (tmp_path / "restored").exists()


# While a writer works


class Interrupting(HashingEmbedder):
    """Encodes so many batches, then is interrupted."""

    def __init__(self, batches: int, name: str = "hashing") -> None:
        super().__init__(name=name)
        self._left = batches

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Raises KeyboardInterrupt once its batches are used up."""
        if self._left == 0:
            raise KeyboardInterrupt
        self._left -= 1
        return super().encode_documents(texts)


def _removals(root: Path) -> None:
    library = open_library(root)
    for name in ("orchard", "wire", "roof"):
        remove(library, [name])
    add(library, [article("late", "A late report on plums and other fruit, which nobody expected.")], HashingEmbedder())


def _rebuilds(root: Path) -> None:
    for name in ("second", "third"):
        sync(open_library(root), [], HashingEmbedder(name=name), rebuild=True)


@pytest.mark.parametrize("write", [_removals, _rebuilds])
@pytest.mark.parametrize("pending", [False, True], ids=["published", "half-written"])
def test_writer_between_rows_and_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None], pending: bool
) -> None:
    """Whatever is removed, embedded anew and purged after the rows were copied, the backup is as when it began."""
    library = make_library(tmp_path / "library")
    wanted = answers(library)
    if pending:
        with library.writing() as session:
            session.writer.remove(session.writer.find("id", "abroad")[0])

    def write_then_pack(target: Path, database: Path, root: Path, manifest: Manifest) -> None:
        write(library.root)
        pack_archive(target, database, root, manifest)

    monkeypatch.setattr(backups, "pack", write_then_pack)
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert answers(restored) == wanted
    assert verify(restored, HashingEmbedder()).problems == ()
    assert verify(open_library(library.root), None).problems == ()


def test_backups_while_a_writer_runs(tmp_path: Path) -> None:
    """Every backup taken amid additions, removals and rebuilds restores to a library that verifies."""
    library = make_library(tmp_path / "library")
    stop, failures = threading.Event(), list[Exception]()

    def write() -> None:
        mine = open_library(library.root)
        for turn in range(1000):
            if stop.is_set():
                return
            try:
                text = f"Report {turn} tells of {turn} boats.\n\nAnd of {turn * 7} crates of fish, all of them sold."
                add(mine, [article(f"n{turn % 3}", text)], HashingEmbedder())
                remove(mine, [f"n{turn % 3}"] if turn % 2 else ["orchard"] if turn % 4 else ["wire"])
                add(mine, ARTICLES, HashingEmbedder())
                if turn % 3 == 0:
                    sync(mine, [], HashingEmbedder(), rebuild=True)
            except QuothError as error:
                failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            backup(library, tmp_path / f"{number}.tar")
    finally:
        stop.set()
        writer.join()
    assert not failures
    for number in range(4):
        restored = open_library(tmp_path / f"restored-{number}")
        restore(tmp_path / f"{number}.tar", restored)
        assert verify(restored, HashingEmbedder()).problems == ()


@pytest.mark.parametrize("name", ["hashing", "another"])
def test_backup_amid_an_interrupted_rebuild(tmp_path: Path, name: str) -> None:
    """The restored library answers as before the rebuild, and a rebuild of it is finished by the next run."""
    many = [article(f"n{i}", f"Report {i} of the harbour office tells of {i * 7} boats.") for i in range(300)]
    library = make_library(tmp_path / "library", [*ARTICLES, *many])
    wanted = answers(library)
    with pytest.raises(KeyboardInterrupt):
        sync(library, [], Interrupting(1, name), rebuild=True)
    with library.writing() as session:
        assert session.db.execute("SELECT count(*) FROM models").fetchone() == (2,)
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert answers(restored) == wanted
    assert verify(restored, HashingEmbedder()).problems == ()
    again = HashingEmbedder(name=name)
    sync(restored, [], again, rebuild=True)
    assert verify(restored, again).problems == ()


def test_files_of_an_unpublished_run_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupted run had written of a changed file is not taken for indexed after a restore."""
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.txt").write_text("The first text tells of a ferry that stops in October.")
    library = open_library(tmp_path / "library")
    sync(library, [str(pile)], HashingEmbedder())
    (pile / "a.txt").write_text("The second text tells of a bridge, and of nothing else at all.")
    os.utime(pile / "a.txt", (10**9, 10**9))

    def interrupted(self: WritingSession, **options: bool) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(WritingSession, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sync(library, [str(pile)], HashingEmbedder())
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert answers(restored) == answers(library)
    assert sync(restored, [str(pile)], HashingEmbedder()).changed == 1
