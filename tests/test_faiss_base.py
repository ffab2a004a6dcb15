"""The FAISS base: what it finds, against exact search, whatever the mask and however deep."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.errors import LibraryDamagedError
from index.store import faiss_base
from index.store.faiss_base import EXTRA, OVERSAMPLE, RECALL_WANTED, FaissBase
from index.store.vectors import Slots, VectorFile, append

COUNT, DIM, TOPICS = 4000, 32, 100
DEGREES = 4
"""Of freedom: as with real texts, far fewer than dimensions."""


@dataclass(frozen=True, slots=True)
class Case:
    """A base over clustered vectors: slot `3 i + 5` holds a text of topic `topics[i]`."""

    base: FaissBase
    slots: Slots
    vectors: npt.NDArray[np.float32]
    topics: npt.NDArray[np.int64]
    queries: npt.NDArray[np.float32]

    def of_topics(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        """Which positions belong to these topics."""
        return (self.topics >= first) & (self.topics < last)

    def found(self, query: npt.NDArray[np.float32], k: int, allowed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """The positions that a search for so many candidates finds."""
        slots = self.base.search(query, k, self.base.mask(self.slots[allowed], keep=True))
        assert len(np.unique(slots)) == len(slots)
        positions = np.searchsorted(self.slots, slots).astype(np.int64)
        assert (self.slots[positions] == slots).all()
        return positions

    def recall(self, k: int, allowed: npt.NDArray[np.bool_]) -> float:
        """The mean share of the k nearest allowed vectors among the candidates taken for k."""
        nearest = np.flatnonzero(allowed)
        shares = []
        for query in self.queries:
            found = self.found(query, OVERSAMPLE * k + EXTRA, allowed)
            best = nearest[np.argsort(-(self.vectors[nearest] @ query), kind="stable")[:k]]
            shares.append(len(np.intersect1d(found, best)) / len(best))
        return float(np.mean(shares))


def unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """The same directions, as the embedder would give them."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def build(folder: Path, *, twins: int = 0) -> Case:
    """Build a base, `twins` of its vectors equal; its queries are near topics, but no stored vectors."""
    random = np.random.default_rng(3)
    plane = random.normal(size=(DEGREES, DIM))
    centres = random.normal(size=(TOPICS, DEGREES))
    topics = random.integers(TOPICS, size=COUNT + 20)
    flat = centres[topics] + 0.3 * random.normal(size=(len(topics), DEGREES))
    texts = unit(flat @ plane + 0.1 * random.normal(size=(len(topics), DIM)))
    texts[: 2 * twins : 2] = texts[0]
    slots = np.arange(COUNT, dtype=np.int64) * 3 + 5
    stored = np.zeros((slots[-1] + 1, DIM), dtype=np.float32)
    stored[slots] = texts[:COUNT]
    append(folder / "vectors.f16", stored, 0)
    vectors = VectorFile(folder / "vectors.f16", DIM, len(stored))
    info = faiss_base.build(folder / "base.index", folder / "base.slots", vectors, slots)
    base = FaissBase(folder / "base.index", folder / "base.slots", info)
    return Case(base, slots, vectors.take(slots), topics[:COUNT], texts[COUNT:])


