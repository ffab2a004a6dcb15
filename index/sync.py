"""Files → plan → transactions → a generation: making a library match its inputs."""

import hashlib
import os
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from index.aside import Aside
from index.bundle import read_bundle
from index.embedder import Embedder
from index.errors import DocumentNotFoundError, InterruptedRunError, InvalidValueError
from index.intake import Intake, milliseconds_since
from index.plan import Plan, planned, unless_emptied
from index.readers import READER_VERSION, read_file, read_stream
from index.readers.discover import SourceFile, discover, exists
from index.readers.under import is_under
from index.settings import IndexSettings
from index.store.local import LocalLibrary
from index.store.publish import PURGE_ON_REMOVAL_UP_TO
from index.store.records import DocumentRow, FileRow
from index.store.writer import Writer
from index.types import Document, IndexReport, Progress, Rejected, silent

_COPIES_KNOWN = 1000
"""Of so many texts a run keeps in mind which of their documents' files are gone."""


def sync(
    library: LocalLibrary,
    paths: Sequence[str],
    embedder: Embedder,
    *,
    prune: bool = False,
    rebuild: bool = False,
    progress: Progress = silent,
    others: Counter[str] | None = None,
    are_there: Callable[[], bool] = lambda: True,
) -> IndexReport:
    """Make the library match those files, folders and globs.

    `prune` also removes documents indexed earlier from under `paths` whose file is gone, unless by then the paths
    themselves are no longer what they were, which `are_there` tells; `rebuild`
    reads and derives everything again, and may do so with another model; files in folders that are of no known
    format are counted in `others`, by suffix. Raises
    ModelMismatchError, LibraryBusyError, LibraryReadOnlyError, InterruptedRunError, and
    InvalidValueError for an empty path: it would be the current folder, and is a variable that was not set.
    """
    if "" in paths:
        raise InvalidValueError("PATH", "", "a file or folder; . is the current one")
    with library.writing() as session:
        files = discover(paths, others)
        if prune:
            files = unless_emptied(files, session.writer, paths)
        plan = planned(files, session.writer, rebuild=rebuild)
        intake = Intake(session, embedder, library.settings, progress, rebuild=rebuild)
        run = _Run(intake, library.settings, progress, rebuild=rebuild)
        with _kept_if_interrupted(intake):
            run.read_files(plan)
            intake.flush()
            if prune:
                run.prune(paths, are_there)
            return intake.finish()


def add(
    library: LocalLibrary,
    documents: Iterable[Document | Rejected],
    embedder: Embedder,
    *,
    progress: Progress = silent,
) -> IndexReport:
    """Add or replace documents that come from no file, by id. Raises what `sync` does."""
    with library.writing() as session:
        intake = Intake(session, embedder, library.settings, progress, rebuild=False)
        run = _Run(intake, library.settings, progress, rebuild=False)
        with _kept_if_interrupted(intake):
            run.read_documents(documents, None)
            run.settle_conflicts()
            return intake.finish()


@contextmanager
def _kept_if_interrupted(intake: Intake) -> Iterator[None]:
    """Keep what an interrupted run has finished, and say how much that is."""
    try:
        yield
    except KeyboardInterrupt as error:
        intake.commit_complete()
        raise InterruptedRunError(intake.tally.committed) from error
    finally:
        intake.stop()


def add_stream(
    library: LocalLibrary, stream: BinaryIO, embedder: Embedder, *, uri: str = "stdin:", progress: Progress = silent
) -> IndexReport:
    """Add or replace the documents of a stream; a document without a name or id of its own is known by its bytes.

    What the stream holds, its first bytes tell: PDF, DOCX, EPUB, HTML, a mail or a box of them, JSONL,
    else plain text, each also gzipped. Raises what `sync` does.
    """
    found = (
        replace(item, uri=f"{uri}#sha={item.sha256[:16]}") if isinstance(item, Document) and item.uri == uri else item
        for item in read_stream(stream, "", uri, library.settings)
    )
    return add(library, _telling(found, stream, progress), embedder, progress=progress)


