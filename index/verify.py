"""`verify`: every check of the store, and a sample of documents derived and embedded once more."""

from collections.abc import Iterator, Set
from dataclasses import replace

import numpy as np

from index.derive import derivation, derive
from index.embedder import Embedder
from index.intake import Intake
from index.store import verify as checks
from index.store.findings import Finding, Remedy
from index.store.local import LocalLibrary, WritingSession
from index.store.records import digest_of, paragraph_values, statement_values
from index.store.snapshot import LocalSnapshot
from index.types import Document, VerifyReport, silent

DOCUMENTS_DERIVED_AGAIN = 16
EMBEDDED_AGAIN = 64
COSINE_LEAST = 0.995
"""Float16 and another batch's padding cost about 1e-4; another model or another text, far more."""

_ROUNDS = 3
"""A damage may hide another: SQLite's indexes one of the rows, a lost file that of the vectors."""


def verify(library: LocalLibrary, embedder: Embedder | None, *, repair: bool = False) -> VerifyReport:
    """Check a library, and with `repair` derive again whatever can be, and purge what was removed.

    Without an `embedder` no sample is taken, and `repair` mends only what needs no model. Only what
    a second check finds no more is reported as repaired. Raises LibraryMissingError; with `repair`
    also LibraryBusyError, LibraryReadOnlyError, ModelMismatchError.
    """
    examined = _check(library, embedder)
    found = dict.fromkeys(examined.findings)
    for _ in range(_ROUNDS if repair else 0):
        before, is_mended = examined, _mend(library, embedder, examined)
        found |= dict.fromkeys(before.findings)
        if not is_mended:
            break
        examined = _check(library, embedder)
        found |= dict.fromkeys(examined.findings)
        if examined.findings == before.findings:
            break
    if repair and examined.is_open and not any(f.remedy is Remedy.BACKUP for f in examined.findings):
        _purge(library)
    # What is lost stays so, though nothing of it is left to be found.
    unrepaired = {
        finding.problem
        for finding in (*examined.findings, *(f for f in found if f.remedy in (Remedy.LOST, Remedy.GONE)))
    }
    problems = dict.fromkeys(finding.problem for finding in found)
    told = tuple(replace(problem, repaired=problem not in unrepaired) for problem in problems)
    return VerifyReport(not unrepaired, dict(examined.checked), told)


def _check(library: LocalLibrary, embedder: Embedder | None) -> checks.Examination:
    examined = checks.run(library)
    if embedder is not None and examined.is_open:
        with examined.told(), library.snapshot(recover=False) as snapshot:
            damaged = {finding.document for finding in examined.findings}
            some = checks.sample(snapshot, DOCUMENTS_DERIVED_AGAIN, [name for name in damaged if name])
            examined.take("embedded_again", _sample(snapshot, embedder, library, some))
    return examined


