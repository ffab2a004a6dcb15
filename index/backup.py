"""`backup` and `restore`: the truth of a library in one file; caches are derived again on restore."""

import io
import json
import os
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from index.errors import InvalidValueError, LibraryMissingError, UsageError
from index.store.generations import sync_folder, writer_lock
from index.store.local import LocalLibrary
from index.store.schema import connect

_FORMAT = 1


class TargetExistsError(UsageError):
    """The file or library to be written is there already."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        super().__init__(f"{path}: it exists already; name another, or remove it first")


def backup(library: LocalLibrary, target: Path) -> int:
    """Write rows and vectors, as they are between two transactions, to a tar file; its bytes.

    Readers and a writer may go on meanwhile. The file appears whole or not at all. Raises
    TargetExistsError, LibraryMissingError.
    """
    if target.exists():
        raise TargetExistsError(target)
    database = library.root / "library.db"
    if not database.exists():
        raise LibraryMissingError(library.root)
    aside = target.with_name(target.name + ".new")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "library.db"
        source, destination = connect(database), sqlite3.connect(copy)
        try:
            source.backup(destination)
            files = [row[0] for row in destination.execute("SELECT file FROM models ORDER BY model")]
        finally:
            source.close()
            destination.close()
        with tarfile.open(aside, "w") as archive:
            _add_note(archive)
            archive.add(copy, "library.db")
            for name in files:
                # Append-only: whatever the copied rows name is in the file by now.
                if (library.root / name).exists():
                    archive.add(library.root / name, name)
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.rename(target)
    sync_folder(target.parent)
    return target.stat().st_size


def _add_note(archive: tarfile.TarFile) -> None:
    data = json.dumps({"quoth_backup": _FORMAT}).encode()
    info = tarfile.TarInfo("quoth-backup.json")
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def restore(source: Path, library: LocalLibrary) -> int:
    """Make a library out of a backup, in a folder that has none; its generation.

    Raises InvalidValueError for a file that is no backup, TargetExistsError for a folder that
    holds a library.
    """
    if (library.root / "library.db").exists():
        raise TargetExistsError(library.root)
    library.root.mkdir(parents=True, exist_ok=True)
    try:
        with writer_lock(library.root), tarfile.open(source, "r") as archive:
            if archive.next() is None or "quoth-backup.json" not in archive.getnames():
                raise InvalidValueError("file", str(source), "a file that `quoth backup` wrote")
            archive.extractall(library.root, filter="data")
            (library.root / "quoth-backup.json").unlink()
    except (tarfile.TarError, OSError, EOFError) as error:
        (library.root / "library.db").unlink(missing_ok=True)
        raise InvalidValueError("file", str(source), f"a file that `quoth backup` wrote ({error})") from error
    with library.writing() as session:
        return session.publish(afresh=True)
