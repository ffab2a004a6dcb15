"""Near-duplicates folded under the first of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from zlib import crc32

from index.datelines import body_start
from index.duplicates import Signature, is_near_duplicate, may_be_copies, signature
from index.terms import term_texts

_PROBES = 8
_PROBE_LENGTH = 12
_LEAST_PROBES = 2
"""So many of eight stretches of the shorter text, evenly spaced, must stand in the other: of copies, half do.
Most pairs are told apart by this and their lengths, in a tenth of the time that letters in a row take."""
_LEAST_LENGTH = 0.4
"""The shorter text's share of the longer one's letters; of its words, a near-duplicate has half."""
_GRAM = 4
_LEAST_SHARED = 0.5
"""Near-duplicates share seven tenths of their words in order, so well over half of their letters in a
row; others seldom do. Looking at letters first costs a thirtieth of a signature."""
_MANY = 32
"""With more leaders than these, those with other figures are passed over together: stories made by one pattern are
alike in all else, and comparing each with each would take minutes."""
_CHUNK = re.compile(r"\S{1,512}")
_DIGIT = re.compile(r"\d")
_BITS = 256


def fold(texts: Iterable[str], most: int | None = None) -> list[list[int]]:
    """Group texts by near-duplication: positions, each group led by its first, in order of leaders.

    With `most`, only the first so many groups, each as large as without it.

    Every text is compared with the leaders only, never with what is folded under them, so that a
    chain of small edits does not draw different texts together.
    """
    groups: list[list[int]] = []
    leaders = _Leaders()
    homes: dict[str, int] = {}
    for position, text in enumerate(texts):
        # The same text again belongs where it went before: leaders that came since stand behind that one.
        home = homes.get(text)
        one = None if home is not None else _Text(text)
        if one is not None:
            home = leaders.first_like(one)
        if home is not None:
            homes[text] = home
            groups[home].append(position)
        elif one is not None and (most is None or len(groups) < most):
            leaders.add(one)
            groups.append([position])
    return groups


class _Leaders:
    """The texts that lead a group, in order."""

    def __init__(self) -> None:
        self._texts: list[_Text] = []
        self._figures: list[int] = []

    def add(self, text: "_Text") -> None:
        """Put one behind the others."""
        self._texts.append(text)

    def first_like(self, text: "_Text") -> int | None:
        """The place of the first that is a copy of the same."""
        return next((place for place in self._places(text) if self._texts[place].repeats(text)), None)

    def _places(self, text: "_Text") -> Iterable[int]:
        if len(self._texts) <= _MANY:
            return range(len(self._texts))
        return self._with_like_figures(text.figures)

    def _with_like_figures(self, mine: int) -> Iterator[int]:
        self._figures += [leader.figures for leader in self._texts[len(self._figures) :]]
        return (place for place, theirs in enumerate(self._figures) if not (mine & ~theirs and theirs & ~mine))


class _Text:
    """A text with what it is compared by, made when first needed."""

    def __init__(self, text: str) -> None:
        self._text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
        self._original = text
        self._has_signature = False

    @cached_property
    def figures(self) -> int:
        """Bits for the figures behind the dateline: of two copies, one has all that the other has."""
        bits = 0
        for chunk in _CHUNK.findall(self._original, body_start(self._original)):
            if _DIGIT.search(chunk):
                bits |= _bits(chunk)
        return bits

    @cached_property
    def _probes(self) -> tuple[str, ...]:
        last = max(0, len(self._text) - _PROBE_LENGTH)
        starts = (last * i // (_PROBES - 1) for i in range(_PROBES))
        return tuple(self._text[start : start + _PROBE_LENGTH] for start in starts)

    @cached_property
    def _grams(self) -> frozenset[str]:
        return frozenset([self._text[i : i + _GRAM] for i in range(max(1, len(self._text) - _GRAM + 1))])

    @cached_property
    def _signature(self) -> Signature:
        self._has_signature = True
        return signature(self._original)

    def repeats(self, other: "_Text") -> bool:
        """Whether both are copies of one text. Symmetric: what is looked at first changes the time alone."""
        # In one order whichever is asked: what is short stands in what is long, not the other way round.
        mine, theirs = (len(self._text), self._text), (len(other._text), other._text)
        shorter, longer = (self, other) if mine <= theirs else (other, self)
        if len(shorter._text) < _LEAST_LENGTH * len(longer._text):
            return False
        if self._has_signature and other._has_signature and not may_be_copies(self._signature, other._signature):
            return False
        if sum(probe in longer._text for probe in shorter._probes) < _LEAST_PROBES:
            return False
        shared = len(self._grams & other._grams)
        if shared < _LEAST_SHARED * min(len(self._grams), len(other._grams)):
            return False
        return is_near_duplicate(self._signature, other._signature)


@lru_cache(maxsize=1 << 14)
def _bits(chunk: str) -> int:
    bits = 0
    for term in term_texts(chunk):
        if term[0].isdigit():
            bits |= 1 << crc32(term.encode()) % _BITS
    return bits
