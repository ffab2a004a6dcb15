"""Two rankings become one."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import FIRST, Ranked, fuse, lift
from search.proximity import READ, Read
from search.retrieve import Candidates

_COSINES = st.dictionaries(st.integers(0, 30), st.floats(-1, 1), max_size=12)
_BM25 = st.dictionaries(st.integers(0, 30), st.floats(0.01, 50), max_size=12)


def test_evidence_adds_up() -> None:
    """Words outweigh meaning where no passage is near, and give way where one is."""
    vague = fuse(Candidates({1: 0.4, 2: 0.3, 3: 0.1}, {2: 20.0, 3: 10.0}, cut=False), 0.5)
    assert [one.row for one in vague] == [2, 1, 3]
    assert [one.cosine for one in vague] == [0.3, 0.4, 0.1]
    sure = fuse(Candidates({1: 0.8, 2: 0.3, 3: 0.1}, {2: 20.0, 3: 10.0}, cut=False), 0.5)
    assert [(one.row, one.score) for one in sure] == [(1, 1.0), (2, 0.6113), (3, 0.4017)]


@given(_COSINES, _BM25, st.floats(0.1, 0.9))
def test_who_else_is_a_candidate_changes_no_score(
    cosines: dict[int, float], bm25: dict[int, float], weight: float
) -> None:
    """Without the worst ones the others score the same, so that a larger pool turns no tie of rounded scores."""
    whole = fuse(Candidates(cosines, bm25, cut=False), weight)
    best = {max(one, key=lambda row: (one[row], -row)) for one in (cosines, bm25) if one}
    kept = {one.row for one in whole[: len(whole) // 2]} | best
    fewer = Candidates(
        {row: one for row, one in cosines.items() if row in kept},
        {row: one for row, one in bm25.items() if row in kept},
        cut=False,
    )
    assert fuse(fewer, weight) == [one for one in whole if one.row in kept]


def test_words_count_more_where_everything_is_near() -> None:
    """What the 41st candidate by meaning tells: behind a crowd of near ones words decide, behind far ones meaning."""
    crowd = dict.fromkeys(range(2, 50), 0.5)
    found = {1: 0.6, 2: 0.5}
    words = {1: 2.0, 2: 8.0}
    near = fuse(Candidates(found | crowd, words, cut=True), 0.5)
    far = fuse(Candidates(found | dict.fromkeys(range(3, 50), 0.1), words, cut=True), 0.5)
    few = fuse(Candidates(found | dict.fromkeys(range(3, 40), 0.5), words, cut=False), 0.5)
    assert [one.row for one in near[:2]] == [2, 1]
    assert [one.row for one in far[:2]] == [one.row for one in few[:2]] == [1, 2]


def test_words_count_as_far_as_they_are_found() -> None:
    """Of a long question every passage shares a few words: where the best one has a tenth of it, meaning decides."""
    pool = Candidates({1: 0.6, 2: 0.5}, {1: 2.0, 2: 12.0}, cut=False)
    assert [one.row for one in fuse(pool, 0.5, attainable=12.0)] == [2, 1]
    assert [one.row for one in fuse(pool, 0.5, attainable=120.0)] == [1, 2]
    assert fuse(pool, 0.5, attainable=12.0) == fuse(pool, 0.5, attainable=13.0)


def test_words_count_less_in_large_libraries() -> None:
    """Their weights grow with the library, nearness doesn't: among a hundred thousand paragraphs meaning decides."""
    pool = Candidates({1: 0.6, 2: 0.5}, {1: 2.0, 2: 12.0}, cut=False)
    for paragraphs, first in ((0, 2), (400, 2), (4_000, 2), (100_000, 1), (10_000_000, 1)):
        assert fuse(pool, 0.5, attainable=14.0, paragraphs=paragraphs)[0].row == first
    assert fuse(pool, 0.5, attainable=14.0, paragraphs=400) == fuse(pool, 0.5, attainable=14.0, paragraphs=4_000)


def test_closeness_is_asked_of_the_best_and_adds_up() -> None:
    """Only the best candidates are read for it, those that tie with the last of them too; it counts as BM25 does."""
    read: list[int] = []

    def close(rows: Sequence[int]) -> dict[int, Read]:
        read.extend(rows)
        return {3: Read(60.0, 0.0)}

    found = fuse(Candidates({row: 0.5 - 0.01 * row for row in range(40)}, {2: 20.0, 3: 10.0}, cut=False), 0.5, close)
    assert [one.row for one in found[:2]] == [3, 2]
    assert {2, 3} <= set(read)
    assert len(read) == READ
    read.clear()
    fuse(Candidates(dict.fromkeys(range(READ + 5), 0.5), {2: 1.0}, cut=False), 0.5, close)
    assert len(read) == READ + 5


