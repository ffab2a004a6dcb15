"""Names of several parts that a question has, which a text tells by the surname alone once it has the whole."""

import re
from dataclasses import dataclass

from index.speakers.words import HONORIFICS, TITLES
from index.stopwords import FUNCTION_WORDS
from index.terms import term_texts

_FULL_NAME = re.compile(r"(?<=\w )[A-Z][\w’-]*(?: [A-Z][\w’-]*){1,3}")
"""Not at the beginning of a question, whose capital is its own."""
_MOST_NAMES = 8
_NO_FIRST_NAMES = HONORIFICS | TITLES | FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class FullName:
    """A name of several parts as the question has it, the last of them, and its terms."""

    whole: str
    last: str
    terms: frozenset[str]

    def is_told_by(self, text: str) -> bool:
        """Whether a text has the surname, and not only behind another's first name or as a part of a word."""
        if self.last not in text:
            return False
        known = set(self.whole.split())
        alone = re.compile(rf"(?:(?P<first>\b[A-Z][\w'’-]*) )?\b{re.escape(self.last)}\b")
        firsts = [one["first"] for one in alone.finditer(text)]
        return any(one is None or one in known or one.lower() in _NO_FIRST_NAMES for one in firsts)


def full_names(question: str) -> list[FullName]:
    """The names of a question that have several parts."""
    found = list(dict.fromkeys(one[0] for one in _FULL_NAME.finditer(question)))[:_MOST_NAMES]
    return [FullName(name, name.rpartition(" ")[2], frozenset(term_texts(name))) for name in found]
