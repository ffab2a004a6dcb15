"""`service.db`: what a server must remember that is not the library: jobs, keys and alerts.

Also since when `--watch` is behind, so that every process can tell. It lies in the library's folder but outside its
lock, so that a server can write it while an index run holds the library. Only this file, `jobs.py`, `keys.py` and
`alerts.py` speak SQL to it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryDamagedError, LibraryVersionError, refusal
from index.store.denials import tell_why_not

FILE_NAME = "service.db"
BUSY_SECONDS = 10.0

MIGRATIONS = (
    """
    CREATE TABLE jobs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        arguments TEXT NOT NULL,
        spool TEXT,
        state TEXT NOT NULL DEFAULT 'queued',
        cancelling INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        result TEXT,
        problem TEXT,
        created TEXT NOT NULL,
        finished TEXT
    );
    CREATE INDEX jobs_by_state ON jobs (state, number);
    """,
    """
    CREATE TABLE keys (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        scope TEXT NOT NULL,
        created TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    );
    """,
    """
    CREATE TABLE alerts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        question TEXT NOT NULL,
        created TEXT NOT NULL,
        asked TEXT NOT NULL
    );
    CREATE TABLE reported (
        alert TEXT NOT NULL,
        statement TEXT NOT NULL,
        PRIMARY KEY (alert, statement)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE watched (
        since TEXT NOT NULL
    );
    """,
)
"""The script at position n takes the schema from version n to n + 1."""
_NO_DATABASE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_ANEW = "move it away, and the next server makes it anew, without the keys, alerts and jobs that it held"


class ServiceDb:
    """Opens a connection for each piece of work: cheap in SQLite, and safe from any thread."""

    def __init__(self, library: Path) -> None:
        """Make or upgrade the database.

        Raises LibraryReadOnlyError, LibraryVersionError, LibraryUnreadableError, LibraryDamagedError, as the others do.
        """
        self.path = library / FILE_NAME
        try:
            library.mkdir(parents=True, exist_ok=True)
            with self.transaction() as connection:
                self._migrate(connection)
        except (OSError, sqlite3.OperationalError) as error:
            raise refusal(library, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are committed together, or not at all when an error leaves it."""
        with self.reading() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that waits for no writer."""
        with _failures_told(self.path):
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                yield connection
            finally:
                connection.close()

    def _migrate(self, connection: sqlite3.Connection) -> None:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise LibraryVersionError(self.path, version, len(MIGRATIONS))
        for script in MIGRATIONS[version:]:
            for statement in script.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def read(library: Path, since: int, query: str, *values: str) -> list[sqlite3.Row]:
    """Rows of a library's service, without making or upgrading anything; none before schema version `since`.

    Raises LibraryUnreadableError, LibraryDamagedError.
    """
    path = library / FILE_NAME
    if not path.exists():
        return []
    with _failures_told(path):
        try:
            return _rows(path, "mode=ro", since, query, values)
        except sqlite3.OperationalError:
            # A folder that cannot be written has no room for the log that readers share; then nobody writes it, either.
            return _rows(path, "immutable=1", since, query, values)


@contextmanager
def _failures_told(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file that may not be read, or is no database, into errors that name it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) in _NO_DATABASE:
            what = f"it is not a readable database ({error})"
            raise LibraryDamagedError(path, what, _ANEW) from error
        tell_why_not(path, error)
        raise


def _rows(path: Path, how: str, since: int, query: str, values: tuple[str, ...]) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS)
    try:
        connection.row_factory = sqlite3.Row
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        return connection.execute(query, values).fetchall() if version >= since else []
    finally:
        connection.close()
