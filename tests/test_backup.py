"""Backing up: what is written is what was served when it began, whoever writes meanwhile."""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index import backup as backups
from index.backup import TargetExistsError, backup, restore
from index.errors import (
    InterruptedRunError,
    InvalidValueError,
    LibraryMissingError,
    QuothError,
)
from index.library import open_library
from index.store.archive import pack as pack_archive
from index.store.generations import Manifest
from index.store.local import WritingSession
from index.sync import add, remove, sync
from index.types import Vectors
from index.verify import verify
from tests.archives import NOTE, answers, members, save_library, tree
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_library


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Give a backup of the small library, which lies beside it."""
    return save_library(tmp_path)


def test_archive_holds_three_plain_files(saved: Path) -> None:
    """Format, rows and vectors, uncompressed; nothing is left beside it."""
    names = list(members(saved))
    assert names[:2] == [NOTE, "library.db"]
    assert len(names) == 3
    assert {path.name for path in saved.parent.iterdir()} == {"library", "saved.tar"}


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


def test_target_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody put there while the archive was packed is not written over."""
    library = make_library(tmp_path / "library")

    def appear_then_pack(target: Path, database: Path, root: Path, manifest: Manifest) -> None:
        (tmp_path / "saved.tar").write_text("mine")
        pack_archive(target, database, root, manifest)

    monkeypatch.setattr(backups, "pack", appear_then_pack)
    with pytest.raises(TargetExistsError):
        backup(library, tmp_path / "saved.tar")
    assert (tmp_path / "saved.tar").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library", "saved.tar"]


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
    with pytest.raises(InterruptedRunError):
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
        with pytest.raises(InterruptedRunError):
            sync(library, [str(pile)], HashingEmbedder())
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert answers(restored) == answers(library)
    assert sync(restored, [str(pile)], HashingEmbedder()).changed == 1
