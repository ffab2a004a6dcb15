"""Whether an answer, as it is shown, holds an accepted string."""

import re
import unicodedata
from collections.abc import Iterable

from search.types import Answer

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
_SPACED_SCRIPTS = 0x0E00
"""Below, and in `_MORE_LATIN`, lie the scripts that put spaces between words."""
_MORE_LATIN = range(0x1E00, 0x2000)


def is_hit(answer: Answer, accepted: Iterable[str]) -> bool:
    """Whether the text shown holds one of the strings, as whole words and numbers: `4` is not in `41` or `4.5`.

    Markers of citations don't count; case, white space and the style of quotation marks and dashes don't matter.
    """
    markers = "|".join(str(cited.marker) for cited in answer.citations)
    text = _plain(re.sub(rf"\s?\[(?:{markers})\]", "", answer.text) if markers else answer.text)
    return any(_holds(text, _plain(string)) for string in accepted)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())


def _holds(text: str, string: str) -> bool:
    start = text.find(string)
    while start >= 0:
        if not _continues(text[max(0, start - 2) : start][::-1], string[0]) and not _continues(
            text[start + len(string) : start + len(string) + 2], string[-1]
        ):
            return True
        start = text.find(string, start + 1)
    return False


def _continues(beside: str, edge: str) -> bool:
    """Whether a word or number goes on beyond its edge, `beside` being the next two characters outwards."""
    if edge.isdigit() and beside[:1] in (".", ",") and beside[1:].isdigit():
        return True
    return bool(beside) and _is_of_a_word(beside[0]) and _is_of_a_word(edge)


def _is_of_a_word(char: str) -> bool:
    return char.isalnum() and (ord(char) < _SPACED_SCRIPTS or ord(char) in _MORE_LATIN)
