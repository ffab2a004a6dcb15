"""One generation's files, open: shared by all threads of a process that read it."""

import sqlite3
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import LibraryDamagedError
from index.store.at_hand import AtHand
from index.store.faiss_base import FaissIndex, exact_index, open_base
from index.store.generations import Generations, Manifest
from index.store.identity import Correction, Known
from index.store.lexical import LexicalIndex, Names
from index.store.links import Links
from index.store.mentions import Mentions
from index.store.publish import base_paths, open_vectors
from index.store.recent import Recent
from index.store.roll import Roll
from index.store.sayings import Groups, Places
from index.store.slot_sets import DEAD, RESURRECTED
from index.store.vectors import Slots
from index.types import SMALL, Filters, StatementQuery, StoredDocument, StoredParagraph, VectorIndexInfo

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.uint8]
_FILTERS_KEPT = 8
"""The last filters' paragraphs are kept: people refine a question, and ask it again."""
_RUN = 20
"""To name rows to the lexical index, row after row or the first of a run, takes it as long as so many more hits."""
_CONTENTS, _CONTENT = 2000, 4
"""And so does it to name contents, at all and each: where what is left lies scattered, they are far fewer."""

_LISTED = 1 << 21
"""Of the lists of statements that were asked for so many are kept by their places, 16 bytes each."""
_NAMED = 1 << 20
"""Of the lists of speakers so many statements are kept, 16 bytes each and their speakers' names."""
_DOCUMENTS, _ROOM = 4 << 20, 1024
"""So many characters of documents are kept, and what each counts besides: a book, or some hundred articles."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a filter leaves: rows of paragraphs and slots of their vectors, both ascending, and bitmaps of these.

    `in_base` and `in_delta` are over the positions of the two indexes; the dead of the base are masked already.
    Instead of being told the `names` the lexical index may be asked for `worth` hits, which takes as long.
    """

    rows: Rows
    slots: Slots
    in_base: Mask | None
    in_delta: Mask
    names: Names
    worth: int

    def holds(self, rows: Rows) -> npt.NDArray[np.bool_]:
        """Which of these rows are among those left, without a look at all of them."""
        if not len(self.rows):
            return np.zeros(len(rows), dtype=bool)
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        found: npt.NDArray[np.bool_] = self.rows[places] == rows
        return found