def _sample(
    snapshot: LocalSnapshot, embedder: Embedder, library: LocalLibrary, identities: Iterator[str]
) -> Iterator[Finding | None]:
    """Derive and embed some documents again, and compare with what is stored."""
    if snapshot.model.key != embedder.info.key:
        return
    texts, paragraphs, owners = list[str](), list[int](), dict[int, str]()
    for identity in identities:
        document, stored, made_by = snapshot.source_of(identity)
        if made_by != derivation(embedder, library.settings):
            continue
        derived = derive(document, embedder, library.settings).paragraphs
        same = [(p.start, p.end, p.kind) for p in derived] == [(p.start, p.end, p.kind) for p in stored]
        what = "paragraphs are not what the splitter makes of the text"
        yield None if same else Finding(what, identity, Remedy.ROWS, identity)
        for again, kept in zip(derived, stored, strict=False):
            if same and again.embedded is not None:
                texts.append(again.embedded)
                paragraphs.append(kept.row)
                owners[kept.row] = identity
    every = max(1, len(texts) // EMBEDDED_AGAIN)
    texts, paragraphs = texts[::every][:EMBEDDED_AGAIN], paragraphs[::every][:EMBEDDED_AGAIN]
    kept_vectors = checks.stored_vectors(snapshot, paragraphs)
    for row, vector in zip(paragraphs, embedder.encode_documents(texts) if texts else (), strict=True):
        if row in kept_vectors:
            slot, kept_vector = kept_vectors[row]
            cosine = float(np.dot(vector, kept_vector))
            what = f"vector is not the text's: cosine {cosine:.3f}"
            close = cosine >= COSINE_LEAST
            yield None if close else Finding(what, f"slot {slot}", Remedy.VECTORS, owners[row], slot)


def _mend(library: LocalLibrary, embedder: Embedder | None, examined: checks.Examination) -> bool:
    """Derive again what can be; whether anything was done."""
    remedies = {finding.remedy for finding in examined.findings}
    if Remedy.REINDEX not in remedies and (Remedy.BACKUP in remedies or not remedies):
        return False
    with examined.told(), library.writing() as session:
        if Remedy.REINDEX in remedies:
            checks.make_database_indexes_again(session)
            return True
        for finding in examined.findings:
            if finding.content is not None:
                checks.drop_content(session, finding.content)
        lost = _lost(session, embedder, library, examined)
        _forget_files(session, lost)
        if embedder is not None:
            _derive_again(session, embedder, library, examined, lost)
        if remedies != {Remedy.LOST}:
            session.publish(afresh=True)
            return True
    return False


def _forget_files(session: WritingSession, lost: Set[str]) -> None:
    """Have the next run read the files of the lost documents, which are as they were when they were indexed."""
    for identity in sorted(lost):
        for row in session.writer.find("id", identity):
            # Where the path is what is damaged, the URI may name the file.
            for uri in filter(None, (row.file, row.uri)):
                session.writer.forget_file(uri)


def _purge(library: LocalLibrary) -> None:
    """Take away what is left of removed text, whatever that costs."""
    with library.snapshot(recover=False) as snapshot:
        is_pending, is_indexed = snapshot.is_purge_pending(), snapshot.manifest.purge_pending
    if is_pending:
        with library.writing() as session:
            session.publish(afresh=is_indexed)


def _lost(
    session: WritingSession, embedder: Embedder | None, library: LocalLibrary, examined: checks.Examination
) -> set[str]:
    """Documents whose text is wrong, so that nothing may be derived from it."""
    lost = {f.document for f in examined.findings if f.document and f.remedy is Remedy.LOST}
    doubtful = {f.document for f in examined.findings if f.document and f.remedy is Remedy.DOUBTFUL_ROWS}
    for identity in sorted(doubtful - lost):
        if embedder is not None and not _derives_the_same(session, identity, embedder, library):
            lost.add(identity)
            what = "text makes other rows than it did; index its file again, or restore a backup"
            examined.findings.append(Finding(what, identity, Remedy.LOST, identity))
    return lost


def _derives_the_same(session: WritingSession, identity: str, embedder: Embedder, library: LocalLibrary) -> bool:
    """Whether a document's text makes the very rows whose checksum was stored with it."""
    for row in session.writer.find("id", identity):
        document: Document = session.writer.load(row)
        derived = derive(document, embedder, library.settings)
        text = document.text
        again = digest_of(paragraph_values(text, derived.paragraphs), statement_values(text, derived.statements))
        return again == checks.stored_digest(session, row.content)
    return False


def _derive_again(
    session: WritingSession, embedder: Embedder, library: LocalLibrary, examined: checks.Examination, lost: set[str]
) -> None:
    """Derive the rows of just the documents in need of it, and embed what lacks a right vector."""
    wrong = {Remedy.VECTORS, Remedy.ROWS, Remedy.DOUBTFUL_ROWS}
    wanted = {f.document for f in examined.findings if f.document and f.remedy in wrong} - lost
    if not wanted and Remedy.VECTORS not in {f.remedy for f in examined.findings}:
        return
    intake = Intake(session, embedder, library.settings, silent, rebuild=False)
    # A slot that also a lost document needs is kept: without any vector it could not be searched.
    kept = {f.slot for f in examined.findings if f.document in lost}
    bad = {f.slot for f in examined.findings if f.slot is not None and f.slot not in kept}
    served = session.manifest()
    # A rebuild that was broken off has begun another file, which these slots are not of.
    if bad and served is not None and served.vectors == session.writer.newest_model().file:
        session.writer.forget_slots(bad)
    lacking = {row.id for row in session.writer.lacking_vectors()}
    intake.derive_again((wanted | lacking) - lost)
    # Not `finish`: what other versions derived is no damage, and may be the whole library.
    intake.flush()
    session.writer.settle_lacking()
