"""Two rankings into one: what meaning and words say for a passage, added up as evidence."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.proximity import READ, Read
from search.retrieve import Candidates

Closeness = Callable[[Sequence[int]], Mapping[int, Read]]
"""What reading some rows tells of them."""
Values = npt.NDArray[np.float64]

DIGITS = 4
"""Scores are rounded before ties are broken: BM25 differs in its last bits between equal libraries."""
FIRST = 10
"""What holds a rare name of the question stands among so many."""
_UNIT = 25.0
"""So much BM25 is worth one unit of meaning; chosen by measuring, as docs/quality.md tells."""
_TIES = 3
"""So many times `READ` rows are read at most where they tie."""
_NEAREST = 0.9999
_FAR = 40
"""Words count more the less the passage at this place of the ranking by meaning is behind the first."""
_USUAL_GAP, _LEAST_GAP = 0.32, 0.08
"""How far it usually is behind, in cosines, and what a smaller gap is taken for: copies of one text have none."""
_USUAL_SHARE, _LEAST_SHARE, _ENOUGH = 0.7, 0.05, 0.8
"""How much of what a question's words weigh the best match by words usually reaches, and between what it is taken."""
_MANY, _GROWTH = 4000, 1.5
"""In larger libraries words count less, by this power of the logarithm of their size; docs/decisions.md tells why."""
_UNFOUND = 0.3
"""Who is near in meaning and not among the first by words holds some of them, too: so much of what the last of those
has, before it is read. In a library of more than `_MANY` that is much of what the best has; in others, less, and
nothing is gained by it."""
_LEAST_MEANING = -math.log(2)
_BELOW = 0.4999
_UNREAD = Read(0.0, 0.0)


class Ranked(NamedTuple):
    """A candidate with its fused score, 0 to 1, and its cosine where one is known; `merit` is its score unlifted.

    A tuple, as hundreds are made for every question.
    """

    row: int
    score: float
    cosine: float | None
    merit: float


def fuse(
    candidates: Candidates,
    dense_weight: float,
    close: Closeness | None = None,
    attainable: float = 0.0,
    paragraphs: int = 0,
) -> list[Ranked]:
    """Order candidates by the weighted sum of their evidence, best first, equal ones by row.

    Where words and meaning both speak, `close` weighs the best ones once more. `attainable` is what the question's
    words weigh together in BM25, and `paragraphs` how many the library has, each 0 where that is not known. What words
    did not find is taken, in a large one, to hold as much of them as is usual, and where it is read, as much as that
    tells.

    Evidence is put on a scale from the least that there can be (no term shared, a cosine of -1) to the best: a score,
    and which scores tie once they are rounded, depends on no other candidate than the best ones and the nearest.
    """
    cosines, bm25 = candidates.cosines, candidates.bm25
    rows = sorted(cosines.keys() | bm25.keys())
    if not rows:
        return []
    meaning = np.array([cosines.get(row, 0.0) for row in rows])
    words = np.array([bm25.get(row, 0.0) for row in rows])
    if not bm25:
        scores = _scaled(meaning, -1.0)
    elif not cosines:
        scores = _scaled(words, 0.0)
    else:
        share = words.max() / attainable if attainable else _USUAL_SHARE
        trust = (1 - dense_weight) * _trust_in_words(cosines.values(), share, paragraphs)
        last = candidates.last if paragraphs > _MANY else 0.0
        least = np.maximum(words, _UNFOUND * last)
        said = _of_words(least)
        evidence = dense_weight * _of_meaning(meaning) + trust * said
        if close:
            best = _best(evidence)
            read = close([rows[place] for place in best])
            told = [read.get(rows[place], _UNREAD) for place in best]
            held = np.maximum(words[best], np.minimum([one.bm25 for one in told], last))
            apart = _of_words(held * [one.apart for one in told]) - said[best]
            evidence[best] += trust * apart
            evidence[best] += [trust * one.words / _UNIT + dense_weight * one.short for one in told]
        scores = _scaled(evidence, dense_weight * _LEAST_MEANING)
    # Stable, and the rows ascend: equal scores stay in the order of rows.
    order, shown = np.argsort(-scores, kind="stable").tolist(), scores.tolist()
    return [Ranked(rows[place], shown[place], cosines.get(rows[place]), shown[place]) for place in order]


def _best(evidence: Values) -> list[int]:
    """The places of the `READ` best and of those that tie with the last of them, as far as that is worth its time."""
    rounded = np.round(evidence, DIGITS)
    ordered = np.argsort(-rounded, kind="stable")
    cut = min(READ, len(ordered))
    while cut < min(len(ordered), _TIES * READ) and rounded[ordered[cut]] == rounded[ordered[cut - 1]]:
        cut += 1
    best: list[int] = ordered[:cut].tolist()
    return best


def _of_meaning(cosines: Values) -> Values:
    """A near passage says more than several that are half as near: each step towards 1 counts more than the last."""
    found: Values = -np.log(1 - np.minimum(cosines, _NEAREST))
    return found


def _trust_in_words(cosines: Iterable[float], share: float, paragraphs: int) -> float:
    """Words weigh less for a question that has a passage near in meaning, and more where many others are as near.

    Where everything is about one thing, meaning tells passages apart badly; fewer than `_FAR` others don't show that.
    And they weigh as much as is found of them: of a long question each passage shares some, and none shares many. In a
    library on many things words for one of them are rare, and its passages near: what both tell counts once.
    """
    nearest, *others = sorted(cosines, reverse=True)[: _FAR + 1]
    gap = nearest - others[-1] if len(others) == _FAR else _USUAL_GAP
    crowded = _USUAL_GAP / max(gap, _LEAST_GAP)
    found = max(_LEAST_SHARE, min(share, _ENOUGH)) / _USUAL_SHARE
    spread: float = (math.log(_MANY) / math.log(max(paragraphs, _MANY))) ** _GROWTH
    return spread * math.sqrt((1 - max(0.0, min(nearest, _NEAREST))) * crowded * found)


def _of_words(bm25: Values) -> Values:
    """BM25 is a sum of logarithms of how rare the shared words are; what falls behind the best match counts less."""
    best = bm25.max()
    return bm25 * np.sqrt(bm25 / best) / _UNIT if best > 0 else np.zeros_like(bm25)


def lift(ranked: list[Ranked], rows: AbstractSet[int]) -> list[Ranked]:
    """The same candidates, which come best first, with `rows`, at most `FIRST`, among the first `FIRST`.

    Where they aren't already, the others that give way for them score less than half, and all who stay, lifted or not,
    more, in the order that they had.
    """
    lowest = next((one.score for one in reversed(ranked) if one.row in rows), None)
    # Who ties with one of them may stand before it by id.
    if lowest is None or len(ranked) <= FIRST or ranked[FIRST].score < lowest:
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


def _scaled(values: Values, low: float) -> Values:
    """`values` on a scale where `low` is 0 and the best is 1, rounded; where none is above `low`, all are 1."""
    span = values.max() - low
    return np.round(np.maximum(values - low, 0.0) / span, DIGITS) if span > 0 else np.ones_like(values)
