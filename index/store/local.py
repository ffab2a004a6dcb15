"""A library in a folder: opened for reading by any number of processes, for writing by one."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.errors import (
    LibraryDamagedError,
    LibraryMissingError,
    LibraryUnpublishedError,
    TooManyFilesError,
    refusal,
)
from index.settings import IndexSettings
from index.store import publish
from index.store.connections import Connections
from index.store.denials import REFUSALS, denials_told
from index.store.files import KnownFiles
from index.store.first_run import unpublished
from index.store.generations import Generations, Manifest, is_being_written, writer_lock
from index.store.held import Current, Held
from index.store.identity import Correction
from index.store.opened import OpenGeneration
from index.store.publish import Publication
from index.store.purge import purge
from index.store.schema import connect
from index.store.snapshot import LocalSnapshot
from index.store.state import State
from index.store.unfinished import (
    is_changed_in,
    is_purge_due,
    is_to_purge,
    is_unfinished,
    live_documents,
    whole_manifest,
)
from index.store.writer import Writer
from index.types import Progress, silent

RESTORING = ".quoth-restore"
"""Where in its folder a library lies that is being restored, under the writer's lock."""

_MOSTLY_NEW = 0.25
"""Of a run that brought this share of a library's vectors, coding all takes a fiftieth of the time at most. What lies
beside the base costs every search a scan of its own, some hundredths of its time."""

_DATABASE_REFUSALS = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


def _refuse_without_files(damage: LibraryDamagedError) -> None:
    """Raise TooManyFilesError where that is all that is wrong: nothing need be made anew."""
    told = TooManyFilesError.behind(damage)
    if told:
        raise told from damage


