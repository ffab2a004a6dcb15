"""Reading rows of one generation; every query names the generation itself."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from index.errors import DocumentNotFoundError
from index.store import pieces
from index.store.filters import ANY, Condition, document_condition, live
from index.store.mentions import MENTION, MENTIONED
from index.types import Document, Filters, PageStart, Ref, Statement, StatementQuery, StoredDocument, StoredParagraph

REF_COLUMNS = "d.id, d.uri, d.title, d.author, d.published, d.source, d.language"
_PARAGRAPH_COLUMNS = "p.paragraph, p.suffix, p.ordinal, p.start, p.end, p.kind, p.page"
AMONG = "IN (SELECT value FROM json_each(?))"
"""Of which numbers or names one parameter, `listed`, tells: SQLite plans the query once, where each other list of
literals or question marks is another query, and planning one takes a tenth of a millisecond."""
_PART = 4096
"""So many rows are read in one step at most: texts of a whole library would not fit into one value."""

_TOLD = pieces.joined(
    "s.content",
    "min(s.start, s.cue_start, coalesce(s.mention_start, s.start))",
    "max(s.end, s.cue_end, coalesce(s.mention_end, s.end))",
)
"""The piece that a statement lies in with its cue and its sayer."""

_SAID_COLUMNS = (
    "s.suffix, s.kind, s.spans, s.cue_start, s.cue_end, s.mention_start, s.mention_end, s.name, s.confidence, "
    f"s.relayed_by, {pieces.cut('s.start', 's.end')}, {pieces.cut('s.cue_start', 's.cue_end')}, {MENTION}, "
    f"{REF_COLUMNS}"
)
_STATEMENTS_ORDER = "ORDER BY d.published IS NULL, d.published, d.id, s.start, s.statement"

_Row = TypeVar("_Row")
Integers = npt.NDArray[np.int64]
_INTEGERS = msgspec.json.Decoder(list[int])
_PAIRS = msgspec.json.Decoder(list[tuple[int, int]])
_TEXTS = msgspec.json.Decoder(list[tuple[int, str, str]])
_PARAGRAPHS = msgspec.json.Decoder(list[tuple[Any, ...]])
_SPANS = msgspec.json.Decoder(tuple[tuple[int, int], ...])


class Told(NamedTuple):
    """A statement as its document tells it: its id, what and who, its text, cue and mention, and the document."""

    id: str
    statement: Statement
    text: str
    cue: str
    mention: str | None
    document: Ref


def ref(row: Sequence[object]) -> Ref:
    """A document's reference from REF_COLUMNS."""
    return Ref(*row)  # type: ignore[arg-type]


def marks(values: Sequence[object]) -> str:
    """As many question marks as values."""
    return ",".join("?" * len(values))


def listed(rows: Iterable[int]) -> str:
    """Numbers of rows as the parameter of `AMONG`."""
    return json.dumps([int(row) for row in rows])


def paragraphs(db: sqlite3.Connection, generation: int, rows: Sequence[int]) -> list[StoredParagraph]:
    """Paragraphs with text and document, in the order asked; rows the generation lacks are left out."""
    columns = f"{_PARAGRAPH_COLUMNS}, {REF_COLUMNS}, {pieces.cut('p.start', 'p.end')}"
    read = _at_once(db, columns, _of_paragraphs(generation), (), rows, _PARAGRAPHS)
    found = {row[0]: _stored(row[:7], ref(row[7:14]), row[14]) for row in read}
    return [found[row] for row in rows if row in found]


