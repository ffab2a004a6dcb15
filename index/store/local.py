"""A library in a folder: opened for reading by any number of processes, for writing by one."""

import errno
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from index.errors import (
    LibraryDamagedError,
    LibraryMissingError,
    LibraryReadOnlyError,
    LibraryUnpublishedError,
)
from index.settings import IndexSettings
from index.store import publish
from index.store.connections import Connections
from index.store.generations import Generations, Manifest, writer_lock
from index.store.identity import Correction
from index.store.opened import OpenGeneration
from index.store.publish import Publication
from index.store.purge import purge
from index.store.schema import FOREVER, connect
from index.store.snapshot import LocalSnapshot
from index.store.state import State
from index.store.writer import Writer
from index.types import Progress, silent

REFUSALS = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG),
    *(errno.EEXIST, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG),
}
"""What the system answers when a place cannot be written, whatever is written there."""

RESTORING = ".quoth-restore"
"""Where in its folder a library lies that is being restored, under the writer's lock."""

_DATABASE_REFUSALS = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


@dataclass(slots=True)
class _Held:
    """A generation that this process has open, as CURRENT named it, and by how many users it is held.

    Only while there are users is it locked: a server that nobody asks anything must not keep removed
    text alive.
    """

    generation: OpenGeneration
    lock: BinaryIO
    token: bytes
    users: int = 0
    superseded: bool = False

    def is_still_there(self, generations: Generations) -> bool:
        """Whether it can be used again; it is locked then."""
        return self.users > 0 or generations.lock_again(self.generation.manifest.generation, self.lock)

    def release_if_unused(self, generations: Generations) -> None:
        if self.users == 0:
            generations.unlock(self.lock)
            if self.superseded:
                self.lock.close()


