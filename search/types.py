"""The shapes that CLI, HTTP and MCP share, exactly as they appear in JSON.

Offsets are half-open ranges of code points of the document's text, but for highlights, which are
relative to their passage. They are frozen dataclasses: `msgspec.json.encode` writes them, FastAPI
draws their schema.
"""

from dataclasses import dataclass
from typing import Any, Literal

from index.types import (
    Filters,
    IndexReport,
    Kind,
    Page,
    Problem,
    Ref,
    Span,
    StatementKind,
    Status,
    VerifyReport,
)

__all__ = ["Filters", "IndexReport", "Kind", "Page", "Problem", "Ref", "Span", "Status", "VerifyReport"]

Mode = Literal["hybrid", "dense", "lexical"]
KeyScope = Literal["read", "write", "admin"]
"""What an API key allows."""
AnswerKind = Literal["statements", "extract", "generated"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: of `search` and `ask` alike. `k` is 1 to 1000."""

    text: str
    k: int = 10
    mode: Mode = "hybrid"
    filters: Filters = Filters()
    collapse: bool = True


@dataclass(frozen=True, slots=True)
class StatementsQuery:
    """Which statements to list. `k` 0 is all; `cursor` is a page's `next`."""

    about: str | None = None
    kind: StatementKind | None = None
    min_confidence: float = 0.0
    k: int = 0
    filters: Filters = Filters()
    collapse: bool = False
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A near-duplicate that was folded under a passage."""

    id: str
    document: Ref


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as a search result."""

    id: str
    score: float
    text: str
    start: int
    end: int
    ordinal: int
    page: Page
    highlights: tuple[Span, ...]
    document: Ref
    duplicates: tuple[Duplicate, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The passages for a query, best first."""

    query: str
    generation: int
    took_ms: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Who said it, and how that place of the text words it (None where it names nobody).

    `id` and `name` are empty where the sayer stands there, as “he” or “a source”, and it is not sure who that is.
    """

    id: str
    name: str
    mention: str | None
    mention_start: int | None
    mention_end: int | None


@dataclass(frozen=True, slots=True)
class StatementCopy:
    """The same statement in another document, in that document's own words."""

    id: str
    document: Ref
    text: str
    start: int
    end: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement; `text` is the document's from `start` to `end`, cue included where it lies between."""

    id: str
    kind: StatementKind
    text: str
    start: int
    end: int
    spans: tuple[Span, ...]
    cue: str
    cue_start: int
    cue_end: int
    confidence: float
    relayed_by: str | None
    speaker: SpeakerMention | None
    document: Ref
    also_in: tuple[StatementCopy, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer's words stand: `text` is the document's from `start` to `end`."""

    marker: int
    text: str
    start: int
    end: int
    page: Page
    document: Ref
    passage_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Verbatim text with a marker `[n]` for each citation; of the kind `generated`, a model's, checked against them.

    `exact` is whether a quotation typed in the question stands in the source as typed, but for quotation
    marks, white space and capitals; null where none was typed.
    """

    text: str
    kind: AnswerKind
    confidence: float
    citations: tuple[Citation, ...]
    exact: bool | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, what was searched, and what came nearest."""

    reason: str
    documents_searched: int
    documents_mentioning: int
    statements_by_speaker: int
    nearest: tuple[Passage | StatementView, ...]


@dataclass(frozen=True, slots=True)
class AskResult:
    """An answer or a refusal, never both, with the statements and passages behind it.

    `note` says why an endpoint that was to write the answer didn't, or which of its sentences were dropped; else null.
    """

    question: str
    generation: int
    took_ms: float
    answer: Answer | None
    refusal: Refusal | None
    statements: tuple[StatementView, ...]
    passages: tuple[Passage, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph within its document."""

    id: str
    ordinal: int
    start: int
    end: int
    kind: Kind
    page: Page


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, whole."""

    id: str
    uri: str
    title: str | None
    author: str | None
    published: str | None
    source: str | None
    language: str | None
    sha256: str
    text: str
    meta: dict[str, Any]
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class MentionCount:
    """One wording of a speaker's name, and how often."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """One person or body; `first` and `last` are the dates of their statements."""

    id: str
    name: str
    description: str | None
    mentions: tuple[MentionCount, ...]
    statements: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """A page of a list of statements; `next` is the cursor of the following one."""

    generation: int
    total: int
    next: str | None
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """A page of a list of speakers."""

    generation: int
    total: int
    next: str | None
    speakers: tuple[SpeakerView, ...]


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """A page of a list of documents."""

    generation: int
    total: int
    next: str | None
    documents: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` is 0 while it is not known."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Job:
    """A background task; `problem` is an RFC 9457 object when it failed."""

    id: str
    kind: str
    state: JobState
    progress: Progress
    result: IndexReport | None
    problem: dict[str, Any] | None
    created: str
    finished: str | None


@dataclass(frozen=True, slots=True)
class JobsPage:
    """A page of the list of jobs, the newest first."""

    total: int
    next: str | None
    jobs: tuple[Job, ...]
