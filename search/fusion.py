"""Two rankings into one: what meaning and words say for a passage, added up as evidence."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from search.proximity import READ
from search.retrieve import Candidates

Closeness = Callable[[Sequence[int]], Mapping[int, float]]
"""How close together some rows hold the question's words, in units of BM25."""

DIGITS = 4
"""Scores are rounded before ties are broken: BM25 differs in its last bits between equal libraries."""
FIRST = 10
"""What holds a rare name of the question stands among so many."""
_UNIT = 25.0
"""So much BM25 is worth one unit of meaning; chosen by measuring, as docs/quality.md tells."""
_TIES = 3
"""So many times `READ` rows are read at most where they tie."""
_NEAREST = 0.9999
_BELOW = 0.4999


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score, 0 to 1, and its cosine where one is known; `merit` is its score unlifted."""

    row: int
    score: float
    cosine: float | None
    merit: float


def fuse(candidates: Candidates, dense_weight: float, close: Closeness | None = None) -> list[Ranked]:
    """Order candidates by the weighted sum of their evidence, best first, equal ones by row.

    Where words and meaning both speak, `close` weighs the best ones once more.

    Evidence is put on a scale from the worst candidate to the best; that of words alone from 0,
    which is its true minimum: that of the paragraphs that share no term.
    """
    cosines, bm25 = candidates.cosines, candidates.bm25
    rows = sorted(cosines.keys() | bm25.keys())
    if not bm25:
        scores = _scaled(cosines, rows, min(cosines.values(), default=0.0))
    elif not cosines:
        scores = _scaled(bm25, rows, 0.0)
    else:
        trust = (1 - dense_weight) * _trust_in_words(max(cosines.values()))
        best = max(bm25.values())
        evidence = {
            row: dense_weight * _of_meaning(cosines.get(row, 0.0)) + trust * _of_words(bm25.get(row, 0.0), best)
            for row in rows
        }
        for row, weight in (close(_best(evidence)) if close else {}).items():
            evidence[row] += trust * weight / _UNIT
        scores = _scaled(evidence, rows, min(evidence.values()))
    rounded = [round(score, DIGITS) for score in scores]
    return _sorted(Ranked(row, score, cosines.get(row), score) for row, score in zip(rows, rounded, strict=True))


def _best(evidence: Mapping[int, float]) -> list[int]:
    """`READ` rows and those that tie with the last of them, as far as that is worth its time."""
    ordered = sorted((-round(value, DIGITS), row) for row, value in evidence.items())
    cut = min(READ, len(ordered))
    while cut < min(len(ordered), _TIES * READ) and ordered[cut][0] == ordered[cut - 1][0]:
        cut += 1
    return [row for _, row in ordered[:cut]]


def _of_meaning(cosine: float) -> float:
    """A near passage says more than several that are half as near: each step towards 1 counts more than the last."""
    return -math.log(1 - min(cosine, _NEAREST))


def _trust_in_words(nearest: float) -> float:
    """Words weigh less for a question that has a passage near in meaning."""
    return math.sqrt(1 - max(0.0, min(nearest, _NEAREST)))


def _of_words(bm25: float, best: float) -> float:
    """BM25 is a sum of logarithms of how rare the shared words are; what falls behind the best match counts less."""
    return bm25 * math.sqrt(bm25 / best) / _UNIT if best > 0 else 0.0


def lift(ranked: list[Ranked], rows: AbstractSet[int]) -> list[Ranked]:
    """The same candidates with `rows`, at most `FIRST`, among the first `FIRST`.

    Where they aren't already, the others that give way for them score less than half, and all who stay, lifted or not,
    more, in the order that they had.
    """
    lowest = min((one.score for one in ranked if one.row in rows), default=None)
    # Who ties with one of them may stand before it by id.
    if lowest is None or sum(one.score >= lowest for one in ranked) <= FIRST:
        return ranked
    others = [one.row for one in ranked if one.row not in rows]
    first = {*rows, *others[: FIRST - len(rows)]}
    return _sorted(
        Ranked(
            one.row,
            round(0.5 + one.score / 2 if one.row in first else _BELOW * one.score, DIGITS),
            one.cosine,
            one.merit,
        )
        for one in ranked
    )


def _sorted(ranked: Iterable[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda one: (-one.score, one.row))


def _scaled(values: Mapping[int, float], rows: Iterable[int], low: float) -> list[float]:
    """`values` of `rows` on a scale where `low` is 0 and the best is 1; all equal is 1, missing is 0."""
    high = max(values.values(), default=low)
    span = high - low
    return [0.0 if row not in values else (values[row] - low) / span if span > 0 else 1.0 for row in rows]
