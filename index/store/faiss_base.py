"""Vectors searched by FAISS: a base in a file, memory-mapped and never mutated, and an exact index of a few in memory.

Removing from or adding to a mapped index crashes the process; so what has died since is masked by
a bitmap, what has come since lies in an exact delta, and compaction writes a new base. Position i
of an index is slot `slots[i]`.
"""

import math
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.beside import Beside
from index.errors import LibraryDamagedError
from index.store.denials import refusals_told
from index.store.vectors import Slots, VectorFile
from index.types import Progress, silent

Mask = npt.NDArray[np.uint8]
"""A bitmap over the positions of an index, little-endian."""

EXACT_UP_TO = 20_000
"""A scan of their float16 codes takes 1.7 ms on one core: little to gain from less recall, and nothing to train."""

RECALL_WANTED = 0.99
EXTRA = 32
"""For d wanted results a search re-scores `oversample` * (d + EXTRA) candidates: the best few are missed as easily."""

_EXACT, _FAST = "SQfp16", "x4fs"
_SHOWN, _FUSED = 10, 200
"""How many results a page shows, and twice what a search fuses unless told otherwise: long pages fuse more."""

_BESIDE, _SHARE = 4096, 16
"""Beside codes a delta of so many, or of this part of them, costs a search little; a base is made anew so seldom that
each vector is coded some sixteen times as a library grows to 320,000, half a millisecond in all."""

_LEAST_BESIDE = 1000

_TRAINED_ON, _ROUNDS = 4096, 8
"""16 centroids a subspace need no more: four times the vectors and three times the rounds gave the same recall."""

_LISTS = 2
"""Where a second core is free, it scans the second half."""
_FAR_OFF = 10.0
_WORTH_A_THREAD = 32_768
"""Half of fewer codes is scanned sooner than handed over."""

