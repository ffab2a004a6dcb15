"""A library in a folder: opened for reading by any number of processes, for writing by one."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import LibraryDamagedError, LibraryMissingError, LibraryReadOnlyError
from index.settings import IndexSettings
from index.store.generations import Generations, writer_lock
from index.store.identity import Correction, read_corrections
from index.store.publish import Publication
from index.store.purge import purge
from index.store.schema import FOREVER, connect
from index.store.snapshot import LocalSnapshot
from index.store.writer import Writer

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG}


@dataclass(slots=True)
class _Open:
    """A generation that this process holds, by how many users, under which lock."""

    snapshot: LocalSnapshot
    lock: int
    users: int = 0
    superseded: bool = False

    def release_if_unused(self) -> None:
        if self.superseded and self.users == 0:
            self.snapshot.close()
            os.close(self.lock)


class LocalLibrary:
    """Implements `index.library.Library`; `writing` opens it to change it."""

    def __init__(self, root: Path, settings: IndexSettings) -> None:
        self.root, self.settings = root, settings
        self.generations = Generations(root)
        self._open: _Open | None = None
        self._guard = threading.Lock()

    # Reading

    @contextmanager
    def snapshot(self, *, recover: bool = True) -> Iterator[LocalSnapshot]:
        """The current generation, held until the context ends; a new one is picked up here.

        With `recover`, derived files that are missing or cut short are derived again first. Raises
        LibraryMissingError, LibraryVersionError, LibraryDamagedError.
        """
        with self._guard:
            current = self._current(recover)
            current.users += 1
        try:
            yield current.snapshot
        finally:
            with self._guard:
                current.users -= 1
                current.release_if_unused()

    def _current(self, recover: bool) -> _Open:
        self.check_exists()
        if self._open and self.generations.current() == self._open.snapshot.generation:
            return self._open
        try:
            opened = self._open_current()
        except LibraryDamagedError:
            if not recover:
                raise
            # Everything but rows and vectors is a cache: whoever finds it gone makes it anew.
            with self.writing() as session:
                session.publish(afresh=True)
            opened = self._open_current()
        self._let_go()
        self._open = opened
        return opened

    def _open_current(self) -> _Open:
        while True:
            number = self.generations.current()
            if number is None:
                self._check_published()
                raise LibraryMissingError(self.root)
            lock = self.generations.lock_shared(number)
            if lock is not None:
                break
            if self.generations.current() == number:
                raise LibraryDamagedError(self.generations.path(number), "the generation is missing")
        try:
            manifest = self.generations.manifest(number)
            return _Open(LocalSnapshot(self.root, self.generations, manifest, self.settings), lock)
        except BaseException:
            os.close(lock)
            raise

    def _check_published(self) -> None:
        """CURRENT may have been deleted: the rows know whether there ever was a generation."""
        connection = connect(self.root / "library.db")
        try:
            found = connection.execute("SELECT value FROM library WHERE key = 'published'").fetchone()
        finally:
            connection.close()
        if found:
            raise LibraryDamagedError(self.root / "CURRENT", "it is missing")

    def _let_go(self) -> None:
        if self._open:
            self._open.superseded = True
            self._open.release_if_unused()
            self._open = None

    def close(self) -> None:
        """Let go of every file and lock."""
        with self._guard:
            self._let_go()

    def check_exists(self) -> None:
        """Raises LibraryMissingError where there is no library."""
        if not (self.root / "library.db").exists():
            raise LibraryMissingError(self.root)

    def model_name(self) -> str | None:
        """The model that the newest vectors were made with, if there is a library."""
        if not (self.root / "library.db").exists():
            return None
        connection = connect(self.root / "library.db")
        try:
            row = connection.execute("SELECT name FROM models ORDER BY model DESC LIMIT 1").fetchone()
        finally:
            connection.close()
        return row[0] if row else None

    # Writing

    @contextmanager
    def writing(self) -> Iterator["WritingSession"]:
        """Hold the library for writing; makes the folder if need be.

        Raises LibraryBusyError at once when another process writes, LibraryReadOnlyError when the
        disk is full or refuses; what was committed before that is kept.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with writer_lock(self.root):
                connection = connect(self.root / "library.db", writable=True)
                try:
                    yield WritingSession(self, connection)
                finally:
                    connection.close()
        except OSError as error:
            if error.errno not in _REFUSALS:
                raise
            raise LibraryReadOnlyError(self.root, error) from error
        except sqlite3.OperationalError as error:
            raise LibraryReadOnlyError(self.root, error) from error

    def correct(self, kind: str, subject: str, target: str | None) -> Correction:
        """Record one of the user's corrections; it holds from now on, whatever is derived again."""
        with self.writing() as session:
            created = datetime.now(UTC).isoformat(timespec="seconds")
            session.db.execute(
                "INSERT INTO corrections (kind, subject, object, created) VALUES (?, ?, ?, ?)",
                (kind, subject, target, created),
            )
            return read_corrections(session.db)[-1]


