"""The database: its tables, its version, and how a connection to it is set up.

Rows that readers see carry `born` and `died`: generation G holds a row when born <= G < died.
A `documents` row is one version of a document's metadata; the text and all that is derived from
it hang on `contents`, so that a move or a corrected author rewrites neither.
"""

import os
import sqlite3
from pathlib import Path

from index.errors import (
    LibraryDamagedError,
    LibraryMissingError,
    LibraryVersionError,
    QuothError,
    UnsettledLibraryError,
    refusal,
)
from index.store import pieces
from index.store.denials import denials_told, tell_why_not
from index.store.first_run import unborn
from index.store.records import METADATA_COLUMNS, metadata_digest

FOREVER = 1 << 62
"""`died` of a row that lives."""

_VERSION_1 = """
CREATE TABLE library (key TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;

CREATE TABLE models (
    model INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    dim INTEGER NOT NULL,
    max_tokens INTEGER NOT NULL,
    file TEXT NOT NULL UNIQUE
);

CREATE TABLE slots (
    model INTEGER NOT NULL REFERENCES models,
    slot INTEGER NOT NULL,
    hash BLOB NOT NULL,
    crc INTEGER NOT NULL,
    PRIMARY KEY (model, slot)
) WITHOUT ROWID;
CREATE UNIQUE INDEX slots_hash ON slots (model, hash);

CREATE TABLE files (
    uri TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    checked_ns INTEGER NOT NULL,
    reader INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE contents (
    content INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    layout TEXT NOT NULL,
    derivation TEXT NOT NULL,
    digest TEXT NOT NULL,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL
);
CREATE INDEX contents_derivation ON contents (derivation) WHERE died = 4611686018427387904;
CREATE INDEX contents_died ON contents (died);

CREATE TABLE documents (
    document INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    content INTEGER NOT NULL REFERENCES contents,
    file TEXT,
    uri TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT, author TEXT, published TEXT, source TEXT, language TEXT,
    meta TEXT NOT NULL,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL
);
CREATE UNIQUE INDEX documents_live ON documents (id) WHERE died = 4611686018427387904;
CREATE INDEX documents_id ON documents (id);
CREATE INDEX documents_uri ON documents (uri);
CREATE INDEX documents_file ON documents (file);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_content ON documents (content);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX documents_born ON documents (born);
CREATE INDEX documents_died ON documents (died);

CREATE TABLE paragraphs (
    paragraph INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES contents,
    suffix TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('body', 'furniture')),
    page ANY,
    hash BLOB,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL
);
CREATE INDEX paragraphs_content ON paragraphs (content, ordinal);
CREATE INDEX paragraphs_hash ON paragraphs (hash);
CREATE INDEX paragraphs_born ON paragraphs (born);
CREATE INDEX paragraphs_died ON paragraphs (died);

CREATE TABLE statements (
    statement INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES contents,
    suffix TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect')),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    spans TEXT NOT NULL,
    cue_start INTEGER NOT NULL,
    cue_end INTEGER NOT NULL,
    mention_start INTEGER,
    mention_end INTEGER,
    name TEXT,
    bucket TEXT,
    confidence REAL NOT NULL,
    relayed_by TEXT,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL
);
CREATE INDEX statements_content ON statements (content, start);
CREATE INDEX statements_bucket ON statements (bucket);
CREATE INDEX statements_born ON statements (born);
CREATE INDEX statements_died ON statements (died);

CREATE TABLE corrections (
    correction INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'reject', 'reattribute')),
    subject TEXT NOT NULL,
    object TEXT,
    created TEXT NOT NULL
);
"""

SEAL = f"metadata_digest(id, {METADATA_COLUMNS}, (SELECT layout FROM contents c WHERE c.content = documents.content))"
"""The checksum of a row of `documents` as it is now, in SQL; a connection that writes knows the function."""

