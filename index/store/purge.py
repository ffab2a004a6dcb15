"""Taking away for good what no generation holds any more: rows, vectors, files."""

import json
import sqlite3

from index.store import vectors
from index.store.generations import Generations
from index.store.publish import base_paths
from index.store.writer import Writer

_TO_ZERO = "zero"


def purge(db: sqlite3.Connection, writer: Writer, generations: Generations) -> None:
    """Remove unread generations, then the rows dead before the oldest that is left, then orphans.

    Safe to be killed at any moment and to run again; writes nothing where nothing is dead.
    """
    oldest = generations.collect()
    if any(_dead(db, table, oldest) for table in ("documents", "paragraphs", "statements", "contents")):
        with writer.transaction(durable=True):
            _release_slots(db, writer, oldest)
            for table in ("statements", "paragraphs", "documents", "contents"):
                db.execute(f"DELETE FROM {table} WHERE died <= ?", (oldest,))
        # Until then the log still holds what was deleted.
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _zero_released(db, writer)
    _remove_files(db, generations)


def _dead(db: sqlite3.Connection, table: str, oldest: int) -> bool:
    return db.execute(f"SELECT 1 FROM {table} WHERE died <= ? LIMIT 1", (oldest,)).fetchone() is not None


def _release_slots(db: sqlite3.Connection, writer: Writer, oldest: int) -> None:
    """Forget the slots of texts that go; a note outlives a crash before their bytes are zeroed.

    The row goes first: were the bytes zeroed first, the text could come back between the two and
    find its slot, empty.
    """
    query = (
        "SELECT s.model, s.slot FROM (SELECT DISTINCT hash FROM paragraphs WHERE died <= :oldest) gone "
        "CROSS JOIN models m CROSS JOIN slots s ON s.model = m.model AND s.hash = gone.hash "
        "WHERE NOT EXISTS (SELECT 1 FROM paragraphs p WHERE p.hash = gone.hash AND +p.died > :oldest)"
    )
    released = db.execute(query, {"oldest": oldest}).fetchall()
    if not released:
        return
    for model in {model for model, _ in released}:
        # The highest slot may go: without this note its number would be given again.
        values = (f"slots:{model}", writer.slot_count(model))
        db.execute("INSERT OR REPLACE INTO library VALUES (?, ?)", values)
    noted = _noted(db) + [list(row) for row in released]
    db.execute("INSERT OR REPLACE INTO library VALUES (?, ?)", (_TO_ZERO, json.dumps(noted)))
    db.executemany("DELETE FROM slots WHERE model = ? AND slot = ?", released)


def _noted(db: sqlite3.Connection) -> list[list[int]]:
    row = db.execute("SELECT value FROM library WHERE key = ?", (_TO_ZERO,)).fetchone()
    return json.loads(row[0]) if row else []


def _zero_released(db: sqlite3.Connection, writer: Writer) -> None:
    noted = _noted(db)
    if not noted:
        return
    for model, name, dim in db.execute("SELECT model, file, dim FROM models").fetchall():
        vectors.zero(writer.root / name, dim, [slot for of, slot in noted if of == model])
    with writer.transaction():
        db.execute("DELETE FROM library WHERE key = ?", (_TO_ZERO,))


def _remove_files(db: sqlite3.Connection, generations: Generations) -> None:
    """Remove FAISS bases and vector files that no generation names, and the models of the latter."""
    kept = [generations.manifest(int(f.name)) for f in generations.folder.iterdir() if f.name.isdigit()]
    bases = {path.name for m in kept if m.base_name for path in base_paths(generations.root, m.base_name)}
    folder = generations.root / "faiss"
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        if path.name not in bases:
            path.unlink()
    files = {manifest.vectors for manifest in kept}
    newest = db.execute("SELECT max(model) FROM models").fetchone()[0]
    for model, name in db.execute("SELECT model, file FROM models WHERE model <> ?", (newest,)).fetchall():
        if name not in files:
            db.execute("DELETE FROM slots WHERE model = ?", (model,))
            db.execute("DELETE FROM models WHERE model = ?", (model,))
            (generations.root / name).unlink(missing_ok=True)
