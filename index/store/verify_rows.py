"""Checking the rows by themselves: SQLite's pages, and each document against its text.

A document's `digest` tells whether its metadata are those that were indexed, a content's whether its
derived rows are those that were written, and each paragraph's id whether the text is. Damaged metadata,
and a text that doesn't fit rows that are right, were changed, which nothing in a library can undo.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from index.store.filters import live
from index.store.findings import Finding, Found, Remedy
from index.store.pieces import NUMBERED, pieces_of
from index.store.records import METADATA_COLUMNS, metadata_digest, rows_digest, suffixes
from index.store.schema import WITH_PIECES

Fault = tuple[str, str]
"""What is wrong, and where."""

_OF_AN_INDEX = ("missing from index", "entries in index", "non-unique entry in index")
"""What `PRAGMA integrity_check` says of an index that its table can mend."""


def check_database(db: sqlite3.Connection) -> Found:
    """SQLite's own check of its pages, and the foreign keys."""
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line == "ok":
            yield None
        elif any(words in line for words in _OF_AN_INDEX):
            yield Finding(f"database: {line}", "library.db", Remedy.REINDEX)
        else:
            yield Finding(f"database: {line}; restore a backup", "library.db", Remedy.BACKUP)
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Finding(f"row without its {parent}", f"library.db: {table} {row}", Remedy.LOST)


def check_documents(db: sqlite3.Connection, generation: int) -> Found:
    """Every document has its text, whole, and rows that are those its text was derived to."""
    query = f"SELECT id, document, content FROM documents d WHERE {live('d', generation)} ORDER BY id"
    for identity, row, content in db.execute(query).fetchall():
        found: list[Finding | None] = []
        try:
            found += list(_check_document(db, generation, identity, row, content))
        except sqlite3.DatabaseError as error:
            remedy = Remedy.LOST if "decode" in str(error) else Remedy.BACKUP
            found += [Finding(_lost(f"document cannot be read ({error})"), identity, remedy, identity)]
        yield from found or [None]


def _check_document(
    db: sqlite3.Connection, generation: int, identity: str, row: int, content: int
) -> Iterator[Finding]:
    query = f"SELECT text, layout, digest, {live('c', generation)} FROM contents c WHERE content = ?"
    stored = db.execute(query, (content,)).fetchone()
    if stored is None or not isinstance(stored[0], str):
        yield Finding(_lost("document's text is missing"), identity, Remedy.LOST, identity)
        return
    text, layout, digest, alive = stored
    for what in _metadata_faults(db, identity, row, layout):
        yield Finding(_lost(what), identity, Remedy.LOST, identity)
    if not alive or _strays(db, generation, content):
        yield Finding("rows are not of their document's generation", identity, Remedy.ROWS, identity)
    if _has_other_pieces(db, content, text):
        yield Finding("pieces of the text are not the text's", identity, Remedy.ROWS, identity)
    paragraphs = list(_paragraph_faults(db, identity, content, text))
    statements = list(_statement_faults(db, identity, content, text))
    if rows_digest(db, content) == digest:
        if paragraphs or statements:
            what, where = (paragraphs + statements)[0]
            yield Finding(_lost(f"text is not what was indexed ({what})"), where, Remedy.LOST, identity)
        return
    remedy = Remedy.DOUBTFUL_ROWS if paragraphs else Remedy.ROWS
    for what, where in [("derived rows differ from their checksum", identity), *paragraphs, *statements]:
        yield Finding(what, where, remedy, identity)


def _has_other_pieces(db: sqlite3.Connection, content: int, text: str) -> bool:
    """Whether passages would be cut from something else than the text."""
    if _version(db) < WITH_PIECES:
        return False
    first = content << NUMBERED
    query = "SELECT piece, content, CAST(text AS BLOB) FROM main.pieces WHERE piece >= ? AND piece < ? ORDER BY piece"
    stored = db.execute(query, (first, first + (1 << NUMBERED))).fetchall()
    return stored != [(piece, of, part.encode()) for piece, of, part in pieces_of(content, text)]


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _metadata_faults(db: sqlite3.Connection, identity: str, row: int, layout: Any) -> Iterator[str]:
    """What is wrong with a document's metadata, or with what its reader knew of its pages."""
    # A library that no writer has opened since it had another version has no checksums yet.
    digest = "digest" if _version(db) > 1 else "NULL"
    query = f"SELECT {METADATA_COLUMNS}, {digest} FROM documents WHERE document = ?"
    *metadata, seal = db.execute(query, (row,)).fetchone()
    if not isinstance(_decoded(metadata[-1]), dict):
        yield "document's metadata cannot be read"
    elif not _is_layout(_decoded(layout)):
        yield "document's pages cannot be read"
    elif seal is not None and seal != metadata_digest(identity, *metadata, layout):
        yield "document's metadata differ from their checksum"


