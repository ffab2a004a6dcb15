"""Taking away for good what no generation holds any more: rows, vectors, files."""

import sqlite3

from index.errors import LibraryDamagedError
from index.store import vectors
from index.store.generations import Generations
from index.store.publish import base_paths
from index.store.writer import Writer

_PATIENCE_MS = 2000
"""How long to wait for readers in mid-statement before a checkpoint is left to the next run."""


def purge(db: sqlite3.Connection, writer: Writer, generations: Generations) -> None:
    """Remove unread generations, then the rows dead before the oldest that is left, then orphans.

    Safe to be killed at any moment and to run again; writes nothing where nothing is dead.
    """
    oldest = generations.collect()
    dead = any(_is_dead(db, table, oldest) for table in ("documents", "paragraphs", "statements", "contents"))
    never_used = _never_used(db, writer) if writer.models() else []
    if dead or never_used:
        with writer.transaction(durable=True):
            _release(db, writer, [*(_outlived(db, oldest) if dead else []), *never_used])
            for table in ("statements", "paragraphs", "documents", "contents"):
                db.execute(f"DELETE FROM {table} WHERE died <= ?", (oldest,))
            writer.state.is_checkpoint_due = True
    _zero_released(writer)
    _checkpoint(db, writer)
    if writer.models():
        _remove_files(db, writer, generations)


def _is_dead(db: sqlite3.Connection, table: str, oldest: int) -> bool:
    return db.execute(f"SELECT 1 FROM {table} WHERE died <= ? LIMIT 1", (oldest,)).fetchone() is not None


def _outlived(db: sqlite3.Connection, oldest: int) -> list[tuple[int, int]]:
    """(model, slot) of texts that no generation left holds."""
    query = (
        "SELECT DISTINCT m.model, s.slot FROM paragraphs gone INDEXED BY paragraphs_died CROSS JOIN models m "
        "CROSS JOIN slots s ON s.model = m.model AND s.hash = gone.hash WHERE gone.died <= :oldest "
        "AND NOT EXISTS (SELECT 1 FROM paragraphs p WHERE p.hash = gone.hash AND +p.died > :oldest)"
    )
    return db.execute(query, {"oldest": oldest}).fetchall()


def _never_used(db: sqlite3.Connection, writer: Writer) -> list[tuple[int, int]]:
    """(model, slot) of texts that were embedded, and gone again before they were ever published."""
    model = writer.newest_model().number
    checked, given = writer.state.slots_checked(model), writer.slot_count(model)
    if checked == given:
        return []
    query = (
        "SELECT s.model, s.slot FROM slots s WHERE s.model = ? AND s.slot >= ? "
        "AND NOT EXISTS (SELECT 1 FROM paragraphs p WHERE p.hash = s.hash)"
    )
    found = db.execute(query, (model, checked)).fetchall()
    with writer.transaction():
        # What is found is released at once, or else found again from the same mark.
        if not found:
            writer.state.note_slots_checked(model, given)
    return found


def _release(db: sqlite3.Connection, writer: Writer, slots: list[tuple[int, int]]) -> None:
    """Forget slots; a note outlives a crash before their bytes are zeroed.

    The row goes first: were the bytes zeroed first, the text could come back between the two and
    find its slot, empty.
    """
    for model in {model for model, _ in slots}:
        # The highest slot may go: without this note its number would be given again.
        writer.state.note_slots_given(model, writer.slot_count(model))
    writer.state.to_zero = [*writer.state.to_zero, *slots]
    db.executemany("DELETE FROM slots WHERE model = ? AND slot = ?", slots)


def _zero_released(writer: Writer) -> None:
    noted = writer.state.to_zero
    if not noted:
        return
    for model in writer.models():
        vectors.zero(model.path(writer.root), model.info.dim, [slot for of, slot in noted if of == model.number])
    with writer.transaction():
        writer.state.to_zero = []


def _checkpoint(db: sqlite3.Connection, writer: Writer) -> None:
    """Empty the log, which still holds what was deleted; a reader in mid-statement may put it off."""
    if not writer.state.is_checkpoint_due:
        return
    db.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    db.execute("PRAGMA busy_timeout = 30000")
    if not busy:
        with writer.transaction():
            writer.state.is_checkpoint_due = False


def _remove_files(db: sqlite3.Connection, writer: Writer, generations: Generations) -> None:
    """Remove FAISS bases and vector files that no generation names, and the models of the latter."""
    try:
        kept = [generations.manifest(int(f.name)) for f in generations.folder.iterdir() if f.name.isdigit()]
    except LibraryDamagedError:
        # It may name anything, and a reader may be at it.
        return
    bases = {path.name for m in kept if m.base_name for path in base_paths(generations.root, m.base_name)}
    folder = generations.root / "faiss"
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        if path.name not in bases:
            path.unlink()
    named = {manifest.vectors for manifest in kept}
    for model in writer.models()[1:]:
        if model.file not in named:
            with writer.transaction():
                db.execute("DELETE FROM slots WHERE model = ?", (model.number,))
                db.execute("DELETE FROM models WHERE model = ?", (model.number,))
    # Looked for by name, not only by row: a run may be killed between the two.
    known = {model.file for model in writer.models()}
    for path in sorted((generations.root / "vectors").glob("*.f16")):
        if f"vectors/{path.name}" not in known:
            path.unlink()
