"""The FAISS base: a memory-mapped index over most vectors, written once and never mutated.

Removing from or adding to a mapped index crashes the process; so what has died since is masked by
a bitmap, what has come since lies in an exact delta, and compaction writes a new base. Position i
of the index is slot `slots[i]`.
"""

import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
import numpy.typing as npt

from index.errors import LibraryDamagedError
from index.store.vectors import Slots, VectorFile

# The package's stubs describe its C++ headers, not the Python wrappers over them.
faiss: Any = _faiss

EXACT_UP_TO = 100_000
"""A scan of float16 codes takes about 6 ms there on two cores: nothing to gain from less recall."""

RECALL_WANTED = 0.99
OVERSAMPLE, EXTRA = 8, 64
"""For d wanted results a search asks for OVERSAMPLE * d + EXTRA candidates, and re-scores them."""

_SHOWN, _FUSED = 10, 200
"""How many results a page shows, and how many a search fuses unless told otherwise."""

_TUNED_FOR = OVERSAMPLE * _FUSED + EXTRA
_SAMPLE = 100
_NOISE = 0.3
_TIE = 1e-6
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """What was built: FAISS factory string, probes to make, recall@10 against exact search."""

    kind: str
    nprobe: int
    recall_at_10: float
    count: int


def build(index_path: Path, slots_path: Path, vectors: VectorFile, slots: Slots) -> BaseInfo:
    """Write a base over these slots (sorted, not empty); files and folder are fsynced.

    Up to EXACT_UP_TO vectors it is a flat float16 index, exact for what is stored; beyond, an
    inverted file over 8-bit codes, its probes the fewest powers of two whose candidates, once
    re-scored, reach RECALL_WANTED@10 and @200 for queries that the library doesn't hold.
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
    for path in (index_path, slots_path, index_path.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return BaseInfo(kind, nprobe, recall, len(slots))


def _tune(index: Any, vectors: VectorFile, slots: Slots) -> tuple[int, float]:
    """The fewest probes that reach RECALL_WANTED at both depths, and the recall@10 they reach."""
    queries = _queries(vectors, slots)
    best = _best_scores(vectors, slots, queries)
    nprobe = 1
    while True:
        nprobe = min(nprobe, index.nlist)
        _, found = index.search(queries, _TUNED_FOR, params=faiss.SearchParametersIVF(nprobe=nprobe))
        recall = _recall(vectors, slots, queries, found, best[:, :_SHOWN])
        is_enough = recall >= RECALL_WANTED and _recall(vectors, slots, queries, found, best) >= RECALL_WANTED
        if is_enough or nprobe == index.nlist:
            # Rounded down: what is reported is reached.
            return nprobe, math.floor(recall * 10_000) / 10_000
        nprobe *= 2


def _queries(vectors: VectorFile, slots: Slots) -> npt.NDArray[np.float32]:
    """Unit vectors between two stored ones, with noise: a stored one is its own easiest question."""
    random = np.random.default_rng(0)
    first, second = (vectors.take(slots[random.integers(len(slots), size=_SAMPLE)]) for _ in range(2))
    noise = random.normal(scale=_NOISE / np.sqrt(vectors.dim), size=first.shape)
    mixed = first + random.random((_SAMPLE, 1)) * second + noise
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)


def _best_scores(vectors: VectorFile, slots: Slots, queries: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The exact scores of the nearest vectors, best first, shape (queries, _FUSED)."""
    heap = faiss.ResultHeap(len(queries), min(_FUSED, len(slots)), keep_max=True)
    for start in range(0, len(slots), _CHUNK):
        part = vectors.take(slots[start : start + _CHUNK])
        scores, ids = faiss.knn(queries, part, min(heap.k, len(part)), faiss.METRIC_INNER_PRODUCT)
        heap.add_result(scores, ids + start)
    heap.finalize()
    best: npt.NDArray[np.float32] = heap.D
    return best


