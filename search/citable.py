"""A passage that a sentence may cite, by all that the sentence is held against."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from index.cached import cached
from index.sentences import sentences
from search.meaning import Meant
from search.numerals import plain

TOKEN = re.compile(
    r"(?:(?<![\w)\]])[-−–+])?(?:(?<![\w.,])\.)?\d+(?:[.,:/]\d+|[ \u00a0\u202f’']\d{3}(?!\d))*[^\W_]*|[^\W_]+"
)
"""A number with its sign, separators and what is written onto it, or a word."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said, verbatim, and the words of the sayer's name."""

    text: str
    names: frozenset[str]


@dataclass(frozen=True)
class Citable:
    """A text that may be cited, whose words in it are known, and what it is searched by."""

    text: str
    sayings: tuple[Saying, ...] = ()

    @cached
    def tokens(self) -> tuple[str, ...]:
        """Words and numbers, in order."""
        return tuple(TOKEN.findall(self.text))

    @cached
    def places(self) -> dict[str, list[int]]:
        """Where each token stands, by its folded case."""
        found: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            found.setdefault(token.casefold(), []).append(place)
        return found

    @cached
    def meant(self) -> Meant:
        """What it says, by its words; of “$3” also that it is dollars."""
        return Meant.of(f"{self.text}\n{plain(self.text)}")

    @cached
    def plainly(self) -> "Citable":
        """The same with its amounts in plain figures."""
        return Citable(plain(self.text))

    @cached
    def sentences(self) -> tuple["Citable", ...]:
        """Its sentences, by the same."""
        return tuple(Citable(self.text[start:end]) for start, end in sentences(self.text))

    @cached
    def scripts(self) -> frozenset[str]:
        """Those of its letters."""
        return frozenset(script(character) for character in self.signs if character.isalpha())

    @cached
    def signs(self) -> frozenset[str]:
        """Its characters, each once."""
        return frozenset(self.text)

    @cached
    def levelled(self) -> str:
        """Without line breaks and forms of apostrophes."""
        return _level(self.text)

    def holds(self, words: str) -> bool:
        """Whether these very words stand in it, and not as a part of longer ones."""
        # Looked for first as they are: a hostile answer has thousands of quotations to make patterns of.
        return words in self.text and re.search(_bounded(words, re.escape(words)), self.text) is not None

    def find(self, words: str) -> str | None:
        """The slice with these words, whatever its line breaks and its form of apostrophes."""
        if _level(words) not in self.levelled:
            return None
        pattern = r"\s+".join(re.escape(word) for word in _level(words).split()).replace("'", "['’]")
        found = re.search(_bounded(words, pattern), self.text)
        return found.group() if found else None


def _level(text: str) -> str:
    return " ".join(text.split()).replace("’", "'")


def _bounded(words: str, pattern: str) -> str:
    before = r"(?<![^\W_])" if words[0].isalnum() else ""
    after = r"(?![^\W_])" if words[-1].isalnum() else ""
    return before + pattern + after


@lru_cache(maxsize=1 << 12)
def script(letter: str) -> str:
    """The first word of a letter's name, such as LATIN."""
    return unicodedata.name(letter, "UNNAMED").split()[0]
