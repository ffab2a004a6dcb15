"""The façade that command line, HTTP and MCP share: a question in, the contract's shapes out."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from index.embedder import Embedder
from index.library import Library, Snapshot, StatementQuery
from index.types import SMALL, Filters, ModelInfo, Status
from search import cursors, views
from search.answer import answer
from search.asked import Asked, folded_view, folded_views
from search.checks import check_list, check_query, check_statements
from search.collapse import learn_words
from search.ranking import Found, by_merit, rank
from search.reading import PASSAGES
from search.relevance import rank_statements
from search.reranker import load_reranker
from search.retellings import fold_statements
from search.retrieve import Probe, query_terms
from search.sayers import learn_wordings
from search.settings import Settings
from search.stages import Observer, Unobserved, timed
from search.types import (
    AskResult,
    DocumentsPage,
    DocumentView,
    Mode,
    Passage,
    Query,
    SearchResult,
    SpeakersPage,
    StatementsPage,
    StatementsQuery,
    StatementView,
)
from search.vectors import QueryVectors, loader

if TYPE_CHECKING:
    from search.generate import Generator

_ABOUT_PARAGRAPHS = 10_000
"""So many paragraphs of each ranking are looked at for statements about something."""
_NEAR = 2 * PASSAGES
"""An answer is read from the best of so many: of the first `PASSAGES`, all may be there for a name."""
_SOON = 250_000
"""Links between so many paragraphs and vectors are read in half a second of processor time."""
_SAMPLED = 2_000
"""So many paragraphs have most of the words that others have; they are read in a third of a second."""
_PROBE = "Who said what, and when?"


class Engine:
    """Answers from a library; every call reads one generation. Safe to use from many threads."""

    def __init__(
        self,
        library: Library,
        settings: Settings,
        embedder_for: Callable[[ModelInfo], Embedder] | None = None,
        observer: Observer | None = None,
    ) -> None:
        self._library, self._settings = library, settings
        self._observer = observer or Unobserved()
        self._vectors = QueryVectors(settings.library, embedder_for or loader(settings.indexing), self._observer)
        self._reranker = load_reranker(settings.reranker, library)
        self._generator = _generator(settings)

    @property
    def settings(self) -> Settings:
        """What it answers by."""
        return self._settings

    def expect(self, text: str) -> None:
        """Begin to encode, by a core that is free, a question that is about to be asked. Waits for nothing."""
        if text.strip() and len(text) <= self._settings.max_query_chars:
            self._vectors.expect(text)

    def search(self, query: Query) -> SearchResult:
        """Find passages. Raises EmptyQueryError, InvalidValueError, LibraryMissingError, ModelError."""
        started = time.perf_counter()
        self._begin(query)
        with self._library.snapshot() as snapshot:
            probe = self._probe(snapshot, query.text, query.mode)
            passages = _passages(self._rank(snapshot, probe, query), probe)
            return SearchResult(query.text, snapshot.generation, _since(started), passages)

    def ask(self, query: Query) -> AskResult:
        """Answer a question, or refuse. Raises what `search` raises, and MissingExtraError where an LLM is named."""
        started = time.perf_counter()
        self._begin(query)
        with self._library.snapshot() as snapshot:

            def probe_for(text: str) -> Probe:
                return self._probe(snapshot, text, query.mode)

            vectors = partial(self._vectors.vectors, snapshot.model)
            probe = probe_for(query.text)
            near = self._rank(snapshot, probe, replace(query, k=max(query.k, _NEAR)))
            found, read = near[: query.k], by_merit(near[:_NEAR])[:PASSAGES]
            passages = _passages(found, probe)
            with timed(self._observer, "answer"):
                asked = Asked(snapshot, query, self._settings, probe, probe_for, vectors, found, read, passages)
                outcome = answer(asked)
            result = AskResult(
                question=query.text,
                generation=snapshot.generation,
                took_ms=0.0,
                answer=outcome.answer,
                refusal=outcome.refusal,
                statements=outcome.statements,
                passages=passages,
            )
            given = self._generator.gather(snapshot, outcome, passages) if self._generator else None
        # Behind the snapshot: an endpoint may take a minute, and what was removed must not be held that long.
        if self._generator and given:
            result = self._generator.reword(result, given)
        return replace(result, took_ms=_since(started))

    def statements(self, query: StatementsQuery) -> StatementsPage:
        """List statements, oldest first. Raises EmptyQueryError, InvalidValueError, CursorExpiredError."""
        check_statements(query, self._settings.max_query_chars)
        with self._library.snapshot() as snapshot:
            same = replace(query, cursor=None, k=0)
            start = cursors.decode(query.cursor, snapshot.generation, same)
            total, shown = self._statements(snapshot, query, start)
            _, following = _page(total, start, query.k, snapshot.generation, same)
            return StatementsPage(snapshot.generation, total, following, shown)

    def speakers(self, filters: Filters, k: int = 0, cursor: str | None = None) -> SpeakersPage:
        """List speakers, most statements first; `k` 0 is all. Raises InvalidValueError, CursorExpiredError."""
        check_list(k, filters)
        with self._library.snapshot() as snapshot:
            start = cursors.decode(cursor, snapshot.generation, ("speakers", filters))
            found = snapshot.speakers(filters)
            end, following = _page(len(found), start, k, snapshot.generation, ("speakers", filters))
            shown = tuple(views.speaker(one) for one in found[start:end])
            return SpeakersPage(snapshot.generation, len(found), following, shown)

    def documents(self, filters: Filters, k: int = 0, cursor: str | None = None) -> DocumentsPage:
        """List documents by id; `k` 0 is all. Raises InvalidValueError, CursorExpiredError."""
        check_list(k, filters)
        with self._library.snapshot() as snapshot:
            start = cursors.decode(cursor, snapshot.generation, ("documents", filters))
            total, refs = snapshot.documents(filters, k or sys.maxsize, start)
            _, following = _page(total, start, k, snapshot.generation, ("documents", filters))
            return DocumentsPage(snapshot.generation, total, following, tuple(refs))

    def document(self, id_or_uri: str) -> DocumentView:
        """A document, whole. Raises DocumentNotFoundError."""
        with self._library.snapshot() as snapshot:
            return views.document(snapshot.document(id_or_uri))

    def passage(self, passage_id: str, around: int = 1) -> tuple[Passage, tuple[Passage, ...]]:
        """A passage, and the paragraphs up to `around` places before and after it, in order.

        Raises DocumentNotFoundError.
        """
        with self._library.snapshot() as snapshot:
            wanted = snapshot.paragraph(passage_id)
            near = snapshot.document(wanted.document.id).paragraphs
            beside = [p for p in near if 0 < abs(p.ordinal - wanted.ordinal) <= around]
            return views.plain_passage(wanted), tuple(views.plain_passage(p) for p in beside)

    def status(self) -> Status:
        """Counts and sizes of the current generation. Raises LibraryMissingError."""
        with self._library.snapshot() as snapshot:
            return snapshot.status()

    def statement_count(self) -> int:
        """How many statements there are: a figure that is kept, where `status` counts speakers and bytes."""
        with self._library.snapshot() as snapshot:
            return snapshot.statement_count

    def generation(self) -> int:
        """The current generation. Raises LibraryMissingError."""
        with self._library.snapshot() as snapshot:
            return snapshot.generation

    def published(self) -> datetime:
        """When the current generation was published, in UTC. Raises LibraryMissingError."""
        with self._library.snapshot() as snapshot:
            return datetime.fromisoformat(snapshot.created)

    def warm(self) -> None:
        """Load the models and touch every index, so that the first question waits for nothing."""
        if self._reranker:
            self._reranker.load()
        self.search(Query(_PROBE, k=1))

    def prepare(self) -> None:
        """Work out what the first list of speakers waits for, the first question for an acronym, and what words are.

        It takes a second for 100,000 paragraphs: for a server that nobody waits for. Raises LibraryMissingError.
        """
        with self._library.snapshot() as snapshot:
            snapshot.speakers(Filters())
            learn_wordings(snapshot)
            learn_words(snapshot.sample(_SAMPLED), stay=snapshot.paragraph_count <= SMALL)

    def reads_links_soon(self) -> bool:
        """Whether `read_links` takes less than a second or so. Raises LibraryMissingError."""
        with self._library.snapshot() as snapshot:
            return snapshot.paragraph_count <= _SOON

    def read_links(self) -> None:
        """Read at once what every search would look up some of, as long as the library stays as it is.

        For a server; it takes three quarters of a second for 100,000 paragraphs. Raises LibraryMissingError.
        """
        with self._library.snapshot() as snapshot:
            snapshot.read_links()

    def close(self) -> None:
        """Let go of the library."""
        self._library.close()

    def _begin(self, query: Query) -> None:
        """Check a question, and have it encoded while the library is looked at. Raises what `check_query` raises."""
        check_query(query, self._settings.max_query_chars)
        if query.mode != "lexical":
            self._vectors.expect(query.text)

    def _probe(self, snapshot: Snapshot, text: str, mode: Mode) -> Probe:
        encoding = None if mode == "lexical" else self._vectors.encoding(snapshot.model, text)
        return Probe(text, query_terms(text), encoding)

    def _rank(self, snapshot: Snapshot, probe: Probe, query: Query) -> list[Found]:
        settings = self._settings
        return rank(snapshot, probe, query, settings.candidates, settings.dense_weight, self._reranker, self._observer)

    def _statements(
        self, snapshot: Snapshot, query: StatementsQuery, start: int
    ) -> tuple[int, tuple[StatementView, ...]]:
        """How many there are in the list, and those of the page that starts there."""
        wanted = StatementQuery(query.filters, query.kind, query.min_confidence)
        end = start + query.k if query.k else sys.maxsize
        if query.about is None and query.collapse:
            total, groups = snapshot.statement_groups(wanted, fold_statements, end - start, start)
            return total, tuple(map(folded_view, groups))
        if query.about is None and query.k:
            total, found = snapshot.statement_page(wanted, query.k, start)
            return total, tuple(map(views.statement, found))
        if query.about is None:
            every = snapshot.statements(wanted)
            return len(every), tuple(map(views.statement, every[start:]))
        topic = self._probe(snapshot, query.about, "hybrid")
        ranked = rank_statements(snapshot, topic, wanted, "hybrid", _ABOUT_PARAGRAPHS, only_about=True)
        found = [one.statement for one in ranked]
        if query.collapse:
            shown = folded_views(found)
            return len(shown), shown[start:end]
        return len(found), tuple(map(views.statement, found[start:end]))


def _generator(settings: Settings) -> "Generator | None":
    """What words answers, if an endpoint is named; else a cold start need not even import it."""
    if not settings.llm.url:
        return None
    from search.generate import Generator

    return Generator(settings)


def _passages(found: list[Found], probe: Probe) -> tuple[Passage, ...]:
    return tuple(views.passage(one, probe.held) for one in found)


def _page(total: int, start: int, k: int, generation: int, query: object) -> tuple[int, str | None]:
    """Where the page from `start` ends, and the cursor of the next one, if there is one."""
    end = total if k == 0 else min(total, start + k)
    return end, cursors.encode(generation, end, query) if end < total else None


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
