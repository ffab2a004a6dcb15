"""The FAISS base: what it finds, against exact search, whatever the mask and however deep."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
import pytest

from index.errors import LibraryDamagedError
from index.store import faiss_base
from index.store.faiss_base import RECALL_WANTED, BaseInfo, FaissIndex, exact_index, open_base
from index.store.vectors import Slots, VectorFile, append
from index.types import Progress, silent

COUNT, DIM, TOPICS = 4000, 32, 100
DEGREES = 4
"""Of freedom: as with real texts, far fewer than dimensions."""


@dataclass(frozen=True, slots=True)
class Case:
    """A base over clustered vectors: slot `3 i + 5` holds a text of topic `topics[i]`."""

    base: FaissIndex
    file: VectorFile
    slots: Slots
    vectors: npt.NDArray[np.float32]
    topics: npt.NDArray[np.int64]
    queries: npt.NDArray[np.float32]

    def of_topics(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        """Which positions belong to these topics."""
        return (self.topics >= first) & (self.topics < last)

    def found(self, query: npt.NDArray[np.float32], k: int, allowed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """The positions that a search for the k best takes as candidates."""
        slots = self.base.search(query, k, self.base.mask(self.slots[allowed], keep=True))
        assert len(np.unique(slots)) == len(slots)
        positions = np.searchsorted(self.slots, slots).astype(np.int64)
        assert (self.slots[positions] == slots).all()
        return positions

    def recall(self, k: int, allowed: npt.NDArray[np.bool_]) -> float:
        """The mean share of the k nearest allowed vectors among the candidates for k."""
        nearest = np.flatnonzero(allowed)
        shares = []
        for query in self.queries:
            found = self.found(query, k, allowed)
            best = nearest[np.argsort(-(self.vectors[nearest] @ query), kind="stable")[:k]]
            shares.append(len(np.intersect1d(found, best)) / len(best))
        return float(np.mean(shares))


def unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """The same directions, as the embedder would give them."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def build(folder: Path, *, twins: int = 0, progress: Progress = silent) -> Case:
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
    info = faiss_base.build(folder / "base.index", folder / "base.slots", vectors, slots, progress)
    base = open_base(folder / "base.index", folder / "base.slots", info)
    return Case(base, vectors, slots, vectors.take(slots), topics[:COUNT], texts[COUNT:])


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Give a base of codes, as a large library has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faiss_base, "EXACT_UP_TO", 1000)
        return build(tmp_path_factory.mktemp("coded"))


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Give a base that is scanned whole."""
    return build(tmp_path_factory.mktemp("flat"))


MASKS = {"everything": (0, TOPICS), "half": (50, TOPICS), "a twentieth": (0, 5), "a hundredth": (7, 8)}
DEPTHS = (1, 10, 200, 1000)


@pytest.mark.parametrize("k", DEPTHS)
@pytest.mark.parametrize("topics", MASKS.values(), ids=MASKS)
def test_recall_of_codes(coded: Case, topics: tuple[int, int], k: int) -> None:
    """Masks that leave only some topics, most of them far from the query, cost no recall."""
    assert coded.base.info.kind.endswith("x4fs")
    assert coded.recall(k, coded.of_topics(*topics)) >= RECALL_WANTED


def test_halves_are_scanned_side_by_side(coded: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes lie in two lists of one length; a second thread finds in its own what one thread finds, in that order."""
    assert coded.base.info.kind.startswith("IVF2,")
    lists = coded.base._index.invlists
    assert [lists.list_size(number) for number in (0, 1)] == [COUNT // 2, COUNT // 2]
    masks = (None, coded.base.mask(coded.slots[coded.of_topics(0, 5)], keep=True))
    alone = [coded.base.search(query, 10, mask).tolist() for query in coded.queries for mask in masks]
    monkeypatch.setattr(faiss_base, "_WORTH_A_THREAD", 0)
    assert [coded.base.search(query, 10, mask).tolist() for query in coded.queries for mask in masks] == alone


def test_codes_in_one_list_are_still_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an earlier version made them: what it found is found."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 1000)
    monkeypatch.setattr(faiss_base, "_LISTS", 1)
    case = build(tmp_path)
    assert case.base.info.kind.startswith("IVF1,")
    assert case.recall(10, case.of_topics(0, TOPICS)) >= RECALL_WANTED


@pytest.mark.parametrize("k", DEPTHS)
def test_recall_with_dead_slots(coded: Case, k: int) -> None:
    """A quarter of dead slots, and dead topics at that, cost no recall."""
    scattered = np.random.default_rng(1).random(COUNT) > 0.25
    assert coded.recall(k, scattered) >= RECALL_WANTED
    assert coded.recall(k, ~coded.of_topics(20, 45)) >= RECALL_WANTED


@pytest.mark.parametrize("k", DEPTHS)
@pytest.mark.parametrize("topics", MASKS.values(), ids=MASKS)
def test_flat_base_is_exact(flat: Case, topics: tuple[int, int], k: int) -> None:
    """Up to EXACT_UP_TO vectors nothing is missed."""
    assert (flat.base.info.kind, flat.base.info.recall_at_10) == ("SQfp16", 1.0)
    assert flat.recall(k, flat.of_topics(*topics)) == 1.0


@pytest.mark.parametrize("kind", ["coded", "flat"])
def test_as_many_candidates_as_asked_and_none_masked(kind: str, request: pytest.FixtureRequest) -> None:
    """A search gives exactly the candidates for k, all of them allowed, or all there are."""
    case: Case = request.getfixturevalue(kind)
    for first, last in MASKS.values():
        allowed = case.of_topics(first, last)
        for k in (1, 10, 144, 1664, COUNT, 10 * COUNT):
            for query in case.queries[:10]:
                found = case.found(query, k, allowed)
                assert allowed[found].all()
                assert len(found) == min(case.base.info.candidates(k), np.count_nonzero(allowed))


@pytest.mark.parametrize("kind", ["coded", "flat"])
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


def test_candidates_are_few(coded: Case) -> None:
    """The tuned search is worth its index: it scores some vectors again, not all, and says what it reaches."""
    info = coded.base.info
    assert 10 < info.candidates(10) < COUNT / 4
    assert RECALL_WANTED <= info.recall_at_10 <= 1.0
    assert info.count == COUNT


def test_build_twice(coded: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same vectors give the same base, candidates and measured recall."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 1000)
    assert build(tmp_path).base.info == coded.base.info


def test_equal_vectors_do_not_defeat_tuning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a thousand texts share one vector, any counts as found, and a search looks behind them but not at all."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 1000)
    info = build(tmp_path, twins=1000).base.info
    assert info.candidates(10) < COUNT
    assert info.recall_at_10 >= RECALL_WANTED


def test_threads_find_the_same(coded: Case) -> None:
    """Searches of different depth and mask at the same time don't disturb each other."""
    jobs = [(q, k, coded.of_topics(*m)) for q in coded.queries[:5] for k in (1, 144, 1664) for m in MASKS.values()]
    alone = [coded.found(*job).tolist() for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        together = [found.tolist() for found in pool.map(lambda job: coded.found(*job), jobs)]
    assert together == alone


def test_a_thread_that_searches_keeps_to_itself_and_builds_with_all(coded: Case, tmp_path: Path) -> None:
    """A search never waits for another core; a base that the same thread makes afterwards is made by all of them."""

    def threads() -> tuple[int, int, int]:
        before = faiss.omp_get_max_threads()
        coded.base.search(coded.queries[0], 1, None)
        searching = faiss.omp_get_max_threads()
        build(tmp_path)
        return before, searching, faiss.omp_get_max_threads()

    with ThreadPoolExecutor(1) as thread:
        before, searching, building = thread.submit(threads).result()
    assert (searching, building) == (1, before)


def test_files_of_different_bases(tmp_path: Path) -> None:
    """A list of slots that doesn't fit its index, or a truncated index, is reported as damage."""
    case = build(tmp_path)
    index, slots = tmp_path / "base.index", tmp_path / "base.slots"
    case.slots[1:].tofile(tmp_path / "other.slots")
    (tmp_path / "cut.index").write_bytes(index.read_bytes()[:100_000])
    with pytest.raises(LibraryDamagedError):
        open_base(index, tmp_path / "other.slots", case.base.info)
    with pytest.raises(LibraryDamagedError):
        open_base(tmp_path / "cut.index", slots, case.base.info)
    with pytest.raises(LibraryDamagedError, match="IVF64,SQ8"):
        open_base(index, slots, BaseInfo("IVF64,SQ8", 1.0, COUNT))


def test_no_mask_allows_everything(coded: Case, flat: Case) -> None:
    """Without a mask a search finds what it finds with one that leaves all."""
    for case in (coded, flat):
        for query in case.queries[:5]:
            found = np.sort(case.base.search(query, 10, None))
            assert found.tolist() == np.sort(case.slots[case.found(query, 10, np.ones(COUNT, dtype=bool))]).tolist()


def test_index_in_memory_is_exact(flat: Case) -> None:
    """The index of what came since holds just its slots, masks them, and misses nothing."""
    some = flat.slots[::7]
    index = exact_index(flat.file, some)
    vectors = flat.file.take(some)
    for query in flat.queries[:5]:
        best = some[np.argsort(-(vectors @ query), kind="stable")]
        assert np.isin(best[:10], index.search(query, 10, None)).all()
        assert np.isin(best[10:20], index.search(query, 10, index.mask(best[:10], keep=False))).all()
    assert len(index.search(flat.queries[0], COUNT, None)) == len(some)


def test_empty_index_in_memory(flat: Case) -> None:
    """Nothing is found where there is nothing, with and without a mask."""
    index = exact_index(flat.file, flat.slots[:0])
    assert len(index.search(flat.queries[0], 10, None)) == 0
    assert len(index.search(flat.queries[0], 10, index.mask(flat.slots, keep=True))) == 0


def test_building_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who watches is told of a compaction from its beginning to its end, in vectors: half is coding, half measuring."""
    monkeypatch.setattr(faiss_base, "_CHUNK", 1500)
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 1000)
    told: list[tuple[str, int, int]] = []
    build(tmp_path, progress=lambda *stage: told.append(stage))
    assert told == [("compacting", done, COUNT) for done in (0, 750, 1000, 1750, 2000, 2750, 3500, COUNT)]


def test_any_dimension_is_coded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Models of an odd number of dimensions, and of hardly any, get an index like others."""
    monkeypatch.setattr(faiss_base, "EXACT_UP_TO", 100)
    for dim in (3, 6, 33):
        rows = unit(np.random.default_rng(dim).normal(size=(500, dim)))
        folder = tmp_path / str(dim)
        append(folder / "vectors.f16", rows, 0)
        vectors, slots = VectorFile(folder / "vectors.f16", dim, 500), np.arange(500, dtype=np.int64)
        info = faiss_base.build(folder / "base.index", folder / "base.slots", vectors, slots)
        base = open_base(folder / "base.index", folder / "base.slots", info)
        assert int(np.argmax(rows @ rows[7])) in base.search(rows[7], 1, None)


@pytest.mark.parametrize(
    ("kind", "count", "most", "beside"),
    [
        ("SQfp16", 10, 20_000, 1000),
        ("SQfp16", 15_000, 20_000, 15_000),
        ("IVF2,PQ192x4fs", 30_000, 20_000, 4096),
        ("IVF2,PQ192x4fs", 160_000, 20_000, 10_000),
        ("IVF2,PQ192x4fs", 1_000_000, 20_000, 20_000),
        ("IVF2,PQ192x4fs", 1_000_000, 50, 50),
    ],
)
def test_how_many_are_scanned_beside_a_base(kind: str, count: int, most: int, beside: int) -> None:
    """As many as a flat base has; a sixteenth of codes; never more than the settings allow."""
    assert BaseInfo(kind, 1.0, count).beside_it(most) == beside
