"""How close together passages hold the words that stand side by side in a question."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product

from index.library import Snapshot
from index.terms import term_texts
from index.types import StoredParagraph

READ = 10
"""So many of the best candidates are read for it; 20 do hardly better."""
_ADJACENT, _NEAR = 0.4, 0.3
"""What it counts, of the rarer word's weight in BM25, that two words stand as in the question but for one between them
or their order, and that they stand within `_WINDOW`; both add up. Chosen by measuring, as docs/quality.md tells."""
_WINDOW = 4
_MOST_PLACES = 20
"""So many places of a word in a passage are looked at: who repeats it more often says no more by it."""
_TITLES = 2048


def closeness(snapshot: Snapshot, terms: Sequence[str], rows: Sequence[int]) -> dict[int, float]:
    """Each row's weight for pairs of neighbouring `terms` that it holds close together, in units of BM25 (0 and more).

    A paragraph's title stands before it, but not close to it.
    """
    pairs = list(pairwise(terms))
    if not pairs:
        return {}
    weights = {term: _idf(snapshot, term) for term in terms}
    return {one.row: _weight(pairs, weights, _places(one, weights)) for one in snapshot.paragraphs(rows)}


def _idf(snapshot: Snapshot, term: str) -> float:
    n = snapshot.document_frequency(term)
    return math.log1p((max(snapshot.paragraph_count, n) - n + 0.5) / (n + 0.5))


def _weight(
    pairs: Iterable[tuple[str, str]], weights: Mapping[str, float], places: Mapping[str, Sequence[int]]
) -> float:
    total = 0.0
    for one, other in pairs:
        if one in places and other in places:
            gap = min((b - a for a, b in product(places[one], places[other])), key=lambda gap: abs(gap - 0.5))
            share = _ADJACENT * (-1 <= gap <= 2) + _NEAR * (abs(gap) <= _WINDOW)
            total += share * min(weights[one], weights[other])
    return total


def _places(paragraph: StoredParagraph, wanted: Collection[str]) -> dict[str, list[int]]:
    """Where each wanted term stands, counted in words."""
    found: dict[str, list[int]] = {}
    title = _title(paragraph.document.title or "")
    for first, terms in ((0, title), (len(title) + _WINDOW + 1, term_texts(paragraph.text))):
        for place, term in enumerate(terms, first):
            if term in wanted and len(found.setdefault(term, [])) < _MOST_PLACES:
                found[term].append(place)
    return found


@lru_cache(_TITLES)
def _title(title: str) -> tuple[str, ...]:
    return tuple(term_texts(title))
