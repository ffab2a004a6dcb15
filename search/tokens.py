"""The words and numbers of a sentence that somebody wrote, and which of them may be names."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.stopwords import FUNCTION_WORDS, NAMES_TOO
from search.citable import TOKEN
from search.numerals import is_numeral
from search.wordings import word_set

_STARTERS = FUNCTION_WORDS - NAMES_TOO - word_set(
    "an can do like might must no per said say so such till yes"
) | word_set("according meanwhile earlier later instead afterwards overall together")
"""Words that begin a sentence with a capital and are no names; “An”, “So” and “Said” are surnames, too."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a claim; `is_checked` is whether it is a number or may be a name."""

    text: str
    start: int
    end: int
    is_number: bool
    is_name: bool

    @property
    def is_checked(self) -> bool:
        """Whether it has to stand in what is cited as it is."""
        return self.is_number or self.is_name


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a sentence, in order."""
    for number, found in enumerate(TOKEN.finditer(text)):
        word = found.group()
        is_number = is_numeral(word)
        begins = number == 0 and (is_number or word.lower() in _STARTERS) and word[1:] == word[1:].lower()
        # Scripts without capitals don't tell names from other words: there, every word has to be in the passage.
        is_name = not begins and any(_may_begin_name(letter) for letter in word)
        yield Token(word, found.start(), found.end(), is_number, is_name)


@lru_cache(maxsize=1 << 12)
def _may_begin_name(letter: str) -> bool:
    return unicodedata.category(letter) in ("Lu", "Lt", "Lo", "Lm")
