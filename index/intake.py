"""Taking documents in: derive, embed what lacks a vector, commit one by one, publish now and then.

While the texts of some documents are embedded, the next ones are read and derived, so that no core waits.
Everything is written by one thread, in the order of reading.
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from index.claims import Claims
from index.derive import derivation, derive
from index.embedder import Embedder
from index.encoding import Encoding
from index.memory import give_back, share_arena
from index.settings import IndexSettings
from index.store.local import WritingSession
from index.store.records import Derived, DocumentRow, FileRow
from index.store.writer import Writer
from index.types import Document, IndexReport, Progress, Rejected, Vectors

_FLUSH_TEXTS = 512
"""New texts that are embedded together: sorted by tokens, 2 % of what a model reads are padding, with 128 7 %."""

_FLUSH_DOCUMENTS = 256
"""Documents that wait at most, when only their metadata is new: their texts are in memory."""

_FLUSH_SECONDS = 5.0
"""How long a document waits for others at most, where reading is slow."""


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


@dataclass(slots=True)
class _Lot:
    """Documents that are committed once their texts are embedded, and files that are then remembered."""

    documents: list[_Waiting] = field(default_factory=list)
    files: list[tuple[str, FileRow | None]] = field(default_factory=list)
    texts: int = 0

    def embedded(self) -> list[str]:
        return [text for item in self.documents for text in _embedded(item.derived)]


class Intake:
    """What one run writes; documents wait until there are enough texts to embed together.

    One lot is filled while the one before it is embedded.
    """

    def __init__(
        self,
        session: WritingSession,
        embedder: Embedder,
        settings: IndexSettings,
        progress: Progress,
        *,
        rebuild: bool,
    ) -> None:
        share_arena()
        self._session, self._embedder, self._settings = session, embedder, settings
        self._progress, self._rebuild = progress, rebuild
        session.progress = progress
        self.derivation = derivation(embedder, settings)
        self.tally, self.claims = Tally(), Claims()
        self._filling, self._leaving = _Lot(), _Lot()
        self._encoding = Encoding(embedder, ())
        self._since_publication = self._to_embed = 0
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
        self._filling.texts += body
        self._wait(_Waiting(identity, document, file, derived))

    def put_metadata(self, identity: str, document: Document, file: str | None) -> None:
        """Let a document wait whose text is stored already."""
        self._wait(_Waiting(identity, document, file, None))

    def _wait(self, item: _Waiting) -> None:
        self.claims.put(item.id, item.document.uri)
        self._filling.documents.append(item)
        self._go_on()

    def _go_on(self) -> None:
        """Store what is embedded by now; hand over what waits, if that is enough or has waited for long."""
        for part, vectors in self._encoding.ready():
            self._store(part, vectors)
        if self._encoding.is_taken and self._leaving.documents:
            self._settle()
        lot = self._filling
        is_full = lot.texts >= _FLUSH_TEXTS or max(len(lot.documents), len(lot.files)) >= _FLUSH_DOCUMENTS
        if is_full or time.monotonic() - self._flushed > _FLUSH_SECONDS:
            self._hand_over()

    def remember_file(self, uri: str, seen: FileRow | None) -> None:
        """Remember a file once its documents are written; None makes the next run read it again."""
        self._filling.files.append((uri, seen))
        self._go_on()

    def remove(self, row: DocumentRow) -> None:
        """Take a document out."""
        self.writer.remove(row)
        self.tally.removed += 1

    def derive_stale(self) -> None:
        """Derive again what other versions derived, or what lacks vectors of the present model."""
        self.flush()
        rows = self.writer.outdated(self.derivation)
        for done, row in enumerate(map(self.writer.document, rows), 1):
            self.put(row.id, self.writer.load(row), row.file)
            self._progress("deriving", done, len(rows))

    def derive_again(self, ids: Collection[str]) -> None:
        """Derive these documents again from their texts, whatever is stored of them."""
        for identity in sorted(ids):
            for row in self.writer.find("id", identity):
                self.put(row.id, self.writer.load(row), row.file)

    def flush(self) -> None:
        """Embed what lacks a vector, then commit each waiting document."""
        self._hand_over()
        self._settle()
        self._publish_if_due()

    def _hand_over(self) -> None:
        """Have the texts of what waits embedded, once the lot before is written."""
        self._settle()
        self._leaving, self._filling, self._flushed = self._filling, _Lot(), time.monotonic()
        self._encode(self._leaving)
        self._publish_if_due()

    def _encode(self, lot: _Lot) -> None:
        missing = self.writer.missing_texts(lot.embedded())
        self._encoding = Encoding(self._embedder, missing)
        # All texts of the lots before are embedded by now.
        self._to_embed = self.tally.embedded + len(missing)
        self._tell_embedded()

    def _settle(self) -> None:
        """Wait until the lot that is being embedded is, and write it."""
        lot = self._leaving
        self._store_rest()
        # Publishing meanwhile may have purged vectors that this lot counted on.
        self._encode(lot)
        self._store_rest()
        self._since_publication += max(lot.texts, len(lot.documents))
        self._commit(lot)
        for uri, seen in lot.files:
            self._write_file(uri, seen)
        self._leaving = _Lot()

    def _store_rest(self) -> None:
        for part, vectors in self._encoding.rest():
            self._store(part, vectors)

    def _store(self, texts: list[str], vectors: Vectors) -> None:
        self.writer.add_vectors(texts, vectors)
        self.tally.embedded += len(texts)
        self._tell_embedded()

    def _tell_embedded(self) -> None:
        """Tell how many texts are embedded, and how many are to be of all that was handed over so far."""
        self._progress("embedding", self.tally.embedded, self._to_embed)

    def stop(self) -> None:
        """Embed no more, in a run that failed: a process must not end amid that."""
        self._encoding.stop()

    def commit_complete(self) -> None:
        """Commit, in an interrupted run, the waiting documents all of whose texts have vectors."""
        self.stop()
        for part, vectors in self._encoding.finished():
            self._store(part, vectors)
        for lot in (self._leaving, self._filling):
            lacking = set(self.writer.missing_texts(lot.embedded()))
            lot.documents = [item for item in lot.documents if lacking.isdisjoint(_embedded(item.derived))]
            self._commit(lot)

    def _commit(self, lot: _Lot) -> None:
        while lot.documents:
            item = lot.documents[0]
            row = self.writer.put(item.id, item.document, item.file, item.derived)
            self.claims.settle(item.id, row)
            del lot.documents[0]
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
            give_back()
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
