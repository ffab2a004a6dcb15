"""The database's versions: each step leads from the tables of one to those of the next."""

import sqlite3
from contextlib import closing
from pathlib import Path

from index import corrections
from index.backup import backup, restore
from index.library import open_library
from index.store.schema import VERSION, connect, migrate
from index.sync import add
from index.verify import verify
from tests.fake_embedder import HashingEmbedder
from tests.small_library import ARTICLES, make_library


def make_old(root: Path) -> None:
    """Turn a library into one of version 1: no checksums of metadata, no `undo`, no pieces."""
    with closing(connect(root / "library.db", writable=True)) as db:
        db.executescript(
            "ALTER TABLE documents DROP COLUMN digest; DROP TABLE pieces; "
            "DROP TABLE corrections; CREATE TABLE corrections (correction "
            "INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'reject', 'reattribute')), "
            "subject TEXT NOT NULL, object TEXT, created TEXT NOT NULL); "
            "INSERT INTO corrections VALUES (7, 'merge', 'a', 'b', '2031-05-06'); PRAGMA user_version = 1;"
        )


def columns(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every table and index with its columns."""
    tables = "SELECT m.type || m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c ORDER BY 1, c.cid"
    return db.execute(tables).fetchall()


def version(root: Path) -> int:
    """The version of a library's tables."""
    with closing(sqlite3.connect(root / "library.db")) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_old_library_is_read_as_it_is_and_migrated_by_a_writer(tmp_path: Path) -> None:
    """Readers and `verify` need no new columns; the next run adds them, filled in, and embeds nothing for it."""
    make_library(tmp_path).close()
    make_old(tmp_path)
    library = open_library(tmp_path)
    assert verify(library, HashingEmbedder()).problems == ()
    assert version(tmp_path) == 1
    report = add(library, ARTICLES, HashingEmbedder())
    assert (report.unchanged, report.embedded, report.paragraphs) == (len(ARTICLES), 0, 0)
    assert version(tmp_path) == VERSION
    assert verify(library, HashingEmbedder()).problems == ()
    with library.writing() as session:
        assert session.db.execute("SELECT count(*) FROM documents WHERE length(digest) <> 64").fetchone() == (0,)
        assert session.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_corrections_outlive_the_migration(tmp_path: Path) -> None:
    """Those that were made stay under their numbers, and can be undone now."""
    make_library(tmp_path).close()
    make_old(tmp_path)
    library = open_library(tmp_path)
    assert [one.number for one in corrections.standing(library)] == [7]
    corrections.undo(library, 7)
    assert corrections.standing(library) == []


def test_migrated_tables_are_those_of_a_new_library(tmp_path: Path) -> None:
    """Whether made by this version or brought to it: the same tables, columns and indexes."""
    make_library(tmp_path).close()
    make_old(tmp_path)
    with (
        closing(connect(tmp_path / "library.db", writable=True)) as migrated,
        closing(sqlite3.connect(":memory:")) as new,
    ):
        migrate(new)
        assert columns(migrated) == columns(new)
        assert migrated.execute("PRAGMA foreign_key_check").fetchall() == []


def test_backup_of_an_old_library_is_restored_as_a_new_one(tmp_path: Path) -> None:
    """The archive's tables are checked against those of its own version."""
    library = make_library(tmp_path / "library")
    library.close()
    make_old(tmp_path / "library")
    backup(library, tmp_path / "saved.tar")
    restored = open_library(tmp_path / "restored")
    restore(tmp_path / "saved.tar", restored)
    assert version(tmp_path / "restored") == VERSION
    assert verify(restored, HashingEmbedder()).problems == ()
