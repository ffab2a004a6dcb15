"""Making the pending rows a generation: derive what changed, write it aside, rename it into place."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index import terms
from index.errors import LibraryDamagedError
from index.settings import IndexSettings
from index.store import faiss_base, lexical
from index.store.generations import Counts, FileSum, Generations, Manifest, checksum
from index.store.records import ModelRow
from index.store.schema import FOREVER
from index.store.slot_sets import NO_SLOTS, SlotList, SlotSets
from index.store.vectors import Slots, VectorFile, count
from index.store.writer import Writer
from index.types import Progress, silent

log = logging.getLogger("quoth.library")

REBUILD_LEXICAL_UP_TO = 2_000
"""Paragraphs; below it the lexical index is made anew at every deletion, in well under a second."""

PURGE_AT_END_UP_TO = 20_000
"""Paragraphs; up to it a run leaves nothing of removed text in the derived indexes. Making them anew
takes 0.14 ms a paragraph, nearly all of it for terms."""

PURGE_ON_REMOVAL_UP_TO = 50_000
"""The same for `remove`: who takes a document away by name waits for it rather than leaving it."""

PURGE_AFTER_S = 3600
"""In a larger library removed text waits so many seconds for the next run, which then pays whatever it
costs: once an hour a million paragraphs take about a twentieth of the time, at every edit all of it."""

WORN = 0.25
"""The share of dead entries at which a derived index is made anew."""

_DEFERRED = 4
"""So many times the delta that is due for compaction may be served until that is done: it is in memory."""

_TOLD_EVERY = 1000

_Row = tuple[int, int, str, str]
"""(row, content, text terms, title terms) of a paragraph."""


@dataclass(frozen=True, slots=True)
class _Lexical:
    """How many deleted rows the index's statistics hold, and whether it is still to be made anew for that."""

    deleted: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class _Base:
    """A FAISS base, over the first `slots`; whether it is still to be made anew."""

    info: faiss_base.BaseInfo | None
    name: str | None
    slots: int
    sets: SlotSets
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """Derives one generation from the rows; `previous` is None when all must be derived anew.

    Indexes over up to `purge_up_to` paragraphs are made anew rather than left holding what is dead. With `defers`
    none is: the manifest says what is due, for another publication right after. With `settles` the base takes whatever
    it lacks.
    """

    db: sqlite3.Connection
    writer: Writer
    generations: Generations
    settings: IndexSettings
    previous: Manifest | None
    purge_up_to: int
    defers: bool = False
    settles: bool = False
    progress: Progress = silent

    @property
    def number(self) -> int:
        """The generation that is being made."""
        return self.writer.pending

    def run(self) -> Manifest:
        """Write the generation aside, commit its number, and make it current."""
        with self.generations.staged(self.number) as aside:
            manifest = self._derive(aside)
            # The full sync covers every row this generation names; only then may readers see it.
            with self.writer.transaction(durable=True):
                model = self.writer.model_to_serve().number
                self.writer.state.note_slots_given(model, self.writer.slot_count(model))
            self.generations.install(aside, manifest)
        self.generations.make_current(self.number, self.writer.state.identity)
        # Only for the day that CURRENT is lost; until this commit CURRENT is ahead of it, and right.
        with self.writer.transaction():
            self.writer.state.published = self.number
            self.writer.state.is_base_stale = False
        return manifest

    def _derive(self, aside: Path) -> Manifest:
        counts = self._counts()
        lexical = self._lexical(aside, counts)
        served = self.writer.model_to_serve()
        slots = self.writer.slot_count(served.number)
        base = self._base(served, slots, counts)
        base.sets.write(aside)
        is_pending = lexical.deleted > 0 or base.sets.dead_below(base.slots) > 0
        return Manifest(
            generation=self.number,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            model=served.info,
            vectors=served.file,
            slots=slots,
            counts=counts,
            base=base.info,
            base_name=base.name,
            base_slots=base.slots,
            lexical_deleted=lexical.deleted,
            purge_pending=is_pending,
            purge_after=self._purge_after() if is_pending else 0,
            compaction_due=lexical.is_due or base.is_due,
            files=self._files(aside, base.name),
        )

    def _purge_after(self) -> int:
        """When the first text that is left in an index is to go: what joins it later goes with it."""
        is_waiting = self.previous is not None and self.previous.purge_pending
        return self.previous.purge_after if self.previous and is_waiting else int(time.time()) + PURGE_AFTER_S

    def _counts(self) -> Counts:
        if self.previous is None:
            return Counts(
                documents=self._count("documents", "died = ?", FOREVER),
                paragraphs=self._count("paragraphs", "kind = 'body' AND died = ?", FOREVER),
                furniture=self._count("paragraphs", "kind = 'furniture' AND died = ?", FOREVER),
                statements=self._count("statements", "died = ?", FOREVER),
            )
        before = self.previous.counts
        return Counts(
            documents=before.documents + self._change("documents", "1"),
            paragraphs=before.paragraphs + self._change("paragraphs", "kind = 'body'"),
            furniture=before.furniture + self._change("paragraphs", "kind = 'furniture'"),
            statements=before.statements + self._change("statements", "1"),
        )

    def _change(self, table: str, where: str) -> int:
        born = self._count(table, f"{where} AND born = ?", self.number)
        return born - self._count(table, f"{where} AND died = ?", self.number)

    def _count(self, table: str, where: str, value: int) -> int:
        return int(self.db.execute(f"SELECT count(*) FROM {table} WHERE {where}", (value,)).fetchone()[0])

    # The lexical index

    def _lexical(self, aside: Path, counts: Counts) -> _Lexical:
        """Derive the tantivy index."""
        dead = self._dead_rows() if self.previous else []
        deleted = (self.previous.lexical_deleted if self.previous else 0) + len(dead)
        at_once = max(self.purge_up_to, REBUILD_LEXICAL_UP_TO)
        worn = deleted > 0 and (counts.paragraphs <= at_once or deleted > WORN * counts.paragraphs)
        if self.previous is None or (worn and not self.defers):
            rows = self._rows("? > 0", FOREVER)
            lexical.derive(aside / "tantivy", None, (), self._told(rows, counts.paragraphs))
            return _Lexical(0, is_due=False)
        before = self.generations.path(self.previous.generation) / "tantivy"
        lexical.derive(aside / "tantivy", before, dead, self._rows("p.born = ?", self.number))
        return _Lexical(deleted, is_due=worn)

    def _told(self, rows: Iterator[_Row], count: int) -> Iterator[_Row]:
        """The rows, with progress where they are many."""
        for done, row in enumerate(rows):
            if count > PURGE_AT_END_UP_TO and done % _TOLD_EVERY == 0:
                self.progress("compacting", done, count)
            yield row

    def _dead_rows(self) -> list[int]:
        died = "SELECT paragraph FROM paragraphs WHERE died = ? AND kind = 'body'"
        return [row[0] for row in self.db.execute(died, (self.number,))]

    def _rows(self, where: str, value: int) -> Iterator[_Row]:
        """Of body paragraphs, a document's text read once."""
        query = (
            f"SELECT p.paragraph, p.content, p.start, p.end FROM paragraphs p WHERE {where} AND p.kind = 'body' "
            f"AND +p.died = {FOREVER} ORDER BY p.paragraph"
        )
        loaded, text, title = -1, "", ""
        for row, content, start, end in self.db.execute(query, (value,)):
            if content != loaded:
                loaded = content
                # A content without its document is damage: `verify` tells of it, and nobody finds it.
                text, raw_title = self.db.execute(
                    "SELECT c.text, d.title FROM contents c JOIN documents d USING (content) "
                    "WHERE c.content = ? AND +d.died = ?",
                    (content, FOREVER),
                ).fetchone() or ("", None)
                title = joined_terms(raw_title or "")
            yield row, content, joined_terms(text[start:end]), title

    # The vector index

    def _base(self, model: ModelRow, slots: int, counts: Counts) -> _Base:
        """The base of before with what it lacks and what it holds in vain, or a new one."""
        vectors = open_vectors(model.path(self.generations.root), model.info.dim, slots)
        is_same = self.previous and self.previous.vectors == model.file and not self.writer.state.is_base_stale
        same = self.previous if is_same else None
        sets = self._slot_sets(model.number, same)
        kept = _Base(same.base, same.base_name, same.base_slots, sets) if same else _Base(None, None, 0, sets)
        delta, dead = slots - kept.slots + len(sets.resurrected), sets.dead_below(kept.slots)
        if not self._base_is_worn(kept.info, delta, dead, is_purging=counts.paragraphs <= self.purge_up_to):
            return kept
        if self.defers and kept.info and delta <= _DEFERRED * self.settings.delta_vectors:
            return replace(kept, is_due=True)
        alive = self._live_slots(model.number)
        name = f"faiss/base-{self.number}" if len(alive) else None
        info = self._build_base(name, vectors, alive) if name else None
        return _Base(info, name, slots, SlotSets())

    def _slot_sets(self, model: int, previous: Manifest | None) -> SlotSets:
        if previous is None:
            return SlotSets()
        held = NO_SLOTS
        if previous.base_name:
            held = SlotList.mapped(base_paths(self.generations.root, previous.base_name)[1])
        touched = self._touched_slots(model, previous.slots)
        return SlotSets.of(self.generations.path(previous.generation)).after(touched, previous.base_slots, held)

    def _touched_slots(self, model: int, known: int) -> list[tuple[int, bool]]:
        """Slots that this generation gave, or whose paragraphs came or went, and whether they live."""
        query = (
            "SELECT slot, hash FROM slots WHERE model = :model AND slot >= :known UNION SELECT s.slot, s.hash FROM "
            "(SELECT hash FROM paragraphs WHERE born = :g UNION SELECT hash FROM paragraphs WHERE died = :g) touched "
            "CROSS JOIN slots s ON s.model = :model AND s.hash = touched.hash"
        )
        rows = self.db.execute(query, {"model": model, "known": known, "g": self.number}).fetchall()
        return [(slot, self._is_used(key)) for slot, key in rows]

    def _is_used(self, key: bytes) -> bool:
        # The plus keeps SQLite from the index on `died`, by which nearly every row lives.
        query = "SELECT 1 FROM paragraphs WHERE hash = ? AND +died = ? LIMIT 1"
        return self.db.execute(query, (key, FOREVER)).fetchone() is not None

    def _live_slots(self, model: int) -> Slots:
        query = (
            "SELECT s.slot FROM slots s WHERE s.model = ? "
            "AND EXISTS (SELECT 1 FROM paragraphs p WHERE p.hash = s.hash AND +p.died = ?) ORDER BY s.slot"
        )
        return np.fromiter((row[0] for row in self.db.execute(query, (model, FOREVER))), dtype="<i8")

    def _base_is_worn(self, base: faiss_base.BaseInfo | None, delta: int, dead: int, *, is_purging: bool) -> bool:
        if base is None or delta > (0 if self.settles else base.beside_it(self.settings.delta_vectors)):
            return True
        return dead > (0 if is_purging else WORN * base.count)

    def _build_base(self, name: str, vectors: VectorFile, slots: Slots) -> faiss_base.BaseInfo:
        index_path, slots_path = base_paths(self.generations.root, name)
        index_path.parent.mkdir(exist_ok=True)
        log.info("compacting: generation %d gets a vector index of its own, over %d vectors", self.number, len(slots))
        return faiss_base.build(index_path, slots_path, vectors, slots, self.progress)

    # The manifest

    def _files(self, aside: Path, base_name: str | None) -> dict[str, FileSum]:
        """Checksums of all files of the generation; those of unchanged ones are carried over."""
        before = self.previous.files if self.previous else {}
        sums = {}
        for path in sorted(aside.rglob("*")):
            if path.is_file():
                inside = path.relative_to(aside)
                sums[f"generations/{self.number}/{inside}"] = self._carried_over(path, inside) or checksum(path)
        for path in base_paths(self.generations.root, base_name) if base_name else ():
            name = f"faiss/{path.name}"
            sums[name] = before.get(name) or checksum(path)
        return sums

    def _carried_over(self, path: Path, inside: Path) -> FileSum | None:
        """The checksum of a file of the generation before, if this is another name for it."""
        if self.previous is None:
            return None
        before = f"generations/{self.previous.generation}/{inside}"
        total = self.previous.files.get(before)
        return total if total and path.samefile(self.generations.root / before) else None


def base_paths(root: Path, name: str) -> tuple[Path, Path]:
    """The two files of a FAISS base: the index and its slot numbers."""
    return root / f"{name}.index", root / f"{name}.slots"


def open_vectors(path: Path, dim: int, slots: int) -> VectorFile:
    """The file of vectors. Raises LibraryDamagedError when it is shorter than its committed slots."""
    if count(path, dim) < slots:
        raise LibraryDamagedError(path, f"vectors are missing: {slots} were stored")
    return VectorFile(path, dim, slots)


def joined_terms(text: str) -> str:
    """What tantivy indexes of a text."""
    return " ".join(terms.term_texts(text))
