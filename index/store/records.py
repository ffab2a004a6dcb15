"""What is handed to the writer of a library, and what it hands back."""

from dataclasses import dataclass

from index.types import Paragraph, Statement


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
