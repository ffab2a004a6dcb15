"""An engine over three made-up documents, for tests of the service that need no library."""

from dataclasses import replace
from datetime import UTC, datetime

from index.errors import DocumentNotFoundError, EmptyQueryError, LibraryMissingError
from index.types import Filters, IndexReport, Kind, ModelInfo, Ref, Status, VectorIndexInfo
from search import cursors
from search.checks import check_query, check_statements
from search.engine import Engine
from search.types import (
    Answer,
    AskResult,
    Citation,
    DocumentsPage,
    DocumentView,
    MentionCount,
    ParagraphView,
    Passage,
    Query,
    Refusal,
    SearchResult,
    SpeakerMention,
    SpeakersPage,
    SpeakerView,
    StatementsPage,
    StatementsQuery,
    StatementView,
)

TOOK_MS = 1.5
BRIDGE = (
    "The old bridge 🌉 over the Vell opened again on Monday.\n\n"
    "“We kept our promise,” said Mayor Ana Ruiz. “Now the buses will run.”\n\n"
    "Share this article"
)
HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> said the mayor of the bridge."
PROMISE = "“We kept our promise,”"
BUSES = "“Now the buses will run.”"


def _ref(identity: str, title: str, published: str | None, source: str) -> Ref:
    return Ref(identity, f"file:///news/{identity}.txt", title, "B. Reporter", published, source, "en")


BRIDGE_REF = _ref("bridge", "Bridge reopens", "2024-05-31", "Vell Courier")
HOSTILE_REF = _ref("hostile", "<b onclick='window.hacked = 3'>Markup</b>", None, "<i>Odd</i>")
SPACED_REF = _ref("a b/c#d?e%f", "A strange id", "2024-06-01", "Vell Courier")
DOCUMENTS = {
    "bridge": (BRIDGE_REF, BRIDGE),
    "hostile": (HOSTILE_REF, HOSTILE),
    "a b/c#d?e%f": (SPACED_REF, "Nothing to see."),
}


def _passage(ref: Ref, text: str, start: int, ordinal: int, marked: str) -> Passage:
    at = text.find(marked)
    highlights = ((at, at + len(marked)),) if at >= 0 else ()
    return Passage(f"{ref.id}#0123456789ab", 0.75, text, start, start + len(text), ordinal, None, highlights, ref, ())


def bridge_statement() -> StatementView:
    """The mayor's split quotation."""
    start, end = BRIDGE.index(PROMISE), BRIDGE.index(BUSES) + len(BUSES)
    cue, name = BRIDGE.index("said"), BRIDGE.index("Mayor Ana Ruiz")
    return StatementView(
        id="s_1", kind="direct", text=BRIDGE[start:end], start=start, end=end,
        spans=((start, start + len(PROMISE)), (end - len(BUSES), end)),
        cue="said", cue_start=cue, cue_end=cue + 4, confidence=0.9, relayed_by=None,
        speaker=SpeakerMention("p_1", "Ana Ruiz", "Mayor Ana Ruiz", name, name + 14), document=BRIDGE_REF,
    )  # fmt: skip


def bridge_passages() -> tuple[Passage, ...]:
    """The bridge report's paragraphs, and the hostile document's."""
    first, second, _ = BRIDGE.split("\n\n")
    return (
        _passage(BRIDGE_REF, second, BRIDGE.index(second), 1, "promise"),
        _passage(BRIDGE_REF, first, 0, 0, "bridge"),
        _passage(HOSTILE_REF, HOSTILE, 0, 0, "bridge"),
    )