class LocalLibrary:
    """Implements `index.library.Library`; `writing` opens it to change it."""

    def __init__(self, root: Path, settings: IndexSettings) -> None:
        self.root, self.settings = root, settings
        self.generations = Generations(root)
        self._connections = Connections(root / "library.db")
        self._current = Current(self.generations)

    # Reading

    @contextmanager
    def snapshot(self, *, recover: bool = True) -> Iterator[LocalSnapshot]:
        """The current generation, held until the context ends; a new one is picked up here.

        With `recover`, derived files that are missing or cut short are derived again first. Raises
        LibraryMissingError, LibraryVersionError, LibraryDamagedError, LibraryUnreadableError, TooManyFilesError.
        """
        with denials_told(self.root):
            held = self._hold(recover)
        try:
            with self._connections.lent() as connection, denials_told(self.root):
                yield LocalSnapshot(held.generation, self.settings, connection)
        except LibraryDamagedError as error:
            _refuse_without_files(error)
            # Damage within a file shows only when it is read: the next one to come makes it anew.
            self._current.distrust(held, error)
            raise
        finally:
            self._current.release(held)

    def resting(self) -> AbstractContextManager[None]:
        """For a thread that holds a snapshot and doesn't read it for a while: others read in its stead."""
        return self._connections.resting()

    def _hold(self, recover: bool) -> Held:
        try:
            return self._current.hold(self._open_current)
        except LibraryDamagedError as error:
            _refuse_without_files(error)
            if not recover:
                raise
        # Everything but rows and vectors is a cache: whoever finds it gone makes it anew.
        with self.writing() as session:
            try:
                # Another may have done so while this one waited.
                return self._current.hold(self._open_current)
            except LibraryDamagedError:
                self._current.note_mended(session.publish(afresh=True))
        return self._current.hold(self._open_current)

    def _open_current(self) -> Held:
        self.check_exists()
        if not self._current.is_of(self.generations.token()):
            # Another library lies here now: what is pooled leads to the old one's file.
            self._connections.close()
        # Not one of the pool: those may all be lent, to readers whom this must not wait for.
        with self._connections.spare() as connection:
            # Looked at before any other file: a newer version may mean those otherwise.
            published = State(connection).published
            token, number = self.generations.token(), self.generations.current()
            if number is None and not published:
                raise unpublished(self.root, connection)
        while True:
            if number is None:
                raise LibraryDamagedError(self.root / "CURRENT", "it is missing or no number")
            lock = self.generations.lock_shared(number)
            if lock is not None:
                break
            if self.generations.current() == number:
                raise LibraryDamagedError(self.generations.path(number), "the generation is missing")
            token, number = self.generations.token(), self.generations.current()
        try:
            opened = OpenGeneration(self.root, self.generations, self.generations.manifest(number))
        except BaseException:
            lock.close()
            raise
        return Held(opened, lock, token)

    def close(self) -> None:
        """Let go of every file and lock."""
        self._current.close()
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
            raise refusal(self.root, error) from error
        return True

    def model_name(self) -> str | None:
        """The model that the newest vectors were made with, if there is a library."""
        if not self._is_there():
            return None
        try:
            with self._connections.lent() as connection:
                row = connection.execute("SELECT name FROM models ORDER BY model DESC LIMIT 1").fetchone()
        except LibraryUnpublishedError:
            return None
        return row[0] if row else None

    @contextmanager
    def known_files(self) -> Iterator[KnownFiles]:
        """What is known of files, published or not. Raises LibraryMissingError, LibraryUnpublishedError."""
        self.check_exists()
        with self._connections.spare() as connection:
            yield KnownFiles(connection)

    def is_unfinished(self) -> bool:
        """Whether a run would find something to do though no file changed."""
        self.check_exists()
        with self._connections.spare() as connection:
            return is_unfinished(connection, self.generations)

    def is_being_written(self) -> bool:
        """Whether a process holds the library for writing at this moment."""
        return is_being_written(self.root)

    # Writing

    @contextmanager
    def writing(self) -> Iterator["WritingSession"]:
        """Hold the library for writing; makes the folder if need be.

        Raises LibraryBusyError when another process writes and goes on with it, LibraryReadOnlyError when the
        disk is full or refuses, TooManyFilesError; what was committed before that is kept.
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
            if not TooManyFilesError.behind(error) and (error.errno not in REFUSALS or not is_ours):
                raise
            raise refusal(self.root, error) from error
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DATABASE_REFUSALS:
                raise
            raise refusal(self.root, error) from error

    def _make_root(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:
            # Some places, such as /proc, deny that a folder can be made in them in this way.
            raise refusal(self.root, error) from error

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
        manifest = whole_manifest(self.db, self._library.generations)
        return manifest if manifest and manifest.generation == self.published else None

    def publish(self, *, afresh: bool = False, purge_up_to: int | None = None) -> int:
        """Make what was written a generation, if anything was; its number, or the current one.

        Where an index is due to be made anew and that takes long, what was written is served before that, by a
        generation of its own. `afresh` derives every index anew, so that nothing of removed text stays in one. Else
        the indexes are made anew for its sake in a library of up to `purge_up_to` paragraphs, at the end
        of a run of PURGE_AT_END_UP_TO, amid one (0) of none; and in any once it has waited long
        enough. A run that made much of a library, or the one behind it that was killed, leaves no vectors beside the
        base at its end.
        """
        served = None if afresh else self.manifest()
        settles = purge_up_to is None and self._is_mostly_new(served)
        limit = publish.PURGE_AT_END_UP_TO if purge_up_to is None else purge_up_to
        if served and limit and is_purge_due(served):
            limit = sys.maxsize
        is_changed = served is None or self._is_changed(served)
        if served and is_changed and served.counts.paragraphs > publish.PURGE_AT_END_UP_TO:
            served = self._publish(served, limit, defers=True)
            is_changed = False
        is_beside = settles and served is not None and served.slots > served.base_slots
        if served is None or is_changed or is_beside or served.compaction_due or is_to_purge(served, limit):
            self._publish(served, limit, settles=settles)
        if purge_up_to is None and self.writer.models():
            self._note_settled(self.writer.model_to_serve().number)
        purge(self.db, self.writer, self._library.generations)
        return self.published

    def _note_settled(self, model: int) -> None:
        slots = self.writer.slot_count(model)
        # A run that finds nothing to do writes nothing.
        if slots != self.writer.state.slots_settled(model):
            with self.writer.transaction():
                self.writer.state.note_slots_settled(model, slots)

    def _is_mostly_new(self, served: Manifest | None) -> bool:
        """Whether so many of the vectors came since a run last ended that coding all takes little beside embedding."""
        model = self.writer.model_to_serve()
        slots, settled = self.writer.slot_count(model.number), self.writer.state.slots_settled(model.number)
        if settled is None:
            settled = served.slots if served and served.vectors == model.file else 0
        return slots - settled >= _MOSTLY_NEW * slots

    def _publish(
        self, previous: Manifest | None, limit: int, *, defers: bool = False, settles: bool = False
    ) -> Manifest:
        library = self._library
        publication = Publication(
            self.db, self.writer, library.generations, library.settings, previous, limit, defers, settles, self.progress
        )
        try:
            return publication.run()
        finally:
            # Also when it was interrupted: CURRENT may name it by then, and what is served is never written to.
            self.writer = Writer(self.db, library.root, self._last() + 1)

    def _is_changed(self, served: Manifest) -> bool:
        return served.vectors != self.writer.model_to_serve().file or is_changed_in(self.db, self.writer.pending)

    def is_switching(self) -> bool:
        """Whether new vectors go to another file than the one that is served, or nothing whole is served."""
        if not self.published:
            return False
        served = self.manifest()
        return served is None or served.vectors != self.writer.newest_model().file

    def live_documents(self) -> int:
        """How many documents the pending generation has."""
        return live_documents(self.db)
