"""Which of many texts may share most of their letters in a row, told for one against all at once.

Each text has a bitmap of the hashes of its grams (stretches of `GRAM` bytes of UTF-8). A gram whose bit another text
lacks is a gram that text lacks, so bits tell at least how many are not shared, whatever hashes collide: what is ruled
out here would be by the grams themselves, and only the time differs.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

GRAM = 4
MAY_LACK, EDITS, MOST = 0.25, 48, 0.45
"""The share of its grams, and how many beside, that one of two near-duplicates may lack of the other, and the most of
both: the one with fewer words lacks a word or two of them, and perhaps a dateline; of what a longer text quotes another
quarter may be left out. Different news seldom share so much."""

LEAST_LENGTH = 0.4
"""The shorter text's share of the longer one's letters; of its words, a near-duplicate has half."""

_BITS = 12
"""A paragraph of 500 letters sets one bit in ten, so that few of another's fall on the same by chance."""
_MULTIPLIER = np.uint32(0x9E3779B1)
_AT_ONCE = 1 << 18
"""So many bytes are hashed at once, a longer text alone: memory stays bounded."""
_BLOCK = 16
"""So many texts are held against all others at once, which takes as long as six of them one by one."""
_COUNTED = 1 << 17
"""So many words of bitmaps are counted in one step, while they are at hand."""

Bits = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]


class Sketch(NamedTuple):
    """A text's bitmap, how many grams it has, repeated ones each time, which keeps the bound safe, and its length."""

    bits: Bits
    grams: int
    letters: int


def sketch(texts: Sequence[str]) -> list[Sketch]:
    """Sketches of texts, which are as `collapse` compares them: folded, white space made one."""
    raw = [text.encode("utf-8", "surrogatepass") for text in texts]
    rows = [row for start, end in _parts(raw) for row in _bitmaps(raw[start:end])]
    return [
        Sketch(row, max(0, len(text) - GRAM + 1), len(read)) for row, text, read in zip(rows, raw, texts, strict=True)
    ]


class Sketches:
    """Sketches of some texts, at least one, side by side."""

    def __init__(self, made: Sequence[Sketch]) -> None:
        self._rows: Bits = np.concatenate([one.bits for one in made]).reshape(len(made), -1)
        # Halves laid upon each other rule out nearly as many in half the time; word by word, so that counts add up.
        half = self._rows.shape[1] // 2
        self._halved: Bits = np.ascontiguousarray((self._rows[:, :half] | self._rows[:, half:]).T)
        self._set, self._set_halved = _count(self._rows), _count(self._halved.T)
        grams = np.array([one.grams for one in made], dtype=np.int64)
        self._may_lack = np.minimum(MAY_LACK * grams + EDITS, MOST * grams)
        self._letters = np.array([one.letters for one in made], dtype=np.int64)
        self._last: tuple[int, npt.NDArray[np.bool_]] | None = None

    def may_share(self, place: int) -> list[int]:
        """`place` and those behind it of like length of which it may lack few enough grams, or they of it."""
        block, offset = divmod(place, _BLOCK)
        if self._last is None or self._last[0] != block:
            # Whoever goes through them in order needs none of those before.
            self._last = block, self._compared(block * _BLOCK)
        found: list[int] = (np.flatnonzero(self._last[1][offset, offset:]) + place).tolist()
        return found

    def near(self, place: int, others: Sequence[int]) -> list[int]:
        """Which of `others` would name `place` among those that they may share with, by their position."""
        those = np.array(others, dtype=np.int64)
        found: list[int] = np.flatnonzero(self._are_near(np.full_like(those, place), those)).tolist()
        return found

    def _compared(self, start: int) -> npt.NDArray[np.bool_]:
        """Of a block of texts, which of those from `start` on each may share so much with; shape (block, behind)."""
        block, behind = slice(start, start + _BLOCK), slice(start, None)
        shared = _shared(self._halved[:, block], self._halved[:, behind])
        lacks, lacked = self._set_halved[block, None] - shared, self._set_halved[behind] - shared
        found: npt.NDArray[np.bool_] = (lacks <= self._may_lack[block, None]) | (lacked <= self._may_lack[behind])
        ones, others = np.nonzero(found)
        found[ones, others] = self._are_near(ones + start, others + start)
        return found

    def _are_near(self, ones: Counts, others: Counts) -> npt.NDArray[np.bool_]:
        """Of pairs of texts, whether they are of like length and one may lack few enough grams of the other."""
        shared = _count(self._rows[ones] & self._rows[others])
        lacks, lacked = self._set[ones] - shared, self._set[others] - shared
        shorter, longer = (pick(self._letters[ones], self._letters[others]) for pick in (np.minimum, np.maximum))
        near: npt.NDArray[np.bool_] = (lacks <= self._may_lack[ones]) | (lacked <= self._may_lack[others])
        return near & (shorter >= LEAST_LENGTH * longer)


def _shared(some: Bits, others: Bits) -> Counts:
    """How many bits each of `some` has in common with each of `others`, both (words, texts): (some, others)."""
    found = np.zeros((some.shape[1], others.shape[1]), dtype=np.int64)
    step = max(1, _COUNTED // found.size)
    for word in range(0, len(some), step):
        both = some[word : word + step, :, None] & others[word : word + step, None]
        found += np.bitwise_count(both).sum(axis=0, dtype=np.uint16)
    return found


def _parts(texts: Sequence[bytes]) -> list[tuple[int, int]]:
    """Stretches of `texts` that are hashed together."""
    bounds, length = [0], 0
    for place, text in enumerate(texts):
        if length and length + len(text) > _AT_ONCE:
            bounds.append(place)
            length = 0
        length += len(text)
    return list(zip(bounds, [*bounds[1:], len(texts)], strict=True))


def _bitmaps(texts: Sequence[bytes]) -> Bits:
    """One row of bits for each text, shape (len(texts), words)."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    bits = np.zeros((len(texts), 1 << _BITS), dtype=bool)
    count = int(lengths.sum()) - GRAM + 1
    if count > 0:
        # At each byte begins a number of four: no gram is put together.
        grams = np.ndarray(count, dtype="<u4", buffer=b"".join(texts), strides=(1,))
        places = np.repeat(np.arange(len(texts)) << _BITS, lengths)[:count]
        places += (grams * _MULTIPLIER) >> np.uint32(32 - _BITS)
        within = np.ones(count, dtype=bool)
        for back in range(1, GRAM):
            # Here begins what reaches into the next text.
            across = np.cumsum(lengths) - back
            within[across[(across >= 0) & (across < count)]] = False
        bits.reshape(-1)[places[within]] = True
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)


def _count(rows: Bits) -> Counts:
    """How many bits are set in each row, the last axis."""
    found: Counts = np.bitwise_count(rows).sum(axis=-1, dtype=np.int64)
    return found
