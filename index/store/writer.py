"""Writing: one transaction a document, all of them for the generation that is not published yet."""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import speakers
from index.errors import ModelMismatchError
from index.store import vectors
from index.store.records import Derived, DocumentRow, FileRow
from index.store.rows import REF_COLUMNS, as_read, ref
from index.store.schema import FOREVER
from index.types import Document, ModelInfo, Paragraph, Statement, Vectors


def text_hash(text: str) -> bytes:
    """The key of an embedded text: the first 16 bytes of its SHA-256."""
    return hashlib.sha256(text.encode()).digest()[:16]


def layout_json(document: Document) -> str:
    """What of a reader's knowledge, beside the text, is needed to derive again."""
    pages = [[start.start, start.page] for start in document.pages]
    return json.dumps({"pages": pages, "furniture": [list(span) for span in document.furniture]})


class Writer:
    """The one writer of a library, under its lock; everything is for generation `pending`."""

    def __init__(self, connection: sqlite3.Connection, root: Path, pending: int) -> None:
        self._db, self.root, self.pending = connection, root, pending

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:
        """All or nothing; `durable` also waits for the disk, and so for everything before it."""
        if durable:
            self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        else:
            self._db.execute("COMMIT")
        finally:
            if durable:
                self._db.execute("PRAGMA synchronous = NORMAL")

    # Models and vectors

    def current_model(self) -> tuple[int, ModelInfo] | None:
        """The model row that new vectors belong to."""
        row = self._db.execute(
            "SELECT model, name, key, dim, max_tokens FROM models ORDER BY model DESC LIMIT 1"
        ).fetchone()
        return (row[0], ModelInfo(*row[1:])) if row else None

    def use_model(self, info: ModelInfo, *, afresh: bool = False) -> None:
        """Make `info` the model of what follows; `afresh` starts a new file of vectors.

        Raises ModelMismatchError when another model made the library's vectors, unless `afresh`.
        """
        current = self.current_model()
        if current and current[1].key == info.key and not afresh:
            return
        if current and not afresh and self._db.execute("SELECT 1 FROM slots LIMIT 1").fetchone():
            raise ModelMismatchError(self.root, current[1].name, info.name)
        number = (current[0] if current else 0) + 1
        with self.transaction():
            self._db.execute(
                "INSERT INTO models VALUES (?, ?, ?, ?, ?, ?)",
                (number, info.name, info.key, info.dim, info.max_tokens, f"vectors/{info.key[:16]}-{number}.f16"),
            )

    def vector_file(self) -> tuple[int, ModelInfo, Path]:
        """The current model's row and its file of vectors."""
        number, info = self.current_model() or (0, ModelInfo("", "", 0, 0))
        name = self._db.execute("SELECT file FROM models WHERE model = ?", (number,)).fetchone()[0]
        return number, info, self.root / name

    def missing_texts(self, texts: Sequence[str]) -> list[str]:
        """Those of `texts` that have no vector yet, each once, in order."""
        model = (self.current_model() or (0,))[0]
        distinct = {text_hash(text): text for text in texts}
        return [text for key, text in distinct.items() if not self._has_vector(model, key)]

    def _has_vector(self, model: int, key: bytes) -> bool:
        found = self._db.execute("SELECT 1 FROM slots WHERE model = ? AND hash = ?", (model, key)).fetchone()
        return found is not None

    def add_vectors(self, texts: Sequence[str], rows: Vectors) -> None:
        """Store the vectors (n, dim) of `texts`, none of which may have one yet."""
        if not texts:
            return
        model, _, path = self.vector_file()
        first = self.slot_count(model)
        sums = vectors.append(path, rows, first)
        with self.transaction():
            self._db.executemany(
                "INSERT INTO slots (model, slot, hash, crc) VALUES (?, ?, ?, ?)",
                [(model, first + i, text_hash(text), sums[i]) for i, text in enumerate(texts)],
            )

    def slot_count(self, model: int) -> int:
        """One more than the highest slot ever committed; slots are never given twice."""
        kept = self._db.execute("SELECT value FROM library WHERE key = ?", (f"slots:{model}",)).fetchone()
        last = self._db.execute("SELECT max(slot) FROM slots WHERE model = ?", (model,)).fetchone()[0]
        return max(int(kept[0]) if kept else 0, 0 if last is None else last + 1)

    def forget_lost_slots(self) -> bool:
        """Forget slots whose bytes are gone from the file, so that their texts are embedded again."""
        model, info, path = self.vector_file()
        there, given = vectors.count(path, info.dim), self.slot_count(model)
        if given <= there:
            return False
        vectors.extend(path, info.dim, given)
        with self.transaction():
            self._db.execute("DELETE FROM slots WHERE model = ? AND slot >= ?", (model, there))
        return True

    def lacking_vectors(self) -> list[DocumentRow]:
        """Live documents with a body paragraph whose embedded text has no vector of the current model."""
        model = (self.current_model() or (0,))[0]
        return self._select(
            "EXISTS (SELECT 1 FROM paragraphs p WHERE p.content = d.content AND p.hash IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM slots s WHERE s.model = ? AND s.hash = p.hash))",
            model,
        )

    # Files

    def file(self, uri: str) -> FileRow | None:
        """What is known of a file that was indexed without a rejection."""
        row = self._db.execute("SELECT size, mtime_ns, checked_ns, reader FROM files WHERE uri = ?", (uri,)).fetchone()
        return FileRow(*row) if row else None

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

    def file_uris(self) -> list[str]:
        """Every file that a live document comes from."""
        query = "SELECT DISTINCT file FROM documents WHERE died = ? AND file IS NOT NULL ORDER BY file"
        return [row[0] for row in self._db.execute(query, (FOREVER,))]

    # Documents

    def find(self, column: str, value: str) -> list[DocumentRow]:
        """Live documents by `id`, `uri`, `file` or `sha256`, ordered by id."""
        assert column in ("id", "uri", "file", "sha256")
        return self._select(f"d.{column} = ?", value)

    def stale(self, derivation: str) -> list[DocumentRow]:
        """Live documents that other versions derived."""
        return self._select("c.derivation <> ?", derivation)

    def count_of_file(self, uri: str) -> int:
        """How many live documents come from a file."""
        query = "SELECT count(*) FROM documents WHERE file = ? AND +died = ?"
        return int(self._db.execute(query, (uri, FOREVER)).fetchone()[0])

    def _select(self, where: str, value: str | int) -> list[DocumentRow]:
        rows = self._db.execute(
            "SELECT d.document, d.id, d.content, d.file, d.uri, d.sha256, c.derivation "
            f"FROM documents d JOIN contents c USING (content) WHERE +d.died = ? AND {where} ORDER BY d.id",
            (FOREVER, value),
        )
        return [DocumentRow(*row) for row in rows]

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
            "AND c.text = ? AND c.layout = ? AND c.derivation = ? AND d.language IS ?",
            (old.content, old.row, document.text, layout_json(document), derivation, document.language),
        ).fetchone()
        return row is not None

    def same_metadata(self, old: DocumentRow, document: Document, file: str | None) -> bool:
        """Whether a live document's row would be written just as it is."""
        row = self._db.execute(
            "SELECT file, uri, sha256, title, author, published, source, language, meta FROM documents "
            "WHERE document = ?",
            (old.row,),
        ).fetchone()
        return tuple(row) == (file, *_metadata(document))

    def put(self, document_id: str, document: Document, file: str | None, derived: Derived | None) -> None:
        """Add a document or replace the live one of that id; `derived` None keeps its content.

        Every body paragraph's embedded text must have its vector already.
        """
        old = next(iter(self.find("id", document_id)), None)
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
            self._db.execute(
                "INSERT INTO documents (id, content, file, uri, sha256, title, author, published, source, language, "
                "meta, born, died) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (document_id, content, file, *_metadata(document), self.pending, FOREVER),
            )
            if old:
                self._drop_unborn(old.content)

    def remove(self, row: DocumentRow) -> None:
        """Take a document out of the pending generation."""
        with self.transaction():
            self._retire("documents", "document", row.row)
            self._retire_content(row.content)
            self._drop_unborn(row.content)

    def _add_content(self, document: Document, derived: Derived) -> int:
        cursor = self._db.execute(
            "INSERT INTO contents (text, layout, derivation, born, died) VALUES (?, ?, ?, ?, ?)",
            (document.text, layout_json(document), derived.derivation, self.pending, FOREVER),
        )
        content = int(cursor.lastrowid or 0)
        text, alive = document.text, (self.pending, FOREVER)
        suffixes = _suffixes([text[p.start : p.end] for p in derived.paragraphs])
        self._db.executemany(
            "INSERT INTO paragraphs (content, suffix, ordinal, start, end, kind, page, hash, born, died) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (content, suffix, p.ordinal, p.start, p.end, p.kind, p.page, _hash_of(p), *alive)
                for p, suffix in zip(derived.paragraphs, suffixes, strict=True)
            ],
        )
        names = _suffixes([_words_of(s, text) for s in derived.statements])
        self._db.executemany(
            "INSERT INTO statements (content, suffix, kind, start, end, spans, cue_start, cue_end, mention_start, "
            "mention_end, name, bucket, confidence, relayed_by, born, died) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (content, suffix, *_statement_values(s), *alive)
                for s, suffix in zip(derived.statements, names, strict=True)
            ],
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
            self._db.execute(f"DELETE FROM {table} WHERE content = ? AND +born = died", (content,))


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


def _hash_of(paragraph: Paragraph) -> bytes | None:
    return text_hash(paragraph.embedded) if paragraph.embedded is not None else None


def _suffixes(texts: Sequence[str]) -> list[str]:
    """12 hex digits of each text's SHA-256, and `-n` for the n-th repeat."""
    seen = Counter[str]()
    found = []
    for text in texts:
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        seen[digest] += 1
        found.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return found


def _words_of(s: Statement, text: str) -> str:
    """What tells a statement from its document's others: who is said to have said what."""
    parts = [s.mention or (0, 0), *s.spans]
    return "\0".join(text[start:end] for start, end in parts)


def _statement_values(s: Statement) -> tuple[Any, ...]:
    mention = s.mention or (None, None)
    bucket = speakers.name_bucket(s.name) if s.name else None
    spans = json.dumps([list(span) for span in s.spans])
    return (s.kind, s.start, s.end, spans, *s.cue, *mention, s.name, bucket, s.confidence, s.relayed_by)
