"""The values that pass between the stages of indexing, and from a library to a search.

Offsets everywhere are half-open ranges of Unicode code points of a document's text, so that
`text[start:end]` is what is meant. Dates are ISO 8601 strings, `YYYY-MM-DD`, in UTC. Vectors are
numpy arrays of unit length.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Span = tuple[int, int]
Page = int | str | None
"""A PDF's page number (from 1), an EPUB's chapter title, or None where the format has neither."""
Kind = Literal["body", "furniture"]
StatementKind = Literal["direct", "mixed", "indirect"]
Vectors = npt.NDArray[np.float32]

SMALL = 1 << 14
"""A library of so many paragraphs stays read, some KB each: questions on a small one meet the same again and again.
Of a large one few are met twice, and keeping what was read takes a search more than it saves."""

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total): `reading` in bytes of the inputs (a total of 0 is unknown), `deriving` stored documents
again, `embedding` in paragraphs, of those known so far, while either goes on, `compacting` in vectors
or paragraphs, `waiting` for what is watched to change."""


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """From `start` on, until the next one, the document's text lies on `page`."""

    start: int
    page: int | str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a reader hands it over.

    `id` is what the input gave, or None: the library then derives it from the first URI.
    `sha256` is that of the raw bytes: the file's, or the record's line where a file holds many.
    `furniture` are spans that the format itself marks as not being the article.
    """

    uri: str
    sha256: str
    text: str
    id: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    source: str | None = None
    language: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    pages: tuple[PageStart, ...] = ()
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that was not indexed, and why, in words that say what to do about it."""

    uri: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document between empty lines, told apart as article or furniture."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A span of a document's text; `embedded` is what stands for it in vector space.

    `embedded` is the paragraph's own text below its document's title, with its neighbours' around it
    where it is very short; it is None for furniture, which is never searched.
    """

    ordinal: int
    start: int
    end: int
    kind: Kind
    page: Page
    embedded: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody said: what (`spans`, with their quotation marks), and who.

    `mention` is the sayer as worded at that place ("he"); `name` is the fullest name that the
    article itself gives that sayer, or None when it is not sure who it is. `relayed_by` is who
    passed it on, if it was not the sayer.
    """

    kind: StatementKind
    spans: tuple[Span, ...]
    cue: Span
    mention: Span | None
    name: str | None
    confidence: float
    relayed_by: str | None = None

    @property
    def start(self) -> int:
        """Where the first span starts."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last span ends."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """An embedding model: `key` is a hash of its weights and way of use, so vectors never mix."""

    name: str
    key: str
    dim: int
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; every one that is set must hold.

    `source` and `title` are substrings in any case and accents; `after` and `before` inclusive dates,
    which documents without a date don't match; `speaker` any known form of a name: a passage
    matches when it holds a statement of theirs; `meta` equality of fields.
    """

    source: str | None = None
    title: str | None = None
    after: str | None = None
    before: str | None = None
    speaker: str | None = None
    meta: tuple[tuple[str, str], ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is restricted."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """Which statements to list: what lies in `paragraphs`, by their `row`, or by sayers that `mentions` word."""

    filters: Filters = Filters()
    kind: str | None = None
    min_confidence: float = 0.0
    paragraphs: tuple[int, ...] | None = None
    mentions: tuple[str, ...] | None = None


class Hit(NamedTuple):
    """A paragraph found, by its row in the library, and its score (higher is better).

    A tuple, as hundreds are made for every question.
    """

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Ref:
    """A document without its text."""

    id: str
    uri: str
    title: str | None
    author: str | None
    published: str | None
    source: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """A paragraph of a library, with its text and its document."""

    row: int
    id: str
    ordinal: int
    start: int
    end: int
    kind: Kind
    page: Page
    text: str
    document: Ref


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a library, whole."""

    ref: Ref
    sha256: str
    text: str
    meta: Mapping[str, Any]
    paragraphs: tuple[StoredParagraph, ...]


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement of a library: `speaker_id` and `speaker` are None when unattributed."""

    id: str
    statement: Statement
    text: str
    cue: str
    mention: str | None
    speaker_id: str | None
    speaker: str | None
    document: Ref

    @property
    def said(self) -> str:
        """The spans joined by blanks: without the cue that may stand in between."""
        first = self.statement.start
        return " ".join(self.text[start - first : end - first] for start, end in self.statement.spans)


Grouping = Callable[[Sequence[StoredStatement]], Sequence[Sequence[int]]]
"""Puts statements into groups, by their positions; each statement goes into one. It makes the same of the same."""


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """One person or body, by all the documents of a library."""

    id: str
    name: str
    description: str | None
    mentions: tuple[tuple[str, int], ...]
    statements: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run of indexing did; the `index` shape of the contract."""

    generation: int
    added: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: tuple[Rejected, ...] = ()
    paragraphs: int = 0
    furniture: int = 0
    embedded: int = 0
    statements: int = 0
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class VectorIndexInfo:
    """The structure over the vectors, its recall@10 measured against exact search, its size."""

    kind: str
    recall_at_10: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a library holds; the `status` shape of the contract."""

    library: str
    generation: int
    documents: int
    paragraphs: int
    furniture: int
    statements: int
    speakers: int
    model: ModelInfo
    vector_index: VectorIndexInfo
    bytes: int
    purge_pending: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that `verify` found wrong."""

    what: str
    where: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What `verify` checked, by kind and count, and found."""

    ok: bool
    checked: Mapping[str, int]
    problems: tuple[Problem, ...]
