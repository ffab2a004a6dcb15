"""Connections for readers, lent one at a time: SQLite lets no two threads work on one at once."""

import queue
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.store.filters import casefold, meta_text
from index.store.schema import connect

_KEPT = 8
"""As many as threads commonly read at once; more are opened when needed, and closed again."""


class Connections:
    """A pool of reading connections to one database; they outlive generations."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue(_KEPT)

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """A connection of the borrower's own until the context ends."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._opened()
        try:
            yield connection
        finally:
            try:
                self._idle.put_nowait(connection)
            except queue.Full:
                connection.close()

    def _opened(self) -> sqlite3.Connection:
        connection = connect(self._database)
        connection.create_function("casefold", 1, casefold, deterministic=True)
        connection.create_function("meta_text", 2, meta_text, deterministic=True)
        return connection

    def close(self) -> None:
        """Close those that are idle."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return
