"""The nearest vectors of a generation: candidates of base and delta, all scored again from the stored vectors."""

from functools import partial

import numpy as np
import numpy.typing as npt

from index.beside import Beside
from index.store.opened import Allowed, OpenGeneration
from index.store.vectors import Scores, Slots, rounded

SCORED_UP_TO = 4096
"""Where a filter leaves no more, all of them are scored, which takes no longer than looking for candidates."""

_WORTH_A_THREAD = 4096
"""A delta of so many takes a quarter of a millisecond: less than handing it over pays."""

_MORE = 64
"""So many beyond k are kept: scores that round to the same may stand in another order."""


def nearest(
    opened: OpenGeneration, vector: npt.NDArray[np.float32], k: int, allowed: Allowed | None, exact_filter: int
) -> tuple[Slots, Scores]:
    """At least k slots and their inner products, best first, where as many are `allowed`, else all that are.

    Up to `exact_filter` allowed ones, at most SCORED_UP_TO, are scored without an index.
    """
    candidates = _candidates(opened, vector, k, allowed, min(exact_filter, SCORED_UP_TO))
    scores = opened.vectors.scores(vector, candidates)
    kept = np.lexsort((candidates, -scores))[: k + _MORE]
    return candidates[kept], rounded(scores[kept])


def past_ties(scores: Scores, place: int) -> int:
    """The first place from `place` on whose score differs from the one before it; the end if there is none."""
    while place < len(scores) and scores[place] == scores[place - 1]:
        place += 1
    return min(place, len(scores))


def _candidates(
    opened: OpenGeneration, vector: npt.NDArray[np.float32], k: int, allowed: Allowed | None, exact: int
) -> Slots:
    if allowed is not None and len(allowed.slots) <= exact:
        return allowed.slots
    delta, base = opened.delta_index, opened.base
    search_delta = partial(delta.search, vector, k, allowed.in_delta if allowed else None)
    if base is None:
        return search_delta()
    in_base = allowed.in_base if allowed else opened.alive
    if len(delta.slots) < _WORTH_A_THREAD:
        return np.concatenate([base.search(vector, k, in_base), search_delta()])
    with Beside(search_delta) as new:
        return np.concatenate([base.search(vector, k, in_base), new.result()])