def _lost(what: str) -> str:
    return f"{what}; index its file again, or restore a backup"


def _strays(db: sqlite3.Connection, generation: int, content: int) -> bool:
    """Whether some of a content's rows are of another generation than it."""
    return any(
        db.execute(
            f"SELECT 1 FROM {table} t WHERE content = ? AND NOT ({live('t', generation)}) LIMIT 1", (content,)
        ).fetchone()
        for table in ("paragraphs", "statements")
    )


def _paragraph_faults(db: sqlite3.Connection, identity: str, content: int, text: str) -> Iterator[Fault]:
    """Paragraphs are numbered from 0, lie apart and in order, and leave out nothing but white space."""
    query = "SELECT ordinal, start, end, kind, hash, suffix FROM paragraphs WHERE content = ? ORDER BY ordinal"
    rows = db.execute(query, (content,)).fetchall()
    spans = [(row[1], row[2]) if _is_span((row[1], row[2]), len(text)) else (0, 0) for row in rows]
    names = suffixes([text[start:end] for start, end in spans])
    before = 0
    for number, ((ordinal, _, _, kind, key, suffix), (start, end), name) in enumerate(
        zip(rows, spans, names, strict=True)
    ):
        where = f"{identity} paragraph {ordinal}"
        if ordinal != number:
            yield "paragraph's number is wrong", where
        if start == end or start < before:
            yield "paragraph's span is wrong", where
            continue
        if text[before:start].strip():
            yield "text before the paragraph is in none", where
        if (kind == "body") != (key is not None):
            yield "paragraph's key of a vector is wrong", where
        if suffix != name:
            yield "paragraph's id is not that of its text", where
        before = end
    if text[before:].strip():
        yield "text at the end is in no paragraph", identity


def _statement_faults(db: sqlite3.Connection, identity: str, content: int, text: str) -> Iterator[Fault]:
    """Spans lie inside the text, apart and in order; cue and mention inside the text."""
    query = (
        "SELECT suffix, start, end, spans, cue_start, cue_end, mention_start, mention_end FROM statements "
        "WHERE content = ? ORDER BY statement"
    )
    for suffix, start, end, encoded, *others in db.execute(query, (content,)):
        where = f"{identity}~{suffix}"
        spans = _decoded(encoded)
        if not isinstance(spans, list) or not spans or not all(_is_span(span, len(text)) for span in spans):
            yield "statement's spans are wrong", where
        elif [start, end] != [spans[0][0], spans[-1][1]]:
            yield "statement's span is not that of its parts", where
        elif any(one[1] > other[0] for one, other in pairwise(spans)):
            yield "statement's spans are out of order", where
        cue, mention = others[:2], others[2:]
        if not _is_span(cue, len(text), empty=True):
            yield "statement's cue is wrong", where
        if mention != [None, None] and not _is_span(mention, len(text)):
            yield "statement's mention is wrong", where


def check_contents(db: sqlite3.Connection, generation: int) -> Found:
    """Every text is some document's."""
    query = (
        "SELECT c.content, (SELECT min(d.id) FROM documents d WHERE d.content = c.content "
        f"AND {live('d', generation)}) FROM contents c WHERE {live('c', generation)} ORDER BY c.content"
    )
    for content, identity in db.execute(query).fetchall():
        if identity is not None:
            yield None
        elif _is_held_twice(db, generation, content):
            where = f"content {content}"
            yield Finding("text of no document, and another's as well", where, Remedy.DROP, content=content)
        else:
            yield Finding(_lost("text of a document whose name is lost"), f"content {content}", Remedy.LOST)


def _is_held_twice(db: sqlite3.Connection, generation: int, content: int) -> bool:
    query = (
        "SELECT 1 FROM contents lost JOIN contents c ON c.text = lost.text JOIN documents d ON d.content = c.content "
        f"WHERE lost.content = ? AND {live('d', generation)} LIMIT 1"
    )
    return db.execute(query, (content,)).fetchone() is not None


def _decoded(encoded: Any) -> Any:
    """What JSON says; None where it is no JSON."""
    try:
        return json.loads(encoded)
    except (TypeError, ValueError, RecursionError):
        return None


def _is_layout(known: Any) -> bool:
    return isinstance(known, dict) and all(
        isinstance(known.get(key), list) and all(isinstance(pair, list) and len(pair) == 2 for pair in known[key])
        for key in ("pages", "furniture")
    )


def _is_span(span: Any, length: int, *, empty: bool = False) -> bool:
    """Whether it is a half-open range of code points of a text of that length."""
    if not isinstance(span, (list, tuple)) or len(span) != 2 or not all(type(value) is int for value in span):
        return False
    start, end = span
    return bool(0 <= start <= end <= length) and (empty or start < end)
