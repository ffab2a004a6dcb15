"""What checking a library finds, and what can be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from index.types import Problem


class Remedy(Enum):
    """What mends a finding, the cheapest first."""

    INDEXES = "derive FAISS and tantivy again from rows and vectors"
    VECTORS = "embed the document's paragraphs again"
    ROWS = "derive the document's rows again; the text is sure to be right"
    DOUBTFUL_ROWS = "derive the document's rows again, if the text makes what was stored"
    REINDEX = "make SQLite's own indexes again"
    DROP = "remove a text that another document holds as well"
    LOST = "nothing: index the file again, or restore a backup"
    GONE = "nothing either, but indexes over what is left"
    BACKUP = "nothing, and nothing may be written: restore a backup"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, with the document, the slot or the content that is to be mended."""

    what: str
    where: str
    remedy: Remedy
    document: str | None = None
    slot: int | None = None
    content: int | None = None

    @property
    def problem(self) -> Problem:
        """The problem as a user is told of it."""
        return Problem(self.what, self.where)


Found = Iterator[Finding | None]
