"""What a search needs of a library, whatever holds it: a local folder today, a server tomorrow."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.errors import InvalidValueError
from index.settings import IndexSettings
from index.store.local import LocalLibrary
from index.types import (
    Filters,
    Grouping,
    Hit,
    ModelInfo,
    Ref,
    StatementQuery,
    Status,
    StoredDocument,
    StoredParagraph,
    StoredSpeaker,
    StoredStatement,
)

__all__ = ["Library", "Snapshot", "StatementQuery", "open_library"]


class Snapshot(Protocol):
    """One generation, immutable; safe to use from many threads at once while it is held."""

    @property
    def generation(self) -> int:
        """The number that answers carry."""

    @property
    def created(self) -> str:
        """When it was published, in ISO 8601, UTC."""

    @property
    def model(self) -> ModelInfo:
        """The model whose vectors this generation holds."""

    def dense(self, vector: npt.NDArray[np.float32], k: int, filters: Filters) -> list[Hit]:
        """The k body paragraphs nearest to a unit `vector` of shape (dim,), by inner product.

        Paragraphs of one text share a vector and all appear. Scores are rounded to 1e-4 and ties
        broken by row.
        """

    def lexical(self, terms: Sequence[str], k: int, filters: Filters) -> list[Hit]:
        """The k body paragraphs with the highest BM25 for `terms` (as `index.terms` makes them)."""

    @property
    def paragraph_count(self) -> int:
        """How many body paragraphs there are."""

    @property
    def statement_count(self) -> int:
        """How many statements there are, rejected ones included."""

    def document_frequency(self, term: str) -> int:
        """In how many body paragraphs a term of `index.terms` occurs."""

    def near_misses(self, term: str, letters: int, k: int) -> list[int]:
        """Rows, in order, of at most k body paragraphs that hold a term which is `term` but for 1 or 2 letters."""

    def vocabulary(self, prefix: str) -> dict[str, int]:
        """The terms that begin so, and how many body paragraphs hold each."""

    def cosines(self, vector: npt.NDArray[np.float32], rows: Sequence[int]) -> list[float]:
        """The exact inner product of a unit vector with each of these paragraphs' stored vectors, rounded to 1e-4."""

    def read_links(self) -> None:
        """Look up at once which paragraphs have which vector, some microseconds each; `dense` looks up none then.

        Of a library that is not large the paragraphs themselves are read, too, and kept for as long as it stays so.
        """

    def look_ahead(self, rows: Sequence[int]) -> None:
        """Look up now what `cosines`, `paragraphs` and `texts` of these, a few, will need."""

    def paragraphs(self, rows: Sequence[int]) -> list[StoredParagraph]:
        """Paragraphs by row, in the order asked."""

    def texts(self, rows: Sequence[int]) -> list[tuple[str, str]]:
        """Passage id and text of paragraphs by row, in the order asked: half the work of `paragraphs`."""

    def sample(self, most: int) -> list[str]:
        """The texts of up to so many paragraphs, from all over the library."""

    def paragraph(self, passage_id: str) -> StoredParagraph:
        """A paragraph by its passage id. Raises DocumentNotFoundError."""

    def document(self, id_or_uri: str) -> StoredDocument:
        """A document by id or URI. Raises DocumentNotFoundError."""

    def documents(self, filters: Filters, limit: int, offset: int) -> tuple[int, list[Ref]]:
        """How many documents match, and those from `offset` on, ordered by id."""

    def documents_with_terms(self, terms: Sequence[str]) -> int:
        """In how many documents a paragraph holds all of `terms`."""

    def statements(self, query: StatementQuery) -> list[StoredStatement]:
        """Statements that match, oldest document first (undated last), then by place in the text."""

    def statement_page(self, query: StatementQuery, limit: int, offset: int) -> tuple[int, list[StoredStatement]]:
        """How many statements match, and those from `offset` on, in the order of `statements`."""

    def statement_groups(
        self, query: StatementQuery, group: Grouping, limit: int, offset: int
    ) -> tuple[int, list[list[StoredStatement]]]:
        """How many groups `group` makes of the statements that match, and those from `offset` on, each in their order.

        They are kept for the pages that follow.
        """

    def speakers(self, filters: Filters) -> Sequence[StoredSpeaker]:
        """Speakers with their counts, most statements first; `filters.speaker` picks one.

        Each is described when it is looked at: a page costs what it shows.
        """

    def mentions(self) -> Collection[str]:
        """How the sayers of statements are worded, each wording once, in no order."""

    def people(self) -> Mapping[str, str]:
        """The names of all speakers by id, as statements have both."""

    def status(self) -> Status:
        """Counts and sizes of this generation."""


class Library(Protocol):
    """A library that is open for reading."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """The current generation, held until the context ends; a new one is picked up here.

        Raises LibraryMissingError when nothing was ever published.
        """

    def resting(self) -> AbstractContextManager[None]:
        """For a thread that holds a snapshot and doesn't read it for a while: others read in its stead."""

    def close(self) -> None:
        """Let go of every file and lock."""


def open_library(url: str | Path, settings: IndexSettings | None = None) -> LocalLibrary:
    """Open the library at `url`, a folder, for reading and writing; it need not exist yet.

    Raises LibraryVersionError for one of a newer version, InvalidValueError for a URL of a kind
    that no backend serves.
    """
    text = str(url)
    if "://" in text and not text.startswith("file://"):
        raise InvalidValueError("library", text, "a folder")
    return LocalLibrary(Path(text.removeprefix("file://")), settings or IndexSettings())