def add_bundle(
    library: LocalLibrary, stream: BinaryIO, embedder: Embedder, *, uri: str = "stdin:", progress: Progress = silent
) -> IndexReport:
    """Add or replace the documents of files that were sent together, see `index.bundle`. Raises what `sync` does."""
    found = read_bundle(stream, uri, library.settings)
    return add(library, _telling(found, stream, progress), embedder, progress=progress)


def _telling(
    documents: Iterable[Document | Rejected], stream: BinaryIO, progress: Progress
) -> Iterator[Document | Rejected]:
    """The same; after each, where the stream is a file, `progress` learns how many of its bytes are behind."""
    size = _size_of(stream)
    for item in documents:
        yield item
        if size:
            progress("reading", min(stream.tell(), size), size)
    if size:
        progress("reading", size, size)


def _size_of(stream: BinaryIO) -> int:
    """The bytes of a stream that is a file, which is what a server hands to its jobs; 0 of any other."""
    try:
        status = os.fstat(stream.fileno())
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def remove(library: LocalLibrary, ids_or_uris: Sequence[str]) -> IndexReport:
    """Remove documents for good. Raises DocumentNotFoundError before anything is removed."""
    started = time.monotonic()
    with library.writing() as session:
        writer = session.writer
        wanted = {row.id: row for name in ids_or_uris for row in _named(writer, name)}
        for row in wanted.values():
            writer.remove(row)
            if row.file is not None:
                writer.forget_file(row.file)
        generation = session.publish(purge_up_to=PURGE_ON_REMOVAL_UP_TO)
    return IndexReport(generation, removed=len(wanted), took_ms=milliseconds_since(started))


def _named(writer: Writer, name: str) -> list[DocumentRow]:
    found = writer.find("id", name) or writer.find("uri", name)
    # Removed by a run that could not publish, it is still served: then publishing is what is left.
    if not found and not writer.is_dying(name):
        raise DocumentNotFoundError(name)
    return found


