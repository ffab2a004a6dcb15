"""The figures and names of a text: they tell most different news apart in a fraction of the time of a signature."""

import re
from dataclasses import dataclass

from index.copyediting import NUMBER_WORDS_IN_FIGURES, ROUND_WORDS, without_gaps
from index.opposites import NUMBER_WORDS
from index.parts import parts_of

# As terms have them.
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+")
_SPELLED = frozenset(NUMBER_WORDS.split()) | NUMBER_WORDS_IN_FIGURES


@dataclass(frozen=True, slots=True)
class Figures:
    """Of each figure the digits but for zeros at its ends; and how many numbers are spelled.

    “2.7 million” and “2,700,000” are `27`. Words that only add zeros are no numbers here, nor is what they may be
    alone, `1`.
    """

    digits: frozenset[str]
    spelled: int

    def may_be_those_of(self, other: "Figures") -> bool:
        """Whether one may have all numbers of the other, as copies do: what it lacks in figures it may spell."""
        lacked, lacks = self.digits - other.digits, other.digits - self.digits
        return len(lacked) <= other.spelled or len(lacks) <= self.spelled


def figures_in(text: str) -> Figures:
    """The figures of a text without capitals (in NFKC)."""
    digits = {re.sub("[.,]", "", found).strip("0") for found in _FIGURE.findall(without_gaps(text))}
    spelled = sum(word in _SPELLED and word not in ROUND_WORDS for word in _WORD.findall(text))
    return Figures(frozenset(digits - {"1"}), spelled)


def names_in(text: str) -> frozenset[str]:
    """The names of a text, as its signature has them."""
    return frozenset(term for part in parts_of(text) for kind, term, _ in part.details if kind == "name")
