"""Passages for a query, best first: candidates, fused, folded."""

from dataclasses import dataclass

from index.library import Snapshot
from index.types import StoredParagraph
from search.collapse import fold
from search.fusion import Ranked, fuse
from search.retrieve import Probe, retrieve
from search.types import Query

_WINDOW = 3
"""So many times `k` paragraphs are candidates at least: some are near-duplicates of others."""
_MORE = 4
"""By this factor more is fetched when near-duplicates left fewer than `k`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph with its score, 0 to 1, its cosine where known, and what is folded under it."""

    paragraph: StoredParagraph
    score: float
    cosine: float | None
    duplicates: tuple[StoredParagraph, ...] = ()


def rank(snapshot: Snapshot, probe: Probe, query: Query, candidates: int, dense_weight: float) -> list[Found]:
    """Find `query.k` passages, or as many as there are; equal scores are ordered by passage id."""
    n = max(candidates, _WINDOW * query.k)
    while True:
        pool = retrieve(snapshot, probe, query.mode, n, query.filters)
        ranked = fuse(pool, dense_weight)
        found = _distinct(snapshot, ranked, query.k) if query.collapse else _ordered(snapshot, ranked, query.k)
        if len(found) >= query.k or not pool.cut:
            return found[: query.k]
        n *= _MORE


def _distinct(snapshot: Snapshot, ranked: list[Ranked], k: int) -> list[Found]:
    """The first `k` different texts; copies are looked for among all candidates, so that they don't depend on `k`."""
    found = _ordered(snapshot, ranked, len(ranked))
    return [
        Found(
            found[leader].paragraph,
            found[leader].score,
            found[leader].cosine,
            tuple(found[copy].paragraph for copy in copies),
        )
        for leader, *copies in fold((one.paragraph.text for one in found), k)
    ]


def _ordered(snapshot: Snapshot, ranked: list[Ranked], n: int) -> list[Found]:
    """The first `n`; all that tie with the last of them take part, or rows would decide who is in."""
    cut = n
    while 0 < cut < len(ranked) and ranked[cut].score == ranked[cut - 1].score:
        cut += 1
    top = ranked[:cut]
    paragraphs = snapshot.paragraphs([one.row for one in top])
    found = [Found(paragraph, one.score, one.cosine) for one, paragraph in zip(top, paragraphs, strict=True)]
    return sorted(found, key=lambda one: (-one.score, one.paragraph.id))[:n]
