"""`verify`: every check of the store, and a sample of documents derived and embedded once more."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from index.derive import derivation, derive
from index.embedder import Embedder
from index.errors import LibraryDamagedError
from index.store import verify as checks
from index.store.local import LocalLibrary
from index.store.snapshot import LocalSnapshot
from index.sync import sync
from index.types import Problem, VerifyReport

DOCUMENTS_DERIVED_AGAIN = 16
EMBEDDED_AGAIN = 64
COSINE_LEAST = 0.995
"""Float16 and another batch's padding cost about 1e-4; another model or another text, far more."""


def verify(library: LocalLibrary, embedder: Embedder | None, *, repair: bool = False) -> VerifyReport:
    """Check a library, and with `repair` derive again whatever can be; `embedder` None skips the sample.

    With `repair`, problems that are gone afterwards are marked as repaired. Raises
    LibraryMissingError.
    """
    report = _check(library, embedder)
    if report.ok or not repair:
        return report
    _repair(library, embedder, report)
    left = {(problem.what, problem.where) for problem in _check(library, embedder).problems}
    problems = tuple(replace(p, repaired=(p.what, p.where) not in left) for p in report.problems)
    return VerifyReport(all(p.repaired for p in problems), report.checked, problems)


def _check(library: LocalLibrary, embedder: Embedder | None) -> VerifyReport:
    try:
        with library.snapshot(recover=False) as snapshot:
            checked, problems = checks.run(snapshot)
            checked = dict(checked)
            if embedder is not None:
                found = list(_sample(snapshot, embedder, library))
                checked["embedded_again"] = len(found)
                problems += [problem for problem in found if problem]
    except LibraryDamagedError as error:
        return VerifyReport(False, {"files": 1}, (Problem(error.what, error.where),))
    return VerifyReport(not problems, checked, tuple(problems))


def _sample(snapshot: LocalSnapshot, embedder: Embedder, library: LocalLibrary) -> Iterator[Problem | None]:
    """Derive and embed some documents again, and compare with what is stored."""
    if snapshot.model.key != embedder.info.key:
        return
    texts, paragraphs = list[str](), list[int]()
    for identity in checks.sample(snapshot, DOCUMENTS_DERIVED_AGAIN):
        document, stored, made_by = snapshot.source_of(identity)
        if made_by != derivation(embedder, library.settings):
            continue
        derived = derive(document, embedder, library.settings).paragraphs
        same = [(p.start, p.end, p.kind) for p in derived] == [(p.start, p.end, p.kind) for p in stored]
        yield None if same else Problem("paragraphs are not what the splitter makes of the text", identity)
        for again, kept in zip(derived, stored, strict=False):
            if same and again.embedded is not None:
                texts.append(again.embedded)
                paragraphs.append(kept.row)
    every = max(1, len(texts) // EMBEDDED_AGAIN)
    texts, paragraphs = texts[::every][:EMBEDDED_AGAIN], paragraphs[::every][:EMBEDDED_AGAIN]
    if texts:
        cosines = np.einsum("ij,ij->i", embedder.encode_documents(texts), checks.stored_vectors(snapshot, paragraphs))
        for row, cosine in zip(paragraphs, cosines, strict=True):
            close = cosine >= COSINE_LEAST
            yield None if close else Problem(f"vector is not the text's: cosine {cosine:.3f}", f"paragraph {row}")


def _repair(library: LocalLibrary, embedder: Embedder | None, report: VerifyReport) -> None:
    """Derive the indexes again; and where rows or vectors are wrong, everything from the texts."""
    if embedder is not None and any(not problem.what.startswith(checks.DERIVED) for problem in report.problems):
        sync(library, [], embedder, rebuild=True)
        return
    with library.writing() as session:
        session.publish(afresh=True)
