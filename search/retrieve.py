"""Candidates for a query: the nearest paragraphs by meaning, the best ones by words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.beside import Beside
from index.cached import cached
from index.library import Snapshot
from index.terms import content_terms, term_texts
from index.types import Filters, Hit
from search.capitals import has_capitals, writes_as_name
from search.conflated import holders_of_forms
from search.highlight import Held
from search.joined import as_one
from search.types import Mode
from search.variants import spellings, variants

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Probe:
    """A text as the two rankings need it.

    `terms` are distinct, in the order of the text: those that carry meaning, or all where none
    does. `encoding` gives its vector; None in lexical mode.
    """

    text: str
    terms: tuple[str, ...]
    encoding: Beside[Vector] | None

    @property
    def vector(self) -> Vector | None:
        """Float32 (dim,), unit length; encoded when first asked for. Raises what encoding raises."""
        return self.encoding.result() if self.encoding else None

    @cached
    def held(self) -> Held:
        """Which of the terms, and of the small words, passages hold, and where."""
        return Held(self.terms, self.small)

    @cached
    def small(self) -> tuple[str, ...]:
        """The text's other terms, which carry no meaning, distinct and in order."""
        return tuple(term for term in dict.fromkeys(term_texts(self.text)) if term not in self.terms)


@dataclass(frozen=True, slots=True)
class ByWords:
    """What the words of a text find: the best paragraphs by BM25, and those that hold a rare name, with theirs."""

    hits: Sequence[Hit] = ()
    named: Mapping[int, float] = field(default_factory=dict)


