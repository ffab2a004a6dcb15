"""Whether passages write a word as a name: always with a capital, and not only where a sentence begins."""

import re
from collections.abc import Iterable

from index.terms import Place, places

_GOES_ON = re.compile(
    r"(?:[\w)\]%]|[,;][”’»\"']?)[ \u00a0]?[ \u00a0(\[]*\Z"  # “Adrian Kowalczyk”, “we wait,” Kowalczyk said
    r"|\w[-–’']\Z"  # d’Arvelle, Kestrel-Vaneburg
    r"|\b[A-Z][a-z]{0,2}\. ?\Z"  # J. Kowalczyk, Mrs. Kowalczyk
)
"""What stands before a word within a sentence: elsewhere any word may have a capital."""
_IN_A_HEADING = 3
"""Of a line in which most words have capitals no more than one in so many is small: “Fees for the Harbour to Rise”."""
_LOOKED_BACK = 8
"""So many characters before a word tell."""


def has_capitals(term: str) -> bool:
    """Whether a term is of a script that begins names with another letter; Georgian sets its capitals in titles."""
    return term[0].islower() and not "\u10d0" <= term[0] <= "\u10ff"


def writes_as_name(passages: Iterable[str], term: str) -> bool:
    """Whether these passages write a term with a capital wherever they hold it, and once within a sentence.

    Headings with many capitals tell nothing, nor do scripts without them.
    """
    is_within = False
    for text in passages:
        for place in places(text, {term}):
            if text[place.start].islower():
                return False
            is_within = is_within or (text[place.start].isupper() and _is_within_sentence(text, place))
    return is_within


def _is_within_sentence(text: str, place: Place) -> bool:
    if not _GOES_ON.search(text[max(0, place.start - _LOOKED_BACK) : place.start]):
        return False
    end = text.find("\n", place.end)
    words = text[text.rfind("\n", 0, place.start) + 1 : end if end >= 0 else len(text)].split()
    return _IN_A_HEADING * sum(word[0].islower() for word in words) > len(words)