def test_what_is_short_counts_as_less_near() -> None:
    """What a passage loses by being short is meaning: with one that is nearer by as much it ties."""
    pool = Candidates({1: 0.6, 2: 1 - 0.4 / 0.8, 3: 0.1}, {3: 1.0}, cut=False)
    found = fuse(pool, 0.5, lambda rows: {1: Read(0.0, math.log(0.8)), 2: Read(0.0, 0.0)})
    assert [one.row for one in found] == [1, 2, 3]
    assert found[0].score == found[1].score
    assert fuse(pool, 0.5)[0].score > fuse(pool, 0.5)[1].score


def test_what_tells_a_passage_apart_weighs_its_words() -> None:
    """The factor is for BM25 alone: a passage that no word found has none to weigh, and meaning stays as it is."""
    pool = Candidates({1: 0.5, 2: 0.5, 3: 0.4}, {1: 10.0, 2: 10.0}, cut=False)
    found = fuse(pool, 0.5, lambda rows: {1: Read(0.0, 0.0, 0.8), 2: Read(0.0, 0.0, 1.2), 3: Read(0.0, 0.0, 9.0)})
    before = {one.row: one.score for one in fuse(pool, 0.5)}
    assert [one.row for one in found] == [2, 1, 3]
    assert before[1] == before[2] == 1.0 > found[1].score > found[2].score
    assert found[2].score < before[3]


@given(st.floats(0, 60), st.floats(0, 1), st.floats(-0.9, 0.9))
def test_what_words_did_not_find_holds_at_most_what_their_last_does(told: float, share: float, cosine: float) -> None:
    """However much a passage holds when it is read, it counts for no more than the last that words found; nor less."""
    last = 20 * share
    pool = Candidates({1: cosine, 2: cosine, 3: cosine}, {1: 20.0, 2: last} if last else {1: 20.0}, False, last)

    def scores(bm25: float) -> dict[int, float]:
        reads = {1: Read(0.0, 0.0), 2: Read(0.0, 0.0), 3: Read(0.0, 0.0, bm25=bm25)}
        return {one.row: one.score for one in fuse(pool, 0.5, lambda rows: reads, paragraphs=5_000)}

    assert scores(0.0)[3] <= scores(told)[3] <= scores(told)[2] <= scores(told)[1] == 1.0
    assert scores(60.0)[3] == scores(60.0)[2]


def test_reading_tells_what_words_left_out() -> None:
    """In a large library who holds nearly as many words as the last of them is, read, before the nearer with none."""
    pool = Candidates({1: 0.3, 2: 0.55, 3: 0.57}, {1: 30.0}, True, 28.0)
    close = dict.fromkeys((1, 2, 3), Read(0.0, 0.0)) | {2: Read(0.0, 0.0, bm25=26.0)}
    blind = fuse(pool, 0.5, paragraphs=5_000)
    small = fuse(pool, 0.5, lambda rows: close, paragraphs=4_000)
    read = fuse(pool, 0.5, lambda rows: close, paragraphs=5_000)
    assert [one.row for one in blind if one.row != 1] == [one.row for one in small if one.row != 1] == [3, 2]
    assert [one.row for one in read if one.row != 1] == [2, 3]


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


_SCORES = st.lists(st.integers(0, 30).map(lambda n: n / 30), min_size=1, max_size=30)


@given(_SCORES, st.sets(st.integers(0, 29), max_size=FIRST))
def test_what_is_lifted_is_among_the_first(scores: list[float], rows: set[int]) -> None:
    """Lifted rows stand among the first, nobody is lost, and the others keep their order."""
    before = sorted(
        (Ranked(row, round(s, 4), None, round(s, 4)) for row, s in enumerate(scores)), key=lambda r: (-r.score, r.row)
    )
    rows &= {one.row for one in before}
    after = lift(before, rows)
    assert sorted(one.row for one in after) == sorted(one.row for one in before)
    assert rows <= {one.row for one in after[:FIRST]}
    assert all(0 <= one.score <= 1 for one in after)
    assert after == sorted(after, key=lambda one: (-one.score, one.row))
    others = [one.row for one in before if one.row not in rows]
    places = {one.row: one.score for one in after}
    assert all(places[a] >= places[b] for a, b in pairwise(others))
    # Whoever ties with a lifted row by score, and so is ordered by id, is one of the first, too.
    lowest = min((places[row] for row in rows), default=None)
    assert lowest is None or sum(one.score >= lowest for one in after) <= max(FIRST, 0)
