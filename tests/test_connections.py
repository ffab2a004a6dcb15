"""Connections that are lent to readers."""

import fcntl
import sqlite3
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from index.library import open_library
from index.store import connections
from index.store.connections import Connections
from index.sync import remove
from tests.small_library import ARTICLES, make_library


def test_a_connection_lent_before_closing_is_never_lent_again(tmp_path: Path) -> None:
    """The database may have been replaced: whoever comes next reads the new one."""
    make_library(tmp_path / "library").close()
    pool = Connections(tmp_path / "library" / "library.db")
    with pool.lent() as before:
        pool.close()
        assert before.execute("SELECT count(*) FROM documents").fetchone() == (len(ARTICLES),)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        before.execute("SELECT 1")
    with pool.lent() as after:
        assert after is not before
    with pool.lent() as again:
        assert again is after
    pool.close()


def test_whoever_comes_alone_gets_the_connection_that_maps_most(tmp_path: Path) -> None:
    """In whatever order they came back: pages of the database count for each connection that maps them."""
    make_library(tmp_path / "library").close()
    pool = Connections(tmp_path / "library" / "library.db")

    def mapped(connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA mmap_size").fetchone()[0])

    with ExitStack() as outer:
        first = outer.enter_context(pool.lent())
        with pool.lent() as second, pool.lent() as third:
            assert mapped(first) > 4 * mapped(second) == 4 * mapped(third) > 0
    for _ in range(2):
        with ExitStack() as later:
            with pool.lent() as alone:
                assert alone is first
                other = later.enter_context(pool.lent())
            assert other in (second, third)
    pool.close()
    with pool.lent() as after:
        assert mapped(after) > 4 * connections._MAPPED_BESIDE
    pool.close()


def is_held(lock: Path) -> bool:
    """Whether a reader has this generation open."""
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_generation_is_opened_though_all_connections_are_lent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens a new generation waits for no reader of the old one, but then for a connection."""
    monkeypatch.setattr(connections, "_MOST", 2)
    make_library(tmp_path).close()
    library, seen = open_library(tmp_path), list[int]()

    def ask() -> None:
        with library.snapshot() as snapshot:
            seen.append(snapshot.generation)

    with ExitStack() as readers:
        before = [readers.enter_context(library.snapshot()).generation for _ in range(2)]
        remove(open_library(tmp_path), ["ferry"])
        asking = threading.Thread(target=ask)
        asking.start()
        given_up = time.monotonic() + 60
        while not is_held(tmp_path / "generations" / "2" / "lock"):
            assert time.monotonic() < given_up
            time.sleep(0.01)
        assert (before, seen) == ([1, 1], [])
    asking.join()
    assert seen == [2]