class LocalLibrary:
    """Implements `index.library.Library`; `writing` opens it to change it."""

    def __init__(self, root: Path, settings: IndexSettings) -> None:
        self.root, self.settings = root, settings
        self.generations = Generations(root)
        self._connections = Connections(root / "library.db")
        self._held: _Held | None = None
        self._guard = threading.Lock()

    # Reading

    @contextmanager
    def snapshot(self, *, recover: bool = True) -> Iterator[LocalSnapshot]:
        """The current generation, held until the context ends; a new one is picked up here.

        With `recover`, derived files that are missing or cut short are derived again first. Raises
        LibraryMissingError, LibraryVersionError, LibraryDamagedError.
        """
        with self._guard:
            held = self._current(recover)
            held.users += 1
        try:
            with self._connections.lent() as connection:
                yield LocalSnapshot(held.generation, self.settings, connection)
        finally:
            with self._guard:
                held.users -= 1
                held.release_if_unused(self.generations)

    def _current(self, recover: bool) -> _Held:
        token = self.generations.token()
        if self._held and self._held.token == token and self._held.is_still_there(self.generations):
            return self._held
        self.check_exists()
        if self._held and self._held.token.split()[1:] != token.split()[1:]:
            # Another library lies here now: what is pooled leads to the old one's file.
            self._connections.close()
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
        self._held = opened
        return opened

    def _open_current(self) -> _Held:
        with self._connections.lent() as connection:
            # Looked at before any other file: a newer version may mean those otherwise.
            published = State(connection).published
        while True:
            token, number = self.generations.token(), self.generations.current()
            if number is None and published:
                raise LibraryDamagedError(self.root / "CURRENT", "it is missing or no number")
            if number is None:
                raise LibraryUnpublishedError(self.root)
            lock = self.generations.lock_shared(number)
            if lock is not None:
                break
            if self.generations.current() == number:
                raise LibraryDamagedError(self.generations.path(number), "the generation is missing")
        try:
            opened = OpenGeneration(self.root, self.generations, self.generations.manifest(number))
        except BaseException:
            lock.close()
            raise
        return _Held(opened, lock, token)

    def _let_go(self) -> None:
        if self._held:
            self._held.superseded = True
            self._held.release_if_unused(self.generations)
            self._held = None

    def close(self) -> None:
        """Let go of every file and lock."""
        with self._guard:
            self._let_go()
            self._connections.close()

    def check_exists(self) -> None:
        """Raises LibraryMissingError where there is no library."""
        if not self._is_there():
            raise LibraryMissingError(self.root)

    def _is_there(self) -> bool:
        try:
            (self.root / "library.db").stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise LibraryReadOnlyError(self.root, error) from error
        return True

    def model_name(self) -> str | None:
        """The model that the newest vectors were made with, if there is a library."""
        if not self._is_there():
            return None
        with self._connections.lent() as connection:
            row = connection.execute("SELECT name FROM models ORDER BY model DESC LIMIT 1").fetchone()
        return row[0] if row else None

    # Writing

    @contextmanager
    def writing(self) -> Iterator["WritingSession"]:
        """Hold the library for writing; makes the folder if need be.

        Raises LibraryBusyError at once when another process writes, LibraryReadOnlyError when the
        disk is full or refuses; what was committed before that is kept.
        """
        try:
            self._make_root()
            with writer_lock(self.root):
                # Whole texts, left by a `restore` that was killed.
                shutil.rmtree(self.root / RESTORING, ignore_errors=True)
                connection = connect(self.root / "library.db", writable=True)
                try:
                    yield WritingSession(self, connection)
                finally:
                    connection.close()
        except OSError as error:
            # A file that is being read may be refused too; that is another story than this folder.
            is_ours = error.filename is None or Path(str(error.filename)).is_relative_to(self.root)
            if error.errno not in REFUSALS or not is_ours:
                raise
            raise LibraryReadOnlyError(self.root, error) from error
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DATABASE_REFUSALS:
                raise
            raise LibraryReadOnlyError(self.root, error) from error

    def _make_root(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:
            # Some places, such as /proc, deny that a folder can be made in them in this way.
            raise LibraryReadOnlyError(self.root, error) from error

    def correct(self, kind: str, subject: str, target: str | None, wording: str | None = None) -> Correction:
        """Record one of the user's corrections; it holds from now on, whatever is derived again."""
        with self.writing() as session:
            created = datetime.now(UTC).isoformat(timespec="seconds")
            with session.writer.transaction(durable=True):
                row = session.db.execute(
                    "INSERT INTO corrections (kind, subject, object, wording, created) VALUES (?, ?, ?, ?, ?) "
                    "RETURNING correction, kind, subject, object, wording, created",
                    (kind, subject, target, wording, created),
                ).fetchone()
            return Correction(*row)


class WritingSession:
    """One holder of the writer's lock; rows go through `writer`, generations through `publish`.

    `progress` is told of what publishing takes time for.
    """

    def __init__(self, library: LocalLibrary, db: sqlite3.Connection) -> None:
        self._library, self.db = library, db
        self.progress: Progress = silent
        self.writer = Writer(db, library.root, self._last() + 1)

    def _last(self) -> int:
        # CURRENT leads by one when a run was killed right after the rename; it may also be lost.
        return max(State(self.db).published, self._library.generations.current() or 0)

    @property
    def published(self) -> int:
        """The newest generation; 0 before the first."""
        return self.writer.pending - 1

    def manifest(self) -> Manifest | None:
        """What is served now, if it is the newest, of these rows, and whole; else everything is derived anew."""
        generations = self._library.generations
        try:
            number = generations.current()
            # Another library's name: the database that these indexes were made of is lost.
            is_ours = generations.token().split()[1:] == self.writer.state.identity.encode().split()
            if number is None or number != self.published or not is_ours:
                return None
            manifest = generations.manifest(number)
            generations.check_sizes(manifest)
        except LibraryDamagedError:
            return None
        return manifest

    def publish(self, *, afresh: bool = False, purge_up_to: int | None = None) -> int:
        """Make what was written a generation, if anything was; its number, or the current one.

        `afresh` derives every index anew, so that nothing of removed text stays in one. Else the
        indexes are made anew for its sake in a library of up to `purge_up_to` paragraphs, at the end
        of a run of PURGE_AT_END_UP_TO, amid one (0) of none; and in any once it has waited long
        enough.
        """
        served = self.manifest()
        limit = publish.PURGE_AT_END_UP_TO if purge_up_to is None else purge_up_to
        if served and limit and _is_purge_due(served):
            limit = sys.maxsize
        is_to_purge = served is not None and served.purge_pending and served.counts.paragraphs <= limit
        if afresh or served is None or is_to_purge or self._is_changed(served):
            library, previous = self._library, None if afresh else served
            publication = Publication(
                self.db, self.writer, library.generations, library.settings, previous, limit, self.progress
            )
            try:
                publication.run()
            finally:
                # Also when it was interrupted: CURRENT may name it by then, and what is served is never written to.
                self.writer = Writer(self.db, library.root, self._last() + 1)
        purge(self.db, self.writer, self._library.generations)
        return self.published

    def _is_changed(self, served: Manifest) -> bool:
        pending = {"g": self.writer.pending}
        return served.vectors != self.writer.model_to_serve().file or any(
            self.db.execute(f"SELECT 1 FROM {table} WHERE born = :g OR died = :g LIMIT 1", pending).fetchone()
            for table in ("documents", "paragraphs", "statements")
        )

    def is_switching(self) -> bool:
        """Whether new vectors go to another file than the one that is served, or nothing whole is served."""
        if not self.published:
            return False
        served = self.manifest()
        return served is None or served.vectors != self.writer.newest_model().file

    def live_documents(self) -> int:
        """How many documents the pending generation has."""
        return int(self.db.execute("SELECT count(*) FROM documents WHERE died = ?", (FOREVER,)).fetchone()[0])


def _is_purge_due(served: Manifest) -> bool:
    # Later than it could have been set for, it was set by a clock that was wrong.
    return served.purge_pending and not 0 < served.purge_after - time.time() <= publish.PURGE_AFTER_S