class _Rare(NamedTuple):
    """A term of a question that may be a rare name, how many paragraphs hold it, and how many may, of all together.

    `is_name` is whether a capital tells so, of the question or, where that tells none, of these paragraphs.
    """

    term: str
    held_by: int
    most: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows with their cosine (empty in lexical mode) and BM25, of those that words found.

    `cut` tells that a ranking was full, so that more candidates may exist; `last` is the BM25 that no row exceeds which
    is not among the first `_BY_WORDS` of those that words found, however many were asked for, and 0 where there is
    none.
    """

    cosines: Mapping[int, float]
    bm25: Mapping[int, float]
    cut: bool
    last: float = 0.0


_BY_WORDS = 64
"""So many candidates by words there are, where nothing else is set: no score may depend on how many are wanted."""
_IN_SO_MANY = 5
"""Of 30 paragraphs a name that 10 hold is no rarity: it would fill a whole page whatever else is asked."""
_TITLES = 20
_WORDED_OTHERWISE = 5
"""Of so many words of a question that are nowhere variants are looked for, which takes some milliseconds each."""
_IN_SMALL_LETTERS = 8
"""Of ten places names that only the library writes with a capital leave two to what says all the rest."""
_UNTOLD = 2
"""Words of a question without capitals that so few paragraphs hold may be names; more would push answers out."""


def query_terms(text: str) -> tuple[str, ...]:
    """Give the distinct terms to look for: "to be or not to be" has no content words and keeps them all."""
    found = [term.text for term in content_terms(text)] or term_texts(text)
    return tuple(dict.fromkeys(found))


def name_terms(text: str) -> tuple[str, ...]:
    """Give the distinct terms that a question writes with a capital; none where it has capitals only.

    Words of another script than most of the question's are names, too: scripts without capitals tell none otherwise.
    """
    if not any(char.islower() for char in text):
        return ()
    every = term_texts(text)
    is_latin = 2 * sum(map(str.isascii, every)) > len(every)
    written = (
        term.text
        for term in content_terms(text)
        if text[term.start].isupper() or (is_latin and not term.text.isascii())
    )
    # An initial is rare for no reason: “J.” names nobody.
    return tuple(dict.fromkeys(term for term in written if len(term) > 1))


def holders(snapshot: Snapshot, text: str, filters: Filters, most: int) -> dict[int, float]:
    """The at most `most` paragraphs that hold a rare name of the question, with their BM25 for it.

    Behind those that write it so come those of a name whose stem commoner words share, and those that spell a name
    otherwise; where no text and no title has it, its variants stand for it. A name is rare when no more than `most`
    paragraphs hold it, and in a small library no more than one in `_IN_SO_MANY`; rarer ones come first, and of all
    names together those that still find room. Where a question tells no name by a capital, what the library writes as
    one is a name, and of all other words only the rarest count.
    """
    found: dict[int, float] = {}
    held: list[_Rare] = []
    looked_for = 0
    names, asked = name_terms(text), query_terms(text)
    limit = _limit(snapshot, asked, most)
    for rare in _rare_terms(snapshot, names, asked, filters, limit):
        # A title holds its words for every paragraph below it, but weighs less than their own: it tells where no
        # paragraph does, unless there are too many below.
        hits = snapshot.lexical([rare.term], rare.held_by or rare.most + 1, filters)
        if not rare.held_by and not hits and looked_for < _WORDED_OTHERWISE:
            looked_for += 1
            hits = snapshot.lexical(_worded_otherwise(snapshot, text, rare.term), rare.most + 1, filters)
        if _find_room(hits, found, rare.most) and rare.held_by and rare.is_name:
            held.append(rare)
    for hits in holders_of_forms(snapshot, text, names, filters, limit):
        _find_room(hits, found, most)
    for rare in held[: _WORDED_OTHERWISE - looked_for]:
        for other in _as_one(snapshot, text, rare.term) + spellings(snapshot, rare.term):
            hits = snapshot.lexical([other], rare.most + 1, filters)
            if len(hits) <= rare.most and (not has_capitals(other) or _is_name(snapshot, hits, other)):
                _find_room(hits, found, rare.most)
    return found


def _find_room(hits: Sequence[Hit], found: dict[int, float], limit: int) -> bool:
    """Put hits into what is found already, if all of them together are at most so many; whether they are."""
    if len(hits) > limit or len(found.keys() | {hit.row for hit in hits}) > limit:
        return False
    for hit in hits:
        found.setdefault(hit.row, hit.score)
    return True


def _rare_terms(
    snapshot: Snapshot, names: Sequence[str], asked: Sequence[str], filters: Filters, most: int
) -> list[_Rare]:
    """The terms of a question that may be rare names, those that are told for names first, and rarer ones."""
    counts = {term: snapshot.document_frequency(term) for term in names or asked}
    # A pasted page may have thousands of words that are nowhere: of few of them titles are asked.
    least = 0 if list(counts.values()).count(0) <= _TITLES else 1
    few = sorted((count, term) for term, count in counts.items() if least <= count <= most)
    if names:
        return [_Rare(term, count, most, is_name=True) for count, term in few]
    of_names, of_others = (most, most) if len(asked) == 1 else (min(most, _IN_SMALL_LETTERS), _UNTOLD)
    held = islice(((term, count) for count, term in few if 0 < count <= of_names and len(term) > 1), _TITLES)
    told = {term for term, count in held if _is_name(snapshot, snapshot.lexical([term], count, filters), term)}
    return [_Rare(term, count, of_names, is_name=True) for count, term in few if term in told] + [
        _Rare(term, count, of_others, is_name=False) for count, term in few if term not in told and count <= of_others
    ]


def _limit(snapshot: Snapshot, asked: Sequence[str], most: int) -> int:
    """How many paragraphs may hold a rare name; who asks for one word alone wants a page of what holds it."""
    return most if len(asked) == 1 else min(most, max(_UNTOLD, snapshot.paragraph_count // _IN_SO_MANY))


def _is_name(snapshot: Snapshot, hits: Sequence[Hit], term: str) -> bool:
    """Whether the few paragraphs that hold a term write it as a name."""
    return writes_as_name((text for _, text in snapshot.texts([hit.row for hit in hits])), term)


def _as_one(snapshot: Snapshot, text: str, term: str) -> list[str]:
    """A word of the question and its neighbour as the one word that the library has."""
    joined = (one for one, parts in as_one(text).items() if term in parts)
    return [one for one in joined if snapshot.document_frequency(one)]


def _worded_otherwise(snapshot: Snapshot, text: str, term: str) -> list[str]:
    """What the library has for a word of the question that it lacks: that word and a neighbour as one, or a variant."""
    return _as_one(snapshot, text, term) or variants(snapshot, term)


def by_words(snapshot: Snapshot, probe: Probe, mode: Mode, n: int, filters: Filters, named: int = 0) -> ByWords:
    """Take up to `n` paragraphs by BM25, and up to `named` that hold a rare name; none where only meaning counts."""
    if mode == "dense":
        return ByWords()
    return ByWords(
        snapshot.lexical(probe.terms, n, filters) if probe.terms else (),
        holders(snapshot, probe.text, filters, named) if named else {},
    )


def retrieve(snapshot: Snapshot, probe: Probe, mode: Mode, n: int, filters: Filters, words: ByWords) -> Candidates:
    """Take up to `n` paragraphs by meaning where `mode` asks for it, and those that `words` found.

    In hybrid mode every candidate gets its exact cosine, wherever it came from.
    """
    vector = None if mode == "lexical" else probe.vector
    dense = snapshot.dense(vector, n, filters) if vector is not None else []
    cosines = dict(dense)
    bm25 = {**words.named, **dict(words.hits)}
    missing = [row for row in bm25 if row not in cosines]
    if vector is not None and mode == "hybrid" and missing:
        found = snapshot.cosines(vector, missing)
        cosines |= dict(zip(missing, found, strict=True))
    last = words.hits[_BY_WORDS - 1].score if len(words.hits) >= _BY_WORDS else 0.0
    return Candidates(cosines, bm25, cut=len(dense) == n or len(words.hits) == n, last=last)