_SAMPLE, _NOISE, _TIE = 100, 0.3, 1e-6
_CHUNK = 8192
"""Vectors widened at once: with 65,536, of 384 dimensions, a base took 200 MB more and a third more processor time."""


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """What was built: FAISS factory string, recall@10 against exact search, and by how many candidates."""

    kind: str
    recall_at_10: float
    count: int
    oversample: int = 1

    def candidates(self, k: int) -> int:
        """How many candidates hold the k best, once they are scored again."""
        return min(self.count, self.oversample * (k + EXTRA))

    def beside_it(self, most: int) -> int:
        """How many vectors, `most` or fewer, are scanned beside it before a new base pays.

        A flat base is scanned as they are: it is made anew only because it may be mapped, and they take memory.
        """
        if self.kind == _EXACT:
            return min(most, max(_LEAST_BESIDE, self.count))
        return min(most, max(_BESIDE, self.count // _SHARE))


def _faiss() -> Any:
    """The library, imported when first used: a question to a library of a few paragraphs does without it.

    Untyped, as its stubs describe the C++ headers, not the Python wrappers over them.
    """
    import faiss

    return faiss


_calling = threading.local()
"""Of a thread whose searches keep to it, how many it had before."""


def _keep_to_this_thread() -> None:
    """Let this thread's searches keep to it: where others work, waiting for a second core takes ten times as long.

    For good, since each call of FAISS lets Python's lock go, and whoever takes it then holds a search up.
    """
    if not hasattr(_calling, "threads"):
        _calling.threads = _faiss().omp_get_max_threads()
        _faiss().omp_set_num_threads(1)


def _share_again() -> None:
    """Let what this thread makes be shared by all cores, though it has searched."""
    if hasattr(_calling, "threads"):
        _faiss().omp_set_num_threads(_calling.threads)
        del _calling.threads


def build(
    index_path: Path, slots_path: Path, vectors: VectorFile, slots: Slots, progress: Progress = silent
) -> BaseInfo:
    """Write a base over these slots (sorted, not empty); files and folder are fsynced.

    Up to EXACT_UP_TO vectors it is a flat float16 index, exact for what is stored; beyond, 4-bit product codes, of
    which as many candidates are taken, in steps of a half, as reach RECALL_WANTED@10 and @200 after
    re-scoring for queries that the library doesn't hold. Memory stays within the codes and a chunk of vectors.
    `progress` is told of codes only, first of making them and then of measuring them, which takes as long: a flat
    index is written before anybody looks.
    """
    _share_again()
    kind = _EXACT if len(slots) <= EXACT_UP_TO else _coded(vectors.dim)
    told: Progress = silent if kind == _EXACT else progress
    index = _exact(vectors.dim) if kind == _EXACT else _trained(vectors, slots)
    for number in range(_LISTS):
        if kind != _EXACT:
            _lead_to(index, number)
        end = len(slots) * (number + 1) // _LISTS
        for start in range(len(slots) * number // _LISTS, end, _CHUNK):
            told("compacting", start // 2, len(slots))
            index.add(vectors.take(slots[start : min(start + _CHUNK, end)]))
    oversample, recall = (1, 1.0) if kind == _EXACT else _tune(index, vectors, slots, told)
    with refusals_told(index_path.parent):
        _faiss().write_index(index, str(index_path))
        np.asarray(slots, dtype="<i8").tofile(slots_path)
    for path in (index_path, slots_path, index_path.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    told("compacting", len(slots), len(slots))
    return BaseInfo(kind, recall, len(slots), oversample)


def _exact(dim: int) -> Any:
    return _faiss().index_factory(dim, _EXACT, _faiss().METRIC_INNER_PRODUCT)


def _coded(dim: int) -> str:
    """Two dimensions share a code of 4 bits. Inverted lists hold them: of plain fast-scan codes FAISS masks none."""
    return f"IVF{_LISTS},PQ{_subspaces(dim)}{_FAST}"


def _subspaces(dim: int) -> int:
    return dim if dim % 2 else dim // 2


def _trained(vectors: VectorFile, slots: Slots) -> Any:
    """An index of codes, with none in it yet, and two lists to hold them."""
    faiss = _faiss()
    coarse, metric = faiss.IndexFlatL2(vectors.dim), faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexIVFPQFastScan(coarse, vectors.dim, _LISTS, _subspaces(vectors.dim), 4, metric)
    index.pq.cp.niter, index.nprobe = _ROUNDS, _LISTS
    _lead_to(index, 0)
    index.train(vectors.take(slots[:: math.ceil(len(slots) / _TRAINED_ON)]))
    return index


def _lead_to(index: Any, number: int) -> None:
    """Let what is added go to one of the lists: to that with the nearest centre, which no code depends on."""
    centres = np.full((_LISTS, index.d), _FAR_OFF, dtype=np.float32)
    centres[number] = 0.0
    index.quantizer.reset()
    index.quantizer.add(centres)


def _tune(index: Any, vectors: VectorFile, slots: Slots, told: Progress) -> tuple[int, float]:
    """The least oversampling that reaches RECALL_WANTED at both depths, and the recall@10 it reaches."""
    queries = _queries(vectors, slots)
    best = _best_scores(vectors, slots, queries, told)
    oversample = 1
    while True:
        _, found = index.search(queries, min(len(slots), oversample * (_FUSED + EXTRA)))
        recall = _recall(vectors, slots, queries, found[:, : oversample * (_SHOWN + EXTRA)], best[:, :_SHOWN])
        is_enough = recall >= RECALL_WANTED and _recall(vectors, slots, queries, found, best) >= RECALL_WANTED
        if is_enough or oversample * (_SHOWN + EXTRA) >= len(slots):
            # Rounded down: what is reported is reached.
            return oversample, math.floor(recall * 10_000) / 10_000
        oversample += max(1, oversample // 2)


def _queries(vectors: VectorFile, slots: Slots) -> npt.NDArray[np.float32]:
    """Unit vectors between two stored ones, with noise: a stored one is its own easiest question."""
    random = np.random.default_rng(0)
    first, second = (vectors.take(slots[random.integers(len(slots), size=_SAMPLE)]) for _ in range(2))
    noise = random.normal(scale=_NOISE / np.sqrt(vectors.dim), size=first.shape)
    mixed = first + random.random((_SAMPLE, 1)) * second + noise
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)


def _best_scores(
    vectors: VectorFile, slots: Slots, queries: npt.NDArray[np.float32], told: Progress
) -> npt.NDArray[np.float32]:
    """The exact scores of the nearest vectors, best first, shape (queries, _FUSED)."""
    heap = _faiss().ResultHeap(len(queries), min(_FUSED, len(slots)), keep_max=True)
    for start in range(0, len(slots), _CHUNK):
        told("compacting", (len(slots) + start) // 2, len(slots))
        part = vectors.take(slots[start : start + _CHUNK])
        scores, ids = _faiss().knn(queries, part, min(heap.k, len(part)), _faiss().METRIC_INNER_PRODUCT)
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
    """The share of the best scores, shape (queries, depth), that the candidates found for that depth hold."""
    hits, depth = 0, best.shape[1]
    for query, positions, scores in zip(queries, found, best, strict=True):
        # By score, not by number: of equal vectors any will do.
        candidates = vectors.scores(query, slots[positions[positions >= 0]])
        hits += min(depth, int(np.count_nonzero(candidates >= scores[-1] - _TIE)))
    return hits / best.size


class FaissIndex:
    """An index that is searched, and never changed; many threads may search it at once."""

    def __init__(self, opened: Callable[[], Any], slots: Slots, info: BaseInfo) -> None:
        self._opened, self.slots, self.info = opened, slots, info
        if not self.is_whole_at(_FUSED):
            _ = self._index

    @cached_property
    def _index(self) -> Any:
        return self._opened()

    def is_whole_at(self, k: int) -> bool:
        """Whether the candidates for k, or for what a search fuses, are all there are: nothing need be searched."""
        return self.info.candidates(max(k, _FUSED)) >= len(self.slots)

    def mask(self, slots: Slots, *, keep: bool) -> npt.NDArray[np.uint8]:
        """A bitmap over positions with just these slots set (`keep`), or all but these."""
        bits = np.full(len(self.slots), not keep)
        if len(self.slots):
            positions = np.minimum(np.searchsorted(self.slots, slots), len(self.slots) - 1)
            bits[positions[self.slots[positions] == slots]] = keep
        return np.packbits(bits, bitorder="little")

    def search(self, vector: npt.NDArray[np.float32], k: int, mask: Mask | None) -> Slots:
        """The slots of `candidates(k)` vectors near `vector` (dim,), unordered, whose position is set in `mask`.

        They are all that the mask allows where it allows fewer; without a mask everything is allowed.
        """
        if self.is_whole_at(k):
            return self.slots if mask is None else self.slots[_unpacked(mask, len(self.slots))]
        find = self._of_exact if self.info.kind == _EXACT else self._of_codes
        positions = find(vector, self.info.candidates(k), mask)
        return self.slots[positions[positions >= 0]]

    def _of_exact(self, vector: npt.NDArray[np.float32], count: int, mask: Mask | None) -> Slots:
        selected = None if mask is None else _faiss().SearchParameters(sel=_faiss().IDSelectorBitmap(mask))
        _keep_to_this_thread()
        _, (found, *_) = self._index.search(vector[None, :], count, params=selected)
        positions: Slots = found
        return positions

    def _of_codes(self, vector: npt.NDArray[np.float32], count: int, mask: Mask | None) -> Slots:
        scan = partial(_scan, self._index, vector, count, mask)
        if self._index.nlist == 1:  # as an earlier version made it
            return scan(0)[1]
        if len(self.slots) < _WORTH_A_THREAD:
            parts = [scan(0), scan(1)]
        else:
            with Beside(partial(scan, 1)) as second:
                parts = [scan(0), second.result()]
        scores, positions = (np.concatenate(both) for both in zip(*parts, strict=True))
        return positions[np.argsort(-scores, kind="stable")[:count]]


def _scan(
    index: Any, vector: npt.NDArray[np.float32], count: int, mask: Mask | None, number: int
) -> tuple[npt.NDArray[np.float32], Slots]:
    """Approximate scores and positions of the best `count` of one list, those that the mask allows; -1 fills up."""
    _keep_to_this_thread()
    parameters = _whole(number) if mask is None else _masked(number, mask)
    (scores, *_), (positions, *_) = index.search(vector[None, :], count, params=parameters)
    return scores, positions


@cache
def _whole(number: int) -> Any:
    """How one list is scanned. Kept, as making it takes six calls of FAISS, each of which lets Python's lock go."""
    return _faiss().SearchParametersIVF(nprobe=1, quantizer_params=_there(number))


def _masked(number: int, mask: Mask) -> Any:
    return _faiss().SearchParametersIVF(nprobe=1, quantizer_params=_there(number), sel=_faiss().IDSelectorBitmap(mask))


@cache
def _there(number: int) -> Any:
    """Which list is probed is left to whoever finds the nearest centre: here it is told where to look for one."""
    return _faiss().SearchParameters(sel=_faiss().IDSelectorRange(number, number + 1))


def open_base(index_path: Path, slots_path: Path, info: BaseInfo) -> FaissIndex:
    """Map a base into memory. Raises LibraryDamagedError, also for one that an earlier version made."""
    if info.kind != _EXACT and not info.kind.endswith(_FAST):
        raise LibraryDamagedError(index_path, f"{info.kind} is not a kind of index that this version searches")
    slots: Slots = np.fromfile(slots_path, dtype="<i8")

    def opened() -> Any:
        try:
            index = _faiss().read_index(str(index_path), _faiss().IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise LibraryDamagedError(index_path, "FAISS cannot read it") from error
        if index.ntotal != len(slots):
            raise LibraryDamagedError(slots_path, "it does not list the vectors of its index")
        return index

    return FaissIndex(opened, slots, info)


def exact_index(vectors: VectorFile, slots: Slots) -> FaissIndex:
    """An exact index of these slots, in memory; its codes are the stored bytes, so that nothing is computed."""

    def opened() -> Any:
        index = _exact(vectors.dim)
        for start in range(0, len(slots), _CHUNK):
            index.add_sa_codes(vectors.codes(slots[start : start + _CHUNK]))
        return index

    return FaissIndex(opened, slots, BaseInfo(_EXACT, 1.0, len(slots)))


def _unpacked(mask: npt.NDArray[np.uint8], count: int) -> npt.NDArray[np.bool_]:
    return np.unpackbits(mask, count=count, bitorder="little").view(np.bool_)
