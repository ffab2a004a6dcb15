"""Whether passages write a word as a name: always with a capital, and not only where a sentence begins."""

import re
from collections.abc import Sequence

from index.library import Snapshot
from index.terms import Place, places

_GOES_ON = re.compile(
    r"(?:[\w)\]%]|[,;][”’»\"']?)[ \u00a0]?[ \u00a0(\[]*\Z"  # “Adrian Kowalczyk”, “we wait,” Kowalczyk said
    r"|\w[-–’']\Z"  # d’Arvelle, Kestrel-Vaneburg
    r"|\b[A-Z][a-z]{0,2}\. ?\Z"  # J. Kowalczyk, Mrs. Kowalczyk
)
"""What stands before a word within a sentence: elsewhere any word may have a capital."""
_LOOKED_BACK = 8
"""So many characters before a word tell."""


def writes_as_name(snapshot: Snapshot, rows: Sequence[int], term: str) -> bool:
    """Whether these few paragraphs write a term with a capital wherever they hold it, and once within a sentence.

    Headings with many capitals tell nothing, nor do scripts without them.
    """
    is_within = False
    for _, text in snapshot.texts(rows):
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
    return 2 * sum(word[0].islower() for word in words) > len(words)
