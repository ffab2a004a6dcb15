"""Where a text that is too long for the model may be cut, and how its pieces are put together evenly."""

import re
import unicodedata
from collections.abc import Sequence

from index.types import Span

_WINDOW = 2000
"""Code points around the middle of a span that are searched for a good place to cut it."""
_CLAUSE = re.compile(r"[;:,—–)\]”»][\"'’”»]?\s|[。、，；：]")
_SPACE = re.compile(r"\s")
_STICKY = 32
"""Code points that a cut moves back at most to keep a cluster of combining marks together."""


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def halves(text: str, span: Span) -> list[Span]:
    """Cut `span` of at least two code points near its middle: behind a clause, else a word, else anywhere.

    The halves are trimmed; one that is white space alone is left out.
    """
    start, end = span
    middle = (start + end) // 2
    reach = min(_WINDOW // 2, (end - start) // 4)
    cut = _nearest(_CLAUSE, text, middle, reach) or _nearest(_SPACE, text, middle, reach)
    cut = cut or _between_clusters(text, start, middle)
    pieces = (trimmed(text, start, cut), trimmed(text, cut, end))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _nearest(pattern: re.Pattern[str], text: str, middle: int, reach: int) -> int | None:
    ends = [match.end() for match in pattern.finditer(text, middle - reach, middle + reach)]
    return min(ends, key=lambda end: abs(end - middle)) if ends else None


def _between_clusters(text: str, start: int, cut: int) -> int:
    """`cut`, or a little before it, where it would part a letter from its accents or an emoji from its parts."""
    for candidate in range(cut, max(start, cut - _STICKY), -1):
        if not (_joins(text[candidate]) or text[candidate - 1] == "\u200d"):
            return candidate
    return max(cut, start + 1)


def _joins(sign: str) -> bool:
    """Whether it belongs to the sign before it: marks, joiners, skin tones, the second half of a surrogate pair."""
    return (
        unicodedata.category(sign)[0] == "M"
        or sign in "\u200d\u200c"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\udc00" <= sign <= "\udfff"
    )


def packed(pieces: Sequence[Span], weights: Sequence[int], limit: int) -> list[Span]:
    """Join neighbouring pieces into as few spans as fit `limit`, and as evenly as that number allows.

    Every weight is at most `limit`. Takes time linear in the pieces, times the logarithm of the limit.
    """
    fewest = len(_filled(weights, limit))
    low, high = max(weights, default=0), limit
    while low < high:
        capacity = (low + high) // 2
        if len(_filled(weights, capacity)) <= fewest:
            high = capacity
        else:
            low = capacity + 1
    firsts = _filled(weights, high)
    lasts = [*firsts[1:], len(pieces)]
    return [(pieces[first][0], pieces[last - 1][1]) for first, last in zip(firsts, lasts, strict=True)]


def _filled(weights: Sequence[int], capacity: int) -> list[int]:
    """The index of each span's first piece, when every span is filled before the next one is begun."""
    firsts: list[int] = []
    room = -1
    for index, weight in enumerate(weights):
        if weight > room:
            firsts.append(index)
            room = capacity
        room -= weight
    return firsts
