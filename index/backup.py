"""`backup` and `restore`: the truth of a library in one file; caches are derived again on restore."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from index.errors import (
    InvalidValueError,
    LibraryDamagedError,
    LibraryMissingError,
    LibraryReadOnlyError,
    QuothError,
    TooManyFilesError,
    UsageError,
    refusal,
)
from index.settings import IndexSettings
from index.store.archive import DATABASE, MALFORMED, check_database, pack, unpack
from index.store.denials import REFUSALS
from index.store.generations import Manifest, sync_folder, writer_lock
from index.store.local import RESTORING, LocalLibrary
from index.store.schema import FOREVER
from index.store.scratch import scratch
from index.store.snapshot import LocalSnapshot
from index.store.state import State

_LOCK = "writer.lock"
_ARCHIVE = "archive"
_PREPARED = (_ARCHIVE, *(f"{DATABASE}{suffix}" for suffix in ("", "-journal", "-wal", "-shm")))
"""What lies beside a backup's target while it is written."""

_REMAINS = ("CURRENT", "library.db-wal", "library.db-shm", "vectors", "faiss", "generations")
"""What is left where a library lost its database; SQLite would replay the old log into a new one."""


class TargetExistsError(UsageError):
    """The file or library to be written is there already."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        super().__init__(f"{path}: it exists already; name another, or remove it first")


# Backup


def backup(library: LocalLibrary, target: Path) -> int:
    """Write the generation that is served now, rows and vectors, to a tar file; its size in bytes.

    Readers and a writer may go on meanwhile. The file appears whole or not at all. Raises
    TargetExistsError, InvalidValueError for a target in no folder, LibraryMissingError where
    nothing was ever published, LibraryDamagedError, LibraryReadOnlyError when the target's disk is
    full or refuses.
    """
    library.check_exists()
    try:
        if target.exists():
            raise TargetExistsError(target)
        if not target.parent.is_dir():
            raise InvalidValueError("file", str(target), "a file in a folder that exists")
        with scratch(target.parent, ".quoth-backup-", _PREPARED) as folder:
            copy, made = folder / DATABASE, folder / _ARCHIVE
            # Held from before the rows are copied until the vectors are: while somebody holds a
            # generation, no writer deletes its rows, zeroes their slots or unlinks its file of
            # vectors. Else a removal or a rebuild in between would leave rows without vectors.
            with library.snapshot() as snapshot:
                _copy_rows(snapshot, copy)
                pack(made, copy, snapshot.root, snapshot.manifest)
            # Looked at once more: packing may have taken minutes, and renaming would overwrite.
            if target.exists():
                raise TargetExistsError(target)
            made.rename(target)
        sync_folder(target.parent)
        return target.stat().st_size
    except (OSError, sqlite3.OperationalError) as error:
        raise refusal(target.parent, error) from error
    except sqlite3.DatabaseError as error:
        raise LibraryDamagedError(library.root / DATABASE, f"it cannot be copied ({error})") from error


def _copy_rows(snapshot: LocalSnapshot, copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        snapshot.db.backup(db)
        # The copy must be one file, and what is taken out of it must not linger in free pages.
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA secure_delete = ON")
        # The pieces of a text go with it.
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN")
        _turn_back(db, snapshot.manifest)
        db.execute("COMMIT")


def _turn_back(db: sqlite3.Connection, manifest: Manifest) -> None:
    """Undo in the copy whatever is newer than the generation held.

    Half of a run that is going on, or was interrupted, is nothing to restore; and its vectors are
    in slots or files that no held generation protects.
    """
    bounds = {"g": manifest.generation, "forever": FOREVER}
    # Their documents go back to what they were: the next run must not take the files for indexed.
    db.execute(
        "DELETE FROM files WHERE uri IN (SELECT file FROM documents WHERE born > :g "
        "UNION SELECT file FROM documents WHERE died > :g AND died < :forever)",
        bounds,
    )
    for table in ("statements", "paragraphs", "documents", "contents"):
        db.execute(f"DELETE FROM {table} WHERE born > :g", bounds)
        db.execute(f"UPDATE {table} SET died = :forever WHERE died > :g AND died < :forever", bounds)
    (model,) = db.execute("SELECT model FROM models WHERE file = ?", (manifest.vectors,)).fetchone()
    db.execute("DELETE FROM slots WHERE model <> ? OR slot >= ?", (model, manifest.slots))
    db.execute("DELETE FROM models WHERE model <> ?", (model,))
    state = State(db)
    db.execute("DELETE FROM library WHERE key GLOB 'slots:*' OR key GLOB 'checked:*'")
    state.note_slots_given(model, manifest.slots)
    state.to_zero = [(of, slot) for of, slot in state.to_zero if of == model and slot < manifest.slots]
    # A vector that was being mended may have been given a slot that is gone again.
    state.is_lacking = True


# Restore


def restore(source: Path, library: LocalLibrary) -> int:
    """Make a library out of a backup, in a folder that has none; its generation.

    All or nothing: on failure the folder is as before. Raises InvalidValueError for a file that is
    no backup or not a sound one, LibraryVersionError for one of a newer Quoth, TargetExistsError for
    a folder that holds a library, LibraryBusyError, LibraryReadOnlyError when the disk is full or
    refuses.
    """
    _check_free(library)
    try:
        with _opened(source) as file, _staged(library.root) as staging:
            unpack(file, staging, source)
            check_database(staging, source)
            generation = _derive(staging, library.settings)
            _install(staging, library.root)
            return generation
    except LibraryReadOnlyError as error:
        raise LibraryReadOnlyError(library.root, error.cause) from error
    except MALFORMED as error:
        raise _no_backup(source, error) from error
    except OSError as error:
        if error.errno in REFUSALS:
            raise refusal(library.root, error) from error
        raise _no_backup(source, error) from error


def _no_backup(source: Path, why: Exception) -> QuothError:
    expected = f"a file that `quoth backup` wrote ({why})"
    return TooManyFilesError.behind(why) or InvalidValueError("file", str(source), expected)


def _check_free(library: LocalLibrary) -> None:
    """Raises TargetExistsError where there is a library, or what only looks like the rest of one."""
    with suppress(LibraryMissingError):
        library.check_exists()
        raise TargetExistsError(library.root)
    # Every library has a lock: without one, a folder called `vectors` is somebody else's.
    if not (library.root / _LOCK).exists():
        for path in (library.root / name for name in _REMAINS):
            if path.exists():
                raise TargetExistsError(path)


def _opened(source: Path) -> BinaryIO:
    try:
        if not source.is_file():
            raise FileNotFoundError("it is a folder" if source.is_dir() else "there is no such file")
        return source.open("rb")
    except (OSError, ValueError) as error:
        raise _no_backup(source, error) from error


@contextmanager
def _staged(root: Path) -> Iterator[Path]:
    """An empty folder in `root`, under the writer's lock; on failure nothing that was made is left."""
    made = [folder for folder in (root, *root.parents) if not folder.exists()]
    locked_before = (root / _LOCK).exists()
    aside = root / RESTORING
    try:
        root.mkdir(parents=True, exist_ok=True)
        with writer_lock(root):
            if (root / DATABASE).exists():
                raise TargetExistsError(root)
            try:
                shutil.rmtree(aside, ignore_errors=True)
                for folder in (aside, aside / "new", aside / "old"):
                    folder.mkdir()
                yield aside / "new"
            except BaseException:
                if not locked_before:
                    (root / _LOCK).unlink()
                raise
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _derive(folder: Path, settings: IndexSettings) -> int:
    """Publish what was unpacked while it still lies aside; its generation."""
    with LocalLibrary(folder, settings).writing() as session:
        with session.writer.transaction():
            # Another library than the one that was saved: who has that one open must tell them apart.
            session.db.execute("DELETE FROM library WHERE key = 'identity'")
            session.writer.state.name_it()
        return session.publish(afresh=True)


def _install(staging: Path, root: Path) -> None:
    """Rename all into place, the database last: only that makes the folder a library."""
    moves = [(root / name, staging.parent / "old" / name) for name in _REMAINS if (root / name).exists()]
    names = sorted((p.name for p in staging.iterdir() if p.name != _LOCK), key=lambda name: (name == DATABASE, name))
    moves += [(staging / name, root / name) for name in names]
    done: list[tuple[Path, Path]] = []
    try:
        for before, after in moves:
            before.rename(after)
            done.append((before, after))
        sync_folder(root)
    except BaseException:
        for before, after in reversed(done):
            after.rename(before)
        raise
