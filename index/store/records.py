"""What is handed to the writer of a library, and the values that its rows are made of."""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import speakers
from index.types import ModelInfo, Paragraph, Statement

METADATA_COLUMNS = "file, uri, sha256, title, author, published, source, language, meta"
PARAGRAPH_COLUMNS = "suffix, ordinal, start, end, kind, page, hash"
STATEMENT_COLUMNS = (
    "suffix, kind, start, end, spans, cue_start, cue_end, mention_start, mention_end, "
    "name, bucket, confidence, relayed_by"
)

_RACY_NS = 100_000_000
"""File systems' clocks tick every few milliseconds: within a tenth of a second a file may have been
changed again without another time stamp."""


@dataclass(frozen=True, slots=True)
class Derived:
    """All that indexing makes of a document's text; `derivation` names the versions that made it."""

    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Statement, ...]
    derivation: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a file looked like when all of its documents had been indexed."""

    size: int
    mtime_ns: int
    checked_ns: int
    reader: int

    @property
    def is_racy(self) -> bool:
        """Whether it may have changed since without looking any different."""
        return self.mtime_ns >= self.checked_ns - _RACY_NS

    def looks_like(self, other: "FileRow") -> bool:
        """Whether size, time stamp and reader are the same."""
        return (self.size, self.mtime_ns, self.reader) == (other.size, other.mtime_ns, other.reader)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A live document's identity, without its text."""

    row: int
    id: str
    content: int
    file: str | None
    uri: str
    sha256: str
    derivation: str


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model and its file of vectors, relative to the library."""

    number: int
    info: ModelInfo
    file: str

    def path(self, root: Path) -> Path:
        """Where the file of vectors is."""
        return root / self.file


def text_hash(text: str) -> bytes:
    """The key of an embedded text: the first 16 bytes of its SHA-256."""
    return hashlib.sha256(text.encode()).digest()[:16]


def suffixes(texts: Sequence[str]) -> list[str]:
    """12 hex digits of each text's SHA-256, and `-n` for the n-th repeat."""
    seen = Counter[str]()
    found = []
    for text in texts:
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        seen[digest] += 1
        found.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return found


def paragraph_values(text: str, paragraphs: Sequence[Paragraph]) -> list[tuple[Any, ...]]:
    """PARAGRAPH_COLUMNS of each paragraph."""
    names = suffixes([text[p.start : p.end] for p in paragraphs])
    return [
        (name, p.ordinal, p.start, p.end, p.kind, p.page, None if p.embedded is None else text_hash(p.embedded))
        for name, p in zip(names, paragraphs, strict=True)
    ]


def statement_values(text: str, statements: Sequence[Statement]) -> list[tuple[Any, ...]]:
    """STATEMENT_COLUMNS of each statement; its id tells who is said to have said what."""
    names = suffixes(["\0".join(text[a:b] for a, b in (s.mention or (0, 0), *s.spans)) for s in statements])
    return [(name, *_said(s)) for name, s in zip(names, statements, strict=True)]


def _said(s: Statement) -> tuple[Any, ...]:
    mention = s.mention or (None, None)
    bucket = speakers.name_bucket(s.name) if s.name else None
    spans = json.dumps([list(span) for span in s.spans])
    return (s.kind, s.start, s.end, spans, *s.cue, *mention, s.name, bucket, s.confidence, s.relayed_by)


def digest_of(paragraphs: Sequence[tuple[Any, ...]], statements: Sequence[tuple[Any, ...]]) -> str:
    """SHA-256 over the values of a content's rows, so that `verify` sees one that was lost or changed."""
    rows = [[_plain(value) for value in row] for row in (*paragraphs, *statements)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def metadata_digest(*values: Any) -> str:
    """SHA-256 over a document's id, METADATA_COLUMNS and its content's layout, as they are stored.

    An SQL function as well: a library of an older version gets its checksums by it.
    """
    return hashlib.sha256(json.dumps([_plain(value) for value in values]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def rows_digest(db: sqlite3.Connection, content: int) -> str:
    """The digest of a content's rows as they are stored now."""
    paragraphs = db.execute(
        f"SELECT {PARAGRAPH_COLUMNS} FROM paragraphs WHERE content = ? ORDER BY ordinal", (content,)
    ).fetchall()
    statements = db.execute(
        f"SELECT {STATEMENT_COLUMNS} FROM statements WHERE content = ? ORDER BY statement", (content,)
    ).fetchall()
    return digest_of(paragraphs, statements)
