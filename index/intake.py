"""Taking documents in: derive, embed what lacks a vector, commit one by one, publish now and then."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from index.derive import derivation, derive
from index.embedder import Embedder
from index.settings import IndexSettings
from index.store.local import WritingSession
from index.store.records import Derived, DocumentRow, FileRow
from index.store.writer import Writer
from index.types import Document, IndexReport, Progress, Rejected

_FLUSH_TEXTS = 128
"""New texts that are embedded before their documents are committed: as many as make sorting by length pay in full."""

_SLICE_TEXTS = 64
"""Of these, how many get their vectors stored at once: about a second's work to lose."""

_FLUSH_DOCUMENTS = 256
"""Documents that wait at most, when only their metadata is new: their texts are in memory."""

_FLUSH_SECONDS = 5.0
"""How long a document waits at most, where reading is slow, unless one of them takes longer."""


@dataclass(slots=True)
class Tally:
    """What a run did so far: the counts of an IndexReport, and how many documents are written for good."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    paragraphs: int = 0
    furniture: int = 0
    embedded: int = 0
    statements: int = 0
    committed: int = 0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document whose texts may lack vectors; `derived` None keeps the content that is stored."""

    id: str
    document: Document
    file: str | None
    derived: Derived | None


class Intake:
    """What one run writes; documents wait until there are enough texts to embed together."""

    def __init__(
        self,
        session: WritingSession,
        embedder: Embedder,
        settings: IndexSettings,
        progress: Progress,
        *,
        rebuild: bool,
    ) -> None:
        self._session, self._embedder, self._settings = session, embedder, settings
        self._progress, self._rebuild = progress, rebuild
        self.derivation = derivation(embedder, settings)
        self.tally = Tally()
        self._waiting: list[_Waiting] = []
        self._files: list[tuple[str, FileRow | None]] = []
        self._texts = self._since_publication = 0
        self._started = self._published = self._flushed = time.monotonic()
        served = session.manifest()
        self.writer.use_model(embedder.info, afresh=rebuild, served=served.vectors if served else None)
        self.writer.forget_lost_slots()

    @property
    def writer(self) -> Writer:
        """Writes the rows of the pending generation; another one after each publication."""
        return self._session.writer

    def put(self, identity: str, document: Document, file: str | None) -> None:
        """Derive a document and let it wait for its vectors."""
        derived = derive(document, self._embedder, self._settings)
        body = sum(paragraph.kind == "body" for paragraph in derived.paragraphs)
        self.tally.paragraphs += body
        self.tally.furniture += len(derived.paragraphs) - body
        self.tally.statements += len(derived.statements)
        self._waiting.append(_Waiting(identity, document, file, derived))
        self._texts += body
        self._flush_if_full()

    def put_metadata(self, identity: str, document: Document, file: str | None) -> None:
        """Let a document wait whose text is stored already."""
        self._waiting.append(_Waiting(identity, document, file, None))
        self._flush_if_full()

    def _flush_if_full(self) -> None:
        is_full = self._texts >= _FLUSH_TEXTS or len(self._waiting) >= _FLUSH_DOCUMENTS
        if is_full or time.monotonic() - self._flushed > _FLUSH_SECONDS:
            self.flush()

    def remember_file(self, uri: str, seen: FileRow | None) -> None:
        """Remember a file once its documents are written; None makes the next run read it again."""
        self._files.append((uri, seen))

    def remove(self, row: DocumentRow) -> None:
        """Take a document out."""
        self.writer.remove(row)
        self.tally.removed += 1

    def derive_stale(self) -> None:
        """Derive again what other versions derived, or what lacks vectors of the present model."""
        self.flush()
        rows = self.writer.stale(self.derivation)
        if self.writer.state.is_lacking:
            rows = [*rows, *self.writer.lacking_vectors()]
        for row in {row.id: row for row in rows}.values():
            self.put(row.id, self.writer.load(row), row.file)

    def derive_again(self, ids: Collection[str]) -> None:
        """Derive these documents again from their texts, whatever is stored of them."""
        for identity in sorted(ids):
            for row in self.writer.find("id", identity):
                self.put(row.id, self.writer.load(row), row.file)

    def flush(self) -> None:
        """Embed what lacks a vector, then commit each waiting document."""
        waiting = len(self._waiting)
        self._embed(self._missing())
        self.commit_complete()
        for uri, seen in self._files:
            self._write_file(uri, seen)
        self._since_publication += max(self._texts, waiting)
        self._files, self._texts, self._flushed = [], 0, time.monotonic()
        self._publish_if_due()

    def _missing(self) -> list[str]:
        """The texts of the waiting documents that lack a vector, each once."""
        return self.writer.missing_texts([text for item in self._waiting for text in _embedded(item.derived)])

    def _embed(self, texts: list[str]) -> None:
        """Give texts their vectors, slice by slice.

        The longest go first, over all slices: batches of like length, as padding costs as much as text.
        """
        by_length = sorted(texts, key=len, reverse=True)
        for start in range(0, len(texts), _SLICE_TEXTS):
            part = by_length[start : start + _SLICE_TEXTS]
            self._progress("embedding", start, len(texts))
            self.writer.add_vectors(part, self._embedder.encode_documents(part))
            self.tally.embedded += len(part)
        if texts:
            self._progress("embedding", len(texts), len(texts))

    def commit_complete(self) -> None:
        """Commit the waiting documents all of whose texts have vectors: all of them, but in an interrupted run."""
        lacking = set(self._missing())
        self._waiting = [item for item in self._waiting if lacking.isdisjoint(_embedded(item.derived))]
        while self._waiting:
            item = self._waiting[0]
            self.writer.put(item.id, item.document, item.file, item.derived)
            del self._waiting[0]
            self.tally.committed += 1

    def _write_file(self, uri: str, seen: FileRow | None) -> None:
        if seen is None:
            self.writer.forget_file(uri)
            return
        kept = self.writer.file(uri)
        # A file that was only looked at again keeps its row, unless the row made us look.
        if kept is None or not kept.looks_like(seen) or (kept.is_racy and not seen.is_racy):
            self.writer.put_file(uri, seen)

    def _publish_if_due(self) -> None:
        due = time.monotonic() - self._published > self._settings.publish_seconds
        due = due or self._since_publication > self._settings.publish_paragraphs
        if not due or self._session.is_switching():
            return
        if self._since_publication:
            self._session.publish(purge_up_to=0)
        self._published, self._since_publication = time.monotonic(), 0

    def finish(self) -> IndexReport:
        """Complete what lacks vectors, write what waits, publish, and report."""
        self.derive_stale()
        self.flush()
        self.writer.settle_lacking()
        if self._session.published or self._session.live_documents():
            generation = self._session.publish(afresh=self._rebuild)
        else:
            # Everything was rejected: there is still no library.
            generation = 0
        counts = {name: getattr(self.tally, name) for name in Tally.__slots__ if name not in ("rejected", "committed")}
        rejected = tuple(self.tally.rejected)
        return IndexReport(generation, rejected=rejected, took_ms=milliseconds_since(self._started), **counts)


def milliseconds_since(started: float) -> float:
    """Milliseconds since a reading of the monotonic clock, to a tenth."""
    return round((time.monotonic() - started) * 1000, 1)


def _embedded(derived: Derived | None) -> Iterator[str]:
    for paragraph in derived.paragraphs if derived else ():
        if paragraph.embedded is not None:
            yield paragraph.embedded
