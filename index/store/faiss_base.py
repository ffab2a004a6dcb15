"""The FAISS base: a memory-mapped index over most vectors, written once and never mutated.

Removing from or adding to a mapped index crashes the process; so what has died since is masked by
a bitmap, what has come since lies in an exact delta, and compaction writes a new base. Position i
of the index is slot `slots[i]`.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
import numpy.typing as npt

from index.store.vectors import Slots, VectorFile

# The package's stubs describe its C++ headers, not the Python wrappers over them.
faiss: Any = _faiss

EXACT_UP_TO = 100_000
"""A scan of float16 codes takes about 6 ms there on two cores: nothing to gain from less recall."""

RECALL_WANTED = 0.99
_SAMPLE = 200
_DEPTH = 10
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """What was built: FAISS factory string, probes to make, recall@10 against exact search."""

    kind: str
    nprobe: int
    recall_at_10: float
    count: int


def build(index_path: Path, slots_path: Path, vectors: VectorFile, slots: Slots) -> BaseInfo:
    """Write a base over these slots (sorted, not empty); both files are fsynced.

    Up to EXACT_UP_TO vectors it is a flat float16 index, exact for what is stored; beyond, an
    inverted file over 8-bit codes, its probes the fewest powers of two whose candidates, once
    re-scored, reach RECALL_WANTED on a sample of the library's own vectors.
    """
    if len(slots) <= EXACT_UP_TO:
        kind = "SQfp16"
        index = faiss.index_factory(vectors.dim, kind, faiss.METRIC_INNER_PRODUCT)
    else:
        lists = int(2 ** round(np.log2(4 * np.sqrt(len(slots)))))
        kind = f"IVF{lists},SQ8"
        index = faiss.index_factory(vectors.dim, kind, faiss.METRIC_INNER_PRODUCT)
        step = max(1, len(slots) // (lists * 50))
        index.train(vectors.take(slots[::step]))
    for start in range(0, len(slots), _CHUNK):
        index.add(vectors.take(slots[start : start + _CHUNK]))
    nprobe, recall = (1, 1.0) if kind == "SQfp16" else _tune(index, vectors, slots)
    faiss.write_index(index, str(index_path))
    np.asarray(slots, dtype="<i8").tofile(slots_path)
    for path in (index_path, slots_path):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    return BaseInfo(kind, nprobe, recall, len(slots))


def _tune(index: Any, vectors: VectorFile, slots: Slots) -> tuple[int, float]:
    """The fewest probes that reach RECALL_WANTED@10 after re-scoring, and the recall they reach."""
    sample = vectors.take(slots[:: max(1, len(slots) // _SAMPLE)][:_SAMPLE])
    _, exact = _exact(vectors, slots, sample)
    nprobe, recall = 1, 0.0
    while nprobe <= index.nlist:
        parameters = faiss.SearchParametersIVF(nprobe=nprobe)
        _, found = index.search(sample, 8 * _DEPTH, params=parameters)
        # The wanted ten survive re-scoring whenever they are among the candidates.
        hits = sum(len(np.intersect1d(a, b)) for a, b in zip(found, exact, strict=True))
        recall = hits / exact.size
        if recall >= RECALL_WANTED:
            break
        nprobe *= 2
    return min(nprobe, index.nlist), round(recall, 4)


def _exact(vectors: VectorFile, slots: Slots, queries: npt.NDArray[np.float32]) -> tuple[Any, Any]:
    heap = faiss.ResultHeap(len(queries), _DEPTH, keep_max=True)
    for start in range(0, len(slots), _CHUNK):
        scores, ids = faiss.knn(
            queries, vectors.take(slots[start : start + _CHUNK]), _DEPTH, faiss.METRIC_INNER_PRODUCT
        )
        heap.add_result(scores, ids + start)
    heap.finalize()
    return heap.D, heap.I


class FaissBase:
    """A base opened by memory mapping; many threads may search it at once."""

    def __init__(self, index_path: Path, slots_path: Path, info: BaseInfo) -> None:
        self.info = info
        self.slots: Slots = np.fromfile(slots_path, dtype="<i8")
        self._index = faiss.read_index(str(index_path), faiss.IO_FLAG_MMAP_IFC)

    def mask(self, slots: Slots, *, keep: bool) -> npt.NDArray[np.uint8]:
        """A bitmap over positions with just these slots set (`keep`), or all but these."""
        positions = np.searchsorted(self.slots, slots)
        positions = np.minimum(positions, len(self.slots) - 1)
        present = positions[self.slots[positions] == slots] if len(slots) else positions[:0]
        bits = np.zeros(len(self.slots), dtype=bool) if keep else np.ones(len(self.slots), dtype=bool)
        bits[present] = keep
        return np.packbits(bits, bitorder="little")

    def search(self, vector: npt.NDArray[np.float32], k: int, mask: npt.NDArray[np.uint8]) -> Slots:
        """Up to k candidate slots near `vector` (dim,) whose position is set in `mask`, unordered."""
        selector = faiss.IDSelectorBitmap(mask)
        parameters = (
            faiss.SearchParameters(sel=selector)
            if self.info.kind == "SQfp16"
            else faiss.SearchParametersIVF(sel=selector, nprobe=self.info.nprobe)
        )
        _, found = self._index.search(vector[None, :], min(k, len(self.slots)), params=parameters)
        positions: Slots = found[0]
        return self.slots[positions[positions >= 0]]
