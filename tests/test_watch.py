"""`--watch`: changes are taken up while it runs."""

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from index.errors import LibraryBusyError
from index.library import open_library
from index.store import generations
from index.store.generations import writer_lock
from index.store.local import LocalLibrary
from index.sync import remove, sync
from index.types import IndexReport
from index.watch import Watched, pause, watch
from tests.fake_embedder import HashingEmbedder


def write(path: Path, text: str) -> None:
    """Write a file whose time stamp is so old that it is surely noticed when it changes again."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    made_at = 10**9 + len(text)
    os.utime(path, (made_at, made_at))


def nothing() -> None:
    """An idle moment in which nothing happens."""


def watched_through(
    library: LocalLibrary, pile: Path, *edits: Callable[[], object]
) -> tuple[list[IndexReport], list[IndexReport]]:
    """What is told, and what every run reported, when one thing after another happens while there is nothing to do."""
    stop, runs, to_come = threading.Event(), list[IndexReport](), list(edits)
    watched, embedder = Watched(library, [str(pile)]), HashingEmbedder()

    def once() -> IndexReport:
        runs.append(sync(library, [str(pile)], embedder, prune=watched.are_there()))
        return runs[-1]

    def idle(*_stage: object) -> None:
        if to_come:
            to_come.pop(0)()
        else:
            stop.set()

    return list(watch(once, watched, stop, 0.0, idle)), runs


def test_changes_are_reported_and_quiet_rounds_are_not(tmp_path: Path) -> None:
    """One report a change: added, changed, moved, removed; no run at all in between."""
    pile = tmp_path / "pile"
    write(pile / "a.txt", "The ferry has sailed.")

    def move_and_add() -> None:
        (pile / "a.txt").rename(pile / "b.txt")
        write(pile / "c.txt", "Nobody was hurt.")

    told, runs = watched_through(
        open_library(tmp_path / "library"),
        pile,
        nothing,
        nothing,
        lambda: write(pile / "a.txt", "The ferry has sunk."),
        nothing,
        move_and_add,
        nothing,
        (pile / "c.txt").unlink,
    )
    seen = [(r.added, r.changed, r.moved, r.removed) for r in told]
    assert seen == [(1, 0, 0, 0), (0, 1, 0, 0), (1, 0, 1, 0), (0, 0, 0, 1)]
    assert runs == told


def test_what_was_rejected_is_tried_again_when_it_changes(tmp_path: Path) -> None:
    """A file that cannot be read costs one run, and another when it was mended; one removed by name comes back."""
    pile, library = tmp_path / "pile", open_library(tmp_path / "library")
    write(pile / "a.txt", "The ferry has sailed.")
    (pile / "b.txt").write_bytes(b"\x00\x01")
    os.utime(pile / "b.txt", (10**9, 10**9))
    told, runs = watched_through(
        library,
        pile,
        nothing,
        nothing,
        lambda: write(pile / "b.txt", "Nobody was hurt."),
        nothing,
        lambda: remove(library, [f"file://{pile}/a.txt"]),
        nothing,
    )
    assert [(r.added, len(r.rejected)) for r in told] == [(1, 1), (1, 0), (1, 0)]
    assert runs == told


def test_what_was_rejected_is_tried_again_when_it_may_be_read(tmp_path: Path) -> None:
    """Whose rights were changed is another file to try, though neither its bytes nor their time are others."""
    pile = tmp_path / "pile"
    write(pile / "b.txt", "\0")

    def let_read() -> None:
        before = (pile / "b.txt").stat().st_ctime_ns
        while (pile / "b.txt").stat().st_ctime_ns == before:
            (pile / "b.txt").chmod(0o644)

    _, runs = watched_through(open_library(tmp_path / "library"), pile, nothing, let_read, nothing)
    assert [len(report.rejected) for report in runs] == [1, 1]


def test_an_empty_folder_is_watched_without_runs(tmp_path: Path) -> None:
    """Where nothing is there yet, the first run is the last until a file comes."""
    pile = tmp_path / "pile"
    pile.mkdir()
    told, runs = watched_through(
        open_library(tmp_path / "library"), pile, nothing, nothing, lambda: write(pile / "a.txt", "The ferry came.")
    )
    assert [report.added for report in runs] == [0, 1]
    assert told == runs


def test_looking_waits_for_no_writer_and_keeps_none_waiting(tmp_path: Path) -> None:
    """While another process writes, a look finds what is due; a run is due for rows that it left unpublished."""
    pile, library = tmp_path / "pile", open_library(tmp_path / "library")
    write(pile / "a.txt", "The ferry has sailed.")
    watched_through(library, pile)
    watched = Watched(library, [str(pile)])
    watched.take_up()
    with writer_lock(library.root):
        assert not watched.is_run_due()
        assert watched.is_busy()
        write(pile / "b.txt", "Nobody was hurt.")
        assert watched.is_run_due()
    assert not watched.is_busy()
    (pile / "b.txt").unlink()
    assert not watched.is_run_due()
    with library.writing() as session:
        session.writer.remove(session.writer.find("uri", f"file://{pile}/a.txt")[0])
    assert watched.is_run_due()


def test_a_writer_waits_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short turn of another writer is waited for; one that takes longer is told of."""
    turn, over = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(tmp_path):
            turn.set()
            over.wait()

    other = threading.Thread(target=hold)
    other.start()
    turn.wait()
    monkeypatch.setattr(generations, "WRITERS_WAIT", 0.0)
    with pytest.raises(LibraryBusyError, match="another process is writing"), writer_lock(tmp_path):
        pass
    monkeypatch.setattr(generations, "WRITERS_WAIT", 60.0)
    threading.Timer(0.05, over.set).start()
    with writer_lock(tmp_path):
        assert over.is_set()
    other.join()


