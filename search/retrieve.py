"""Candidates for a query: the nearest paragraphs by meaning, the best ones by words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.library import Snapshot
from index.terms import content_terms, term_texts
from index.types import Filters
from search.types import Mode


@dataclass(frozen=True, slots=True)
class Probe:
    """A text as the two rankings need it.

    `terms` are distinct, in the order of the text: those that carry meaning, or all where none
    does. `vector` is float32 (dim,) of unit length; None in lexical mode.
    """

    text: str
    terms: tuple[str, ...]
    vector: npt.NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows with their cosine (empty in lexical mode) and BM25 (0 where no term is shared).

    `cut` tells that a ranking was full, so that more candidates may exist.
    """

    cosines: Mapping[int, float]
    bm25: Mapping[int, float]
    cut: bool


_IN_SO_MANY = 25
"""Of 200 paragraphs a name that 10 hold is no rarity: it would fill a whole page whatever else is asked."""
_UNTOLD = 2
"""Words of a question without capitals that so few paragraphs hold may be names; more would push answers out."""


def query_terms(text: str) -> tuple[str, ...]:
    """Give the distinct terms to look for: "to be or not to be" has no content words and keeps them all."""
    found = [term.text for term in content_terms(text)] or term_texts(text)
    return tuple(dict.fromkeys(found))


def name_terms(text: str) -> tuple[str, ...]:
    """Give the distinct terms that a question writes with a capital; none where it has capitals only."""
    if not any(char.islower() for char in text):
        return ()
    written = (term.text for term in content_terms(text) if text[term.start].isupper())
    # An initial is rare for no reason: “J.” names nobody.
    return tuple(dict.fromkeys(term for term in written if len(term) > 1))


def holders(snapshot: Snapshot, text: str, filters: Filters, most: int) -> dict[int, float]:
    """The at most `most` paragraphs that hold a rare name of the question, with their BM25 for it.

    A name is rare when no more than `most` paragraphs hold it, and in a small library no more than one in
    `_IN_SO_MANY`; rarer ones come first, and of all names together those that still find room. Where a question tells
    no name by a capital, any word may be one, and only the rarest count.
    """
    found: dict[int, float] = {}
    names = name_terms(text)
    most = min(most, max(_UNTOLD, snapshot.paragraph_count // _IN_SO_MANY)) if names else _UNTOLD
    counts = {term: snapshot.document_frequency(term) for term in names or query_terms(text)}
    for count, term in sorted((count, term) for term, count in counts.items() if 0 < count <= most):
        # A title holds its words for every paragraph below it, but weighs less than their own.
        hits = snapshot.lexical([term], count, filters)
        if len(found.keys() | {hit.row for hit in hits}) <= most:
            found = {hit.row: hit.score for hit in hits} | found
    return found


def retrieve(
    snapshot: Snapshot,
    probe: Probe,
    mode: Mode,
    n: int,
    filters: Filters,
    also: Mapping[int, float] | None = None,
) -> Candidates:
    """Take up to `n` paragraphs from each ranking that `mode` asks for, and those of `also` with the BM25 given.

    In hybrid mode every candidate gets its exact cosine, wherever it came from.
    """
    dense = snapshot.dense(probe.vector, n, filters) if probe.vector is not None and mode != "lexical" else []
    lexical = snapshot.lexical(probe.terms, n, filters) if probe.terms and mode != "dense" else []
    cosines = {hit.row: hit.score for hit in dense}
    bm25 = {**(also or {}), **{hit.row: hit.score for hit in lexical}}
    missing = [row for row in bm25 if row not in cosines]
    if probe.vector is not None and mode == "hybrid" and missing:
        found = snapshot.cosines(probe.vector, missing)
        cosines |= dict(zip(missing, found, strict=True))
    return Candidates(cosines, bm25, cut=len(dense) == n or len(lexical) == n)
