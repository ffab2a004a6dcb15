"""Near-duplicates folded under the first of them."""

from collections.abc import Iterable
from functools import cached_property

from index.duplicates import Signature, is_near_duplicate, signature

_PROBES = 8
_PROBE_LENGTH = 8
_LEAST_PROBES = 2
"""So many of eight stretches of one text, evenly spaced, must stand in the other: of a copy's, half do at least.
Most pairs are told apart by this and their lengths, in a tenth of the time that letters in a row take."""
_LEAST_LENGTH = 0.6
"""The shorter text's share of the longer one's letters; of its words, a near-duplicate has three quarters."""
_GRAM = 4
_LEAST_SHARED = 0.5
"""Near-duplicates share seven tenths of their words in order, so well over half of their letters in a
row; others seldom do. Looking at letters first costs a thirtieth of a signature."""


def fold(texts: Iterable[str], most: int | None = None) -> list[list[int]]:
    """Group texts by near-duplication: positions, each group led by its first, in order of leaders.

    With `most`, only the first so many groups, each as large as without it.

    Every text is compared with the leaders only, never with what is folded under them, so that a
    chain of small edits does not draw different texts together.
    """
    groups: list[list[int]] = []
    leaders: list[_Text] = []
    for position, text in enumerate(texts):
        one = _Text(text)
        home = next((i for i, leader in enumerate(leaders) if leader.repeats(one)), None)
        if home is not None:
            groups[home].append(position)
        elif most is None or len(groups) < most:
            leaders.append(one)
            groups.append([position])
    return groups


class _Text:
    """A text with what it is compared by, made when first needed."""

    def __init__(self, text: str) -> None:
        self._text = " ".join(text.casefold().split())
        self._original = text

    @cached_property
    def _probes(self) -> tuple[str, ...]:
        last = max(0, len(self._text) - _PROBE_LENGTH)
        starts = (last * i // (_PROBES - 1) for i in range(_PROBES))
        return tuple(self._text[start : start + _PROBE_LENGTH] for start in starts)

    @cached_property
    def _grams(self) -> frozenset[str]:
        return frozenset(self._text[i : i + _GRAM] for i in range(max(1, len(self._text) - _GRAM + 1)))

    @cached_property
    def _signature(self) -> Signature:
        return signature(self._original)

    def repeats(self, other: "_Text") -> bool:
        """Whether both are copies of one text."""
        shorter, longer = sorted((len(self._text), len(other._text)))
        if shorter < _LEAST_LENGTH * longer:
            return False
        if sum(probe in other._text for probe in self._probes) < _LEAST_PROBES:
            return False
        shared = len(self._grams & other._grams)
        if shared < _LEAST_SHARED * min(len(self._grams), len(other._grams)):
            return False
        return is_near_duplicate(self._signature, other._signature)