def texts(db: sqlite3.Connection, generation: int, rows: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Passage id and text of paragraphs by row; rows the generation lacks are left out."""
    columns = f"p.paragraph, d.id || '#' || p.suffix, {pieces.cut('p.start', 'p.end')}"
    read = _at_once(db, columns, _of_paragraphs(generation), (), rows, _TEXTS)
    return {row: (identity, text) for row, identity, text in read}


def _of_paragraphs(generation: int) -> str:
    return (
        "paragraphs p JOIN contents c USING (content) JOIN documents d USING (content) "
        f"{pieces.joined('p.content', 'p.start', 'p.end')} WHERE p.paragraph {AMONG} AND {live('d', generation)}"
    )


def _at_once(
    db: sqlite3.Connection,
    columns: str,
    of: str,
    parameters: Sequence[object],
    among: Sequence[int],
    rows: msgspec.json.Decoder[list[_Row]],
) -> list[_Row]:
    """The rows of a query in no order, read in one step; `among` is its last parameter, for `AMONG`.

    At each step Python lets go of its lock: where several threads read row by row, most of their time goes into
    handing it to one another.
    """
    query, found = f"SELECT json_group_array(json_array({columns})) FROM {of}", list[_Row]()
    for start in range(0, len(among), _PART):
        (part,) = db.execute(query, (*parameters, listed(among[start : start + _PART]))).fetchone()
        found += rows.decode(part)
    return found


def _stored(row: Sequence[object], document: Ref, text: str) -> StoredParagraph:
    number, suffix, ordinal, start, end, kind, page = row
    return StoredParagraph(number, f"{document.id}#{suffix}", ordinal, start, end, kind, page, text, document)  # type: ignore[arg-type]


def paragraph_row(db: sqlite3.Connection, generation: int, passage_id: str) -> int:
    """The row of a passage id. Raises DocumentNotFoundError."""
    document, _, suffix = passage_id.rpartition("#")
    query = (
        "SELECT p.paragraph FROM documents d JOIN paragraphs p USING (content) "
        f"WHERE d.id = ? AND p.suffix = ? AND {live('d', generation)}"
    )
    row = db.execute(query, (document, suffix)).fetchone()
    if row is None:
        raise DocumentNotFoundError(passage_id)
    return int(row[0])


def document(db: sqlite3.Connection, generation: int, id_or_uri: str) -> StoredDocument:
    """A document by id, else by URI, whole. Raises DocumentNotFoundError."""
    query = (
        f"SELECT {REF_COLUMNS}, d.sha256, c.text, d.meta, d.content FROM documents d JOIN contents c USING (content) "
        f"WHERE {live('d', generation)} AND (d.id = :it OR d.uri = :it) ORDER BY d.id <> :it, d.id LIMIT 1"
    )
    row = db.execute(query, {"it": id_or_uri}).fetchone()
    if row is None:
        raise DocumentNotFoundError(id_or_uri)
    found, text = ref(row[:7]), row[8]
    parts = db.execute(
        f"SELECT {_PARAGRAPH_COLUMNS} FROM paragraphs p WHERE p.content = ? ORDER BY p.ordinal", (row[10],)
    )
    stored = tuple(_stored(part, found, text[part[3] : part[4]]) for part in parts)
    return StoredDocument(found, row[7], text, json.loads(row[9]), stored)


def as_read(found: Ref, sha256: str, text: str, meta: Mapping[str, Any], layout: str) -> Document:
    """A document as its reader gave it, to derive it again without its file."""
    known = json.loads(layout)
    return Document(
        uri=found.uri,
        sha256=sha256,
        text=text,
        id=found.id,
        title=found.title,
        author=found.author,
        published=found.published,
        source=found.source,
        language=found.language,
        meta=meta,
        pages=tuple(PageStart(start, page) for start, page in known["pages"]),
        furniture=tuple((start, end) for start, end in known["furniture"]),
    )


def document_count(db: sqlite3.Connection, generation: int, filters: Filters) -> int:
    """How many documents match."""
    where = document_condition(filters, generation)
    return int(db.execute(f"SELECT count(*) FROM documents d WHERE {where.sql}", where.parameters).fetchone()[0])


def documents(db: sqlite3.Connection, generation: int, filters: Filters, limit: int, offset: int) -> list[Ref]:
    """The documents that match from `offset` on, ordered by id."""
    where = document_condition(filters, generation)
    rows = db.execute(
        f"SELECT {REF_COLUMNS} FROM documents d WHERE {where.sql} ORDER BY d.id LIMIT ? OFFSET ?",
        (*where.parameters, limit, offset),
    )
    return [ref(row) for row in rows]


def matching_paragraphs(
    db: sqlite3.Connection, generation: int, model: str | None, filters: Filters, among: Sequence[int] | None = None
) -> tuple[Integers, Integers, Integers]:
    """Rows of body paragraphs in documents that match each filter but the speaker, slots of their vectors, contents.

    All ascend. With `among`, only those of these rows; without a `model`, no slots, which take most of the time.
    """
    where = document_condition(filters, generation)
    tables, clause, of = "documents d CROSS JOIN paragraphs p USING (content)", "", tuple[str, ...]()
    if among is not None:
        tables = "paragraphs p CROSS JOIN documents d USING (content)"
        clause, of = f" AND p.paragraph {AMONG}", (listed(among),)
    # Lists and not one of triples: of a million rows, those would take ten times the memory.
    read = db.execute(
        "SELECT json_group_array(p.paragraph), json_group_array(coalesce(s.slot, -1)), json_group_array(p.content) "
        f"FROM {tables} LEFT JOIN slots s "
        "ON s.model = (SELECT model FROM models WHERE file = ?) AND s.hash = p.hash "
        f"WHERE {where.sql} AND p.kind = 'body'{clause}",
        (model, *where.parameters, *of),
    )
    found, slots, contents = (_ascending(np.array(_INTEGERS.decode(part), dtype=np.int64)) for part in read.fetchone())
    return found, slots[slots >= 0], contents


def _ascending(numbers: Integers) -> Integers:
    """The distinct ones; `numpy.unique` hashes first, which takes ten times as long."""
    numbers.sort()
    return numbers[np.diff(numbers, prepend=-2) > 0]


def paragraphs_of_slots(
    db: sqlite3.Connection, generation: int, model: str, slots: Sequence[int]
) -> list[tuple[int, int]]:
    """(slot, row) of every live body paragraph whose vector is in one of these slots."""
    of = (
        "slots s CROSS JOIN paragraphs p ON p.hash = s.hash "
        f"WHERE s.model = (SELECT model FROM models WHERE file = ?) AND s.slot {AMONG} "
        f"AND {live('p', generation)} AND p.kind = 'body'"
    )
    return _at_once(db, "s.slot, p.paragraph", of, (model,), slots, _PAIRS)


def paragraphs_between_slots(
    db: sqlite3.Connection, generation: int, model: str, start: int, end: int
) -> tuple[Integers, Integers]:
    """What `paragraphs_of_slots` gives for all slots from `start` to before `end`: slots, which ascend, and rows."""
    # Two lists of numbers and not one of pairs: half the time.
    read = db.execute(
        "SELECT json_group_array(s.slot), json_group_array(p.paragraph) "
        "FROM slots s CROSS JOIN paragraphs p ON p.hash = s.hash "
        "WHERE s.model = (SELECT model FROM models WHERE file = ?) AND s.slot >= ? AND s.slot < ? "
        f"AND {live('p', generation)} AND p.kind = 'body'",
        (model, start, end),
    )
    slots, rows = (np.array(_INTEGERS.decode(part), dtype=np.int64) for part in read.fetchone())
    order = np.lexsort((rows, slots))
    return slots[order], rows[order]


def slots_of_paragraphs(db: sqlite3.Connection, model: str, rows: Iterable[int]) -> dict[int, int]:
    """The slot of each paragraph's vector."""
    # CROSS JOIN fixes the order: left to itself, SQLite walks all slots once for every paragraph.
    of = (
        "paragraphs p CROSS JOIN slots s "
        "ON s.model = (SELECT model FROM models WHERE file = ?) AND s.hash = p.hash "
        f"WHERE p.paragraph {AMONG}"
    )
    return dict(_at_once(db, "p.paragraph, s.slot", of, (model,), list(rows), _PAIRS))


def statements(db: sqlite3.Connection, generation: int, query: StatementQuery, by: Condition = ANY) -> Iterator[Told]:
    """Statements as their documents tell them, oldest first, undated last.

    `by` restricts rows `s` of `statements`, by speaker or mention.
    """
    where = _statement_condition(query, generation, by)
    of = f"{_of_statements(query.paragraphs)} CROSS JOIN contents c USING (content)"
    sql = f"SELECT {_SAID_COLUMNS} FROM {of} {_TOLD} WHERE {where.sql} {_STATEMENTS_ORDER}"
    return map(_told, db.execute(sql, where.parameters))


def statement_places(
    db: sqlite3.Connection,
    generation: int,
    query: StatementQuery,
    by: Condition = ANY,
    is_listed: Callable[[str, str | None], bool] | None = None,
) -> list[tuple[int, int]]:
    """The rows of `documents` and `statements` of what `statements` gives: no text is read.

    `is_listed` tells by a statement's id and the name of its sayer whether it is among them, if not all are.
    """
    where = _statement_condition(query, generation, by)
    named = ", d.id || '~' || s.suffix, s.name" if is_listed else ""
    sql = (
        f"SELECT d.document, s.statement{named} FROM {_of_statements(query.paragraphs)} "
        f"WHERE {where.sql} {_STATEMENTS_ORDER}"
    )
    found = db.execute(sql, where.parameters)
    return [row[:2] for row in found if is_listed(*row[2:])] if is_listed else found.fetchall()


def statements_at(db: sqlite3.Connection, places: Iterable[tuple[int, int]]) -> Iterator[Told]:
    """What `statements` gives at these places, in their order."""
    # CROSS JOIN fixes the order: few are read of many.
    sql = (
        f"SELECT {_SAID_COLUMNS} FROM json_each(?) w "
        "CROSS JOIN documents d ON d.document = json_extract(w.value, '$[0]') "
        "CROSS JOIN statements s ON s.statement = json_extract(w.value, '$[1]') "
        f"CROSS JOIN contents c ON c.content = s.content {_TOLD} ORDER BY w.key"
    )
    return map(_told, db.execute(sql, (json.dumps(list(places)),)))


def _statement_condition(query: StatementQuery, generation: int, by: Condition) -> Condition:
    """What statements must be; the rows of `query.paragraphs`, which stand before WHERE, are its first parameter."""
    where = document_condition(query.filters, generation)
    clauses = [where.sql, by.sql, "s.confidence >= ?"]
    parameters = [*where.parameters, *by.parameters, query.min_confidence]
    if query.kind:
        clauses.append("s.kind = ?")
        parameters.append(query.kind)
    of = () if query.paragraphs is None else (listed(query.paragraphs),)
    return Condition(" AND ".join(clauses), (*of, *parameters))


def _told(row: Sequence[Any]) -> Told:
    mention = None if row[5] is None else (row[5], row[6])
    said = Statement(row[1], _SPANS.decode(row[2]), (row[3], row[4]), mention, row[7], row[8], row[9])
    return Told(f"{row[13]}~{row[0]}", said, row[10], row[11], row[12], ref(row[13:]))


def _of_statements(paragraphs: Sequence[int] | None) -> str:
    """Statements with their documents; those that reach into some paragraphs are looked for from there."""
    if paragraphs is None:
        return "documents d JOIN statements s USING (content)"
    # CROSS JOIN fixes the order: left to itself, SQLite goes through every document for a handful of paragraphs.
    return (
        "(SELECT DISTINCT t.statement FROM paragraphs p CROSS JOIN statements t ON t.content = p.content "
        f"AND t.start < p.end AND t.end > p.start WHERE p.paragraph {AMONG}) "
        "CROSS JOIN statements s USING (statement) CROSS JOIN documents d USING (content)"
    )


def namings(
    db: sqlite3.Connection, generation: int, filters: Filters, by: Condition = ANY
) -> Iterator[tuple[str, str, str | None, int, str | None]]:
    """(id, name, mention, row of the document, its date) of all statements with a name, in no order; `by` as above."""
    where = document_condition(filters, generation)
    sql = (
        f"SELECT d.id || '~' || s.suffix, s.name, {MENTION}, d.document, "
        f"d.published FROM {_of_statements(None)} JOIN contents c USING (content) {MENTIONED} "
        f"WHERE {where.sql} AND {by.sql}"
    )
    yield from db.execute(sql, (*where.parameters, *by.parameters))


def speaker_names(db: sqlite3.Connection, generation: int) -> list[str]:
    """Every name that statements give their speakers, in no order."""
    query = f"SELECT DISTINCT name FROM statements s WHERE name IS NOT NULL AND {live('s', generation)}"
    return [row[0] for row in db.execute(query)]
