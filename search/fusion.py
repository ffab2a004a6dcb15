"""Two rankings into one: a weighted sum of scores brought to one scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.retrieve import Candidates

DIGITS = 4
"""Scores are rounded before ties are broken: BM25 differs in its last bits between equal libraries."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score, 0 to 1, and its cosine where one is known."""

    row: int
    score: float
    cosine: float | None


def fuse(candidates: Candidates, dense_weight: float) -> list[Ranked]:
    """Order candidates by a min–max weighted sum, best first, equal ones by row.

    Cosines are scaled between the worst and the best candidate. BM25 is scaled from 0, which is
    its true minimum: that of the paragraphs that share no term. A ranking without any candidate
    leaves the other one alone.
    """
    rows = sorted(candidates.cosines.keys() | candidates.bm25.keys())
    if not candidates.bm25:
        scores = _scaled(candidates.cosines, rows, min(candidates.cosines.values(), default=0.0))
    elif not candidates.cosines:
        scores = _scaled(candidates.bm25, rows, 0.0)
    else:
        dense = _scaled(candidates.cosines, rows, min(candidates.cosines.values()))
        lexical = _scaled(candidates.bm25, rows, 0.0)
        scores = [dense_weight * d + (1 - dense_weight) * b for d, b in zip(dense, lexical, strict=True)]
    ranked = [
        Ranked(row, round(score, DIGITS), candidates.cosines.get(row)) for row, score in zip(rows, scores, strict=True)
    ]
    return sorted(ranked, key=lambda found: (-found.score, found.row))


def _scaled(values: Mapping[int, float], rows: Iterable[int], low: float) -> list[float]:
    """`values` of `rows` on a scale where `low` is 0 and the best is 1; all equal is 1, missing is 0."""
    high = max(values.values(), default=low)
    span = high - low
    return [0.0 if row not in values else (values[row] - low) / span if span > 0 else 1.0 for row in rows]
