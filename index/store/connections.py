"""Connections for readers, lent one at a time: SQLite lets no two threads work on one at once."""

import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.store.filters import meta_holds, plain
from index.store.schema import connect

_MAPPED_BESIDE = 16 << 20
"""Bytes of the database that connections map which are lent beside the first: the same page counts for each of them."""
_MOST = 8
"""So many are lent at once; whoever comes then waits. With 32 at once a search takes a fifth more processor time."""


class Connections:
    """A pool of reading connections to one database; they outlive generations."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._idle: deque[sqlite3.Connection] = deque()
        self._first_idle: deque[sqlite3.Connection] = deque()
        self._free = threading.Semaphore(_MOST)
        self._closed = 0
        self._first: sqlite3.Connection | None = None
        self._naming = threading.Lock()

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """A connection of the borrower's own until the context ends, in which no other is to be borrowed."""
        with self._free:
            closed = self._closed
            connection = self._any_idle() or self._another()
            try:
                yield connection
            finally:
                # The database may have been replaced meanwhile: what is of the old one is never lent again.
                if closed == self._closed and len(self._idle) < _MOST:
                    (self._first_idle if connection is self._first else self._idle).append(connection)
                else:
                    self._dismiss(connection)

    def _any_idle(self) -> sqlite3.Connection | None:
        """The first one if it is there, which maps most, else the last that came back."""
        for idle in (self._first_idle, self._idle):
            with suppress(IndexError):
                return idle.pop()
        return None

    def _another(self) -> sqlite3.Connection:
        connection = self._opened()
        with self._naming:
            self._first = self._first or connection
        if connection is not self._first:
            connection.execute(f"PRAGMA mmap_size = {_MAPPED_BESIDE}")
        return connection

    def _dismiss(self, connection: sqlite3.Connection) -> None:
        if connection is self._first:
            self._first = None
        connection.close()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Let somebody else borrow in the stead of a borrower that waits, and wait for a turn again behind it."""
        self._free.release()
        try:
            yield
        finally:
            self._free.acquire()

    @contextmanager
    def spare(self) -> Iterator[sqlite3.Connection]:
        """A connection beside the pool, for whoever must not wait until one comes back; closed afterwards."""
        connection = self._opened()
        try:
            yield connection
        finally:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        connection = connect(self._database)
        connection.create_function("plain", 1, plain, deterministic=True)
        connection.create_function("meta_holds", 3, meta_holds, deterministic=True)
        return connection

    def close(self) -> None:
        """Close those that are idle, and the others when they come back."""
        self._closed += 1
        while connection := self._any_idle():
            self._dismiss(connection)


def let_go_of_pages(connection: sqlite3.Connection) -> None:
    """Forget which pages of the database lie where: behind who has read it whole, all would count as this process's."""
    (mapped,) = connection.execute("PRAGMA mmap_size").fetchone()
    for size in (0, mapped):
        connection.execute(f"PRAGMA mmap_size = {size}")
