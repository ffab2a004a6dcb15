"""What reading a passage tells: how close together it holds a question's words, which small ones, how short it is."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from index.library import Snapshot
from index.terms import TITLE_BOOST, content_terms
from index.types import StoredParagraph
from search.highlight import Held
from search.retrieve import Probe

READ = 10
"""So many of the best candidates are read for it; 20 do hardly better."""
_ADJACENT, _NEAR = 0.4, 0.3
"""What it counts, of the rarer word's weight in BM25, that two words stand as in the question but for one between them
or their order, and that they stand within `_WINDOW`; both add up. Chosen by measuring, as docs/quality.md tells."""
_WINDOW = 4
_MOST_PLACES = 20
"""So many places of a word in a passage are looked at: who repeats it more often says no more by it."""
_SMALL = 0.5
"""What it counts, as a share of their weight in BM25, that a passage holds words of the question that carry no meaning
(“after”, “first”, “against”): candidates are not looked for by them, but they tell near ones apart."""
_TITLED = 0.7
"""What it counts, as a share of its weight in BM25, that a word stands in the title alone: a paragraph need not repeat
whom all of its article is about, and the index knows such a word by the title's own, lesser weight."""
_SURNAME = 0.4
"""What it counts, as a share of the weight of a name's first word in BM25, that the paragraph holds the second alone:
an article writes “Chris Christie” once and “Christie” from then on. Chosen by measuring, as docs/decisions.md tells."""
_SENTENCE = 10
"""In a text of so many words that carry meaning a name is one of many witnesses; of a shorter question it is the most
that is asked, and that its words stand together tells much (“When was the Lisbon Treaty established?”)."""
_SHORT, _FEWEST, _ENOUGH = 0.15, 20, 150
"""A passage of fewer than `_ENOUGH` characters says less than a sentence, and is as near in meaning for it: there is
little in it that the question is not about. By so much it counts less for each unit of the logarithm that it is behind
them, and is taken to have at least `_FEWEST`. Chosen by measuring, as docs/quality.md tells."""
_K1, _B, _USUAL = 1.2, 0.75, 480
"""BM25's constants, and how many characters a paragraph usually has."""
_AS_INDEXED = 0.8
"""The index's BM25 is about so much of what is counted here: a field's length is known to it, and told in steps."""
_OTHERS = 4
"""So many passages without a word are added to those that are read, where it is counted how many of them hold it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each of a question's words weighs in BM25, and what its terms that the library holds do together.

    A passage with all of them has about as much as that is.
    """

    by_term: Mapping[str, float]
    attainable: float


class Read(NamedTuple):
    """What reading a passage tells of it.

    `words` is what it gains by how it holds the question's words, 0 and more, in units of BM25; `short` what it loses
    by being short, 0 and less, in units of meaning: −ln(1 − cosine). `apart` is a factor for its BM25: over 1 where its
    words tell it apart from the others that were read, below 1 where they hold the same. `bm25` is about what that is,
    for who did not learn it from the index.
    """

    words: float
    short: float
    apart: float = 1.0
    bm25: float = 0.0


def weigh(snapshot: Snapshot, probe: Probe) -> Weights:
    """Weigh the terms and small words of a question."""
    total = snapshot.paragraph_count
    counts = {term: snapshot.document_frequency(term) for term in (*probe.terms, *probe.small)}
    by_term = {term: math.log1p((max(total, n) - n + 0.5) / (n + 0.5)) for term, n in counts.items()}
    return Weights(by_term, sum(by_term[term] for term in probe.terms if counts[term]))


def closeness(snapshot: Snapshot, probe: Probe, weights: Mapping[str, float], rows: Sequence[int]) -> dict[int, Read]:
    """What reading each row tells: above all, pairs of the question's neighbouring terms that it holds close together.

    A paragraph's title stands before it, but not close to it. Small words that it holds count, too, and terms that only
    its title holds. In a sentence a name in full is one witness: its words gain nothing together, and the surname
    stands for both.
    """
    names = _names(probe.text)
    pairs = [pair for pair in pairwise(probe.terms) if pair not in names]
    held = [(one, _places(one, probe.held)) for one in snapshot.paragraphs(rows)]
    telling = _telling(probe.terms, weights, [places for _, places in held])
    found = {}
    for one, places in held:
        told = _weight(pairs, weights, places) + _SMALL * _of_small(one, probe.small, weights, places)
        told += _TITLED * sum(weights[term] for term in probe.terms if _is_titled(places.get(term, ())))
        told += _SURNAME * sum(weights.get(given, 0.0) for given, name in names if _is_called(given, name, places))
        found[one.row] = Read(told, _of_length(len(one.text)), *_of_terms(one, telling, weights, places))
    return found