@pytest.fixture(scope="module")
def inverted(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Give a base with inverted lists, as a large library has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faiss_base, "EXACT_UP_TO", 1000)
        return build(tmp_path_factory.mktemp("inverted"))


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Give a base that is scanned whole."""
    return build(tmp_path_factory.mktemp("flat"))


MASKS = {"everything": (0, TOPICS), "half": (50, TOPICS), "a twentieth": (0, 5), "a hundredth": (7, 8)}
DEPTHS = (1, 10, 200, 1000)


@pytest.mark.parametrize("k", DEPTHS)
@pytest.mark.parametrize("topics", MASKS.values(), ids=MASKS)
def test_recall_of_inverted_lists(inverted: Case, topics: tuple[int, int], k: int) -> None:
    """Masks that leave only some topics, most of them far from the query, cost no recall."""
    assert inverted.base.info.kind.startswith("IVF")
    assert inverted.recall(k, inverted.of_topics(*topics)) >= RECALL_WANTED


@pytest.mark.parametrize("k", DEPTHS)
def test_recall_with_dead_slots(inverted: Case, k: int) -> None:
    """A quarter of dead slots, and dead topics at that, cost no recall."""
    scattered = np.random.default_rng(1).random(COUNT) > 0.25
    assert inverted.recall(k, scattered) >= RECALL_WANTED
    assert inverted.recall(k, ~inverted.of_topics(20, 45)) >= RECALL_WANTED


@pytest.mark.parametrize("k", DEPTHS)
@pytest.mark.parametrize("topics", MASKS.values(), ids=MASKS)
def test_flat_base_is_exact(flat: Case, topics: tuple[int, int], k: int) -> None:
    """Up to EXACT_UP_TO vectors nothing is missed."""
    assert (flat.base.info.kind, flat.base.info.recall_at_10) == ("SQfp16", 1.0)
    assert flat.recall(k, flat.of_topics(*topics)) == 1.0


@pytest.mark.parametrize("kind", ["inverted", "flat"])
def test_as_many_candidates_as_asked_and_none_masked(kind: str, request: pytest.FixtureRequest) -> None:
    """A search gives exactly k candidates, all of them allowed, or all there are."""
    case: Case = request.getfixturevalue(kind)
    for first, last in MASKS.values():
        allowed = case.of_topics(first, last)
        for k in (1, 10, 144, 1664, COUNT, 10 * COUNT):
            for query in case.queries[:10]:
                found = case.found(query, k, allowed)
                assert allowed[found].all()
                assert len(found) == min(k, np.count_nonzero(allowed))


@pytest.mark.parametrize("kind", ["inverted", "flat"])
def test_mask_that_allows_nothing(kind: str, request: pytest.FixtureRequest) -> None:
    """A mask without a single slot finds nothing."""
    case: Case = request.getfixturevalue(kind)
    assert len(case.found(case.queries[0], 10, np.zeros(COUNT, dtype=bool))) == 0


def test_mask_ignores_slots_of_others(flat: Case) -> None:
    """Slots that the base doesn't hold, on either side or between its own, set no bit."""
    strange = np.array([0, 4, 6, int(flat.slots[-1]) + 1, 10**9])
    kept = flat.base.search(flat.queries[0], COUNT, flat.base.mask(strange, keep=True))
    left = flat.base.search(flat.queries[0], COUNT, flat.base.mask(strange, keep=False))
    assert (len(kept), len(left)) == (0, COUNT)


def test_not_every_list_is_probed(inverted: Case) -> None:
    """The tuned search is worth its index: it probes some lists, not all, and says what it reaches."""
    info = inverted.base.info
    lists = int(info.kind.removeprefix("IVF").split(",")[0])
    assert 1 <= info.nprobe < lists
    assert RECALL_WANTED <= info.recall_at_10 <= 1.0
    assert info.count == COUNT


def test_build_twice(inverted: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same vectors give the same base, probes and measured recall."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 1000)
    assert build(tmp_path).base.info == inverted.base.info


def test_equal_vectors_do_not_defeat_tuning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a thousand texts share one vector, any of them counts as found."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 1000)
    info = build(tmp_path, twins=1000).base.info
    assert info.nprobe < int(info.kind.removeprefix("IVF").split(",")[0])
    assert info.recall_at_10 >= RECALL_WANTED


def test_threads_find_the_same(inverted: Case) -> None:
    """Searches of different depth and mask at the same time don't disturb each other."""
    jobs = [
        (q, k, inverted.of_topics(*m)) for q in inverted.queries[:5] for k in (1, 144, 1664) for m in MASKS.values()
    ]
    alone = [inverted.found(*job).tolist() for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        together = [found.tolist() for found in pool.map(lambda job: inverted.found(*job), jobs)]
    assert together == alone


def test_files_of_different_bases(tmp_path: Path) -> None:
    """A list of slots that doesn't fit its index, or a truncated index, is reported as damage."""
    case = build(tmp_path)
    index, slots = tmp_path / "base.index", tmp_path / "base.slots"
    case.slots[1:].tofile(tmp_path / "other.slots")
    (tmp_path / "cut.index").write_bytes(index.read_bytes()[:100_000])
    with pytest.raises(LibraryDamagedError):
        FaissBase(index, tmp_path / "other.slots", case.base.info)
    with pytest.raises(LibraryDamagedError):
        FaissBase(tmp_path / "cut.index", slots, case.base.info)