_VERSION_2 = f"""
ALTER TABLE documents ADD COLUMN digest TEXT NOT NULL DEFAULT '';
UPDATE documents SET digest = {SEAL};

ALTER TABLE corrections RENAME TO corrections_1;
CREATE TABLE corrections (
    correction INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'reject', 'reattribute', 'undo')),
    subject TEXT NOT NULL,
    object TEXT,
    wording TEXT,
    created TEXT NOT NULL
);
INSERT INTO corrections SELECT correction, kind, subject, object, NULL, created FROM corrections_1;
DROP TABLE corrections_1;
"""

_VERSION_3 = pieces.TABLE + pieces.FILLED

MIGRATIONS = (_VERSION_1, _VERSION_2, _VERSION_3)
"""Each entry takes the database from the version of its index to the next; never edit one."""

VERSION = len(MIGRATIONS)
WITH_PIECES = 3
"""Since this version long texts lie in pieces, too."""


_MAPPED = 256 << 20
"""Bytes of the database that each connection maps: reading more costs a search of a million paragraphs 1 ms of 30, and
mapping it all 0.9 GB resident, once for each connection."""
_WITH_LOG = "ro"
"""SQLite then needs the index of the log, too, which only a kill leaves out, and makes it where it may."""


def connect(path: Path, *, writable: bool = False) -> sqlite3.Connection:
    """Open the database, in autocommit mode with explicit transactions.

    Raises LibraryVersionError for one of a newer version, LibraryUnpublishedError for one without
    tables unless it is `writable`, UnsettledLibraryError for one that only who may write here can read
    at first, LibraryDamagedError for a file that is no database, or has no tables where a library was
    served, LibraryUnreadableError for one that may not be read.
    """
    # One that is not there is made anew, but nothing is made over one that lost its tables.
    was_served = path.exists() and (path.parent / "CURRENT").exists()
    mode = "rwc" if writable else "rw" if os.access(path.parent, os.W_OK) else _read_only_mode(path)
    connection = _opened(path, mode)
    try:
        connection.execute("PRAGMA busy_timeout = 30000")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            raise LibraryVersionError(path.parent, found, VERSION)
        if not found and was_served:
            raise _damaged(path, "its tables are gone")
        if not found and not writable:
            raise unborn(path.parent)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            # Removed text must be gone from the disk, not only unlinked from its page.
            connection.execute("PRAGMA secure_delete = ON")
            migrate(connection)
        else:
            if found < WITH_PIECES:
                connection.execute(pieces.NONE_YET)
            connection.execute("PRAGMA query_only = ON")
    except sqlite3.DatabaseError as error:
        try:
            tell_why_not(path, error)
        finally:
            connection.close()
        if mode == _WITH_LOG and error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
            raise UnsettledLibraryError(path.parent) from error
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            raise refusal(path.parent, error) from error
        raise _damaged(path, f"it is not a readable database ({error})") from error
    except QuothError:
        connection.close()
        raise
    return connection


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    """A connection; why there can be none SQLite doesn't say, the system does."""
    try:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    except sqlite3.OperationalError as error:
        if path.is_dir():
            raise _damaged(path, "it is a folder, and no database") from error
        with denials_told(path.parent):
            if not path.exists() and mode != "rwc":
                raise LibraryMissingError(path.parent) from error
        tell_why_not(path, error)
        raise refusal(path.parent, error) from error


def _damaged(path: Path, what: str) -> LibraryDamagedError:
    remedy = "it holds the texts themselves: `quoth restore` a backup, or index the files again elsewhere"
    return LibraryDamagedError(path, what, remedy)


def _read_only_mode(path: Path) -> str:
    """How to read where nothing may be written: without a log there is nothing that could change."""
    log = path.with_name(path.name + "-wal")
    return _WITH_LOG if log.exists() and log.stat().st_size else "ro&immutable=1"


def migrate(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """Bring the tables to a version, each step in a transaction of its own."""
    connection.create_function("metadata_digest", -1, metadata_digest, deterministic=True)
    connection.create_function("cut_in_pieces", 1, pieces.listed, deterministic=True)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    for number in range(found, version):
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{MIGRATIONS[number]}\nPRAGMA user_version = {number + 1};\nCOMMIT;"
        )
