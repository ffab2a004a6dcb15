"""One generation's files, open: shared by all threads of a process that read it."""

from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import LibraryDamagedError
from index.store.faiss_base import FaissBase
from index.store.generations import Generations, Manifest
from index.store.lexical import LexicalIndex
from index.store.publish import base_paths, open_vectors
from index.store.vectors import Slots
from index.types import Filters, Vectors

Rows = npt.NDArray[np.int64]
_FILTERS_KEPT = 8
"""The last filters' paragraphs are kept: people refine a question, and ask it again."""


class OpenGeneration:
    """The immutable part of a snapshot. Raises LibraryDamagedError for files that are not as they were written."""

    def __init__(self, root: Path, generations: Generations, manifest: Manifest) -> None:
        self.root, self.manifest = root, manifest
        generations.check_sizes(manifest)
        folder = generations.path(manifest.generation)
        self.lexical = LexicalIndex(folder / "tantivy")
        self.vectors = open_vectors(root / manifest.vectors, manifest.model.dim, manifest.slots)
        self.base: FaissBase | None = None
        if manifest.base and manifest.base_name:
            self.base = FaissBase(*base_paths(root, manifest.base_name), manifest.base)
        dead, resurrected = _slots(folder / "dead.i8"), _slots(folder / "resurrected.i8")
        new = np.setdiff1d(np.arange(manifest.base_slots, manifest.slots, dtype=np.int64), dead)
        self.delta: Slots = np.union1d(new, resurrected)
        # Kept as float32: a search scans all of it, and converting costs more than multiplying.
        self._delta_vectors: Vectors | None = None
        self.alive = self.base.mask(dead, keep=False) if self.base else None
        self._filtered: OrderedDict[tuple[Filters, int], tuple[Rows, Slots]] = OrderedDict()

    def delta_vectors(self) -> Vectors:
        """The vectors (n, dim) of `delta`, in its order."""
        if self._delta_vectors is None:
            self._delta_vectors = self.vectors.take(self.delta)
        return self._delta_vectors

    def searchable_slots(self) -> Slots:
        """Every slot that a dense search can find."""
        if self.base is None or self.alive is None:
            return self.delta
        alive = np.unpackbits(self.alive, count=len(self.base.slots), bitorder="little").astype(bool)
        return np.union1d(self.base.slots[alive], self.delta)

    def kept_filter(self, key: tuple[Filters, int]) -> tuple[Rows, Slots] | None:
        """What a filter left when it was last used; threads may both find nothing and both look."""
        return self._filtered.get(key)

    def keep_filter(self, key: tuple[Filters, int], rows: Rows, slots: Slots) -> None:
        """Keep what a filter leaves, and forget the oldest."""
        self._filtered[key] = rows, slots
        while len(self._filtered) > _FILTERS_KEPT:
            self._filtered.popitem(last=False)


def _slots(path: Path) -> Slots:
    try:
        return np.fromfile(path, dtype="<i8")
    except OSError as error:
        raise LibraryDamagedError(path, f"it cannot be read ({error})") from error
