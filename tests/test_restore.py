"""Restoring: what comes back is what was saved, and nothing that lay there is harmed."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.backup import backup, restore
from index.errors import (
    InvalidValueError,
    LibraryReadOnlyError,
)
from index.library import open_library
from index.sync import add, remove
from index.verify import verify
from tests.archives import answers, save_library, tree
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, article, make_library


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Give a backup of the small library, which lies beside it."""
    return save_library(tmp_path)


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


def test_library_without_vectors_comes_back(tmp_path: Path) -> None:
    """When all documents are gone there is still a library to save."""
    library = make_library(tmp_path / "library", ARTICLES[:1])
    remove(library, ["ferry"])
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert add(restored, ARTICLES, HashingEmbedder()).added == len(ARTICLES)
    assert verify(restored, HashingEmbedder()).problems == ()


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
        session.db.execute("INSERT INTO corrections VALUES (NULL, 'reject', 'x', NULL, NULL, '2031')")
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


def test_what_cannot_be_restored_is_told_for_what_it_is(tmp_path: Path) -> None:
    """A folder is there, but is no file."""
    library = open_library(tmp_path / "library")
    with pytest.raises(InvalidValueError, match="it is a folder"):
        restore(tmp_path, library)
    with pytest.raises(InvalidValueError, match="there is no such file"):
        restore(tmp_path / "none", library)