class OpenGeneration:
    """The immutable part of a snapshot. Raises LibraryDamagedError for files that are not as they were written."""

    def __init__(self, root: Path, generations: Generations, manifest: Manifest) -> None:
        self.root, self.manifest = root, manifest
        generations.check(manifest)
        folder = generations.path(manifest.generation)
        self.lexical = LexicalIndex(folder / "tantivy")
        self.vectors = open_vectors(root / manifest.vectors, manifest.model.dim, manifest.slots)
        self.base: FaissIndex | None = None
        if manifest.base and manifest.base_name:
            paths = base_paths(root, manifest.base_name)
            self.base = open_base(*paths, manifest.base)
            _check_slots(paths[1], self.base.slots, manifest.base_slots)
        dead, resurrected = (_slots(folder / name, manifest.slots) for name in (DEAD, RESURRECTED))
        new = np.arange(manifest.base_slots, manifest.slots, dtype=np.int64)
        # Only the dead among these: to look through a quarter of a million takes numpy .1 s.
        new = np.setdiff1d(new, dead[dead >= manifest.base_slots], assume_unique=True)
        self.delta: Slots = np.union1d(new, resurrected)
        self._come = manifest.slots - manifest.base_slots + len(resurrected)
        self.alive = self.base.mask(dead, keep=False) if self.base and len(dead) else None
        self.links, self.at_hand = Links(), AtHand()
        self.listed = Recent[tuple[StatementQuery, int], Places](_LISTED, lambda found: 1 + len(found))
        self.grouped = Recent[Hashable, Groups](_LISTED, lambda found: 1 + len(found.places) + len(found.ends))
        self.speakers = Recent[tuple[Filters, int], Roll](_NAMED, lambda found: 1 + found.statements)
        self.documents = Recent[str, StoredDocument](_DOCUMENTS, lambda document: _ROOM + len(document.text))
        self.filters = Recent[tuple[Filters, int], Allowed](_FILTERS_KEPT, lambda _: 1)
        self._texts, self._paragraphs = dict[int, tuple[str, str]](), dict[int, StoredParagraph]()
        self._mentions: Mentions | None = None
        self._people: tuple[tuple[Correction, ...], Known] = (), Known()

    def rows_read(self) -> tuple[dict[int, tuple[str, str]], dict[int, StoredParagraph]]:
        """Ids and texts, and whole paragraphs, by row, to look in and add to: of a large library empty ones each time.

        Threads share them; whoever adds a row adds the same.
        """
        if self.manifest.counts.paragraphs > SMALL:
            return {}, {}
        return self._texts, self._paragraphs

    @cached_property
    def delta_index(self) -> FaissIndex:
        """The delta as a search scans it; made when first needed, as its vectors are copied (10 ms for 20,000)."""
        return exact_index(self.vectors, self.delta)

    def searchable_slots(self) -> Slots:
        """Every slot that a dense search can find."""
        if self.base is None:
            return self.delta
        held = self.base.slots
        if self.alive is not None:
            held = held[np.unpackbits(self.alive, count=len(held), bitorder="little").view(bool)]
        return np.union1d(held, self.delta)

    def vector_index(self, most_beside: int) -> VectorIndexInfo:
        """What the vectors are searched by; a delta of more than `most_beside` goes into the base, maybe of fewer.

        What came and has gone again counts, too, when it is due.
        """
        base, new = self.manifest.base, len(self.delta)
        most = max(0, (base.beside_it(most_beside) if base else most_beside) - (self._come - new))
        kind = f"exact delta of {new}" + (f" (compaction beyond {most})" if new else "")
        written = sum(total.size for name, total in self.manifest.files.items() if name.startswith("faiss/"))
        return VectorIndexInfo(
            f"{base.kind} + {kind}" if base else kind,
            base.recall_at_10 if base else 1.0,
            written + self.vectors.nbytes(new),
        )

    def mentions(self, db: sqlite3.Connection) -> Mentions:
        """How sayers are worded; read by whoever asks first."""
        if self._mentions is None:
            self._mentions = Mentions(db, self.manifest.generation)
        return self._mentions

    def known_people(self, corrections: tuple[Correction, ...]) -> Known:
        """What was worked out under these corrections of who is who: it serves the next questions, too."""
        under, known = self._people
        if under != corrections:
            known = Known()
            self._people = corrections, known
        return known

    def allowed(self, rows: Rows, slots: Slots, contents: Rows | None) -> Allowed:
        """What a filter leaves, as both indexes are masked by it; `contents` where these are left whole."""
        in_base = self.base.mask(slots, keep=True) if self.base else None
        if in_base is not None and self.alive is not None:
            in_base &= self.alive
        runs = int(np.count_nonzero(np.diff(rows) != 1)) + 1
        names, worth = Names("row", rows.tolist()), len(rows) + _RUN * runs
        if contents is not None and _CONTENTS + _CONTENT * len(contents) < worth:
            names, worth = Names("content", contents.tolist()), _CONTENTS + _CONTENT * len(contents)
        return Allowed(rows, slots, in_base, self.delta_index.mask(slots, keep=True), names, worth)


def _slots(path: Path, below: int) -> Slots:
    try:
        slots: Slots = np.fromfile(path, dtype="<i8")
    except OSError as error:
        raise LibraryDamagedError(path, f"it cannot be read ({error})") from error
    _check_slots(path, slots, below)
    return slots


def _check_slots(path: Path, slots: Slots, below: int) -> None:
    """Raises LibraryDamagedError unless they ascend, from 0 on: any other would lead to another text, or to none."""
    is_in_order = not len(slots) or (slots[0] >= 0 and slots[-1] < below and bool((slots[1:] > slots[:-1]).all()))
    if not is_in_order:
        raise LibraryDamagedError(path, "it does not list slots in order")
