"""Names and words that one writes as one and another as two: QuarryWorks, Quarry Works; boatyard, boat yard."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.folding import fold
from index.terms import content_terms, term_texts

_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"[ \u00a0-]")
_LEAST = 6
"""Shorter words are two others' by chance."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The words of a question that a text may write as one or as two.

    `words` are its long ones, folded, with their terms; `pairs` what two that follow each other are as one, with the
    terms of both.
    """

    words: Sequence[tuple[str, frozenset[str]]]
    pairs: Sequence[tuple[str, frozenset[str]]]

    def told_by(self, text: str) -> frozenset[str]:
        """The terms of the question that a text writes otherwise: as one word, or as two; linear."""
        if not self.words and not self.pairs:
            return frozenset()
        alone, both = _words(text)
        found = [terms for word, terms in self.words if word in both]
        return frozenset[str]().union(*found, *(terms for word, terms in self.pairs if word in alone))


def joined(question: str) -> Joined:
    """The words of a question by which texts are compared that write them as one or as two."""
    alone, both = _words(question)
    weighty = {term.text for term in content_terms(question)}
    words = [(word, frozenset(term_texts(word))) for word in sorted(alone) if len(word) >= _LEAST]
    pairs = [(word, frozenset(term_texts(parts))) for word, parts in both.items() if len(word) >= _LEAST]
    return Joined([one for one in words if one[1] <= weighty], [one for one in pairs if one[1] <= weighty])


def as_one(text: str) -> dict[str, frozenset[str]]:
    """Each two words of a text that follow each other as one term → their own terms."""
    pairs = _words(text)[1].items()
    return {term: frozenset(term_texts(parts)) for word, parts in pairs for term in term_texts(word)}


def _words(text: str) -> tuple[set[str], dict[str, str]]:
    """The folded words of a text, and each two that follow each other as one → as two."""
    found = list(_WORD.finditer(text))
    folded = [fold(one[0]).text for one in found]
    both = {
        first + second: f"{first} {second}"
        for (one, first), (other, second) in pairwise(zip(found, folded, strict=True))
        if _APART.fullmatch(text, one.end(), other.start())
    }
    return set(folded), both