class _Run:
    """Compares inputs with what is stored, and hands the intake what differs."""

    def __init__(self, intake: Intake, settings: IndexSettings, progress: Progress, *, rebuild: bool) -> None:
        self._intake, self._settings, self._progress, self._rebuild = intake, settings, progress, rebuild
        self._tally = intake.tally
        self._claims = intake.claims
        self._newest = intake.writer.newest()
        self._moved_from: dict[str, list[DocumentRow]] = {}
        self._conflicts = Aside[tuple[Document, str | None]](intake.writer.root)
        self._is_settling = False
        self._to_read = self._passed = 0

    @property
    def _writer(self) -> Writer:
        return self._intake.writer

    def read_files(self, plan: Plan) -> None:
        """Read every file that is not as it was when it was last indexed."""
        self._to_read = plan.size
        self._tally.unchanged += plan.unchanged
        for item in plan.items():
            if isinstance(item, Rejected):
                self._tally.rejected.append(item)
                continue
            self._read_file(item)
            self._passed += item.size
            self._tell_place(0)
        self.settle_conflicts()

    def settle_conflicts(self) -> None:
        """Look once more at documents whose id was another file's when they were read."""
        self._intake.flush()
        self._is_settling = True
        for document, file in self._conflicts.taken():
            rejected = self._take(document, file)
            if rejected:
                self._tally.rejected.append(rejected)
                if file is not None:
                    self._intake.remember_file(file, None)

    def _tell_place(self, place: int) -> None:
        """Tell how many bytes are behind, `place` those of the file that is being read."""
        self._progress("reading", min(self._passed + place, self._to_read), self._to_read)

    def _read_file(self, file: SourceFile) -> None:
        checked = time.time_ns()
        clean = self.read_documents(read_file(file.path, file.uri, self._settings, self._tell_place), file)
        seen = FileRow(file.size, file.mtime_ns, checked, READER_VERSION)
        # Remembered only after its documents are written, and never while something in it is rejected.
        self._intake.remember_file(file.uri, seen if clean else None)

    def read_documents(self, documents: Iterable[Document | Rejected], file: SourceFile | None) -> bool:
        """Take up one input's documents; whether none of them was rejected.

        Documents that the file no longer holds are removed, unless something in it was rejected:
        then nobody can tell what is gone.
        """
        uri = file.uri if file else None
        clean = True
        for item in documents:
            rejected = item if isinstance(item, Rejected) else self._take(item, uri)
            if rejected:
                self._tally.rejected.append(rejected)
                clean = False
        if clean and uri:
            # What this run wrote it has claimed: of a new file not one row is looked at.
            for rows in self._writer.of_file(uri, self._newest):
                for row in self._claims.unclaimed(rows):
                    self._intake.remove(row)
        return clean

    def _take(self, document: Document, file: str | None) -> Rejected | None:
        """Compare one document with what is stored, and put it in the queue if it differs."""
        identity, old = self._identified(document, file)
        holder = self._claims.holder(identity, old)
        if holder is not None:
            return Rejected(document.uri, f"its id {identity} is taken by {holder} of the same run; ids must differ")
        if old and old.file not in (None, file) and exists(old.file):
            if not self._is_settling:
                # Its file may yet turn out to hold it no longer.
                self._conflicts.put((document, file))
                return None
            return Rejected(document.uri, f"its id {identity} is taken by {old.uri}; give one of them another id")
        if old is None:
            self._intake.put(identity, document, file)
            self._tally.added += 1
            return None
        self._claims.take_up(old.row)
        if self._rebuild or not self._writer.same_content(old, document, self._intake.derivation):
            self._intake.put(identity, document, file)
            self._count_known(old, document, file)
        elif not self._writer.same_metadata(old, document, file):
            self._intake.put_metadata(identity, document, file)
            self._count_known(old, document, file)
        else:
            self._tally.unchanged += 1
        return None

    def _count_known(self, old: DocumentRow, document: Document, file: str | None) -> None:
        if old.sha256 != document.sha256:
            self._tally.changed += 1
        elif old.file == file:
            self._tally.unchanged += 1
        else:
            self._tally.moved += 1
        if old.file not in (None, file):
            # Should that file come back just as it was, it must not be taken for known.
            self._writer.forget_file(old.file)

    def _identified(self, document: Document, file: str | None) -> tuple[str, DocumentRow | None]:
        """A document's id, and the live document that has it: by id, by URI, or moved here from a path that is gone."""
        if document.id is not None:
            return document.id, self._live(document.id)
        unclaimed = self._claims.unclaimed
        known = unclaimed(self._writer.find("uri", document.uri))
        known = known or [row for row in unclaimed(self._gone(document.sha256)) if row.file != file]
        return (known[0].id, known[0]) if known else self._new_id(document.uri)

    def _live(self, identity: str) -> DocumentRow | None:
        return next(iter(self._writer.find("id", identity)), None)

    def _gone(self, sha256: str) -> list[DocumentRow]:
        """Documents of these raw bytes whose file is gone; looked for once, however many copies there are."""
        if sha256 not in self._moved_from:
            found = self._writer.find("sha256", sha256)
            if not found:
                # Nothing to look for, and nothing to keep in memory of each new document.
                return []
            if len(self._moved_from) >= _COPIES_KNOWN:
                self._moved_from.clear()
            self._moved_from[sha256] = [row for row in found if row.file is not None and not exists(row.file)]
        return self._moved_from[sha256]

    def _new_id(self, uri: str) -> tuple[str, DocumentRow | None]:
        """`d_` and 16 hex digits of the URI's SHA-256; counted on when a document that moved has it.

        With the live document of that id, which is there when the URI is given twice in one run: that is one id twice.
        """
        number = 1
        while True:
            name = uri if number == 1 else f"{uri}\0{number}"
            identity = "d_" + hashlib.sha256(name.encode()).hexdigest()[:16]
            row = self._live(identity)
            if row is None or self._claims.holder(identity, row) == uri:
                return identity, row
            number += 1

    def prune(self, paths: Sequence[str], are_there: Callable[[], bool]) -> None:
        """Remove documents from under `paths` whose file is gone."""
        known = self._writer.file_uris()
        gone = [uri for uri in known if any(is_under(uri, path) for path in paths) and not exists(uri)]
        # Asked when all were looked for: a disk may go amid a run, and with it everything on it.
        if not gone or not are_there():
            return
        for uri in gone:
            for row in self._writer.find("file", uri):
                self._intake.remove(row)
            self._writer.forget_file(uri)