def _telling(
    terms: Sequence[str], weights: Mapping[str, float], read: Sequence[Mapping[str, Sequence[int]]]
) -> dict[str, float]:
    """What each term weighs where these passages are told apart: less, the more of them hold it; all weigh the same.

    In a library on many things the word for the thing that is asked about is rare, but what is near holds it anyway.
    """
    counts = Counter(term for places in read for term, numbers in places.items() if numbers[-1] >= 0)
    left = {term: weights[term] * math.sqrt(1 - counts[term] / (len(read) + _OTHERS)) for term in terms}
    total = sum(left.values())
    scale = sum(weights[term] for term in terms) / total if total else 1.0
    return {term: scale * weight for term, weight in left.items()}


def _of_terms(
    paragraph: StoredParagraph,
    telling: Mapping[str, float],
    weights: Mapping[str, float],
    places: Mapping[str, Sequence[int]],
) -> tuple[float, float]:
    """By what a paragraph's BM25 changes where its terms weigh what they tell, and about how much it is."""
    penalty = _penalty(paragraph)
    before = after = 0.0
    for term, numbers in places.items():
        if term in telling:
            times = sum(number >= 0 for number in numbers)
            share = (_K1 + 1) * times / (times + penalty) + TITLE_BOOST * (numbers[0] < 0)
            before += share * weights[term]
            after += share * telling[term]
    return (after / before, _AS_INDEXED * before) if before else (1.0, 0.0)


def _penalty(paragraph: StoredParagraph) -> float:
    return _K1 * (1 - _B + _B * len(paragraph.text) / _USUAL)


def _of_length(characters: int) -> float:
    return _SHORT * math.log(min(max(characters, _FEWEST), _ENOUGH) / _ENOUGH)


def _is_titled(numbers: Sequence[int]) -> bool:
    """Whether a term stands in the title and not below it; the last of its places tells."""
    return bool(numbers) and numbers[-1] < 0


def _names(text: str) -> list[tuple[str, str]]:
    """Each two terms with a capital that follow each other in a sentence, abbreviations and initials aside; in order.

    Distinct, and no set: sums of floats differ by their order.
    """
    found = content_terms(text)
    if len(found) < _SENTENCE:
        return []
    pairs = (
        (one.text, other.text)
        for one, other in pairwise(found)
        if text[one.end : other.start] in (" ", "-")
        and text[one.start].isupper()
        and text[other.start].isupper()
        and not text[one.start : one.end].isupper()
    )
    return list(dict.fromkeys(pairs))


def _is_called(given: str, name: str, places: Mapping[str, Sequence[int]]) -> bool:
    """Whether a paragraph calls by the surname alone whom the question names in full."""
    return given not in places and name in places and places[name][-1] >= 0


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


def _of_small(
    paragraph: StoredParagraph, small: Iterable[str], weights: Mapping[str, float], places: Mapping[str, Sequence[int]]
) -> float:
    """The BM25 of the small words in a paragraph, its title aside."""
    penalty = _penalty(paragraph)
    total = 0.0
    for term in small:
        times = sum(number >= 0 for number in places.get(term, ()))
        total += weights[term] * (_K1 + 1) * times / (times + penalty)
    return total


def _places(paragraph: StoredParagraph, held: Held) -> dict[str, list[int]]:
    """Where each of the terms stands, counted in words; the title's words stand before the paragraph's."""
    found: dict[str, list[int]] = {}
    title = paragraph.document.title or ""
    for text, first in ((title, -len(title) - _WINDOW), (paragraph.text, 0)):
        for place in held.all_by(text):
            numbers = found.setdefault(place.term, [])
            if len(numbers) < _MOST_PLACES:
                numbers.append(first + place.number)
    return found