class FakeEngine(Engine):
    """Answers any question that holds "bridge"; remembers what it was asked."""

    def __init__(self, generation: int | None = 7, max_query_chars: int = 4000) -> None:
        self.current = generation
        self.max_query_chars = max_query_chars
        self.asked: list[object] = []
        self.failure: Exception | None = None
        self.warming: Exception | None = None
        self.closed = False

    def expect(self, text: str) -> None:
        """Nothing is encoded here."""

    def reads_links_soon(self) -> bool:
        """There are none."""
        return True

    def read_links(self) -> None:
        """There are none."""

    def search(self, query: Query) -> SearchResult:
        """Every passage."""
        self._check(query)
        return SearchResult(query.text, self.generation(), TOOK_MS, bridge_passages()[: query.k])

    def ask(self, query: Query) -> AskResult:
        """The mayor's promise, or a refusal."""
        self._check(query)
        passages = bridge_passages()[: query.k]
        if "bridge" not in query.text:
            refusal = Refusal("No document speaks of this.", 3, 0, 0, passages[:1])
            return AskResult(query.text, self.generation(), TOOK_MS, None, refusal, (), passages)
        said = bridge_statement()
        first = BRIDGE.partition("\n")[0]
        citations = (
            Citation(1, said.text, said.start, said.end, None, BRIDGE_REF, passages[0].id),
            Citation(2, first, 0, len(first), None, BRIDGE_REF, "bridge#0123456789ab"),
        )
        answer = Answer(f"{said.text} [1] {first} [2]", "statements", 0.9, citations)
        return AskResult(query.text, self.generation(), TOOK_MS, answer, None, (said,), passages)

    def statements(self, query: StatementsQuery) -> StatementsPage:
        """One statement."""
        check_statements(query, self.max_query_chars)
        self.asked.append(query)
        cursors.decode(query.cursor, self.generation(), "statements")
        return StatementsPage(self.generation(), 1, None, (bridge_statement(),))

    def speakers(self, filters: Filters, k: int = 0, cursor: str | None = None) -> SpeakersPage:
        """One speaker."""
        self.asked.append((filters, k, cursor))
        mayor = SpeakerView(
            "p_1", "Ana Ruiz", "Mayor", (MentionCount("Mayor Ana Ruiz", 1),), 1, 1, "2024-05-31", "2024-05-31"
        )
        return SpeakersPage(self.generation(), 1, None, (mayor,))

    def documents(self, filters: Filters, k: int = 0, cursor: str | None = None) -> DocumentsPage:
        """All documents, by pages."""
        self.asked.append((filters, k, cursor))
        refs = tuple(ref for _, (ref, _) in sorted(DOCUMENTS.items()))
        start = cursors.decode(cursor, self.generation(), "documents")
        end = start + (k or len(refs))
        following = cursors.encode(self.generation(), end, "documents") if end < len(refs) else None
        return DocumentsPage(self.generation(), len(refs), following, refs[start:end])

    def document(self, id_or_uri: str) -> DocumentView:
        """One of the three."""
        for ref, text in DOCUMENTS.values():
            if id_or_uri in (ref.id, ref.uri):
                return _view(ref, text)
        raise DocumentNotFoundError(id_or_uri)

    def status(self) -> Status:
        """Made-up counts."""
        model = ModelInfo("fake", "k" * 64, 8, 256)
        return Status("/lib", self.generation(), 3, 5, 1, 1, 1, model, VectorIndexInfo("flat", 1.0, 99), 1234, False)

    def generation(self) -> int:
        """The number it was made with."""
        if self.failure is not None:
            raise self.failure
        if self.current is None:
            raise LibraryMissingError("/lib")
        return self.current

    def published(self) -> datetime:
        """Made up."""
        return datetime(2031, 5, 6, tzinfo=UTC)

    def warm(self) -> None:
        """Nothing to load, but it may fail."""
        if self.warming is not None:
            raise self.warming

    def prepare(self) -> None:
        """Nothing to prepare."""

    def close(self) -> None:
        """Remember it."""
        self.closed = True

    def _check(self, query: Query) -> None:
        check_query(query, self.max_query_chars)
        self.asked.append(query)
        if not any(character.isalnum() for character in query.text):
            raise EmptyQueryError


def _view(ref: Ref, text: str) -> DocumentView:
    paragraphs, start = [], 0
    for ordinal, part in enumerate(text.split("\n\n")):
        kind: Kind = "furniture" if part.startswith("Share") else "body"
        paragraphs.append(ParagraphView(f"{ref.id}#{ordinal:012x}", ordinal, start, start + len(part), kind, None))
        start += len(part) + 2
    return DocumentView(
        ref.id, ref.uri, ref.title, ref.author, ref.published, ref.source, ref.language,
        "0" * 64, text, {"topic": "bridges"}, tuple(paragraphs),
    )  # fmt: skip


REPORT = replace(IndexReport(8), added=1, paragraphs=2)
