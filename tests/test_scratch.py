"""What a killed `backup` or `restore` leaves goes with the next, and nothing that is anybody else's."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.backup import backup, restore
from index.library import open_library
from index.store.local import RESTORING
from index.store.scratch import scratch
from index.sync import add
from index.verify import verify
from tests.archives import answers, save_library
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES

NAMES = ("archive", "library.db")
STOPPED = """
import sys, time
from pathlib import Path
from index import backup as backups
from index.library import open_library

def stop(*arguments):
    print("stopped", flush=True)
    time.sleep(600)

setattr(backups, sys.argv[1], stop)
if sys.argv[1] == "pack":
    backups.backup(open_library(sys.argv[2]), Path(sys.argv[3]))
else:
    backups.restore(Path(sys.argv[3]), open_library(sys.argv[2]))
"""


@contextmanager
def stopped(step: str, library: Path, archive: Path) -> Iterator[None]:
    """Run a `backup` (step `pack`) or `restore` (`_install`) that goes no further, and kill it at the end."""
    command = [sys.executable, "-c", STOPPED, step, str(library), str(archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "stopped\n"
            yield
        finally:
            process.kill()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Give a backup of the small library, which lies beside it."""
    return save_library(tmp_path)


def left(folder: Path) -> list[str]:
    """What is in a folder but for the library and its backups."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_killed_backup_is_cleared_away_by_the_next(saved: Path, tmp_path: Path) -> None:
    """Not while it runs, but once it is dead; what the next writes is whole."""
    library = open_library(tmp_path / "library")
    with stopped("pack", tmp_path / "library", tmp_path / "killed.tar"):
        (running,) = left(tmp_path)
        assert (tmp_path / running / "library.db").exists()
        backup(library, tmp_path / "second.tar")
        assert left(tmp_path) == [running]
    assert left(tmp_path) == [running]
    backup(library, tmp_path / "third.tar")
    assert left(tmp_path) == []
    assert not (tmp_path / "killed.tar").exists()
    restore(tmp_path / "third.tar", open_library(tmp_path / "restored"))
    assert answers(open_library(tmp_path / "restored")) == answers(library)


@pytest.mark.parametrize("again", ["restore", "index"])
def test_killed_restore_is_cleared_away_by_whoever_writes_next(saved: Path, tmp_path: Path, again: str) -> None:
    """A second `restore`, or an `index` that makes a new library there."""
    root = tmp_path / "restored"
    with stopped("_install", root, saved):
        assert (root / RESTORING / "new" / "library.db").exists()
    assert (root / RESTORING).exists()
    if again == "restore":
        restore(saved, open_library(root))
    else:
        add(open_library(root), ARTICLES, HashingEmbedder())
    assert not (root / RESTORING).exists()
    assert answers(open_library(root)) == answers(open_library(tmp_path / "library"))
    assert verify(open_library(root), HashingEmbedder()).problems == ()


def test_folders_of_others_are_kept(tmp_path: Path) -> None:
    """By the same beginning of a name, with another file in it; a link; a plain file."""
    for name in (".work-mine", ".work-left", "elsewhere"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "archive").write_text("text")
    (tmp_path / ".work-mine" / "notes.txt").write_text("mine")
    (tmp_path / ".work-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".work-file").write_text("mine")
    with scratch(tmp_path, ".work-", NAMES) as folder:
        assert list(folder.iterdir()) == []
        (folder / "archive").write_text("text")
        assert left(tmp_path) == sorted([".work-file", ".work-link", ".work-mine", folder.name])
    assert left(tmp_path) == [".work-file", ".work-link", ".work-mine"]
    assert (tmp_path / "elsewhere" / "archive").exists()


def test_folder_goes_when_its_work_fails(tmp_path: Path) -> None:
    """An error, or Ctrl-C, leaves nothing."""

    def fail() -> None:
        with scratch(tmp_path, ".work-", NAMES) as folder:
            (folder / "archive").write_text("text")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert left(tmp_path) == []