def _recall(
    vectors: VectorFile,
    slots: Slots,
    queries: npt.NDArray[np.float32],
    found: npt.NDArray[np.int64],
    best: npt.NDArray[np.float32],
) -> float:
    """The share of the best scores, shape (queries, depth), that the candidates for that depth hold."""
    hits, depth = 0, best.shape[1]
    for query, positions, scores in zip(queries, found[:, : OVERSAMPLE * depth + EXTRA], best, strict=True):
        # By score, not by number: of equal vectors any will do.
        candidates = vectors.scores(query, slots[positions[positions >= 0]])
        hits += min(depth, int(np.count_nonzero(candidates >= scores[-1] - _TIE)))
    return hits / best.size


class FaissBase:
    """A base opened by memory mapping; many threads may search it at once."""

    def __init__(self, index_path: Path, slots_path: Path, info: BaseInfo) -> None:
        self.info = info
        self.slots: Slots = np.fromfile(slots_path, dtype="<i8")
        try:
            self._index = faiss.read_index(str(index_path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise LibraryDamagedError(index_path, "FAISS cannot read it") from error
        if self._index.ntotal != len(self.slots):
            raise LibraryDamagedError(slots_path, "it does not list the vectors of its index")
        self._list_of = None if info.kind == "SQfp16" else _list_of(self._index)

    def mask(self, slots: Slots, *, keep: bool) -> npt.NDArray[np.uint8]:
        """A bitmap over positions with just these slots set (`keep`), or all but these."""
        positions = np.searchsorted(self.slots, slots)
        positions = np.minimum(positions, len(self.slots) - 1)
        present = positions[self.slots[positions] == slots] if len(slots) else positions[:0]
        bits = np.zeros(len(self.slots), dtype=bool) if keep else np.ones(len(self.slots), dtype=bool)
        bits[present] = keep
        return np.packbits(bits, bitorder="little")

    def search(self, vector: npt.NDArray[np.float32], k: int, mask: npt.NDArray[np.uint8]) -> Slots:
        """The candidate slots near `vector` (dim,) whose position is set in `mask`, unordered.

        They are k, or all that the mask allows where it allows fewer.
        """
        selector = faiss.IDSelectorBitmap(mask)
        if self._list_of is None:
            parameters = faiss.SearchParameters(sel=selector)
        else:
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=self._probes(vector, k, mask))
        _, found = self._index.search(vector[None, :], min(k, len(self.slots)), params=parameters)
        positions: Slots = found[0]
        return self.slots[positions[positions >= 0]]

    def _probes(self, vector: npt.NDArray[np.float32], k: int, mask: npt.NDArray[np.uint8]) -> int:
        """How many lists to probe for as much choice as the tuned probes give without a mask.

        What a mask allows may lie far from the query and close together, so its share of the whole
        says little: count what it allows in the lists themselves, nearest list first.
        """
        assert self._list_of is not None
        lists: int = self._index.nlist
        allowed = np.unpackbits(mask, count=len(self.slots), bitorder="little").view(bool)
        in_list = np.bincount(self._list_of[allowed], minlength=lists)
        probes = min(lists, math.ceil(self.info.nprobe * max(1.0, k / _TUNED_FOR)))
        vectors = max(k, math.ceil(probes * len(self.slots) / lists))
        _, nearest = self._index.quantizer.search(vector[None, :], lists)
        counts = in_list[nearest[0]]
        enough = (np.cumsum(counts) >= vectors) & (np.cumsum(counts > 0) >= probes)
        return int(np.argmax(enough)) + 1 if enough.any() else lists


def _list_of(index: Any) -> npt.NDArray[np.int64]:
    """The inverted list that holds each position."""
    found = np.empty(index.ntotal, dtype=np.int64)
    for number in range(index.nlist):
        if size := index.invlists.list_size(number):
            found[faiss.rev_swig_ptr(index.invlists.get_ids(number), size)] = number
    return found
