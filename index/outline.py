"""The figures of a text: they tell most different news apart in a fraction of the time of a signature."""

import re
from dataclasses import dataclass

from index.cached import cached
from index.copyediting import NUMBER_WORDS_IN_FIGURES, ROUND_WORDS, without_gaps
from index.opposites import NUMBER_WORDS

# As terms have them.
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+")
_SPELLED = frozenset(NUMBER_WORDS.split()) | NUMBER_WORDS_IN_FIGURES


@dataclass(frozen=True)
class Figures:
    """The figures of a text without capitals (in NFKC): of each the digits but for zeros at its ends.

    “2.7 million” and “2,700,000” are `27`. Words that only add zeros are no numbers here, nor is what they may be
    alone, `1`.
    """

    text: str

    @cached
    def digits(self) -> frozenset[str]:
        """Those of the numbers that are written in digits."""
        found = _FIGURE.findall(without_gaps(self.text))
        return frozenset(one.replace(".", "").replace(",", "").strip("0") for one in found) - {"1"}

    @cached
    def spelled(self) -> int:
        """How many numbers are written in words."""
        return sum(word in _SPELLED and word not in ROUND_WORDS for word in _WORD.findall(self.text))

    def may_be_those_of(self, other: "Figures") -> bool:
        """Whether one may have all numbers of the other, as copies do: what it lacks in figures it may spell."""
        lacked, lacks = len(self.digits - other.digits), len(other.digits - self.digits)
        return not lacked or not lacks or lacked <= other.spelled or lacks <= self.spelled
