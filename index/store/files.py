"""What the rows know of the files that documents came from; asked by a run, and without its lock by who watches."""

import sqlite3
from collections.abc import Iterator, Sequence

from index.store.records import FileRow
from index.store.rows import marks
from index.store.schema import FOREVER


def known_files(db: sqlite3.Connection, uris: Sequence[str]) -> dict[str, tuple[FileRow, int]]:
    """What is known of those of many files that were indexed, and how many live documents each holds."""
    query = (
        "SELECT f.uri, f.size, f.mtime_ns, f.checked_ns, f.reader, "
        f"(SELECT count(*) FROM documents d WHERE d.file = f.uri AND +d.died = {FOREVER}) "
        f"FROM files f WHERE f.uri IN ({marks(uris)})"
    )
    return {row[0]: (FileRow(*row[1:5]), row[5]) for row in db.execute(query, tuple(uris))}


def file_uris(db: sqlite3.Connection) -> Iterator[str]:
    """Every file that a live document comes from, in order; before the last is taken, nothing is to be written."""
    query = "SELECT DISTINCT file FROM documents WHERE +died = ? AND file IS NOT NULL ORDER BY file"
    return (row[0] for row in db.execute(query, (FOREVER,)))


class KnownFiles:
    """What a library knows of files, asked beside its writer: each answer is of the moment."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def rows(self, uris: Sequence[str]) -> dict[str, FileRow]:
        """How those of these files looked that were indexed without a rejection."""
        return {uri: row for uri, (row, _) in known_files(self._db, uris).items()}

    def uris(self) -> Iterator[str]:
        """Every file that a live document comes from."""
        return file_uris(self._db)
