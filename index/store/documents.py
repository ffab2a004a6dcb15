"""Live documents, as who writes looks for them: rows without texts, of many only the numbers or a part at a time."""

import sqlite3
from array import array
from collections.abc import Iterator

from index.store.records import DocumentRow
from index.store.schema import FOREVER

_PART = 500
_LIVE = f"SELECT {{}} FROM documents d JOIN contents c USING (content) WHERE +d.died = {FOREVER}"
_ROWS = _LIVE.format("d.document, d.id, d.content, d.file, d.uri, d.sha256, c.derivation")
_LACKING = (
    "EXISTS (SELECT 1 FROM paragraphs p WHERE p.content = d.content AND p.hash IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM slots s WHERE s.model = ? AND s.hash = p.hash))"
)


def find(db: sqlite3.Connection, column: str, value: str) -> list[DocumentRow]:
    """Those by `id`, `uri`, `file` or `sha256`, ordered by id."""
    assert column in ("id", "uri", "file", "sha256")
    return [DocumentRow(*row) for row in db.execute(f"{_ROWS} AND d.{column} = ? ORDER BY d.id", (value,))]


def of_file(db: sqlite3.Connection, file: str, newest: int) -> Iterator[list[DocumentRow]]:
    """Those of a file, up to a row, a part at a time: meanwhile they may be removed."""
    query = f"{_ROWS} AND d.file = ? AND d.document > ? AND d.document <= ? ORDER BY d.document LIMIT {_PART}"
    last = -1
    while part := [DocumentRow(*row) for row in db.execute(query, (file, last, newest))]:
        yield part
        last = part[-1].row


def newest(db: sqlite3.Connection) -> int:
    """The highest row of a document, live or not; 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(document), 0) FROM documents").fetchone()[0])


def by_row(db: sqlite3.Connection, row: int) -> DocumentRow:
    """The one in a row, where there is one."""
    return DocumentRow(*db.execute(f"{_ROWS} AND d.document = ?", (row,)).fetchone())


def outdated(db: sqlite3.Connection, derivation: str, model: int | None) -> "array[int]":
    """The rows of those that other versions derived, or that lack a vector of a model: eight bytes each."""
    conditions = list[tuple[str, str | int]]()
    # Two ranges of an index: left to itself, SQLite looks at every living row, at every run.
    living = f"SELECT 1 FROM contents INDEXED BY contents_derivation WHERE died = {FOREVER} AND derivation"
    if db.execute(f"SELECT EXISTS ({living} < :it) OR EXISTS ({living} > :it)", {"it": derivation}).fetchone()[0]:
        conditions.append(("c.derivation <> ?", derivation))
    if model is not None:
        conditions.append((_LACKING, model))
    if not conditions:
        return array("q")
    where = " OR ".join(condition for condition, _ in conditions)
    found = db.execute(f"{_LIVE.format('d.document')} AND ({where}) ORDER BY d.document", [of for _, of in conditions])
    return array("q", (row for (row,) in found))


def lacking(db: sqlite3.Connection, model: int, limit: int) -> list[DocumentRow]:
    """Those with a body paragraph whose embedded text has no vector of a model, so many at most, -1 for all."""
    return [DocumentRow(*row) for row in db.execute(f"{_ROWS} AND {_LACKING} LIMIT ?", (model, limit))]
