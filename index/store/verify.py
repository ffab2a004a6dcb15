"""Checking one generation: that rows, offsets, vectors, FAISS and tantivy say the same, both ways.

Each stage yields, for every thing it looked at, None or what it found. The rows are checked by
themselves in `index/store/verify_rows.py`; here is what is derived from them, and the frame.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Set
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from index.errors import LibraryDamagedError
from index.store import rows
from index.store.denials import denials_told
from index.store.filters import live
from index.store.findings import Finding, Found, Remedy
from index.store.first_run import unpublished
from index.store.generations import Generations, checksum
from index.store.local import LocalLibrary, WritingSession
from index.store.publish import joined_terms
from index.store.schema import FOREVER, connect
from index.store.snapshot import LocalSnapshot
from index.store.state import State
from index.store.verify_rows import check_contents, check_database, check_documents
from index.terms import TERMS_VERSION
from index.types import Vectors


@dataclass(slots=True)
class Examination:
    """How many things were looked at, by stage, and what was found."""

    checked: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    is_open: bool = False
    """Whether the generation could be opened, so that its vectors and indexes were checked too."""

    def take(self, stage: str, found: Found) -> bool:
        """Go through one stage; whether it found nothing. What cannot be read is itself a finding."""
        before = len(self.findings)
        with self.told():
            for finding in found:
                self.checked[stage] += 1
                if finding:
                    self.findings.append(finding)
        return len(self.findings) == before

    @contextmanager
    def told(self) -> Iterator[None]:
        """Make a finding of what is too damaged to be looked at."""
        try:
            yield
        except LibraryDamagedError as error:
            self.findings.append(Finding(*_kind_of(error)))
        except sqlite3.DatabaseError as error:
            what = f"database: {error}; restore a backup"
            self.findings.append(Finding(what, "library.db", Remedy.BACKUP))


def _kind_of(error: LibraryDamagedError) -> tuple[str, str, Remedy]:
    path = Path(error.where)
    if path.suffix == ".f16":
        return f"vectors: {error.what}", error.where, Remedy.VECTORS
    if path.name == "library.db":
        return f"database: {error.what}; restore a backup", error.where, Remedy.BACKUP
    return f"derived file: {error.what}", error.where, Remedy.INDEXES


def run(library: LocalLibrary) -> Examination:
    """All checks that need no model. Raises LibraryMissingError, LibraryUnreadableError."""
    library.check_exists()
    with denials_told(library.root):
        return _examined(library)


def _examined(library: LocalLibrary) -> Examination:
    found = Examination()
    with found.told():
        db = connect(library.root / "library.db")
        try:
            _check_rows(library, db, found)
        finally:
            db.close()
    if found.take("files", check_files(library.generations)):
        with found.told(), library.snapshot(recover=False) as snapshot:
            found.is_open = True
            found.take("vectors", check_vectors(snapshot))
            found.take("vector_index", check_vector_index(snapshot))
            found.take("lexical_index", check_lexical_index(snapshot))
            found.take("titles", check_titles(snapshot))
            found.take("counts", check_counts(snapshot))
    return found


def _check_rows(library: LocalLibrary, db: sqlite3.Connection, found: Examination) -> None:
    found.take("database", check_database(db))
    published = 0
    with found.told():
        published = State(db).published
    # CURRENT may be lost, and leads by one when a run was killed right after the rename.
    generation = max(published, library.generations.current() or 0)
    if not generation and not found.findings:
        raise unpublished(library.root, db)
    with _held(library.generations, generation):
        found.take("documents", check_documents(db, generation))
        found.take("contents", check_contents(db, generation))


@contextmanager
def _held(generations: Generations, number: int) -> Iterator[None]:
    """Keep a generation's rows from being purged meanwhile."""
    lock = generations.lock_shared(number)
    with lock or nullcontext():
        yield


def check_files(generations: Generations) -> Found:
    """Every file of the manifest has the bytes it was written with."""
    number = generations.current()
    if number is None:
        yield Finding("derived file is missing or not a number", "CURRENT", Remedy.INDEXES)
        return
    for name, wanted in generations.manifest(number).files.items():
        path = generations.root / name
        same = path.is_file() and checksum(path) == wanted
        yield None if same else Finding("derived file differs from its checksum", name, Remedy.INDEXES)


def check_vectors(snapshot: LocalSnapshot) -> Found:
    """Every body paragraph has a slot, and the slot the bytes that were written."""
    query = (
        "SELECT d.id, p.ordinal, s.slot, s.crc FROM paragraphs p JOIN documents d USING (content) LEFT JOIN slots s "
        "ON s.hash = p.hash AND s.model = (SELECT model FROM models WHERE file = ?) "
        f"WHERE p.kind = 'body' AND {_live(snapshot, 'p')} AND {_live(snapshot, 'd')}"
    )
    for identity, ordinal, slot, crc in snapshot.db.execute(query, (snapshot.manifest.vectors,)):
        where = f"{identity} paragraph {ordinal}"
        if not isinstance(slot, int) or not 0 <= slot < snapshot.manifest.slots:
            yield Finding("paragraph has no vector", where, Remedy.VECTORS, identity)
        elif snapshot.vectors.crc(slot) != crc:
            yield Finding("vector differs from its checksum", where, Remedy.VECTORS, identity, slot)
        else:
            yield None