def test_a_disk_that_is_gone_is_not_taken_for_deletions(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """While a watched folder is missing nothing may be pruned; when it is back, deletions count again."""
    folder = tmp_path / "news"
    folder.mkdir()
    library = open_library(tmp_path / "library")
    roots = Watched(library, [str(folder), str(tmp_path / "*.txt")])
    by_glob = Watched(library, [str(folder / "*" / "[a-c].txt")])
    assert roots.are_there()
    assert by_glob.are_there()
    folder.rename(tmp_path / "away")
    assert not by_glob.are_there()
    caplog.clear()
    assert not roots.are_there()
    assert not roots.are_there()
    assert caplog.text.count("is gone") == 1
    (tmp_path / "away").rename(folder)
    assert roots.are_there()


def test_a_disk_that_goes_amid_a_run_takes_nothing_with_it(tmp_path: Path) -> None:
    """Where all was there when the run began: what it is to prune, it looks for at its end."""
    pile, library, embedder = tmp_path / "pile", open_library(tmp_path / "library"), HashingEmbedder()
    write(pile / "a.txt", "The ferry has sailed.")
    write(pile / "b.txt", "Nobody was hurt.")
    sync(library, [str(pile)], embedder)
    watched = Watched(library, [str(pile)])
    write(pile / "c.txt", "The harbour is closed.")

    def unplug(*_stage: object) -> None:
        if pile.exists():
            pile.rename(tmp_path / "away")

    once = partial(sync, library, [str(pile)], embedder, are_there=watched.are_there)
    assert once(prune=watched.are_there(), progress=unplug).removed == 0
    (tmp_path / "away").rename(pile)
    (pile / "b.txt").unlink()
    assert once(prune=watched.are_there()).removed == 1


def test_a_look_that_costs_much_comes_less_often() -> None:
    """A hundredth of a core: rests of the usual length after cheap looks, never thirty times as long."""
    assert pause(0.001, 2.0) == 2.0
    assert pause(0.25, 2.0) == pytest.approx(25.0)
    assert pause(7.0, 2.0) == 60.0


def test_files_that_were_just_found_are_not_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only known ones that the walk has not met: here the one that is gone."""
    pile = tmp_path / "pile"
    for name in "abc":
        write(pile / f"{name}.txt", f"The ferry {name} has sailed.")
    library = open_library(tmp_path / "library")
    sync(library, [str(pile)], HashingEmbedder())
    (pile / "b.txt").unlink()
    asked = list[str]()

    def exists(uri: str) -> bool:
        asked.append(uri)
        return False

    monkeypatch.setattr("index.watch.exists", exists)
    Watched(library, [str(pile)]).take_up()
    assert asked == [f"file://{pile}/b.txt"]