class WritingSession:
    """One holder of the writer's lock; rows go through `writer`, generations through `publish`."""

    def __init__(self, library: LocalLibrary, db: sqlite3.Connection) -> None:
        self._library, self.db = library, db
        self.writer = Writer(db, library.root, self._last() + 1)

    def _last(self) -> int:
        row = self.db.execute("SELECT value FROM library WHERE key = 'published'").fetchone()
        # CURRENT leads by one when a run was killed right after the rename; it may also be lost.
        return max(int(row[0]) if row else 0, self._library.generations.current() or 0)

    @property
    def published(self) -> int:
        """The newest generation; 0 before the first."""
        return self.writer.pending - 1

    def publish(self, *, afresh: bool = False, purging: bool = False) -> int:
        """Make what was written a generation, if anything was; its number, or the current one.

        `afresh` derives every index anew; `purging` leaves nothing of removed text behind even at
        the price of more work.
        """
        generations = self._library.generations
        intact = self._intact()
        if not afresh and intact and not self._changed() and not (purging and self._worn()):
            purge(self.db, self.writer, generations)
            return self.published
        number = generations.current()
        previous = generations.manifest(number) if intact and number is not None and not afresh else None
        Publication(self.db, self.writer, generations, self._library.settings, previous, purging).run()
        self.writer = Writer(self.db, self._library.root, self.writer.pending + 1)
        purge(self.db, self.writer, generations)
        return self.published

    def _intact(self) -> bool:
        """Whether the newest generation is there, current and whole."""
        generations = self._library.generations
        try:
            number = generations.current()
            if number is None or number != self.published:
                return False
            generations.check_sizes(generations.manifest(number))
        except LibraryDamagedError:
            return False
        return True

    def _worn(self) -> bool:
        number = self._library.generations.current()
        return number is not None and self._library.generations.manifest(number).purge_pending

    def _changed(self) -> bool:
        tables = ("documents", "paragraphs", "statements")
        return self._model_changed() or any(
            self.db.execute(
                f"SELECT 1 FROM {t} WHERE born = :g OR died = :g LIMIT 1", {"g": self.writer.pending}
            ).fetchone()
            for t in tables
        )

    def is_switching(self) -> bool:
        """Whether what is served rests on another file of vectors than what is written, or is damaged."""
        return self._library.generations.current() is not None and (not self._intact() or self._model_changed())

    def _model_changed(self) -> bool:
        number = self._library.generations.current()
        if number is None:
            return True
        _, _, path = self.writer.vector_file()
        return self._library.generations.manifest(number).vectors != str(path.relative_to(self._library.root))

    def live_documents(self) -> int:
        """How many documents the pending generation has."""
        return int(self.db.execute("SELECT count(*) FROM documents WHERE died = ?", (FOREVER,)).fetchone()[0])
