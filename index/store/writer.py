"""Writing: one transaction a document, all of them for the generation that is not published yet."""

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import ModelMismatchError
from index.store import documents, vectors
from index.store.files import file_uris, known_files
from index.store.generations import sync_folder
from index.store.pieces import pieces_of
from index.store.records import (
    METADATA_COLUMNS,
    PARAGRAPH_COLUMNS,
    STATEMENT_COLUMNS,
    Derived,
    DocumentRow,
    FileRow,
    ModelRow,
    digest_of,
    metadata_digest,
    paragraph_values,
    statement_values,
    text_hash,
)
from index.store.rows import REF_COLUMNS, as_read, ref
from index.store.schema import FOREVER
from index.store.state import State
from index.types import Document, ModelInfo, Vectors


def layout_json(document: Document) -> str:
    """What of a reader's knowledge, beside the text, is needed to derive again."""
    pages = [[start.start, start.page] for start in document.pages]
    return json.dumps({"pages": pages, "furniture": [list(span) for span in document.furniture]})


class Writer:
    """The one writer of a library, under its lock; everything is for generation `pending`."""

    def __init__(self, connection: sqlite3.Connection, root: Path, pending: int) -> None:
        self._db, self.root, self.pending = connection, root, pending
        self.state = State(connection)

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:
        """All or nothing; `durable` also waits for the disk, and so for everything before it."""
        try:
            if durable:
                self._db.execute("PRAGMA synchronous = FULL")
            # Within, for Ctrl-C may come as soon as it has begun.
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # On a full disk SQLite may have rolled back already: a complaint of that would hide the reason.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        finally:
            if durable:
                self._db.execute("PRAGMA synchronous = NORMAL")

    # Models and vectors

    def models(self) -> list[ModelRow]:
        """Every model with vectors here, the newest first; more than one only amid a rebuild."""
        rows = self._db.execute("SELECT model, name, key, dim, max_tokens, file FROM models ORDER BY model DESC")
        return [ModelRow(row[0], ModelInfo(*row[1:5]), row[5]) for row in rows]

    def newest_model(self) -> ModelRow:
        """The model that new vectors belong to; `use_model` must have been called once."""
        return self.models()[0]

    def model_to_serve(self) -> ModelRow:
        """The newest model with a vector for every live text; only a lone one may lack some."""
        known = self.models()
        if len(known) == 1:
            return known[0]
        return next((model for model in known if not self.lacking_vectors(model, limit=1)), known[0])

    def use_model(self, info: ModelInfo, *, afresh: bool = False, served: str | None = None) -> None:
        """Make `info` the model of what follows; `afresh` starts a new file of vectors.

        A file that an interrupted run has begun for this model goes on: `served` names the one that
        is in use. Raises ModelMismatchError when another model made the library's vectors, unless
        `afresh`.
        """
        current = next(iter(self.models()), None)
        begun = current is not None and current.file != served
        if current and current.info.key == info.key and (not afresh or begun):
            return
        if current and not afresh and self._db.execute("SELECT 1 FROM slots LIMIT 1").fetchone():
            raise ModelMismatchError(self.root, current.info.name, info.name)
        number = (current.number if current else 0) + 1
        with self.transaction():
            self.state.name_it()
            self.state.is_lacking = True
            self.state.note_slots_settled(number, 0)
            self._db.execute(
                "INSERT INTO models VALUES (?, ?, ?, ?, ?, ?)",
                (number, info.name, info.key, info.dim, info.max_tokens, f"vectors/{info.key[:16]}-{number}.f16"),
            )

    def missing_texts(self, texts: Sequence[str]) -> list[str]:
        """Those of `texts` that have no vector yet, each once, in order."""
        model = self.newest_model().number
        distinct = {text_hash(text): text for text in texts}
        return [text for key, text in distinct.items() if not self._has_vector(model, key)]

    def _has_vector(self, model: int, key: bytes) -> bool:
        query = "SELECT 1 FROM slots WHERE model = ? AND hash = ?"
        return self._db.execute(query, (model, key)).fetchone() is not None

    def add_vectors(self, texts: Sequence[str], rows: Vectors) -> None:
        """Store the vectors (n, dim) of `texts`, none of which may have one yet."""
        if not texts:
            return
        model = self.newest_model()
        path, first = model.path(self.root), self.slot_count(model.number)
        is_new = not path.exists()
        sums = vectors.append(path, rows, first)
        if is_new:
            sync_folder(path.parent)
        with self.transaction():
            self._db.executemany(
                "INSERT INTO slots (model, slot, hash, crc) VALUES (?, ?, ?, ?)",
                [(model.number, first + i, text_hash(text), sums[i]) for i, text in enumerate(texts)],
            )

    def slot_count(self, model: int) -> int:
        """One more than the highest slot ever committed; slots are never given twice."""
        last = self._db.execute("SELECT max(slot) FROM slots WHERE model = ?", (model,)).fetchone()[0]
        return max(self.state.slots_given(model), 0 if last is None else last + 1)

    def forget_lost_slots(self) -> None:
        """Forget slots whose bytes are gone from the file, so that their texts are embedded again."""
        model = self.newest_model()
        path, given = model.path(self.root), self.slot_count(model.number)
        there = vectors.count(path, model.info.dim)
        if given > there:
            with self.transaction():
                self._forget_slots(range(there, given))
            vectors.extend(path, model.info.dim, given)

    def forget_slots(self, slots: Collection[int]) -> None:
        """Forget vectors that are not what was written, so that their texts are embedded again."""
        model = self.newest_model().number
        with self.transaction():
            self._forget_slots(slots)
            # Damaged or another's, the bytes still tell of a text.
            self.state.to_zero = [*self.state.to_zero, *((model, slot) for slot in sorted(slots))]

    def _forget_slots(self, slots: Iterable[int]) -> None:
        model = self.newest_model().number
        self.state.note_slots_given(model, self.slot_count(model))
        self.state.is_lacking = self.state.is_base_stale = True
        self._db.executemany("DELETE FROM slots WHERE model = ? AND slot = ?", [(model, slot) for slot in slots])

    def lacking_vectors(self, model: ModelRow | None = None, limit: int = -1) -> list[DocumentRow]:
        """Live documents with a body paragraph whose embedded text has no vector of a model, the newest by default."""
        return documents.lacking(self._db, (model or self.newest_model()).number, limit)

    def settle_lacking(self) -> None:
        """Take note that every live text has its vector, if that is so."""
        if self.state.is_lacking and not self.lacking_vectors(limit=1):
            with self.transaction():
                self.state.is_lacking = False

    # Files

    def file(self, uri: str) -> FileRow | None:
        """What is known of a file that was indexed without a rejection."""
        return self.files([uri]).get(uri, (None, 0))[0]

    def files(self, uris: Sequence[str]) -> dict[str, tuple[FileRow, int]]:
        """What is known of those of many files that were indexed, and how many live documents each holds."""
        return known_files(self._db, uris)

    def put_file(self, uri: str, row: FileRow) -> None:
        """Remember that all of a file is indexed as it is now."""
        if self.file(uri) != row:
            values = (uri, row.size, row.mtime_ns, row.checked_ns, row.reader)
            with self.transaction():
                self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", values)

    def forget_file(self, uri: str) -> None:
        """Make the next run read a file again."""
        if self.file(uri):
            with self.transaction():
                self._db.execute("DELETE FROM files WHERE uri = ?", (uri,))

    def file_uris(self) -> Iterator[str]:
        """Every file that a live document comes from."""
        return file_uris(self._db)

    # Documents

    def find(self, column: str, value: str) -> list[DocumentRow]:
        """Live documents by `id`, `uri`, `file` or `sha256`, ordered by id."""
        return documents.find(self._db, column, value)

    def newest(self) -> int:
        """The highest row of a document; what is written from now on lies behind it, or where something was removed."""
        return documents.newest(self._db)

    def of_file(self, uri: str, newest: int) -> Iterator[list[DocumentRow]]:
        """Live documents of a file up to a row, a part at a time: meanwhile they may be removed."""
        return documents.of_file(self._db, uri, newest)

    def is_dying(self, id_or_uri: str) -> bool:
        """Whether a document by this id or URI goes with the pending generation, but is served until then."""
        query = "SELECT 1 FROM documents WHERE died = ? AND born < died AND (id = ? OR uri = ?)"
        return self._db.execute(query, (self.pending, id_or_uri, id_or_uri)).fetchone() is not None

    def outdated(self, derivation: str) -> "array[int]":
        """The rows of live documents that other versions derived, or that may lack a vector of the newest model."""
        return documents.outdated(self._db, derivation, self.newest_model().number if self.state.is_lacking else None)

    def document(self, row: int) -> DocumentRow:
        """The live document in a row."""
        return documents.by_row(self._db, row)

    def load(self, row: DocumentRow) -> Document:
        """A live document as its reader gave it, to derive it again without its file."""
        columns = f"{REF_COLUMNS}, d.sha256, c.text, d.meta, c.layout"
        found = self._db.execute(
            f"SELECT {columns} FROM documents d JOIN contents c USING (content) WHERE d.document = ?", (row.row,)
        ).fetchone()
        return as_read(ref(found[:7]), found[7], found[8], json.loads(found[9]), found[10])

    def same_content(self, old: DocumentRow, document: Document, derivation: str) -> bool:
        """Whether a live document's text would be derived to just what is stored."""
        row = self._db.execute(
            "SELECT 1 FROM contents c JOIN documents d USING (content) WHERE c.content = ? AND d.document = ? "
            "AND c.text = ? AND c.layout = ? AND c.derivation = ? AND d.language IS ? AND d.title IS ?",
            (old.content, old.row, document.text, layout_json(document), derivation, document.language, document.title),
        ).fetchone()
        return row is not None

    def same_metadata(self, old: DocumentRow, document: Document, file: str | None) -> bool:
        """Whether a live document's row would be written just as it is, its checksum included."""
        metadata = (file, *_metadata(document))
        return self._sealed(old) == (*metadata, layout_json(document), _seal(old.id, metadata, document))

    def _sealed(self, row: DocumentRow) -> tuple[Any, ...]:
        """METADATA_COLUMNS, layout and checksum of a live document."""
        found = self._db.execute(
            f"SELECT {METADATA_COLUMNS}, layout, d.digest FROM documents d JOIN contents USING (content) "
            "WHERE document = ?",
            (row.row,),
        ).fetchone()
        return tuple(found)

    def put(self, document_id: str, document: Document, file: str | None, derived: Derived | None) -> int:
        """Add a document or replace the live one of that id, and give its row; `derived` None keeps its content.

        Every body paragraph's embedded text must have its vector already.
        """
        old = next(iter(self.find("id", document_id)), None)
        metadata = (file, *_metadata(document))
        digest = _seal(document_id, metadata, document)
        if old and derived is not None:
            # Derived again from what the library itself holds, damaged metadata must not get a checksum that fits.
            *stored, kept = self._sealed(old)
            digest = kept if tuple(stored) == (*metadata, layout_json(document)) else digest
        with self.transaction():
            if derived is not None:
                content = self._add_content(document, derived)
                if old:
                    self._retire_content(old.content)
            else:
                assert old is not None
                content = old.content
            if old:
                self._retire("documents", "document", old.row)
            row = self._db.execute(
                f"INSERT INTO documents (id, content, {METADATA_COLUMNS}, digest, born, died) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (document_id, content, *metadata, digest, self.pending, FOREVER),
            ).lastrowid
            if old:
                self._drop_unborn(old.content)
        return int(row or 0)

    def remove(self, row: DocumentRow) -> None:
        """Take a document out of the pending generation."""
        with self.transaction():
            self._retire("documents", "document", row.row)
            self._retire_content(row.content)
            self._drop_unborn(row.content)

    def _add_content(self, document: Document, derived: Derived) -> int:
        text = document.text
        paragraphs = paragraph_values(text, derived.paragraphs)
        statements = statement_values(text, derived.statements)
        cursor = self._db.execute(
            "INSERT INTO contents (text, layout, derivation, digest, born, died) VALUES (?, ?, ?, ?, ?, ?)",
            (text, layout_json(document), derived.derivation, digest_of(paragraphs, statements), self.pending, FOREVER),
        )
        content = int(cursor.lastrowid or 0)
        self._db.executemany("INSERT INTO pieces (piece, content, text) VALUES (?, ?, ?)", pieces_of(content, text))
        for table, columns, values in (
            ("paragraphs", PARAGRAPH_COLUMNS, paragraphs),
            ("statements", STATEMENT_COLUMNS, statements),
        ):
            marks = "?" + ", ?" * (columns.count(",") + 3)
            self._db.executemany(
                f"INSERT INTO {table} (content, {columns}, born, died) VALUES ({marks})",
                [(content, *row, self.pending, FOREVER) for row in values],
            )
        return content

    def _retire_content(self, content: int) -> None:
        for table, key in (("contents", "content"), ("paragraphs", "content"), ("statements", "content")):
            self._retire(table, key, content)

    def _retire(self, table: str, key: str, value: int) -> None:
        self._db.execute(f"UPDATE {table} SET died = ? WHERE {key} = ? AND +died = ?", (self.pending, value, FOREVER))

    def _drop_unborn(self, content: int) -> None:
        """Rows that were born and died before anyone could see them."""
        for table in ("documents", "statements", "paragraphs", "contents"):
            if self._db.execute(f"DELETE FROM {table} WHERE content = ? AND +born = died", (content,)).rowcount:
                self.state.is_checkpoint_due = True


def _seal(document_id: str, metadata: tuple[Any, ...], document: Document) -> str:
    return metadata_digest(document_id, *metadata, layout_json(document))


def _metadata(document: Document) -> tuple[Any, ...]:
    return (
        document.uri,
        document.sha256,
        document.title,
        document.author,
        document.published,
        document.source,
        document.language,
        json.dumps(dict(document.meta), ensure_ascii=False, sort_keys=True),
    )