def check_vector_index(snapshot: LocalSnapshot) -> Found:
    """What FAISS and the delta hold is what the live paragraphs need, both ways."""
    query = (
        "SELECT DISTINCT s.slot FROM slots s JOIN paragraphs p USING (hash) "
        f"WHERE s.model = (SELECT model FROM models WHERE file = ?) AND {_live(snapshot, 'p')}"
    )
    needed = {row[0] for row in snapshot.db.execute(query, (snapshot.manifest.vectors,))}
    held = set(snapshot.searchable_slots().tolist())
    lacks, holds = "vector index lacks a vector", "vector index holds a vector of no paragraph"
    yield from _both_ways(needed, held, lacks, holds, "slot")


def check_lexical_index(snapshot: LocalSnapshot) -> Found:
    """What tantivy holds is what the live paragraphs are, both ways."""
    query = f"SELECT paragraph FROM paragraphs p WHERE kind = 'body' AND {_live(snapshot, 'p')}"
    needed = {row[0] for row in snapshot.db.execute(query)}
    held = snapshot.lexical_index.rows()
    lacks, holds = "lexical index lacks a paragraph", "lexical index holds a row that is no paragraph"
    yield from _both_ways(needed, held, lacks, holds, "row")


def _both_ways(needed: Set[int], held: Set[int], lacks: str, holds: str, noun: str) -> Found:
    """What an index lacks of what is needed, and what it holds beyond that, by number."""
    for number in sorted(needed | held):
        if number in needed and number in held:
            yield None
        else:
            yield Finding(holds if number in held else lacks, f"{noun} {number}", Remedy.INDEXES)


def check_titles(snapshot: LocalSnapshot) -> Found:
    """Each title's terms are in tantivy, and no others: every one is there, and they are as many.

    Those that a former release made are as it made them: the next run indexes them again.
    """
    index = snapshot.lexical_index
    wanted = Counter[str]()
    query = (
        "SELECT d.id, d.content, d.title, c.derivation, (SELECT count(*) FROM paragraphs p WHERE p.content = d.content "
        f"AND p.kind = 'body' AND {_live(snapshot, 'p')}) FROM documents d JOIN contents c ON c.content = d.content "
        f"WHERE {_live(snapshot, 'd')} ORDER BY d.id"
    )
    differs = False
    for identity, content, title, made_by, paragraphs in snapshot.db.execute(query):
        if f" terms={TERMS_VERSION} " not in made_by:
            differs = True
            yield None
            continue
        terms = sorted(set(joined_terms(str(title or "")).split()))
        wanted.update(dict.fromkeys(terms, paragraphs))
        there = not terms or not paragraphs or content in index.contents_with_all(terms, "title")
        differs |= not there
        yield None if there else Finding("lexical index holds another title", str(identity), Remedy.INDEXES)
    # Where a title above is another, or a former release's, its former terms are left over.
    if not differs and +wanted != Counter(index.title_terms()):
        yield Finding("lexical index holds terms of no title", "tantivy", Remedy.INDEXES)


def check_counts(snapshot: LocalSnapshot) -> Found:
    """The manifest's counts, which are kept by adding up changes, are those of the rows."""
    counts = snapshot.manifest.counts
    for table, where, stored in (
        ("documents", "1", counts.documents),
        ("paragraphs", "kind = 'body'", counts.paragraphs),
        ("paragraphs", "kind = 'furniture'", counts.furniture),
        ("statements", "1", counts.statements),
    ):
        query = f"SELECT count(*) FROM {table} t WHERE {where} AND {_live(snapshot, 't')}"
        found = snapshot.db.execute(query).fetchone()[0]
        if found == stored:
            yield None
        elif table == "documents" and found < stored:
            what = f"{stored - found} of {stored} documents are lost: index their files again, or restore a backup"
            yield Finding(what, "library.db", Remedy.GONE)
        else:
            yield Finding(f"manifest says {stored} {table}, there are {found}", "manifest.json", Remedy.INDEXES)


def sample(snapshot: LocalSnapshot, documents: int, without: Collection[str]) -> Iterator[str]:
    """Ids of so many documents, evenly spread, none of those in `without`."""
    every = max(1, snapshot.manifest.counts.documents // documents)
    query = f"SELECT id FROM documents d WHERE {_live(snapshot)} ORDER BY id"
    for (identity,) in islice(snapshot.db.execute(query), 0, None, every):
        if identity not in without:
            yield identity


def stored_vectors(snapshot: LocalSnapshot, paragraphs: list[int]) -> dict[int, tuple[int, Vectors]]:
    """Slot and vector (dim,) of each of these paragraphs that has one; the others are told of elsewhere."""
    slots = rows.slots_of_paragraphs(snapshot.db, snapshot.manifest.vectors, paragraphs)
    there = {row: slots[row] for row in paragraphs if slots.get(row, snapshot.manifest.slots) < snapshot.manifest.slots}
    vectors = snapshot.vectors.take(np.array(list(there.values()), dtype=np.int64))
    return {row: (slot, vector) for (row, slot), vector in zip(there.items(), vectors, strict=True)}


def stored_digest(session: WritingSession, content: int) -> str:
    """The checksum of a content's rows, as it was when they were written."""
    return str(session.db.execute("SELECT digest FROM contents WHERE content = ?", (content,)).fetchone()[0])


def make_database_indexes_again(session: WritingSession) -> None:
    """Derive SQLite's own indexes from its tables."""
    session.db.execute("REINDEX")


def drop_content(session: WritingSession, content: int) -> None:
    """Take a text of no document out of the pending generation."""
    with session.writer.transaction():
        for table in ("contents", "paragraphs", "statements"):
            session.db.execute(
                f"UPDATE {table} SET died = ? WHERE content = ? AND +died = ?",
                (session.writer.pending, content, FOREVER),
            )


def _live(snapshot: LocalSnapshot, alias: str = "d") -> str:
    return live(alias, snapshot.generation)
