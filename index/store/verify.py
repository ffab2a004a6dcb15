"""Checking one generation: that rows, offsets, vectors, FAISS and tantivy say the same, both ways.

Each check yields, for every thing it looked at, None or the Problem it found.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np

from index.store import rows
from index.store.filters import live
from index.store.generations import checksum
from index.store.snapshot import LocalSnapshot
from index.types import Problem

DERIVED = ("derived file", "vector index", "lexical index", "manifest")
"""How problems begin that deriving the indexes from rows and vectors mends."""

Found = Iterator[Problem | None]


def run(snapshot: LocalSnapshot) -> tuple[Mapping[str, int], list[Problem]]:
    """All checks that need no model: counts by kind, and what is wrong."""
    checked: Counter[str] = Counter()
    problems: list[Problem] = []
    stages = {
        "files": check_files(snapshot),
        "database": check_database(snapshot),
        "offsets": check_offsets(snapshot),
        "vectors": check_vectors(snapshot),
        "vector_index": check_vector_index(snapshot),
        "lexical_index": check_lexical_index(snapshot),
        "counts": check_counts(snapshot),
    }
    for name, found in stages.items():
        for problem in found:
            checked[name] += 1
            if problem:
                problems.append(problem)
    return checked, problems


def check_files(snapshot: LocalSnapshot) -> Found:
    """Every file of the manifest has the bytes it was written with."""
    for name, wanted in snapshot.manifest.files.items():
        path = snapshot.root / name
        same = path.exists() and checksum(path) == wanted
        yield None if same else Problem("derived file differs from its checksum", name)


def check_database(snapshot: LocalSnapshot) -> Found:
    """SQLite's own check of its pages, and the foreign keys."""
    for (line,) in snapshot.db.execute("PRAGMA integrity_check"):
        yield None if line == "ok" else Problem(f"database: {line}", "library.db")
    for table, row, parent, _ in snapshot.db.execute("PRAGMA foreign_key_check"):
        yield Problem(f"row without its {parent}", f"library.db: {table} {row}")


def check_offsets(snapshot: LocalSnapshot) -> Found:
    """Spans lie inside their text, in order and apart; body paragraphs have a vector's key."""
    documents = (
        f"SELECT d.id, d.content, c.text FROM documents d JOIN contents c USING (content) WHERE {_live(snapshot)}"
    )
    for identity, content, text in snapshot.db.execute(documents).fetchall():
        end = 0
        for ordinal, start, stop, kind, key in snapshot.db.execute(
            "SELECT ordinal, start, end, kind, hash FROM paragraphs WHERE content = ? ORDER BY ordinal", (content,)
        ):
            right = end <= start < stop <= len(text) and (kind == "body") == (key is not None)
            yield None if right else Problem("paragraph's span is wrong", f"{identity} paragraph {ordinal}")
            end = stop
        for suffix, start, stop in snapshot.db.execute(
            "SELECT suffix, start, end FROM statements WHERE content = ?", (content,)
        ):
            right = 0 <= start < stop <= len(text)
            yield None if right else Problem("statement's span is wrong", f"{identity}~{suffix}")


def check_vectors(snapshot: LocalSnapshot) -> Found:
    """Every body paragraph has a slot, and the slot the bytes that were written."""
    query = (
        "SELECT p.paragraph, s.slot, s.crc FROM paragraphs p LEFT JOIN slots s ON s.hash = p.hash "
        f"AND s.model = (SELECT model FROM models WHERE file = ?) WHERE p.kind = 'body' AND {_live(snapshot, 'p')}"
    )
    for row, slot, crc in snapshot.db.execute(query, (snapshot.manifest.vectors,)):
        if slot is None or slot >= snapshot.manifest.slots:
            yield Problem("paragraph has no vector", f"paragraph {row}")
        elif snapshot.vectors.crc(slot) != crc:
            yield Problem("vector differs from its checksum", f"slot {slot}")
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
    for slot in sorted(needed | held):
        if slot not in held:
            yield Problem("vector index lacks a vector", f"slot {slot}")
        elif slot not in needed:
            yield Problem("vector index holds a vector of no paragraph", f"slot {slot}")
        else:
            yield None


def check_lexical_index(snapshot: LocalSnapshot) -> Found:
    """What tantivy holds is what the live paragraphs are, both ways."""
    query = f"SELECT paragraph FROM paragraphs p WHERE kind = 'body' AND {_live(snapshot, 'p')}"
    needed = {row[0] for row in snapshot.db.execute(query)}
    held = snapshot.lexical_index.rows()
    for row in sorted(needed | held):
        if row not in held:
            yield Problem("lexical index lacks a paragraph", f"paragraph {row}")
        elif row not in needed:
            yield Problem("lexical index holds a row that is no paragraph", f"paragraph {row}")
        else:
            yield None


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
        yield (
            None if found == stored else Problem(f"manifest says {stored} {table}, there are {found}", "manifest.json")
        )


def sample(snapshot: LocalSnapshot, documents: int) -> Iterator[str]:
    """Ids of so many documents, evenly spread."""
    every = max(1, snapshot.manifest.counts.documents // documents)
    query = f"SELECT id FROM documents d WHERE {_live(snapshot)} ORDER BY id"
    for (identity,) in islice(snapshot.db.execute(query), 0, None, every):
        yield identity


def stored_vectors(snapshot: LocalSnapshot, paragraphs: list[int]) -> "np.typing.NDArray[np.float32]":
    """The stored vectors (n, dim) of these paragraphs."""
    slots = rows.slots_of_paragraphs(snapshot.db, snapshot.manifest.vectors, paragraphs)
    return snapshot.vectors.take(np.array([slots[row] for row in paragraphs], dtype=np.int64))


def _live(snapshot: LocalSnapshot, alias: str = "d") -> str:
    return live(alias, snapshot.generation)
