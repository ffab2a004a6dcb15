"""`--watch`: changes are taken up while it runs."""

import threading
from pathlib import Path

import pytest

from index.library import open_library
from index.sync import sync
from index.watch import Roots, watch
from tests.fake_embedder import HashingEmbedder


def test_changes_are_reported_and_quiet_rounds_are_not(tmp_path: Path) -> None:
    """One report a change: added, changed, removed; nothing in between."""
    pile, stop = tmp_path / "pile", threading.Event()
    pile.mkdir()
    (pile / "a.txt").write_text("The ferry has sailed.", encoding="utf-8")
    library, embedder, rounds = open_library(tmp_path / "library"), HashingEmbedder(), 0

    def once():  # type: ignore[no-untyped-def]
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            (pile / "a.txt").write_text("The ferry has sunk.", encoding="utf-8")
        if rounds == 5:
            (pile / "a.txt").rename(pile / "b.txt")
            (pile / "c.txt").write_text("Nobody was hurt.", encoding="utf-8")
        if rounds == 7:
            (pile / "c.txt").unlink()
        if rounds == 9:
            stop.set()
        return sync(library, [str(pile)], embedder, prune=True)

    seen = [(r.added, r.changed, r.moved, r.removed) for r in watch(once, stop, seconds=0.0)]
    assert seen == [(1, 0, 0, 0), (0, 1, 0, 0), (1, 0, 1, 0), (0, 0, 0, 1)]


def test_a_disk_that_is_gone_is_not_taken_for_deletions(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """While a watched folder is missing nothing may be pruned; when it is back, deletions count again."""
    folder = tmp_path / "news"
    folder.mkdir()
    roots = Roots([str(folder), str(tmp_path / "*.txt")])
    assert roots.are_there()
    folder.rename(tmp_path / "away")
    assert not roots.are_there()
    assert not roots.are_there()
    assert caplog.text.count("is gone") == 1
    (tmp_path / "away").rename(folder)
    assert roots.are_there()
