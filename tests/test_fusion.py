"""Two rankings become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import fuse
from search.retrieve import Candidates

_COSINES = st.dictionaries(st.integers(0, 30), st.floats(-1, 1), max_size=12)
_BM25 = st.dictionaries(st.integers(0, 30), st.floats(0.01, 50), max_size=12)


def test_weighted_sum() -> None:
    """Cosines count from the worst to the best, BM25 from zero, each by its share."""
    ranked = fuse(Candidates({1: 0.9, 2: 0.5, 3: 0.1}, {2: 10.0, 3: 5.0}, cut=False), 0.6)
    assert [(one.row, one.score) for one in ranked] == [(2, 0.7), (1, 0.6), (3, 0.2)]
    assert ranked[0].cosine == 0.5


def test_one_ranking_alone_keeps_its_order() -> None:
    """Without candidates by words, or by meaning, the other ranking decides."""
    assert [one.row for one in fuse(Candidates({1: 0.2, 2: 0.4}, {}, cut=False), 0.6)] == [2, 1]
    lexical = fuse(Candidates({}, {1: 3.0, 2: 4.0}, cut=False), 0.6)
    assert [(one.row, one.cosine) for one in lexical] == [(2, None), (1, None)]


def test_a_single_candidate_scores_full() -> None:
    """Nothing is divided by zero where the best is also the worst."""
    assert [one.score for one in fuse(Candidates({7: 0.3}, {7: 2.0}, cut=False), 0.6)] == [1.0]
    assert [one.score for one in fuse(Candidates({7: 0.3, 8: 0.3}, {}, cut=False), 0.6)] == [1.0, 1.0]
    assert fuse(Candidates({}, {}, cut=False), 0.6) == []


def test_equal_scores_are_ordered_by_row() -> None:
    """Order never depends on how candidates came in."""
    forward = fuse(Candidates({1: 0.5, 2: 0.5, 3: 0.9}, {}, cut=False), 0.6)
    backward = fuse(Candidates({3: 0.9, 2: 0.5, 1: 0.5}, {}, cut=False), 0.6)
    assert forward == backward
    assert [one.row for one in forward] == [3, 1, 2]


@given(_COSINES, _BM25, st.floats(0, 1))
def test_scores_are_bounded_and_sorted(cosines: dict[int, float], bm25: dict[int, float], weight: float) -> None:
    """Every candidate is ranked once, with a score from 0 to 1, best first."""
    ranked = fuse(Candidates(cosines, bm25, cut=False), weight)
    assert sorted(one.row for one in ranked) == sorted(cosines.keys() | bm25.keys())
    assert all(0 <= one.score <= 1 for one in ranked)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


@given(_COSINES, _BM25, st.floats(0.1, 0.9))
def test_better_in_both_is_better(cosines: dict[int, float], bm25: dict[int, float], weight: float) -> None:
    """A candidate that beats another in both rankings never stands behind it."""
    place = {one.row: one.score for one in fuse(Candidates(cosines, bm25, cut=False), weight)}
    both = cosines.keys() & bm25.keys()
    for one in both:
        for other in both:
            if cosines[one] >= cosines[other] and bm25[one] >= bm25[other]:
                assert place[one] >= place[other]


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_extreme_weights(weight: float) -> None:
    """A weight of 0 or 1 leaves one ranking's order."""
    ranked = fuse(Candidates({1: 0.9, 2: 0.1}, {1: 1.0, 2: 9.0}, cut=False), weight)
    assert ranked[0].row == (1 if weight else 2)
